"""Two policies and what changed from one to the other: what every report of a comparison is made from."""

import dataclasses
from collections.abc import Iterable

from build_tools.comparing.compare import Comparison, compare
from build_tools.comparing.departures import compare_with_template
from build_tools.policy.model import Policy
from build_tools.resolving.facts import Fact
from build_tools.template.edition import Edition


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One of two policies that are compared."""

    policy: Policy
    edition: Edition
    title: str
    """How people call it: "The North School, ratified in May 2018"."""
    facts: tuple[Fact, ...] = ()
    """Who is who and what was decided when; nothing of a template."""
    is_template: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class FactChange:
    """One of the key facts that became another."""

    path: str
    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one policy to another."""

    old: Side
    new: Side
    comparison: Comparison

    @property
    def facts(self) -> tuple[FactChange, ...]:
        """The key facts that changed."""
        return changed_facts(self.old.facts, self.new.facts)


def differ(old: Side, new: Side) -> Difference:
    """Return what changed; a policy is held against the template that it was made from clause by clause of that."""
    if old.is_template and not new.is_template and old.edition.name == new.edition.name:
        return Difference(old, new, compare_with_template(new.edition, new.policy))
    return Difference(old, new, compare(old.policy, new.policy))


def changed_facts(old: Iterable[Fact], new: Iterable[Fact]) -> tuple[FactChange, ...]:
    """Return the key facts that became others, in the order of the newer; a template has none to compare.

    What only a record says is compared where both policies have one.
    """
    before, after = ({fact.path: fact for fact in facts} for facts in (old, new))
    found = []
    for path in dict.fromkeys([*after, *before]) if before and after else ():
        was, now = before.get(path), after.get(path)
        known = [fact for fact in (now, was) if fact]
        values = tuple(fact.values if fact else () for fact in (was, now))
        is_of_one_record = len(known) == 1 and known[0].is_recorded
        if values[0] != values[1] and not is_of_one_record:
            found.append(FactChange(path, known[0].label, *values))
    return tuple(found)
