"""The file with everything that a new edition means for all schools: a table that spreadsheets read rightly."""

import csv
import io
import json
from pathlib import Path

import pytest

from build_tools.outputs.rehearsal_report import is_report, render_report
from build_tools.text.problems import Place, Problem
from build_tools.upgrading.plan import Outcome, Rehearsal

ROWS = (
    Rehearsal("sarn", "Ysgol y Sarn, Tŷ Coch", "2030-01", Outcome.DONE),
    Rehearsal(
        "dash", "=SUM(1)", None, Outcome.MISTAKES, problems=(Problem(Place("schools/dash/school.yml", 2), "One."),)
    ),
)


def test_the_table_is_read_as_it_was_written() -> None:
    text = render_report(ROWS, Path("all.CSV"))
    assert text.startswith("\ufeff")
    _, sarn, dash = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert sarn[:4] == ["Ysgol y Sarn, Tŷ Coch", "sarn", "2030-01", "already on it"]
    assert dash[:4] == ["'=SUM(1)", "dash", "", "has mistakes today"]
    assert dash[5] == "schools/dash/school.yml:2: One."


def test_data_have_a_row_for_each_school() -> None:
    data = json.loads(render_report(ROWS, Path("all.json")))
    assert [(row["school"], row["outcome"], row["problems"]) for row in data] == [
        ("sarn", "done", []),
        ("dash", "mistakes", ["schools/dash/school.yml:2: One."]),
    ]


@pytest.mark.parametrize(("name", "known"), [("a.csv", True), ("a.JSON", True), ("a.xlsx", False), ("csv", False)])
def test_the_end_of_the_name_says_what_a_report_is(name: str, *, known: bool) -> None:
    assert is_report(Path(name)) == known
