"""Status: what stands where on a day, for those who answer for many schools.

Without a day only what does not age is told: dates, and counts that hold as long as the files do.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from build_tools.comparing.compare import ChangeKind, compare
from build_tools.outputs.in_force import in_force
from build_tools.policy.model import Citation, Kind, Policy
from build_tools.proofreading.currency import cited_in, is_in_force
from build_tools.resolving.facts import document_title
from build_tools.resolving.resolve import Resolved, resolve_template
from build_tools.schema.answers import get
from build_tools.schema.fields import Schema
from build_tools.template.edition import Edition
from build_tools.text.dates import last_day
from build_tools.versions.register import Version

DUE_DAYS = 60
"""How many days before its end a review is told to be due."""


class Review(enum.StrEnum):
    """How near the next review is."""

    OVERDUE = "overdue"
    DUE = "due"
    LATER = "later"


@dataclasses.dataclass(frozen=True, slots=True)
class Status:
    """Where one school stands."""

    school: str
    """The name of its folder."""
    name: str
    title: str
    """Of its policy."""
    federation: str | None
    edition: str
    """The edition of its draft."""
    ratified: str | None
    """When its latest version was agreed; None if none was."""
    ratified_edition: str | None
    next_review: str
    review: Review | None
    """None where no day is given."""
    pending_changes: int | None
    """How many changes of wording its draft holds against the latest version; None if nothing is ratified."""
    pending_answers: int | None
    """How many answers differ from those of the latest version, whether or not a clause prints them."""
    amendments: int
    newest: str | None
    """The newest edition, if its draft uses an older one."""
    unapplied: int
    """In how many clauses the newest edition differs from that of its draft."""
    guidance: tuple[Citation, ...]
    """What its clauses cite that is not in force on the day; without a day, all that is known to end."""


def lasting_status(resolved: Resolved, versions: Sequence[Version], editions: Mapping[str, Edition]) -> Status:
    """Return what holds of a school on any day and whatever editions come; `guidance` is all that its clauses cite.

    Raises:
        Mistakes: if the edition of its latest version is not among those without mistakes.
    """
    school, now = resolved.school, in_force(resolved, versions, editions)
    latest = versions[-1] if versions else None
    return dataclasses.replace(
        dated_status(resolved, versions),
        pending_changes=len(compare(latest.policy, resolved.policy).changes) if latest else None,
        pending_answers=len(changed_answers(resolved.edition.schema, latest.values, school.values)) if latest else None,
        guidance=tuple(cited_in(now.policy, now.edition)),
    )


def dated_status(resolved: Resolved, versions: Sequence[Version]) -> Status:
    """Return what is said of a school and its dates; no policies are compared, and what is cited is not looked for."""
    school = resolved.school
    latest = versions[-1] if versions else None
    return Status(
        school=school.name,
        name=school.values["school"]["name"],
        title=document_title(school),
        federation=school.federation,
        edition=school.edition,
        ratified=latest.decision.on if latest else None,
        ratified_edition=latest.edition if latest else None,
        next_review=latest.decision.next_review if latest else school.values["document"]["next_review"],
        review=None,
        pending_changes=None,
        pending_answers=None,
        amendments=len(school.amendments),
        newest=None,
        unapplied=0,
        guidance=(),
    )


def on_day(lasting: Status, editions: Mapping[str, Edition], apart: Mapping[str, int], day: dt.date | None) -> Status:
    """Return where a school stands on a day, from what `lasting_status` gave, among the editions that there are.

    `apart` is what `behind` gives for them.
    """
    newest = max(editions, default=lasting.edition)
    return dataclasses.replace(
        lasting,
        review=review_on(lasting.next_review, day) if day else None,
        newest=newest if newest != lasting.edition else None,
        unapplied=apart.get(lasting.edition, 0),
        guidance=tuple(
            citation
            for citation in lasting.guidance
            if (not is_in_force(citation, day) if day else citation.in_force_until)
        ),
    )


def review_on(date: str, day: dt.date) -> Review:
    """Return how near a review is on a day; one that is to be in a month is overdue when the month is over."""
    left = (last_day(date) - day).days
    if left < 0:
        return Review.OVERDUE
    return Review.DUE if left <= DUE_DAYS else Review.LATER


def behind(editions: Iterable[Edition], used: Collection[str]) -> Mapping[str, int]:
    """Return for each edition that is used, but for the newest, in how many clauses the newest differs from it."""
    in_order = sorted(editions, key=lambda edition: edition.name)
    older = (edition for edition in in_order[:-1] if edition.name in used)
    return {old.name: _clauses_apart(resolve_template(old), resolve_template(in_order[-1])) for old in older}


def changed_answers(schema: Schema, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths of the fields that a school answers otherwise than before.

    What ratification itself records is no change, and neither is a default that came with another edition.
    """
    found = []
    for field in schema.fields:
        if field.kind.traits.is_block or field.is_recorded or field.path == "document.next_review":
            continue
        was, now = get(old, field.path), get(new, field.path)
        if was != now and not (was is None and now == field.default):
            found.append(field.path)
    return tuple(found)


def _clauses_apart(old: Policy, new: Policy) -> int:
    changes = compare(old, new).changes
    return len({c.id for c in changes if c.node_kind is Kind.CLAUSE and c.kind is not ChangeKind.RENUMBERED})
