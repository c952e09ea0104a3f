"""Law that has changed: the clauses of every school that rest on it, on the hub and in the status."""

import csv
import datetime as dt
import io
import json
import re

import msgspec
import pytest
from click.testing import CliRunner
from folders import TESTS

from build_tools.cli import cli
from build_tools.outputs.hub.hub import hub_folder
from build_tools.outputs.hub.law import by_law, changed_law_of
from build_tools.outputs.hub.summary import read_summaries, render_summary
from build_tools.outputs.publication import summaries
from build_tools.project import Project
from build_tools.reading import Reading, read

CASE = TESTS / "policies/law"
SCHOOLS = ("brook", "heath")
LATE = "2031-06-01"


@pytest.fixture(scope="module")
def resting() -> Reading:
    return read(Project(CASE), SCHOOLS)


def front_page(reading: Reading) -> str:
    found = summaries(Project(CASE), reading)[0]
    site = hub_folder(Project(CASE), found, reading.editions.values()).site
    return " ".join(next(page.html for page in site.pages if page.path == "index.html").split())


def status(*arguments: str) -> str:
    every = ["status", "--today", LATE, "--project", str(CASE), *arguments]
    return CliRunner().invoke(cli, every, prog_name="policy").stdout


def test_each_law_lists_the_clauses_of_each_school(resting: Reading) -> None:
    found = by_law((name, changed_law_of(resting.resolved[name].policy)) for name in SCHOOLS)
    assert {
        law.title: {school: [clause.number for clause in one.clauses] for school, one in schools.items()}
        for law, schools in found.items()
    } == {
        "Animal Keeping Act 2028": {
            "brook": ["1(1)", "1(2)"],
            "heath": ["1(2)(c) (replaced by the school)", "1(1)", "1(2)"],
        },
        "Guide to Animal Visits": {"brook": ["1.1(1)"]},
        "Rules for School Farms": {
            "heath": ["1(2)(c) (replaced by the school)", "1.2(1) (replaced by the school)", "1(2)"]
        },
    }


@pytest.mark.parametrize("epoch", [None, "1906502400"])  # 1 June 2030
def test_the_hub_lists_them_whatever_the_day(
    resting: Reading, epoch: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    html = front_page(resting)
    words = re.sub(r"<[^>]*>", "", html.partition("Law that has changed")[2])
    assert "Animal Keeping Act 2028, in force from 1 April 2028 to 31 December 2030; then Animal" in words
    assert '<a href="heath/animals/index.html#vet">1(2)(c) (replaced by the school)' in html
    assert "More than a year ago:</strong> Law and guidance looked up to 1 February 2030" not in html


def test_the_hub_says_when_the_law_was_looked_up_long_ago(resting: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime.fromisoformat(f"{LATE}T00:00:00+00:00").timestamp())))
    assert "<strong>More than a year ago:</strong> Law and guidance looked up to 1 February 2030;" in front_page(
        resting
    )


def test_a_hub_without_such_law_has_no_such_section() -> None:
    case = TESTS / "policies/promises"
    reading = read(Project(case), ["wren"])
    site = hub_folder(Project(case), summaries(Project(case), reading)[0], reading.editions.values()).site
    assert "Law that has changed" not in site.pages[0].html


def test_summaries_keep_it(resting: Reading) -> None:
    found = summaries(Project(CASE), resting)[0]
    assert read_summaries(msgspec.Raw(render_summary(one)) for one in found) == found
    assert found[0].status.changed_law


def test_the_status_says_it_in_each_form() -> None:
    text = status()
    assert (
        "  Law that has changed: Guide to Animal Visits (2027); then Guide to Animal Visits (2030): 1.1(1)\n"
        "  MORE THAN A YEAR AGO: Law and guidance looked up to 1 February 2030;" in text
    )
    brook = json.loads(status("--format", "json"))["schools"][0]
    assert [law["title"] for law in brook["law_changed"]] == [
        "Animal Keeping Act 2028",
        "Guide to Animal Visits (2027)",
    ]
    assert brook["law_changed"][0]["clauses"][0] == {"id": "keeper", "number": "1(1)"}
    assert brook["law_looked_up_too_long_ago"] == "2030-02-01"
    row = next(csv.DictReader(io.StringIO(status("--format", "csv"))))
    assert row["law_looked_up_too_long_ago"] == "2030-02-01"
    assert row["law_changed"].endswith("then Guide to Animal Visits (2030): 1.1(1)")
