"""Plan the change of a federation to a new edition.

Its schools' answers differ, so the template's wordings are used: all alternatives, with field names in brackets.
"""

import dataclasses
from collections.abc import Iterable

from build_tools.policy.model import Amendment, Policy
from build_tools.resolving.choose import take_all
from build_tools.resolving.placeholders import template_filler
from build_tools.resolving.resolve import resolve_template
from build_tools.schema.answers import coerce, complete
from build_tools.schools.federation import Federation
from build_tools.template.edition import Edition
from build_tools.upgrading.amendments import by_id
from build_tools.upgrading.carried_over import find_unfit, kept_amendments
from build_tools.upgrading.fields import Matter, carry
from build_tools.upgrading.plan import Plan, Policies, lay_out
from build_tools.upgrading.policies import amended_policy

_OF_SCHOOLS = (Matter.REQUIRED, Matter.DEFAULT)
"""Matters about missing answers, which a federation may leave to its schools."""


def plan_federation(folder: str, federation: Federation, old: Edition, new: Edition) -> Plan:
    """Return what a new edition means for what a federation shares; `folder` is the name of its folder."""
    # in the federation's own file they belong to nobody else
    amendments = tuple(dataclasses.replace(amendment, by=None) for amendment in federation.amendments)
    base, theirs = resolve_template(old), resolve_template(new)
    answers = coerce(old.schema, federation.answers)
    carried = carry(old, new, complete(old.schema, answers, old.authority), answers, (base, theirs))
    unfit = find_unfit(amendments, (old, new), frozenset(field.path for field in new.schema.fields), frozenset())
    yours = _amended(old, amendments)
    after = _amended(new, kept_amendments(amendments, unfit, new, yours))
    return lay_out(
        folder,
        federation.name,
        (old, new),
        theirs,
        tuple(review for review in carried.reviews if review.matter not in _OF_SCHOOLS),
        amendments,
        Policies(base, theirs, yours, after),
        unfit,
        {i: f"The new edition does not have {i}." for i in by_id(base) if i not in new.amendable},
    )


def _amended(edition: Edition, amendments: Iterable[Amendment]) -> Policy:
    """Return an edition as its authors see it, with amendments; an amendment without a target is ignored."""
    text = (take_all(edition.sections), take_all(edition.handouts))
    return amended_policy(edition.name, edition, text, amendments, template_filler(edition.schema, edition.cited))
