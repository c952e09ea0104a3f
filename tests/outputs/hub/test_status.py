"""Where schools stand on a day: what is due, pending, behind and out of date, and how it is told."""

import csv
import dataclasses
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from folders import ROOT

from build_tools.cli import cli
from build_tools.outputs.hub.status import (
    Review,
    Status,
    behind,
    changed_answers,
    lasting_status,
    on_day,
    review_on,
)
from build_tools.outputs.in_force import in_force
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schema.file import parse_schema
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes
from build_tools.versions.freezing import Decision, digest
from build_tools.versions.history import Version

NORTH, TROTT, FERNHOLLOW = "the-north-school", "trottiscliffe", "fernhollow-school"
DAY = dt.date(2019, 10, 1)


def _make_council(folder: Path) -> Path:
    """Fill a folder with the two real schools, without versions, one of them as it was in May 2018."""
    may = ROOT / "tests" / "upgrades" / NORTH / "schools"
    for source in (may / NORTH, ROOT / "schools" / TROTT):
        shutil.copytree(source, folder / "schools" / source.name, ignore=shutil.ignore_patterns("ratified"))
    return folder


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read(Project(_make_council(tmp_path_factory.mktemp("council"))), (NORTH, TROTT))


@pytest.fixture(scope="module")
def apart(editions: Mapping[str, Edition]) -> Mapping[str, int]:
    return behind(editions.values(), editions)


def status_of(
    resolved: Resolved,
    versions: Sequence[Version],
    editions: Mapping[str, Edition],
    apart: Mapping[str, int],
    day: dt.date | None,
) -> Status:
    return on_day(lasting_status(resolved, versions, editions), editions, apart, day)


def version(resolved: Resolved, on: str, next_review: str) -> Version:
    school = resolved.school
    decision = Decision(on, "Full Governing Body", next_review)
    return Version(school.name, school.edition, decision, "x", {}, school.values, resolved.policy, Path())


def changed(resolved: Resolved, block: str, **answers: Any) -> Resolved:  # noqa: ANN401 - any answer
    """Return a school with other answers in one block."""
    values = {**resolved.school.values, block: {**resolved.school.values[block], **answers}}
    school = dataclasses.replace(resolved.school, values=values)
    return Resolved(resolved.edition, school, resolve(resolved.edition, school))


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "day", "expected"),
    [
        ("2019-03-10", "2019-03-11", Review.OVERDUE),
        ("2019-03-10", "2019-03-10", Review.DUE),
        ("2019-03-10", "2019-01-09", Review.DUE),  # 60 days before
        ("2019-03-10", "2019-01-08", Review.LATER),
        ("2019-03", "2019-03-31", Review.DUE),
        ("2019-03", "2019-04-01", Review.OVERDUE),
        ("2020-02", "2020-02-29", Review.DUE),
        ("2019-12", "2019-11-01", Review.DUE),
        ("2019-12", "2019-10-31", Review.LATER),
    ],
)
def test_a_review_is_overdue_after_the_last_day_of_its_date(date: str, day: str, expected: Review) -> None:
    assert review_on(date, dt.date.fromisoformat(day)) is expected


# --- what is behind and pending -----------------------------------------------------------------


def test_only_older_editions_are_behind_the_newest(apart: Mapping[str, int], editions: Mapping[str, Edition]) -> None:
    assert apart.keys() == editions.keys() - {max(editions)}
    assert all(count > 10 for count in apart.values())
    same = [editions["2018-09"], dataclasses.replace(editions["2018-09"], name="2019-09")]
    assert behind(same, {"2018-09", "2019-09"}) == {"2018-09": 0}
    assert behind(editions.values(), {max(editions)}) == {}


ANSWERS = parse_schema(
    """\
type: object
properties:
  exams: {type: boolean, title: "Exams?", default: false}
  app: {type: string, title: App}
  document:
    type: object
    title: Document
    properties:
      ratified: {type: string, title: Ratified, readOnly: true}
      next_review: {type: string, title: Next review}
      number: {type: string, title: Number}
""",
    "school.schema.yml",
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"app": "A"}, {"app": "A"}, ()),
        ({"app": "A"}, {"app": "B"}, ("app",)),
        ({"app": "A"}, {}, ("app",)),
        ({}, {"app": "B"}, ("app",)),
        ({}, {"exams": False}, ()),
        ({}, {"exams": True}, ("exams",)),
        (
            {"document": {"ratified": "2018-05", "next_review": "2019"}},
            {"document": {"number": "1"}},
            ("document.number",),
        ),
    ],
)
def test_changed_answers(old: dict[str, Any], new: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert changed_answers(ANSWERS, old, new) == expected


def test_a_school_without_a_version_is_a_draft(reading: Reading, apart: Mapping[str, int]) -> None:
    status = status_of(reading.school(NORTH), (), reading.editions, apart, DAY)
    assert (status.ratified, status.ratified_edition, status.pending_changes, status.pending_answers) == (None,) * 4
    assert (status.next_review, status.review, status.amendments) == ("2019-03", Review.OVERDUE, 1)
    assert (status.edition, status.newest, status.unapplied) == ("2017-09", "2026-09", apart["2017-09"])
    assert [citation.year for citation in status.guidance] == ["2016"]


def test_a_school_on_the_newest_edition_has_nothing_to_apply(apart: Mapping[str, int]) -> None:
    reading = read(Project(ROOT), [FERNHOLLOW])
    status = status_of(reading.school(FERNHOLLOW), (), reading.editions, apart, DAY)
    assert (status.newest, status.unapplied) == (None, 0)


def test_a_draft_is_held_against_the_latest_version(reading: Reading, apart: Mapping[str, int]) -> None:
    resolved = reading.school(TROTT)
    versions = [version(resolved, "2018-10", "2019-10"), version(resolved, "2019-09-20", "2020-09")]

    def status(draft: Resolved) -> Status:
        return status_of(draft, versions, reading.editions, apart, DAY)

    same = status(resolved)
    assert (same.ratified, same.next_review, same.review) == ("2019-09-20", "2020-09", Review.LATER)
    assert (same.pending_changes, same.pending_answers) == (0, 0)
    motto = status(changed(resolved, "school", motto="Another"))
    assert (motto.pending_changes, motto.pending_answers) == (0, 1)
    product = status(changed(resolved, "filtering", product="Another"))
    assert (product.pending_changes, product.pending_answers) == (1, 1)


def test_guidance_is_that_of_what_is_in_force_not_of_the_draft(reading: Reading, apart: Mapping[str, int]) -> None:
    old, new = reading.school(NORTH), reading.school(TROTT)
    # whatever the school, its version on the old edition cites what that edition cites
    status = status_of(new, [version(old, "2018-05-23", "2019-03")], reading.editions, apart, DAY)
    assert [citation.year for citation in status.guidance] == ["2016"]
    shown = in_force(new, [version(old, "2018-05-23", "2019-03")], reading.editions)
    assert (shown.edition.name, shown.policy) == ("2017-09", old.policy)
    with pytest.raises(Mistakes, match=r"The version of 2018-05-23 uses edition 2017-09, which is missing"):
        in_force(new, [version(old, "2018-05-23", "2019-03")], {})


def test_without_a_day_only_what_does_not_age_is_told(reading: Reading, apart: Mapping[str, int]) -> None:
    status = status_of(reading.school(TROTT), (), reading.editions, apart, None)
    assert status.review is None
    assert [citation.in_force_until for citation in status.guidance] == ["2019-09-01"]


# --- the command ---------------------------------------------------------------------------------

Run = Callable[..., Result]


@pytest.fixture
def council(tmp_path: Path) -> Path:
    return _make_council(tmp_path)


@pytest.fixture
def policy(council: Path) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--project", str(council)], prog_name="policy")

    return run


def test_the_command_tells_people(policy: Run) -> None:
    result = policy("status", "--today", "2019-10-01")
    assert result.exit_code == 0, result.output
    text = result.stdout
    assert text.startswith("On 1 October 2019\n\ntrottiscliffe: Trottiscliffe CE Primary School\n  Ratified: not yet\n")
    assert "  Next review: March 2019  OVERDUE\n" in text
    assert "  Next review: October 2019  DUE SOON\n" in text
    assert "  Edition: 2017-09, 1 amendment\n" in text
    assert "  NOT IN FORCE: Keeping Children Safe in Education (2018), in force until 2019-09-01\n" in text


def test_the_command_tells_programs_and_spreadsheets_the_same(policy: Run) -> None:
    data = json.loads(policy("status", "--today", "2019-10-01", "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(policy("status", "--today", "2019-10-01", "--format", "csv").stdout)))
    assert data["day"] == "2019-10-01"
    assert [school["school"] for school in data["schools"]] == [row["school"] for row in rows] == [TROTT, NORTH]
    for school, row in zip(data["schools"], rows, strict=True):
        guidance = school.pop("guidance_not_in_force")
        assert row.pop("guidance_not_in_force") == "; ".join(f"{g['title']} ({g['year']})" for g in guidance)
        assert (school.pop("law_changed"), row.pop("law_changed")) == ([], "")
        assert row == {key: "" if value is None else str(value) for key, value in school.items()}


def test_the_day_is_todays_unless_another_is_named(policy: Run) -> None:
    before = dt.datetime.now().astimezone().date()
    day = json.loads(policy("status", "--format", "json").stdout)["day"]
    assert before <= dt.date.fromisoformat(day) <= dt.datetime.now().astimezone().date()
    assert policy("status", "--today", "2019-02-30").exit_code == 2
    assert "2019-02 is a month. Give a day." in policy("status", "--today", "2019-02").stderr
    assert policy("status", "--today", "1 October 2019").stdout.startswith("On 1 October 2019\n")


def test_a_school_with_mistakes_does_not_hide_the_others(policy: Run, council: Path) -> None:
    file = council / "schools" / TROTT / "school.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("at-home", "banned", 1), encoding="utf-8")
    folder = council / "schools" / NORTH / "ratified" / "2018-05-23"
    result = policy("status", "--today", "2019-10-01")
    assert result.exit_code == 1
    assert "the-north-school" in result.stdout
    assert "trottiscliffe" not in result.stdout
    assert "schools/trottiscliffe/school.yml:" in result.stderr
    folder.mkdir(parents=True)
    (folder / "record.yml").write_text(f"files: {digest(b'')}\n", encoding="utf-8")
    result = policy("status", "--today", "2019-10-01")
    assert "the-north-school" not in result.stdout
    assert "schools/the-north-school/ratified/2018-05-23/record.yml" in result.stderr
