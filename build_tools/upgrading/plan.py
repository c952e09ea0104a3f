"""Plan the change to a new edition: a three-way comparison by the id of each clause.

The old edition, the new one and a school's policy (or the template with a federation's answers) are compared in the
same words. Parts that the school has not changed follow the new edition; where both changed the same words, a person
decides.
"""

import dataclasses
import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from build_tools.comparing.compare import Change, ChangeKind, Comparison
from build_tools.comparing.difference import compare_versions
from build_tools.policy.model import Action, Amendment, Node, Policy, Text
from build_tools.template.edition import Edition
from build_tools.text.problems import Problem
from build_tools.upgrading.amendments import AmendmentReview, Standing, Wordings, by_id, review_amendments
from build_tools.upgrading.carried_over import own_ids
from build_tools.upgrading.fields import FieldReview, Matter
from build_tools.upgrading.moving import Moved


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What a new edition means for one school, or for one federation."""

    school: str
    """The name of its folder."""
    name: str
    """Its own name."""
    old: str
    """The edition that it uses."""
    new: str
    fields: tuple[FieldReview, ...]
    amendments: tuple[AmendmentReview, ...]
    comparison: Comparison
    """What changes in its policy, with amendments kept wherever they fit."""
    reasons: Mapping[str, str]
    """Why clauses that both editions have are added or removed, by id."""
    notes: Mapping[str, tuple[Text, ...]]
    """The edition's guidance on new clauses, by id."""

    @property
    def open(self) -> tuple[FieldReview | AmendmentReview, ...]:
        """What a person must decide."""
        reviews: tuple[FieldReview | AmendmentReview, ...] = (*self.fields, *self.amendments)
        return tuple(review for review in reviews if review.is_open)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The answers in this file that are carried over to another path, or in other words."""
        return tuple(review.moved for review in self.fields if review.moved and review.by is None)

    @property
    def certain_fields(self) -> tuple[str, ...]:
        """The paths of the answers that the new edition does not use."""
        return tuple(r.field.path for r in self.fields if r.matter is Matter.GONE and not r.is_open)

    @property
    def certain_amendments(self) -> tuple[Amendment, ...]:
        """The amendments that the new edition has certainly made unnecessary."""
        return tuple(r.amendment for r in self.amendments if r.standing is Standing.NEEDLESS and not r.is_open)

    def changes(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of some kinds, in the order of the policy."""
        return tuple(change for change in self.comparison.changes if change.kind in kinds)


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """A plan that was tried: the changed file, and what a check finds in it."""

    plan: Plan
    file: str
    """The name of the file: `school.yml`, or `federation.yml`."""
    before: str
    """The file as it was read."""
    text: str
    """The file with all changes that are certain."""
    taken_out: tuple[str, ...]
    """What was deleted from it, as it was written there."""
    problems: tuple[Problem, ...]
    """Mistakes in the new edition until a person has decided; for a federation, also in its schools' files."""
    schools: tuple["Rehearsal", ...] = ()
    """For a federation: the schools that take their edition from it."""

    @property
    def is_settled(self) -> bool:
        """Whether nobody must decide anything, and a check finds no mistakes afterwards."""
        return not self.plan.open and not self.problems


class Outcome(enum.StrEnum):
    """What a new edition means for one of many schools, or for a federation."""

    READY = "ready"
    """Everything is certain: its file can be written."""
    ASKS = "asks"
    """A person must decide something in its file."""
    WAITS = "waits"
    """Everything in its file is certain, but its federation, or another school of it, must decide something first."""
    MISTAKES = "mistakes"
    """Its file has mistakes today, so nothing was tried."""
    DONE = "done"
    """It already uses this edition or a later one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rehearsal:
    """A new edition tried for one of many schools, or for a federation."""

    school: str
    """The name of its folder."""
    name: str
    """Its own name."""
    edition: str | None
    """The edition that it uses; None if its file has mistakes."""
    outcome: Outcome
    trial: Trial | None = None
    """None if there is nothing to try."""
    problems: tuple[Problem, ...] = ()
    """The mistakes that its file has today."""
    is_federation: bool = False
    moves_with: str | None = None
    """The folder of the federation from which it takes its edition; None if its own file names one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Policies:
    """The policies from which a plan is made, in the words of one school, or of the template."""

    base: Policy
    """The old edition."""
    theirs: Policy
    """The new edition."""
    yours: Policy
    """The old edition, amended."""
    after: Policy
    """The new edition, with the amendments that can be kept."""


def lay_out(
    folder: str,
    name: str,
    editions: tuple[Edition, Edition],
    page: Policy,
    fields: tuple[FieldReview, ...],
    amendments: tuple[Amendment, ...],
    sides: Policies,
    unfit: Mapping[int, str],
    absences: Mapping[str, str],
) -> Plan:
    """Return the plan that follows from four policies; `page` is the new edition as its authors see it.

    `unfit` says why amendments cannot be kept, by index; `absences` why a part is added, removed or missing, by id.
    """
    old, new = editions
    wordings = Wordings(
        old, new, by_id(sides.base), by_id(sides.theirs), by_id(sides.yours), by_id(sides.after), unfit, absences
    )
    told = {node.id: node.guidance for node in page.walk() if node.guidance}
    taken = own_ids(amendments) & new.amendable.keys()
    before = dataclasses.replace(
        sides.yours,
        name=f"{folder} on {old.name}",
        sections=tuple(_apart(top, taken) for top in sides.yours.sections),
        handouts=tuple(_apart(top, taken) for top in sides.yours.handouts),
    )
    compared = compare_versions(before, dataclasses.replace(sides.after, name=f"{folder} on {new.name}"), new)
    changes = tuple(_of_edition(compared.changes, amendments, new))
    counts = Counter(change.kind for change in changes if not change.is_of_handout)
    counted = {kind: counts[kind] for kind in compared.counts if not kind.traits.is_of_amendment}
    compared = dataclasses.replace(compared, changes=changes, counts=counted)
    come = {change.id for change in compared.changes if change.kind is ChangeKind.ADDED}
    gone = {change.id for change in compared.changes if change.kind is ChangeKind.REMOVED}
    return Plan(
        school=folder,
        name=name,
        old=old.name,
        new=new.name,
        fields=fields,
        amendments=tuple(review_amendments(amendments, wordings)),
        comparison=compared,
        reasons={i: absences[i] for i in (come & old.labels.keys()) | (gone & new.labels.keys()) if i in absences},
        notes={i: told[i] for i in told if i in come},
    )


def _apart(node: Node, taken: frozenset[str]) -> Node:
    """Return a part of a policy with other ids for insertions whose ids the new edition uses for its own parts."""
    identity = f"{node.id} (the school's)" if node.id in taken else node.id
    return msgspec.structs.replace(node, id=identity, children=tuple(_apart(child, taken) for child in node.children))


def _of_edition(changes: Iterable[Change], amendments: Iterable[Amendment], new: Edition) -> Iterator[Change]:
    """Yield the changes that the edition makes; changes to amendments are reported with the amendments."""
    own = own_ids(amendments)
    own |= {f"{identity} (the school's)" for identity in own}
    replaced = {amendment.target for amendment in amendments if amendment.action is Action.REPLACE}
    for change in changes:
        if change.kind is ChangeKind.AMENDMENT_WITHDRAWN and change.id in replaced - new.amendable.keys():
            yield msgspec.structs.replace(change, kind=ChangeKind.REMOVED)
        elif not change.kind.traits.is_of_amendment and not (change.kind is ChangeKind.REMOVED and change.id in own):
            yield change
