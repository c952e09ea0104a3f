"""The changes of a long comparison section by section: what is new, what fell away, and what is only reworded."""

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import assert_never

from build_tools.comparing.compare import Change, ChangeKind


class Share(enum.StrEnum):
    """What became of a clause, for somebody who reads what a section has to say."""

    OWN = "own"
    """The school changed it, or what it chose."""
    NEW = "new"
    GONE = "gone"
    REWORDED = "reworded"

    @property
    def heading(self) -> str:
        """Its heading in reports."""
        return _TITLES[self]


_TITLES = {
    Share.OWN: "Changed by the school",
    Share.NEW: "New",
    Share.GONE: "Fell away",
    Share.REWORDED: "Only reworded",
}


@dataclasses.dataclass(frozen=True, slots=True)
class SectionChanges:
    """The changes in one top-level section and everything in it."""

    title: str
    """The number and title of the section."""
    shares: dict[Share, tuple[Change, ...]]
    """What became of its clauses: only what has at least one change, in the order of reading."""

    def count(self, share: Share) -> int:
        """Return the number of its changes with one result."""
        return len(self.shares.get(share, ()))


_MOST_IN_A_ROW = 60
"""The number of changes that a reader still takes in one after the other."""


def is_many(changes: Sequence[Change]) -> bool:
    """Return whether changes are too many to be read in a row."""
    return len(changes) > _MOST_IN_A_ROW


def by_section(changes: Iterable[Change]) -> tuple[SectionChanges, ...]:
    """Return changes by section, in the order in which the sections are first met."""
    found: dict[str, dict[Share, list[Change]]] = {}
    for change in changes:
        shares = found.setdefault(change.chapter, defaultdict(list))
        shares[_share(change.kind)].append(change)
    return tuple(
        SectionChanges(section, {share: tuple(shares[share]) for share in Share if share in shares})
        for section, shares in found.items()
    )


def counted(sections: Iterable[SectionChanges]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return a table of the number of changes: its columns, and a row for each section and for all."""
    found = tuple(sections)
    shares = [share for share in Share if any(section.count(share) for section in found)]
    rows = [(section.title, *(str(section.count(share)) for share in shares)) for section in found]
    total = ("All sections", *(str(sum(section.count(share) for section in found)) for share in shares))
    return ("Section", *(share.heading for share in shares)), (*rows, *((total,) if len(found) > 1 else ()))


def _share(kind: ChangeKind) -> Share:
    match kind:
        case ChangeKind.ADDED:
            return Share.NEW
        case ChangeKind.REMOVED:
            return Share.GONE
        case ChangeKind.REWORDED | ChangeKind.TEMPLATE_REWORDED | ChangeKind.PROMISE | ChangeKind.MOVED:
            return Share.REWORDED
        case (
            ChangeKind.INSERTED
            | ChangeKind.REPLACED
            | ChangeKind.OMITTED
            | ChangeKind.CHOSEN
            | ChangeKind.NOT_CHOSEN
            | ChangeKind.FILLED
            | ChangeKind.TEMPLATE
            | ChangeKind.VALUE
            | ChangeKind.AMENDED
            | ChangeKind.AMENDMENT_CHANGED
            | ChangeKind.AMENDMENT_WITHDRAWN
            | ChangeKind.REASON
            | ChangeKind.CHOICE
            | ChangeKind.RENUMBERED
        ):
            return Share.OWN
        case _:
            assert_never(kind)
