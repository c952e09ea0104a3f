"""What a school promises, as the hub shows it and its calendar reminds people of it."""

import dataclasses

from build_tools.policy.model import Interval, Policy, plain
from build_tools.policy.promises import promises_of


@dataclasses.dataclass(frozen=True, slots=True)
class Reminder:
    """A promise of a school."""

    id: str
    """The id of its clause."""
    number: str
    words: str
    who: str
    due: str
    """When it is due, in words."""
    every: Interval | None
    by: str | None


def reminders_of(policy: Policy) -> tuple[Reminder, ...]:
    """Return what a policy promises, in reading order."""
    return tuple(
        Reminder(
            id=one.node.id,
            number=one.node.citation,
            words=one.words,
            who=plain(one.promise.who),
            due=one.promise.due,
            every=one.promise.every,
            by=one.promise.by,
        )
        for one in promises_of(policy)
    )
