"""Plan the change of a school to a new edition, in the words of its answers."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from build_tools.policy.model import Amendment, Policy, Provision, plain
from build_tools.resolving.applying import applying
from build_tools.resolving.choose import choose
from build_tools.resolving.fill import school_filler
from build_tools.resolving.resolve import Resolved, resolve_template
from build_tools.schema.answers import get
from build_tools.schema.paths import key_path, with_value
from build_tools.schema.relied_on import NAME
from build_tools.template import markup
from build_tools.template.conditions import describe, holds
from build_tools.template.edition import Edition
from build_tools.template.field_uses import all_uses_in
from build_tools.upgrading.amendments import by_id
from build_tools.upgrading.carried_over import find_unfit, kept_amendments
from build_tools.upgrading.fields import Carried, FieldReview, Matter, carry
from build_tools.upgrading.plan import Plan, Policies, lay_out
from build_tools.upgrading.policies import amended_policy

_Tops: TypeAlias = tuple[tuple[Provision, ...], tuple[Provision, ...]]
"""Sections, and handouts."""


def plan_school(resolved: Resolved, new: Edition, answers: Mapping[str, Any]) -> Plan:
    """Return what a new edition means for a school; `answers` are those that it typed."""
    old, school, name = resolved.edition, resolved.school, resolved.policy.name
    pages = (resolve_template(old), resolve_template(new))
    carried = carry(old, new, school.values, answers, pages)
    awaiting = _awaiting(new, carried.waiting - carried.supposed.keys(), pages[1])
    old_text = (old.sections, old.handouts)
    # without amendments, a policy is the edition in the school's words, which takes long to find
    base = _policy(name, old, school.values, old_text, ()) if school.amendments else resolved.policy
    # what depends on an option that is not answered yet is as after the answer that the report supposes
    values = carried.values
    for path, supposed in carried.supposed.items():
        values = with_value(values, key_path(path), supposed)
    theirs = _policy(name, new, values, awaiting, ())
    given = frozenset(field.path for field in new.schema.fields if get(carried.values, field.path))
    unfit = find_unfit(school.amendments, (old, new), given, carried.waiting)
    kept = tuple(kept_amendments(school.amendments, unfit, new, resolved.policy))
    after = _policy(name, new, values, awaiting, kept) if kept else theirs
    return lay_out(
        school.name,
        NAME.of(school.values),
        (old, new),
        pages[1],
        tuple(_shared(review, resolved) for review in carried.reviews),
        school.amendments,
        Policies(base, theirs, resolved.policy, after),
        unfit,
        _absences(resolved, new, carried, base, theirs),
    )


def own_part(plan: Plan) -> Plan:
    """Return a plan without what is in the file of the school's federation."""
    return dataclasses.replace(
        plan,
        fields=tuple(review for review in plan.fields if review.by is None),
        amendments=tuple(review for review in plan.amendments if review.by is None),
    )


def _shared(review: FieldReview, resolved: Resolved) -> FieldReview:
    """Return a review; an answer of the school's federation must be changed or deleted there, by a person."""
    school = resolved.school
    path = review.moved.old.path if review.moved else review.field.path
    if review.matter not in (Matter.GONE, Matter.UNFIT, Matter.MOVED) or path not in school.shared:
        return review
    return dataclasses.replace(review, is_open=True, by=school.federation)


def _policy(
    name: str,
    edition: Edition,
    values: Mapping[str, Any],
    text: _Tops,
    amendments: Iterable[Amendment],
) -> Policy:
    """Return the policy from answers and amendments; an amendment without a target is ignored."""
    sections, handouts = (choose(tops, values) for tops in text)
    filler = school_filler(edition.schema, values, edition.cited)
    policy = amended_policy(name, edition, (sections, handouts), amendments, filler)
    return dataclasses.replace(policy, sections=applying(policy.sections, edition, values))


def _awaiting(edition: Edition, waiting: frozenset[str], page: Policy) -> _Tops:
    """Return an edition's sections and handouts; where an answer is missing, its question is printed instead.

    Who keeps a promise, and by when, cannot be said before the answer is there.
    """
    if not waiting:
        return edition.sections, edition.handouts
    words = {node.id: markup.escape(plain(node.text)) for node in page.walk_all()}
    uses = all_uses_in(edition)

    def asked(provision: Provision) -> Provision:
        children = tuple(map(asked, provision.children))
        if uses[provision.id] & waiting:
            return dataclasses.replace(provision, source=words[provision.id], promise=None, children=children)
        return dataclasses.replace(provision, children=children)

    return tuple(map(asked, edition.sections)), tuple(map(asked, edition.handouts))


def _absences(resolved: Resolved, new: Edition, carried: Carried, base: Policy, theirs: Policy) -> Mapping[str, str]:
    """Return why the school gains or loses parts of both editions, or lacks parts of the new one, by id."""
    before, after = by_id(base), by_id(theirs)
    found = {}
    for identity, conditions in new.conditions.items():
        has = identity in after and not after[identity].is_left_out
        had = identity in before and not before[identity].is_left_out
        if has and not had and identity in resolved.edition.labels:
            found[identity] = "Both editions have it, but only now do the school's answers call for it."
        elif not has:
            failing = [c for c in conditions if not holds(c, get(carried.values, c.field))]
            asked = sorted({c.field for c in conditions if c.field in carried.waiting})
            needs = "; ".join(sorted(describe(c, new.schema) for c in failing))
            why = (
                f"it depends on {', '.join(asked)}, which is not answered yet" if asked else f"it is only for: {needs}"
            )
            found[identity] = f"The new edition has {identity}, but {why}."
    return {
        **{i: f"The new edition does not have {i}." for i in before if i not in new.amendable},
        **found,
    }
