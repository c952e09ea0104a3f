"""The changes of a comparison by topic, the most important first, in the order of every report."""

import dataclasses
import itertools
from collections.abc import Iterator

from build_tools.comparing.compare import BETWEEN_POLICIES, BY_AMENDMENT, Change, ChangeKind, Comparison

AMENDMENTS, OPTIONS, FILLED_IN = "amendments", "options", "filled-in"
VALUES, CHANGES, NUMBERS = "values", "changes", "numbers"

_ALONE = (ChangeKind.VALUE, ChangeKind.RENUMBERED)
_TOPICS = (
    (AMENDMENTS, "What the school amends", BY_AMENDMENT),
    (OPTIONS, "What the school chooses", (ChangeKind.CHOSEN, ChangeKind.NOT_CHOSEN)),
    (FILLED_IN, "What the school fills in", (ChangeKind.FILLED,)),
    (VALUES, "Values that changed", (ChangeKind.VALUE,)),
    (CHANGES, "Changes and their reasons", tuple(kind for kind in BETWEEN_POLICIES if kind not in _ALONE)),
    (NUMBERS, "Numbers that changed", (ChangeKind.RENUMBERED,)),
)


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


def topics(comparison: Comparison) -> Iterator[Topic]:
    """Yield the topics that have changes; every change is in exactly one."""
    for key, title, kinds in _TOPICS:
        changes = tuple(change for change in comparison.changes if change.kind in kinds)
        if changes:
            yield Topic(key, title, changes)
