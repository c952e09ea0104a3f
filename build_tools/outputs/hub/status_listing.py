"""The status of schools as text for terminals, as data for programs, and as a table for spreadsheets."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.outputs.hub.csv_table import render_csv
from build_tools.outputs.hub.law import law_data
from build_tools.outputs.hub.status import Review, Status
from build_tools.policy.sources import title_of
from build_tools.text.dates import last_day, long_date
from build_tools.text.problems import counted
from build_tools.versions.withdrawal import Withdrawal

WORDS_OF_REVIEW: Mapping[Review | None, str] = {
    Review.OVERDUE: "overdue",
    Review.DUE: "due soon",
    Review.LATER: "",
    None: "",
}
"""The words for how soon a review is."""

_COLUMNS = (
    "school", "name", "federation", "edition", "ratified", "ratified_edition", "next_review", "review",
    "pending_changes", "pending_answers", "amendments", "newest", "unapplied",
)  # fmt: skip


def render_status(statuses: Iterable[Status], day: dt.date) -> str:
    """Return the status of schools on a day as text: a paragraph for each, with urgent words in capitals."""
    found = tuple(statuses)
    kinds = kinds_told(found)
    lines = [f"On {long_date(day.isoformat())}"]
    for status in found:
        kind = [f"  Policy: {status.policy_kind}"] if kinds else []
        lines += ["", f"{status.school}: {status.name}", *kind, *(f"  {line}" for line in _lines(status, day))]
    return "\n".join(lines) + "\n"


def status_data(statuses: Iterable[Status], day: dt.date) -> Mapping[str, Any]:
    """Return the status of schools on a day as JSON values."""
    found = tuple(statuses)
    columns = _columns(found)
    return {
        "day": day.isoformat(),
        "schools": [
            {name: getattr(status, field) for name, field in columns.items()}
            | {
                "law_changed": [law_data(law) for law in status.changed_law],
                "law_looked_up_too_long_ago": status.stale.until if status.stale else None,
                "withdrawn": _withdrawn(status.withdrawal),
                "guidance_not_in_force": [
                    {"title": c.title, "year": c.year, "from": c.in_force_from, "until": c.in_force_until}
                    for c in status.guidance
                ],
            }
            for status in found
        ],
    }


def render_status_csv(statuses: Iterable[Status]) -> str:
    """Return the status of schools as a table."""
    found = tuple(statuses)
    columns = _columns(found)
    rows = (
        [*(getattr(s, field) for field in columns.values()), *_law(s), s.withdrawal.sentence if s.withdrawal else None]
        for s in found
    )
    last = ("law_changed", "law_looked_up_too_long_ago", "guidance_not_in_force", "withdrawn")
    return render_csv([[*columns, *last], *rows])


def _law(status: Status) -> tuple[str | None, ...]:
    """Return the columns of a table about the law behind a policy."""
    looked_up = status.stale.until if status.stale else None
    return "; ".join(law.words for law in status.changed_law), looked_up, "; ".join(map(title_of, status.guidance))


def _withdrawn(withdrawal: Withdrawal | None) -> Mapping[str, str | None] | None:
    return dataclasses.asdict(withdrawal) if withdrawal else None


def kinds_told(statuses: Iterable[Status]) -> tuple[str, ...]:
    """Return the kinds of policy that schools have if there are several; none if all have one kind."""
    kinds = tuple(dict.fromkeys(status.policy_kind for status in statuses))
    return kinds if len(kinds) > 1 else ()


def _columns(statuses: Iterable[Status]) -> Mapping[str, str]:
    """Return the columns of a table, each with the field of a status that it shows."""
    columns = {name: name for name in _COLUMNS}
    return {**columns, "policy": "policy_kind"} if kinds_told(statuses) else columns


def pending(status: Status) -> str:
    """Return, in words, what has changed in a school's draft since its version in force."""
    if not status.pending_changes and not status.pending_answers:
        return "nothing"
    return f"{counted(status.pending_changes or 0, 'text change')}, {counted(status.pending_answers or 0, 'answer')}"


def _lines(status: Status, day: dt.date) -> Iterator[str]:
    if status.federation:
        yield f"Federation: {status.federation}"
    yield f"Ratified: {_ratified(status)}"
    if status.withdrawal:
        yield f"WITHDRAWN: {status.withdrawal.sentence}"
    urgent = WORDS_OF_REVIEW[status.review].upper()
    yield f"Next review: {long_date(status.next_review)}{f'  {urgent}' if urgent else ''}"
    if status.ratified:
        yield f"Draft, not yet ratified: {pending(status)}"
    yield f"Edition: {status.edition}, {counted(status.amendments, 'amendment')}"
    if status.newest:
        yield f"Not applied yet: edition {status.newest}, which differs in {counted(status.unapplied, 'clause')}"
    for citation in status.guidance:
        is_over = citation.in_force_until is not None and last_day(citation.in_force_until) < day
        days = f"until {citation.in_force_until}" if is_over else f"from {citation.in_force_from}"
        yield f"NOT IN FORCE: {title_of(citation)}, in force {days}"
    for law in status.changed_law:
        yield f"Law that has changed: {law.words}"
    if status.stale:
        yield f"MORE THAN A YEAR AGO: {status.stale.words}"


def _ratified(status: Status) -> str:
    if status.ratified is None:
        return "no version is in force" if status.withdrawal else "not yet"
    edition = f", on edition {status.ratified_edition}" if status.ratified_edition != status.edition else ""
    return f"{long_date(status.ratified)}{edition}"
