"""Plan a school's way to a new edition: three ways, by the id of each clause.

The old edition, the new one and the school's own policy are laid side by side, each in the school's words. What the
school never touched follows the new edition; where both changed the same words, a person decides.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools import markup
from build_tools.amend import amend
from build_tools.answers import get
from build_tools.choose import choose
from build_tools.compare import Change, ChangeKind, Comparison, compare
from build_tools.conditions import describe, holds
from build_tools.edition import Edition
from build_tools.fill import fill, school_filler
from build_tools.model import Action, Amendment, Node, Policy, Provision, Text, plain
from build_tools.number import number
from build_tools.problems import Problem
from build_tools.resolve import Resolved, resolve_template
from build_tools.touches import uses_of
from build_tools.upgrade_amendments import (
    AmendmentReview,
    Standing,
    Wordings,
    by_id,
    frozen,
    review_amendments,
    why_unfit,
)
from build_tools.upgrade_fields import Carried, FieldReview, Matter, carry

_OF_AMENDMENTS = (
    ChangeKind.AMENDED,
    ChangeKind.AMENDMENT_CHANGED,
    ChangeKind.AMENDMENT_WITHDRAWN,
    ChangeKind.REASON,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What a new edition means for one school."""

    school: str
    """The name of the school's folder."""
    name: str
    """The school's own name."""
    old: str
    """The edition that it uses."""
    new: str
    fields: tuple[FieldReview, ...]
    amendments: tuple[AmendmentReview, ...]
    comparison: Comparison
    """What changes in the school's policy, its amendments kept wherever they can stand."""
    reasons: Mapping[str, str]
    """Of clauses that come or go though both editions have them: why, by id."""
    notes: Mapping[str, tuple[Text, ...]]
    """What the edition tells authors about the clauses that are new, by id."""

    @property
    def open(self) -> tuple[FieldReview | AmendmentReview, ...]:
        """What a person must decide."""
        reviews: tuple[FieldReview | AmendmentReview, ...] = (*self.fields, *self.amendments)
        return tuple(review for review in reviews if review.is_open)

    @property
    def certain_fields(self) -> tuple[str, ...]:
        """The paths of the answers that the new edition has no use for."""
        return tuple(r.field.path for r in self.fields if r.matter is Matter.GONE and not r.is_open)

    @property
    def certain_amendments(self) -> tuple[Amendment, ...]:
        """The amendments that the new edition has made needless beyond doubt."""
        return tuple(r.amendment for r in self.amendments if r.standing is Standing.NEEDLESS and not r.is_open)

    def changes(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of some kinds, in the order of the policy."""
        return tuple(change for change in self.comparison.changes if change.kind in kinds)


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """A plan tried: what `school.yml` would say, and what a check would say of it."""

    plan: Plan
    text: str
    """The file with all changes that are certain."""
    taken_out: tuple[str, ...]
    """What was taken out of it, as it stood there."""
    problems: tuple[Problem, ...]
    """What keeps the school from being right on the new edition until a person has decided."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rehearsal:
    """A new edition tried for one of many schools."""

    school: str
    edition: str | None
    """The edition that it uses; None where its file has mistakes."""
    trial: Trial | None = None
    """None where there is nothing to try."""
    problems: tuple[Problem, ...] = ()
    """The mistakes that its file has today."""


def plan(resolved: Resolved, new: Edition, answers: Mapping[str, Any]) -> Plan:
    """Return what a new edition means for a school; `answers` are those that it typed."""
    old, school = resolved.edition, resolved.school
    pages = (resolve_template(old), resolve_template(new))
    carried = carry(old, new, school.values, answers, pages)
    awaiting = _awaiting(new, carried.waiting, pages[1])
    base = _policy(resolved.policy.name, old, school.values, old.sections, ())
    theirs = _policy(resolved.policy.name, new, carried.values, awaiting, ())
    unfit = _unfit(resolved, new, carried)
    amendments = tuple(_standing(school.amendments, unfit, new, resolved.policy))
    after = _policy(resolved.policy.name, new, carried.values, awaiting, amendments)
    absences = _absences(resolved, new, carried, base, theirs)
    wordings = Wordings(old, new, by_id(base), by_id(theirs), by_id(resolved.policy), by_id(after), unfit, absences)
    told = {node.id: node.guidance for node in pages[1].walk() if node.guidance}
    own = frozenset(part.id for amendment in school.amendments for top in amendment.inserted for part in top.walk())
    before = dataclasses.replace(
        resolved.policy,
        name=f"{school.name} on {old.name}",
        sections=tuple(_apart(top, own & new.labels.keys()) for top in resolved.policy.sections),
    )
    compared = compare(before, dataclasses.replace(after, name=f"{school.name} on {new.name}"))
    changes = tuple(_of_edition(compared.changes, school.amendments, new))
    counts = Counter(change.kind.value for change in changes)
    compared = dataclasses.replace(
        compared, changes=changes, counts={kind: counts[kind] for kind in compared.counts if kind not in _OF_AMENDMENTS}
    )
    come = {change.id for change in compared.changes if change.kind is ChangeKind.ADDED}
    gone = {change.id for change in compared.changes if change.kind is ChangeKind.REMOVED}
    return Plan(
        school=school.name,
        name=school.values["school"]["name"],
        old=old.name,
        new=new.name,
        fields=tuple(_shared(review, resolved) for review in carried.reviews),
        amendments=tuple(review_amendments(school.amendments, wordings)),
        comparison=compared,
        reasons={i: absences[i] for i in (come & old.labels.keys()) | (gone & new.labels.keys()) if i in absences},
        notes={i: told[i] for i in told if i in come},
    )


def _shared(review: FieldReview, resolved: Resolved) -> FieldReview:
    """Return a review; an answer that the school's federation gave is taken out there, by a person."""
    if review.matter is not Matter.GONE or review.field.path not in resolved.school.shared:
        return review
    message = f"{review.message} {resolved.school.federation} gave the answer; it stands in the federation's file."
    return dataclasses.replace(review, message=message, is_open=True)


def _policy(
    name: str,
    edition: Edition,
    values: Mapping[str, Any],
    sections: tuple[Provision, ...],
    amendments: Iterable[Amendment],
) -> Policy:
    """Return the policy that answers and amendments make; an amendment that meets nothing is passed over."""
    drafts, _ = amend(choose(sections, values, edition.schema), tuple(amendments))
    filler = school_filler(edition.schema, values, edition.cited)
    return Policy(name, edition.name, edition.title, number(fill(drafts, filler), edition.labels))


def _awaiting(edition: Edition, waiting: frozenset[str], page: Policy) -> tuple[Provision, ...]:
    """Return an edition's sections; what prints an answer that is not given yet prints the question in its place."""
    words = {node.id: markup.escape(plain(node.text)) for node in page.walk()}

    def asked(provision: Provision) -> Provision:
        source = words[provision.id] if uses_of(provision, edition) & waiting else provision.source
        return dataclasses.replace(provision, source=source, children=tuple(map(asked, provision.children)))

    return tuple(map(asked, edition.sections)) if waiting else edition.sections


def _unfit(resolved: Resolved, new: Edition, carried: Carried) -> Mapping[int, str]:
    given = frozenset(field.path for field in new.schema.fields() if get(carried.values, field.path))
    own = frozenset(p.id for a in resolved.school.amendments for top in a.inserted for p in top.walk())
    found = {}
    for index, amendment in enumerate(resolved.school.amendments):
        why = why_unfit(amendment, resolved.edition, new, given, carried.waiting, own)
        if why:
            found[index] = why
    return found


def _standing(
    amendments: tuple[Amendment, ...], unfit: Mapping[int, str], new: Edition, policy: Policy
) -> Iterator[Amendment]:
    """Yield the amendments as far as they can stand on the new edition: those that no longer fit say what they said."""
    words = {node.id: markup.escape(plain(node.text)) for node in policy.walk()}
    for index, amendment in enumerate(amendments):
        is_taken = any(part.id in new.by_id for top in amendment.inserted for part in top.walk())
        if index not in unfit or amendment.action is Action.OMIT:
            yield amendment
        elif not is_taken:
            yield frozen(amendment, words)


def _absences(resolved: Resolved, new: Edition, carried: Carried, base: Policy, theirs: Policy) -> Mapping[str, str]:
    """Return why the school gets or loses what both editions have, or has not what the new one has, by id."""
    before, after = by_id(base), by_id(theirs)
    found = {}
    for identity, conditions in new.conditions.items():
        has = identity in after and not after[identity].is_left_out
        had = identity in before and not before[identity].is_left_out
        if has and not had and identity in resolved.edition.labels:
            found[identity] = "Both editions have it; only now the school's answers call for it."
        elif not has:
            failing = [c for c in conditions if not holds(c, get(carried.values, c.field))]
            asked = sorted({c.field for c in conditions if c.field in carried.waiting})
            needs = "; ".join(sorted(describe(c, new.schema) for c in failing))
            why = f"it hangs on {', '.join(asked)}, which is not answered yet" if asked else f"it is only for: {needs}"
            found[identity] = f"The new edition has {identity}, but {why}."
    return {
        **{identity: f"The new edition has no {identity}." for identity in before if identity not in new.labels},
        **found,
    }


def _apart(node: Node, taken: frozenset[str]) -> Node:
    """Return a part of a policy in which what the school inserted is not what the new edition calls by the same id."""
    identity = f"{node.id} (the school's)" if node.id in taken else node.id
    return dataclasses.replace(node, id=identity, children=tuple(_apart(child, taken) for child in node.children))


def _of_edition(changes: Iterable[Change], amendments: Iterable[Amendment], new: Edition) -> Iterator[Change]:
    """Yield the changes that the edition makes; what becomes of amendments is told with them."""
    own = {part.id for amendment in amendments for top in amendment.inserted for part in top.walk()}
    own |= {f"{identity} (the school's)" for identity in own}
    replaced = {amendment.target for amendment in amendments if amendment.action is Action.REPLACE}
    for change in changes:
        if change.kind is ChangeKind.AMENDMENT_WITHDRAWN and change.id in replaced - new.labels.keys():
            yield dataclasses.replace(change, kind=ChangeKind.REMOVED)
        elif change.kind not in _OF_AMENDMENTS and not (change.kind is ChangeKind.REMOVED and change.id in own):
            yield change
