"""Two policies and the changes from one to the other: the input of every report of a comparison."""

import dataclasses
from collections.abc import Iterable

import msgspec

from build_tools.comparing.compare import Comparison, compare
from build_tools.comparing.declarations import DeclaredChange, compare_declarations
from build_tools.comparing.departures import compare_with_template
from build_tools.comparing.endings import endings
from build_tools.policy.model import Policy
from build_tools.resolving.facts import Fact
from build_tools.template.edition import Edition


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One of two policies that are compared."""

    policy: Policy
    edition: Edition
    title: str
    """Its name for people: "The North School, ratified in May 2018"."""
    facts: tuple[Fact, ...] = ()
    """The key facts; empty for a template."""
    school_name: str = ""
    """Empty for a template."""
    document_title: str = ""
    """The title of the school's policy with its year; empty for a template."""
    is_template: bool = False
    stage: str = "draft"
    """What it is in the life of a policy, as a sentence names it: "version of 15 January 2019"."""

    @property
    def heading(self) -> str:
        """The title that its document has."""
        return self.document_title or self.policy.title


@dataclasses.dataclass(frozen=True, slots=True)
class FactChange:
    """A key fact that changed."""

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
    def declarations(self) -> tuple[DeclaredChange, ...]:
        """What changed in the declarations of two editions, if the templates themselves are compared."""
        if not self.is_of_editions:
            return ()
        return compare_declarations(self.old.edition, self.new.edition)

    @property
    def is_of_editions(self) -> bool:
        """Whether two templates are compared, not policies of schools."""
        return self.old.is_template and self.new.is_template

    @property
    def facts(self) -> tuple[FactChange, ...]:
        """The key facts that changed."""
        return changed_facts(self.old.facts, self.new.facts)


def differ(old: Side, new: Side) -> Difference:
    """Return what changed; a policy and its own template are compared for every clause of the template."""
    if old.is_template and not new.is_template and old.edition.name == new.edition.name:
        return Difference(old, new, compare_with_template(new.edition, new.policy))
    return Difference(old, new, compare_versions(old.policy, new.policy, new.edition))


def compare_versions(old: Policy, new: Policy, edition: Edition) -> Comparison:
    """Return the changes from one policy to another, with the reasons of the new one's edition for what fell away."""
    comparison, why = compare(old, new), endings(old, new, edition)
    changes = (msgspec.structs.replace(change, ending=why.get(change.id)) for change in comparison.changes)
    return dataclasses.replace(comparison, changes=tuple(changes)) if why else comparison


def comparable(facts: Iterable[Fact], others: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the key facts of a policy that can be compared with another's: from a record only if both have one."""
    known = {fact.path for fact in others}
    return tuple(fact for fact in facts if not (fact.is_recorded and known and fact.path not in known))


def changed_facts(old: Iterable[Fact], new: Iterable[Fact]) -> tuple[FactChange, ...]:
    """Return the key facts that changed, in the order of the new policy; a template has none to compare.

    Facts from a record are compared only if both policies have one.
    """
    was, now = tuple(old), tuple(new)
    before = {fact.path: fact for fact in comparable(was, now)}
    after = {fact.path: fact for fact in comparable(now, was)}
    found = []
    for path in dict.fromkeys([*after, *before]) if before and after else ():
        known = [facts.get(path) for facts in (before, after)]
        label = next(fact.label for fact in reversed(known) if fact)
        values = tuple(fact.values if fact else () for fact in known)
        if values[0] != values[1]:
            found.append(FactChange(path, label, *values))
    return tuple(found)
