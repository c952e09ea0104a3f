"""Find what a document says and the edition does not."""

import dataclasses
import re
from collections.abc import Iterator

from build_tools.adopting.accounting import Account
from build_tools.adopting.answer import Certainty, Evidence, certainty_of
from build_tools.adopting.document import Shape
from build_tools.adopting.labels import pairs_of
from build_tools.adopting.vocabulary import split_words
from build_tools.template.edition import Edition

_LEAST_WORDS = 6


@dataclasses.dataclass(frozen=True, slots=True)
class OwnFinding:
    """A passage of the document that is not in the edition."""

    id: str
    """An id that an amendment could give it."""
    text: str
    after: str
    """The id of the clause that it follows in the document."""
    headings: tuple[str, ...]
    probability: float
    evidence: Evidence

    @property
    def certainty(self) -> Certainty:
        """How certain it is."""
        return certainty_of(self.probability)


def find_own(accounted: Account, edition: Edition) -> Iterator[OwnFinding]:
    """Yield the passages that are not clauses, block by block, each with the clause before it."""
    front = len(accounted.document.front)
    labelled = {pair.evidence.spot for pair in pairs_of(accounted.document) if pair.is_front}
    used = {provision.id for provision in edition.walk()}
    last = accounted.clauses[accounted.found[0].clause].id if accounted.found else accounted.clauses[0].id
    # nothing can be inserted between the entries of a school's own list
    clauses = ((found.passage, accounted.clauses[found.clause]) for found in accounted.found)
    holders = {passage: clause.id for passage, clause in clauses if not clause.is_entry}
    by_block: dict[int, list[int]] = {}
    for passage in accounted.passages:
        by_block.setdefault(passage.block, []).append(passage.index)
    for block, indexes in by_block.items():
        placed = [holders[at] for at in indexes if at in holders]
        left = [at for at in indexes if at in accounted.own and at not in accounted.repeats]
        text = " ".join(accounted.passages[at].text for at in left)
        first = accounted.passages[indexes[0]]
        is_heading = first.shape is Shape.HEADING or accounted.document.blocks[block].spot in labelled
        is_said = len(text.split()) >= _LEAST_WORDS and (block >= front or text.endswith(".")) and text[-1:] != ":"
        if left and is_said and not is_heading:
            identity = _identity(text, used)
            used.add(identity)
            probability = _calibrated(min(accounted.own[at] for at in left))
            after = placed[-1] if placed else last
            yield OwnFinding(
                identity, text, after, first.headings, probability, Evidence.of(accounted.passages[left[0]])
            )
        last = placed[-1] if placed else last


def _calibrated(probability: float) -> float:
    """Return how often a passage really is the school's own, for a probability that the model gives.

    Measured on real policies, each read for two editions with its sections in two orders: low probabilities of the
    model are too low, and high ones too high.
    """
    return min(0.78, 0.25 + 0.9 * probability)


def _identity(text: str, used: set[str]) -> str:
    """Return an id made of the first meaningful words of a text."""
    words = [word for word in split_words(text) if len(word) > 3 and re.fullmatch(r"[a-z]+", word)]  # noqa: PLR2004 - shorter words mean little
    base = "-".join(["own", *words[:3]])
    return next(name for name in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if name not in used)
