"""Policies of either edition for a plan, in which an amendment without a target is ignored."""

from collections.abc import Iterable

from build_tools.policy.model import Amendment, Policy, Unnumbered
from build_tools.resolving.amend import amend
from build_tools.resolving.fill import Filler, fill
from build_tools.resolving.handouts import amended_handouts, amendments_by_place, with_copies
from build_tools.template.edition import Edition
from build_tools.template.number import number


def amended_policy(
    name: str,
    edition: Edition,
    drafts: tuple[tuple[Unnumbered, ...], tuple[Unnumbered, ...]],
    amendments: Iterable[Amendment],
    filler: Filler,
) -> Policy:
    """Return the policy from drafts of an edition's sections and handouts, with amendments."""
    of_sections, of_handouts = amendments_by_place(amendments, edition.handouts)
    amended, _ = amend(drafts[0], of_sections)
    lines, _ = amended_handouts(drafts[1], of_handouts, amended)
    sections = number(fill(amended, filler), edition.labels)
    return Policy(name, edition.name, edition.title, sections, handouts=with_copies(fill(lines, filler), sections))
