"""Two policies and what changed from one to the other: what every report of a comparison is made from."""

import dataclasses

from build_tools.comparing.compare import Comparison, compare
from build_tools.comparing.departures import compare_with_template
from build_tools.model import Policy
from build_tools.template.edition import Edition


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One of two policies that are compared."""

    policy: Policy
    edition: Edition
    title: str
    """How people call it: "The North School, ratified in May 2018"."""
    is_template: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one policy to another."""

    old: Side
    new: Side
    comparison: Comparison


def differ(old: Side, new: Side) -> Difference:
    """Return what changed; a policy is held against the template that it was made from clause by clause of that."""
    if old.is_template and not new.is_template and old.edition.name == new.edition.name:
        return Difference(old, new, compare_with_template(new.edition, new.policy))
    return Difference(old, new, compare(old.policy, new.policy))
