"""Account for a document: the clauses of the edition in each passage, and the school's own passages.

Matches by likeness and order (see `matching`) are completed by structure: a lead-in is recognised by the items below
it, an entry by its list, and a clause that shares a sentence with another by its words in that sentence.
"""

import dataclasses
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_tools.adopting.clauses import Clause, clauses_of
from build_tools.adopting.document import Document, Passage, passages
from build_tools.adopting.likeness import Measure
from build_tools.adopting.matching import match
from build_tools.adopting.vocabulary import Vocabulary, Weights
from build_tools.adopting.watching import Watch, unwatched
from build_tools.policy.tree import exclude
from build_tools.template.edition import Edition

_WITHIN = 0.54
"""The share of a clause's words that a passage matched to another clause must have to contain it too."""
_WITHIN_PARENT = 0.44
"""The same for a passage that is the lead-in of the clause."""
_WITHIN_NEAR = 2
_BY_STRUCTURE = 0.8
_FEW_WORDS = 3
_LONGEST_ENTRY = 14


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A clause that a passage contains."""

    clause: int
    passage: int
    probability: float


@dataclasses.dataclass(frozen=True, slots=True)
class Account:
    """The clauses of an edition in a document."""

    document: Document
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]
    found: tuple[Found, ...]
    """In document order; a passage may contain several clauses, and a clause may be in several passages."""
    places: Mapping[int, tuple[Found, ...]]
    """The same by the index of the clause."""
    own: Mapping[int, float]
    """The passages that are not a clause, by index, with the probability of that."""
    vocabulary: Vocabulary
    """The meaning of words in the edition's subject."""
    weights: Weights
    """The weight of each word."""
    repeats: Mapping[int, int]
    """Those of them that repeat a clause found elsewhere, with the clause's index."""

    def of_clause(self, index: int) -> tuple[Found, ...]:
        """Return all places where a clause was found."""
        return self.places.get(index, ())

    def text_of(self, index: int) -> str:
        """Return the words that were found for a clause."""
        return " ".join(self.passages[found.passage].text for found in self.of_clause(index))


def account(document: Document, edition: Edition, vocabulary: Vocabulary, watch: Watch = unwatched) -> Account:
    """Return the clauses of an edition in a document, and the school's own passages."""
    clauses = clauses_of(edition)
    every = passages(document)
    measure = Measure(clauses, vocabulary)
    front = len(document.front)
    matching = match(every, measure, next((one.index for one in every if one.block >= front), 0), watch)
    found = {one.passage: [Found(one.clause, one.passage, one.probability)] for one in matching.best if one}
    for step in (_lead_ins, _entries):
        for one in step(every, clauses, found):
            found[one.passage] = [one]
    for one in _rest_of_blocks(every, found, vocabulary):
        found[one.passage] = [one]
    for one in _within(every, edition, found, measure):
        found.setdefault(one.passage, []).append(one)
    for one in _implied(clauses, found):
        found[one.passage].append(one)
    own = {at: matching.own[at] for at in range(len(every)) if at not in found}
    in_order = tuple(one for at in sorted(found) for one in found[at])
    places: dict[int, list[Found]] = defaultdict(list)
    for one in in_order:
        places[one.clause].append(one)
    repeats = {
        at: clause
        for at, clause in matching.rivals.items()
        if at in own and _says_again(at, [one.passage for one in places.get(clause, ())], every, vocabulary)
    }
    return Account(
        document,
        clauses,
        every,
        in_order,
        {clause: tuple(of_clause) for clause, of_clause in places.items()},
        own,
        vocabulary,
        measure.weights,
        repeats,
    )


_Placed = Mapping[int, Sequence[Found]]


def _lead_ins(every: Sequence[Passage], clauses: Sequence[Clause], found: _Placed) -> Iterator[Found]:
    """Yield the lead-ins that only the items below them identify: "The school will:"."""
    parents = _parents(clauses)
    taken = {one.clause for placed in found.values() for one in placed}
    for passage in every:
        if passage.index in found or not passage.text.endswith(":"):
            continue
        below = [
            parents.get(placed[0].clause)
            for other in every[passage.index + 1 : passage.index + 1 + 30]
            if other.lead_in == passage.text and (placed := found.get(other.index))
        ]
        votes = Counter(parent for parent in below if parent is not None)
        if votes:
            parent, count = votes.most_common(1)[0]
            if parent not in taken and count * 2 > len(below):
                taken.add(parent)
                yield Found(parent, passage.index, _BY_STRUCTURE * count / len(below))


def _entries(every: Sequence[Passage], clauses: Sequence[Clause], found: _Placed) -> Iterator[Found]:
    """Yield the entries of schools' own lists, identified by the lead-in of the list."""
    entries = {parent: child for child, parent in _parents(clauses).items() if clauses[child].is_entry}
    last: tuple[str, int] | None = None
    for passage in every:
        placed = found.get(passage.index)
        if placed:
            opened = [one.clause for one in placed if one.clause in entries]
            last = (passage.text, entries[opened[0]]) if opened and passage.text.endswith(":") else None
        elif last and passage.lead_in == last[0] and len(passage.text.split()) <= _LONGEST_ENTRY:
            yield Found(last[1], passage.index, _BY_STRUCTURE)


def _rest_of_blocks(every: Sequence[Passage], found: _Placed, vocabulary: Vocabulary) -> Iterator[Found]:
    """Yield the fragments of a block that mean nothing by themselves: "This is achieved by:"."""
    for before, passage in itertools.pairwise(every):
        is_scrap = len(vocabulary.concepts(passage.text)) < _FEW_WORDS and passage.block == before.block
        if is_scrap and passage.index not in found and before.index in found:
            yield dataclasses.replace(found[before.index][0], passage=passage.index)


def _within(every: Sequence[Passage], edition: Edition, found: _Placed, measure: Measure) -> Iterator[Found]:
    """Yield the clauses in the same sentence as another clause that is nearby in the edition."""
    clauses = measure.clauses
    lists = edition.schema.lists
    holders: dict[int, list[int]] = defaultdict(list)
    for at, placed in found.items():
        for one in placed:
            holders[one.clause].append(at)
    parents = _parents(clauses)
    for clause in clauses:
        rivals = (other for other in holders if exclude(clauses[other].when, clause.when, lists))
        if clause.index in holders or next(rivals, None) is not None:
            continue
        if clause.is_entry and parents.get(clause.index) in holders:
            # "We use X and Y": the entries are in the sentence of their lead-in
            yield Found(clause.index, holders[parents[clause.index]][0], _BY_STRUCTURE)
            continue
        near = {
            *range(clause.index - _WITHIN_NEAR, clause.index + _WITHIN_NEAR + 1),
            parents.get(clause.index, clause.index),
        }
        candidates = {at for index in near for at in holders.get(index, ())}
        shares = {at: max(_share(wording.text, every[at], measure) for wording in clause.wordings) for at in candidates}
        best = max(shares, key=lambda at: shares[at], default=None)
        is_below = best is not None and best in holders.get(parents.get(clause.index, -1), ())
        if best is not None and shares[best] >= (_WITHIN_PARENT if is_below else _WITHIN):
            yield Found(clause.index, best, shares[best] * _BY_STRUCTURE)


def _implied(clauses: Sequence[Clause], found: _Placed) -> Iterator[Found]:
    """Yield the lead-ins that are missing, although most of the items below them are present."""
    places = {one.clause: at for at in sorted(found, reverse=True) for one in found[at]}
    below: dict[int, list[int]] = defaultdict(list)
    for child, parent in _parents(clauses).items():
        below[parent].append(child)
    for parent, children in below.items():
        there = [places[child] for child in children if child in places]
        if parent not in places and len(there) * 2 > len(children):
            yield Found(parent, min(there), _BY_STRUCTURE * len(there) / len(children))


def _share(text: str, passage: Passage, measure: Measure) -> float:
    """Return the share of a clause's words that a passage has."""
    return measure.side(text).covered(measure.side(passage.text))


def _says_again(at: int, others: Iterable[int], every: Sequence[Passage], vocabulary: Vocabulary) -> bool:
    """Return whether a passage has much the same words as one of some others."""
    words = set(vocabulary.concepts(every[at].text))
    return any(len(words & set(vocabulary.concepts(every[other].text))) > 0.8 * max(len(words), 1) for other in others)


def _parents(clauses: Sequence[Clause]) -> Mapping[int, int]:
    """Return the index of the parent of each nested clause."""
    indexes = {clause.id: clause.index for clause in clauses}
    return {
        indexes[child.id]: clause.index
        for clause in clauses
        for child in clause.provision.children
        if child.id in indexes
    }
