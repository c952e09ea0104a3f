"""Everything that a new edition means for all schools, as a file: a table for spreadsheets, or data for programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from build_tools.outputs.hub.csv_table import render_csv
from build_tools.policy.storage import render_json
from build_tools.schema.fields import Choice
from build_tools.upgrading.data import rehearsal_data
from build_tools.upgrading.grouping import asked_of
from build_tools.upgrading.plan import Outcome, Rehearsal

_COLUMNS = ("School", "Folder", "Edition", "Result", "Question", "To decide", "Answers", "Decided by")
WORDS_OF_OUTCOME: Mapping[str, str] = {
    Outcome.READY: "needs no answer",
    Outcome.ASKS: "must answer",
    Outcome.WAITS: "waits for its federation",
    Outcome.MISTAKES: "has mistakes today",
    Outcome.DONE: "already on it",
}
"""The words for each outcome."""


def render_csv_report(rows: Iterable[Rehearsal]) -> str:
    """Return a line for each thing that each school must decide, and one for each school without any.

    The mark at the beginning makes Excel read the letters of every language.
    """
    return "\ufeff" + render_csv([_COLUMNS, *(line for row in rows for line in _lines(row))])


def render_json_report(rows: Iterable[Rehearsal]) -> str:
    """Return the plan for each school as JSON."""
    return render_json(rehearsal_data(rows))


REPORTS: Mapping[str, Callable[[Sequence[Rehearsal]], str]] = {".csv": render_csv_report, ".json": render_json_report}
"""How each kind of report is made, by the end of its file's name."""


def is_report(file: Path) -> bool:
    """Return whether the end of a file's name says what kind of report it is."""
    return file.suffix.lower() in REPORTS


def render_report(rows: Sequence[Rehearsal], file: Path) -> str:
    """Return everything about all schools in the form that the end of the file's name says."""
    return REPORTS[file.suffix.lower()](rows)


def _lines(row: Rehearsal) -> Iterator[Sequence[str | None]]:
    start = (row.name, row.school, row.edition, WORDS_OF_OUTCOME[row.outcome])
    lines = [(asked.path, asked.message, _answers(asked.choices), asked.who) for asked in asked_of(row)]
    lines += [("", str(problem), "", row.name) for problem in row.problems]
    for line in lines or [("", "", "", "")]:
        yield *start, *line


def _answers(choices: Iterable[Choice]) -> str:
    return "; ".join(f"{choice.value}: {choice.title}" for choice in choices)
