"""The likeness of a passage and a clause: their words, the words around them, and the headings above them."""

import dataclasses
import functools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from build_tools.adopting.clauses import Clause, Wording
from build_tools.adopting.document import Passage
from build_tools.adopting.vocabulary import Vocabulary, Weights

Vector = Mapping[str, float]

_TOO_LITTLE = 0.03
"""Two texts with a lower cosine have nothing significant in common."""


@dataclasses.dataclass(frozen=True, slots=True)
class Likeness:
    """The evidence that a passage is a clause; each value is from 0 to 1."""

    words: float
    """The cosine of the concepts of both."""
    clause_covered: float
    """The weighted share of the clause's concepts that the passage, or the headings above it, also has."""
    passage_covered: float
    """The weighted share of the passage's concepts that the clause, or the headings above it, also has."""
    headings: float
    lead_in: float
    opens: float
    """1 if both open a list, or neither does."""
    wording: int
    """The index of the most similar wording of the clause."""

    @property
    def features(self) -> tuple[float, ...]:
        """The numbers from which the probability is computed."""
        return (self.words, self.clause_covered, self.passage_covered, self.headings, self.lead_in, self.opens)


@dataclasses.dataclass(frozen=True, slots=True)
class _Side:
    vector: Vector
    length: float
    total: float

    @classmethod
    def of(cls, concepts: tuple[str, ...], weights: Weights) -> "_Side":
        vector = weights.vector(concepts)
        return cls(
            vector, math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0, sum(vector.values()) or 1.0
        )

    def covered(self, *others: "_Side") -> float:
        """Return the weighted share of its concepts that at least one of the others has."""
        found = (weight for concept, weight in self.vector.items() if any(concept in other.vector for other in others))
        return sum(found) / self.total


class Measure:
    """Compares passages with the clauses of one edition; words that distinguish clauses weigh more."""

    def __init__(self, clauses: Sequence[Clause], vocabulary: Vocabulary) -> None:
        """Prepare the clauses, with the meaning of their words."""
        self.clauses = clauses
        self.vocabulary = vocabulary
        wordings = [(clause.index, at, wording) for clause in clauses for at, wording in enumerate(clause.wordings)]
        self.weights = Weights.learn(vocabulary.concepts(clause.wordings[0].compared) for clause in clauses)
        self._sides = [(index, at, self.side(wording.compared)) for index, at, wording in wordings]
        self._around = [self.side(" ".join((*clause.headings, clause.lead_in))) for clause in clauses]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, (_, _, side) in enumerate(self._sides):
            for concept in side.vector:
                self._with[concept].append(number)

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - a measure exists only during one reading
    def side(self, text: str) -> _Side:
        """Return a text in the form for comparison."""
        return _Side.of(self.vocabulary.concepts(text), self.weights)

    def compare(self, passage: Passage) -> Mapping[int, Likeness]:
        """Return the likeness of a passage to each clause that shares a word with it, by the clause's index."""
        own = self.side(passage.text)
        around = self.side(" ".join((*passage.headings, passage.lead_in)))
        dots: dict[int, float] = defaultdict(float)
        for concept, weight in own.vector.items():
            for number in self._with.get(concept, ()):
                dots[number] += weight * self._sides[number][2].vector[concept]
        found: dict[int, Likeness] = {}
        for number, dot in dots.items():
            index, at, side = self._sides[number]
            cosine = dot / (own.length * side.length)
            if cosine < _TOO_LITTLE or (index in found and found[index].words >= cosine):
                continue
            clause = self.clauses[index]
            found[index] = Likeness(
                cosine,
                side.covered(own, around),
                own.covered(side, self._around[index]),
                self.of_headings(passage.headings, clause.headings),
                self.of_texts(passage.lead_in, clause.lead_in),
                float(passage.text.endswith(":") == clause.is_lead_in),
                at,
            )
        return found

    @functools.lru_cache(maxsize=50_000)  # noqa: B019 - as above
    def of_texts(self, one: str, other: str) -> float:
        """Return the cosine of the concepts of two texts."""
        a, b = self.side(one), self.side(other)
        return sum(weight * b.vector.get(concept, 0.0) for concept, weight in a.vector.items()) / (a.length * b.length)

    @functools.lru_cache(maxsize=50_000)  # noqa: B019 - as above
    def of_headings(self, one: tuple[str, ...], other: tuple[str, ...]) -> float:
        """Return the likeness of two paths of headings; the nearest heading counts most."""
        if not one or not other:
            return 0.0
        whole = self.of_texts(" ".join(one), " ".join(other))
        return max(whole, self.of_texts(one[-1], other[-1]), 0.9 * self.of_texts(one[-1], " ".join(other[-2:])))

    def wording(self, clause: Clause, likeness: Likeness) -> Wording:
        """Return the wording of a clause that is most similar to a passage."""
        return clause.wordings[likeness.wording]
