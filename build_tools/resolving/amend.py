"""Amend: replace, insert and omit clauses as the school asks, each with its reason."""

from collections.abc import Iterable, Mapping

import msgspec

from build_tools.policy.model import Action, Amendment, Origin, Provision, Unnumbered
from build_tools.text.problems import Problem

_LACKING = "by its answers this school does not have that clause or section"


def amend(
    drafts: tuple[Unnumbered, ...], amendments: Iterable[Amendment], lacking: str = _LACKING
) -> tuple[tuple[Unnumbered, ...], list[Problem]]:
    """Return the drafts with a school's amendments, and a problem for each amendment without a target.

    If a federation replaces or omits a clause that the school does not have anyway, nothing changes. `lacking` says why
    there is no target.
    """
    # a section that is not used has no words of its own, but others may be inserted after it
    not_used = {draft.id for top in drafts for draft in top.walk() if draft.origin is Origin.NOT_CHOSEN}
    amendments = [a for a in amendments if not (a.by and a.action is not Action.INSERT and a.target in not_used)]
    changes: dict[tuple[str, Action], Amendment] = {
        (a.target, a.action): a for a in amendments if a.action is not Action.INSERT
    }
    insertions: dict[str, list[Amendment]] = {}
    for amendment in amendments:
        if amendment.action is Action.INSERT:
            insertions.setdefault(amendment.target, []).append(amendment)
    amended = _amended(drafts, changes, insertions) if amendments else drafts
    met = {draft.id for top in amended for draft in top.walk()}
    problems = [
        Problem(
            a.place,
            f"{'after' if a.action is Action.INSERT else a.action} {a.target}: {lacking}. Delete the amendment.",
        )
        for a in amendments
        if (a.target not in met and not a.by) or (a.action is not Action.INSERT and a.target in not_used)
    ]
    return amended, problems


def _amended(
    drafts: tuple[Unnumbered, ...],
    changes: Mapping[tuple[str, Action], Amendment],
    insertions: Mapping[str, list[Amendment]],
) -> tuple[Unnumbered, ...]:
    amended: list[Unnumbered] = []
    for draft in drafts:
        if omission := changes.get((draft.id, Action.OMIT)):
            new = msgspec.structs.replace(
                draft,
                origin=Origin.OMITTED,
                reason=omission.because,
                children=(),
                place=omission.place,
                by=omission.by,
            )
        else:
            new = msgspec.structs.replace(draft, children=_amended(draft.children, changes, insertions))
            if replacement := changes.get((draft.id, Action.REPLACE)):
                new = msgspec.structs.replace(
                    new,
                    source=replacement.source,
                    origin=Origin.REPLACED,
                    reason=replacement.because,
                    place=replacement.place,
                    by=replacement.by,
                )
        amended.append(new)
        for insertion in insertions.get(draft.id, ()):
            # another insertion may follow an inserted part
            amended.extend(_amended(tuple(_inserted(p, insertion) for p in insertion.inserted), {}, insertions))
    return tuple(amended)


def _inserted(provision: Provision, insertion: Amendment) -> Unnumbered:
    return Unnumbered(
        provision.kind,
        provision.id,
        provision.source,
        Origin.INSERTED,
        reason=insertion.because,
        children=tuple(_inserted(child, insertion) for child in provision.children),
        place=provision.place,
        by=insertion.by,
        promise=provision.promise,
        blank=provision.blank,
        choices=provision.choices,
    )
