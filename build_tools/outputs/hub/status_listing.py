"""Where schools stand, as text for terminals, as data for programs, and as a table for spreadsheets."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.outputs.hub.csv_table import render_csv
from build_tools.outputs.hub.status import Review, Status
from build_tools.policy.model import Citation
from build_tools.text.dates import last_day, long_date

WORDS_OF_REVIEW: Mapping[Review | None, str] = {
    Review.OVERDUE: "overdue",
    Review.DUE: "due soon",
    Review.LATER: "",
    None: "",
}
"""How people read the nearness of a review."""

_COLUMNS = (
    "school", "name", "federation", "edition", "ratified", "ratified_edition", "next_review", "review",
    "pending_changes", "pending_answers", "amendments", "newest", "unapplied",
)  # fmt: skip


def render_status(statuses: Iterable[Status], day: dt.date) -> str:
    """Return where schools stand on a day as text: a paragraph for each, what is urgent in capitals."""
    lines = [f"On {long_date(day.isoformat())}"]
    for status in statuses:
        lines += ["", f"{status.school}: {status.name}", *(f"  {line}" for line in _lines(status, day))]
    return "\n".join(lines) + "\n"


def status_data(statuses: Iterable[Status], day: dt.date) -> Mapping[str, Any]:
    """Return where schools stand on a day as JSON values."""
    return {
        "day": day.isoformat(),
        "schools": [
            {column: getattr(status, column) for column in _COLUMNS}
            | {
                "guidance_not_in_force": [
                    {"title": c.title, "year": c.year, "from": c.in_force_from, "until": c.in_force_until}
                    for c in status.guidance
                ]
            }
            for status in statuses
        ],
    }


def render_status_csv(statuses: Iterable[Status]) -> str:
    """Return where schools stand as a table."""
    rows = ([*(getattr(s, column) for column in _COLUMNS), "; ".join(map(named, s.guidance))] for s in statuses)
    return render_csv([[*_COLUMNS, "guidance_not_in_force"], *rows])


def named(citation: Citation) -> str:
    """Return how people call law or guidance: its title, with its year if it has one."""
    return f"{citation.title} ({citation.year})" if citation.year else citation.title


def counted(count: int, one: str) -> str:
    """Return a number with its noun."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def pending(status: Status) -> str:
    """Return what the draft of a school with a version holds that is not ratified."""
    if not status.pending_changes and not status.pending_answers:
        return "nothing"
    return f"{counted(status.pending_changes or 0, 'text change')}, {counted(status.pending_answers or 0, 'answer')}"


def _lines(status: Status, day: dt.date) -> Iterator[str]:
    if status.federation:
        yield f"Federation: {status.federation}"
    yield f"Ratified: {_ratified(status)}"
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
        yield f"NOT IN FORCE: {named(citation)}, in force {days}"


def _ratified(status: Status) -> str:
    if status.ratified is None:
        return "not yet"
    edition = f", on edition {status.ratified_edition}" if status.ratified_edition != status.edition else ""
    return f"{long_date(status.ratified)}{edition}"
