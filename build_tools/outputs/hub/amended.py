"""The provisions that schools amend most, so that the authors of the template see what to improve."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from build_tools.policy.languages import mark
from build_tools.policy.model import Node, Origin, Policy, Text
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition


@dataclasses.dataclass(frozen=True, slots=True)
class Departure:
    """How one school changes a provision."""

    provision: str
    """The id of the provision."""
    school: str
    """The name of the school's folder."""
    name: str
    origin: Origin
    """The kind of change; an insertion is after the provision."""
    text: Text
    """Its own words; empty if it omitted the provision."""
    reason: str
    by: str | None
    """The federation that made the change for the school; None if the school did."""


@dataclasses.dataclass(frozen=True, slots=True)
class Amended:
    """A provision of the template with the departures from it."""

    id: str
    citation: str
    """Its number in the newest edition that has it."""
    edition: str
    text: Text
    """The words of that edition."""
    departures: tuple[Departure, ...]

    @property
    def schools(self) -> int:
        """The number of schools that depart from it."""
        return len({departure.school for departure in self.departures})


def departures_of(school: str, name: str, policy: Policy) -> Iterator[Departure]:
    """Yield a school's amendments in its policy; `school` is the name of its folder, `name` its name for people."""
    for provision, node in _amendments(policy.sections, ""):
        text = () if node.is_left_out else mark(node.text, policy.phrases)
        yield Departure(provision, school, name, node.origin, text, node.reason or "", node.by)


def amended(departures: Iterable[Departure], editions: Sequence[Edition]) -> tuple[Amended, ...]:
    """Return the provisions that schools amend, by the number of schools, then in the template's order."""
    found: dict[str, list[Departure]] = {}
    for departure in departures:
        found.setdefault(departure.provision, []).append(departure)
    rows: list[Amended] = []
    for edition in sorted(editions, key=lambda edition: edition.name, reverse=True):
        if not found:
            break
        rows += (
            Amended(node.id, node.citation, edition.name, node.text, tuple(found.pop(node.id)))
            for node in resolve_template(edition).walk()
            if node.id in found
        )
    return tuple(sorted(rows, key=lambda row: -row.schools))


def _amendments(nodes: Iterable[Node], above: str) -> Iterator[tuple[str, Node]]:
    """Yield each amended node with its provision; an insertion belongs to the provision before it."""
    last = above
    for node in nodes:
        if node.provision:
            last = node.provision
        if node.origin.traits.is_amendment:
            yield last, node
        if not node.origin.traits.is_added:
            yield from _amendments(node.children, last)
