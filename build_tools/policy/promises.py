"""What a policy promises: each clause that is marked as a promise, with the words around it that it needs."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from build_tools.policy.model import Interval, Kind, Node, Policy, Promise, plain
from build_tools.policy.tree import heading
from build_tools.text.dates import last_day

TITLE = "What this policy says that you do"
_NOW, _BY_A_DATE = "Done now", "By a date"


@dataclasses.dataclass(frozen=True, slots=True)
class Promised:
    """A clause that is a promise."""

    node: Node
    promise: Promise
    section: str
    """The number and title of its section."""
    leads: tuple[Node, ...] = ()
    """The clauses that it is nested in, the outermost first: its sentence may begin there."""

    @property
    def inside(self) -> tuple[Node, ...]:
        """The clauses below it that the school has: its sentence may end there."""
        return tuple(child for child in self.node.children if not child.is_left_out)

    @property
    def words(self) -> str:
        """Everything that it says, on one line."""
        said = " ".join(plain(node.text) for node in (*self.leads, self.node))
        inside = "; ".join(plain(node.text) for node in self.inside)
        return f"{said} {inside}" if inside else said


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """The promises that are due in one way."""

    title: str
    promises: tuple[Promised, ...]
    """At least one; those with dates by date, and all others in reading order."""


def promises_of(policy: Policy) -> tuple[Promised, ...]:
    """Return what a policy promises, in reading order."""
    return tuple(_promised(policy.sections, "", ()))


def by_due(promises: Sequence[Promised]) -> tuple[Due, ...]:
    """Return promises by when they are due: what is so now, then what is repeated, then what has a date."""
    now = [one for one in promises if not one.promise.every and not one.promise.by]
    repeated = [
        (every_in_words(interval), [one for one in promises if one.promise.every is interval]) for interval in Interval
    ]
    dated = sorted((one for one in promises if one.promise.by), key=lambda one: last_day(one.promise.by or ""))
    found = ((_NOW, now), *repeated, (_BY_A_DATE, dated))
    return tuple(Due(title, tuple(those)) for title, those in found if those)


def every_in_words(interval: Interval) -> str:
    """Return an interval in words: "Every two years"."""
    return f"Every {interval}"


def _promised(nodes: Iterable[Node], section: str, leads: tuple[Node, ...]) -> Iterator[Promised]:
    for node in nodes:
        if node.promise:
            yield Promised(node, node.promise, section, leads)
        above = heading(node) if node.kind is Kind.SECTION else section
        yield from _promised(node.children, above, (*leads, node) if node.kind is Kind.CLAUSE else ())
