"""A document's answers to the questions of an edition: values, each with its evidence."""

import dataclasses
import enum
from typing import Any

from build_tools.adopting.document import Passage, Spot

_SURE, _LIKELY = 0.9, 0.7
_LONGEST_QUOTATION = 240


class Certainty(enum.StrEnum):
    """How far a finding can be relied on without checking."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


def certainty_of(probability: float) -> Certainty:
    """Return a probability as a word."""
    if probability >= _SURE:
        return Certainty.SURE
    return Certainty.LIKELY if probability >= _LIKELY else Certainty.UNSURE


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the document that support a finding."""

    spot: Spot
    words: str

    @classmethod
    def of(cls, passage: Passage) -> "Evidence":
        """Return a passage as evidence."""
        return cls(passage.spot, shortened(passage.text))


def shortened(text: str) -> str:
    """Return words in one line, shortened if there are many."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTATION else f"{words[:_LONGEST_QUOTATION].rpartition(' ')[0]} …"


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """A field or option with its value in the document."""

    path: str
    value: Any
    """As in a `school.yml`: text, yes or no as a bool, a list, or a list of mappings."""
    probability: float
    evidence: tuple[Evidence, ...]

    @property
    def certainty(self) -> Certainty:
        """How certain it is."""
        return certainty_of(self.probability)
