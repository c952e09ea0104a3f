"""The changes of a comparison by topic, the most important first, in the order of every report."""

import dataclasses
import itertools
from collections.abc import Iterable, Iterator
from typing import assert_never

from build_tools.comparing.by_section import SectionChanges, by_section, is_many
from build_tools.comparing.compare import Change, ChangeKind, Comparison
from build_tools.policy.model import Freedom, degrees

AMENDMENTS, OPTIONS, NOT_CHOSEN, FILLED_IN = "amendments", "options", "not-chosen", "filled-in"
VALUES, CHANGES, NUMBERS = "values", "changes", "numbers"
HANDOUTS = "handouts"

_TITLES = {
    AMENDMENTS: "What the school amends",
    OPTIONS: "What the school chooses",
    NOT_CHOSEN: "What the school’s answers leave out",
    FILLED_IN: "What the school fills in",
    VALUES: "Values that changed",
    CHANGES: "Changes and their reasons",
    HANDOUTS: "Summaries, agreements and forms that changed",
    NUMBERS: "Numbers that changed",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Topic:
    """The changes of some kinds, in the order of the comparison."""

    key: str
    """The name of the topic in programs and in addresses."""
    title: str
    changes: tuple[Change, ...]
    """At least one."""

    @property
    def sections(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """The changes by section; under an empty section if each needs only a line or two."""
        if self.key in (VALUES, NUMBERS):
            return (("", self.changes),)
        groups = itertools.groupby(self.changes, key=lambda change: change.section)
        return tuple((section, tuple(changes)) for section, changes in groups)

    @property
    def shares(self) -> tuple[SectionChanges, ...]:
        """The changes by section and by what became of the clauses, if they are too many to be read in a row."""
        return by_section(self.changes) if self.key == CHANGES and is_many(self.changes) else ()


def topics(comparison: Comparison) -> Iterator[Topic]:
    """Yield the topics that have changes; every change is in exactly one."""
    for key, title in _TITLES.items():
        changes = tuple(change for change in comparison.changes if _topic_of(change) == key)
        if changes:
            yield Topic(key, title, changes)


def freedoms(found: Iterable[Topic]) -> tuple[Freedom, ...]:
    """Return how free a school is to change the clauses that it amends, each degree once, the least free first."""
    return degrees(part.freedom for topic in found for change in topic.changes for part in change.walk())


def _topic_of(change: Change) -> str | None:
    """Return the key of the topic of a change; None if changes of its kind are only counted."""
    if change.is_of_handout:
        return HANDOUTS
    match change.kind:
        case ChangeKind.INSERTED | ChangeKind.REPLACED | ChangeKind.OMITTED:
            return AMENDMENTS
        case ChangeKind.CHOSEN:
            return OPTIONS
        case ChangeKind.NOT_CHOSEN:
            return NOT_CHOSEN
        case ChangeKind.FILLED:
            return FILLED_IN
        case ChangeKind.TEMPLATE:
            return None
        case ChangeKind.VALUE:
            return VALUES
        case (
            ChangeKind.AMENDED
            | ChangeKind.AMENDMENT_CHANGED
            | ChangeKind.AMENDMENT_WITHDRAWN
            | ChangeKind.REASON
            | ChangeKind.CHOICE
            | ChangeKind.REWORDED
            | ChangeKind.TEMPLATE_REWORDED
            | ChangeKind.PROMISE
            | ChangeKind.ADDED
            | ChangeKind.REMOVED
            | ChangeKind.MOVED
        ):
            return CHANGES
        case ChangeKind.RENUMBERED:
            return NUMBERS
        case _:
            assert_never(change.kind)
