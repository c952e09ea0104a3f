"""Status: the state of each school's policy on a day, for people responsible for many schools.

Without a day, only what does not depend on it is given: dates, and counts that change only with a file.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from build_tools.comparing.compare import ChangeKind, compare
from build_tools.outputs.hub.law import ChangedLaw, changed_law_of
from build_tools.outputs.in_force import in_force
from build_tools.policy.model import Citation, Kind, LookedUp, Policy
from build_tools.proofreading.currency import cited_in, is_in_force
from build_tools.resolving.facts import document_title
from build_tools.resolving.resolve import Resolved, resolve_template
from build_tools.schema.answers import get
from build_tools.schema.fields import Schema
from build_tools.schema.relied_on import NAME, NEXT_REVIEW
from build_tools.template.edition import Edition, of_one_kind
from build_tools.text.dates import last_day
from build_tools.versions.history import Version, latest_withdrawal, version_in_force
from build_tools.versions.withdrawal import Withdrawal

DUE_DAYS = 60
"""The number of days before its date from which a review is shown as due."""


class Review(enum.StrEnum):
    """How soon the next review is."""

    OVERDUE = "overdue"
    DUE = "due"
    LATER = "later"


@dataclasses.dataclass(frozen=True, slots=True)
class Status:
    """The status of one school."""

    school: str
    """The name of its folder."""
    name: str
    title: str
    """Of its policy."""
    federation: str | None
    policy_kind: str
    """What kind of policy it is."""
    edition: str
    """The edition of its draft."""
    ratified: str | None
    """When its version in force was agreed; None if there is none."""
    ratified_edition: str | None
    next_review: str
    review: Review | None
    """None if no day is given."""
    pending_changes: int | None
    """The number of wording changes from the version in force to its draft; None if there is none."""
    pending_answers: int | None
    """The number of answers that differ from the version in force, whether or not a clause prints them."""
    amendments: int
    newest: str | None
    """The newest edition, if its draft uses an older one."""
    unapplied: int
    """The number of clauses that differ between the newest edition and that of its draft."""
    guidance: tuple[Citation, ...]
    """What its clauses cite that is not in force on the day; without a day, everything that is known to end."""
    changed_law: tuple[ChangedLaw, ...] = ()
    """What its clauses rest on that has an end or a successor, whatever the day."""
    stale: LookedUp | None = None
    """Until when the law of its edition was looked up, if that is more than a year before the day."""
    withdrawal: Withdrawal | None = None
    """That of its latest version, if it was withdrawn."""


def lasting_status(resolved: Resolved, versions: Sequence[Version], editions: Mapping[str, Edition]) -> Status:
    """Return the status of a school independent of the day and of newer editions; `guidance` is all that it cites.

    Raises:
        Mistakes: if the edition of its version in force is not among those without mistakes.
    """
    school, now = resolved.school, in_force(resolved, versions, editions)
    current = version_in_force(versions)
    return dataclasses.replace(
        dated_status(resolved, versions),
        pending_changes=len(compare(current.policy, resolved.policy).changes) if current else None,
        pending_answers=len(changed_answers(resolved.edition.schema, current.values, school.values))
        if current
        else None,
        guidance=tuple(cited_in(now.policy, now.edition)),
        changed_law=changed_law_of(now.policy),
    )


def dated_status(resolved: Resolved, versions: Sequence[Version]) -> Status:
    """Return a status with only a school's facts and dates; policies are not compared, nor citations searched for."""
    school = resolved.school
    current = version_in_force(versions)
    return Status(
        school=school.name,
        name=NAME.of(school.values),
        title=document_title(school),
        federation=school.federation,
        policy_kind=resolved.edition.policy_kind,
        edition=school.edition,
        ratified=current.decision.on if current else None,
        ratified_edition=current.edition if current else None,
        next_review=current.decision.next_review if current else NEXT_REVIEW.of(school.values),
        review=None,
        pending_changes=None,
        pending_answers=None,
        amendments=len(school.amendments),
        newest=None,
        unapplied=0,
        guidance=(),
        withdrawal=latest_withdrawal(versions),
    )


def on_day(lasting: Status, editions: Mapping[str, Edition], apart: Mapping[str, int], day: dt.date | None) -> Status:
    """Return the status of a school on a day, from the result of `lasting_status` and the existing editions.

    `apart` is the result of `behind` for these editions.
    """
    newest = max(of_one_kind(editions, lasting.policy_kind), default=lasting.edition)
    stale = stale_editions(editions.values(), day)
    return dataclasses.replace(
        lasting,
        review=review_on(lasting.next_review, day) if day else None,
        newest=newest if newest != lasting.edition else None,
        unapplied=apart.get(lasting.edition, 0),
        stale=stale.get(lasting.ratified_edition or lasting.edition),
        guidance=tuple(
            citation
            for citation in lasting.guidance
            if (not is_in_force(citation, day) if day else citation.in_force_until)
        ),
    )


def stale_editions(editions: Iterable[Edition], day: dt.date | None) -> Mapping[str, LookedUp]:
    """Return until when the law of editions was looked up, by name, if that is more than a year before a day."""
    return {
        edition.name: edition.looked_up
        for edition in editions
        if edition.looked_up and day and edition.looked_up.is_stale_on(day.isoformat())
    }


def review_on(date: str, day: dt.date) -> Review:
    """Return how soon a review is on a day; a review with only a month is overdue when the month is over."""
    left = (last_day(date) - day).days
    if left < 0:
        return Review.OVERDUE
    return Review.DUE if left <= DUE_DAYS else Review.LATER


def behind(editions: Iterable[Edition], used: Collection[str]) -> Mapping[str, int]:
    """Return the number of clauses in which the newest edition of its kind differs from each older one that is used."""
    newest: dict[str, Edition] = {}
    found: dict[str, int] = {}
    for edition in sorted(editions, key=lambda edition: edition.name, reverse=True):
        last = newest.setdefault(edition.policy_kind, edition)
        if last is not edition and edition.name in used:
            found[edition.name] = _clauses_apart(resolve_template(edition), resolve_template(last))
    return found


def changed_answers(schema: Schema, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths of the fields whose answers have changed.

    Fields that ratification records do not count, nor do defaults that came with another edition.
    """
    found = []
    for field in schema.fields:
        if field.kind.traits.is_block or field.is_recorded or field.path == NEXT_REVIEW.path:
            continue
        was, now = get(old, field.path), get(new, field.path)
        if was != now and not (was is None and now == field.default):
            found.append(field.path)
    return tuple(found)


def _clauses_apart(old: Policy, new: Policy) -> int:
    changes = compare(old, new).changes
    return len({c.id for c in changes if c.node_kind is Kind.CLAUSE and c.kind is not ChangeKind.RENUMBERED})
