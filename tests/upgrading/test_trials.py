"""What a new edition means for a school: the whole report of two cases, and what must hold of any."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from folders import ROOT
from sites import publish_copies

from build_tools.comparing.compare import ChangeKind
from build_tools.outputs.upgrade_page import render_trial_page
from build_tools.policy.model import Run
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.text import yaml_edit
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.yaml_file import parse_yaml
from build_tools.upgrading.amendments import AmendmentState, Standing, same_words
from build_tools.upgrading.data import trial_data
from build_tools.upgrading.fields import Matter
from build_tools.upgrading.listing import decisions, render_trial
from build_tools.upgrading.plan import Trial
from build_tools.upgrading.rehearsal import rehearse
from build_tools.upgrading.trials import try_edition, try_federation

CASE = ROOT / "tests" / "upgrades" / "phones"
NORTH = ROOT / "tests" / "upgrades" / "the-north-school"
PROJECT = Project(CASE)
Expected = Callable[[Path, str], None]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(PROJECT, PROJECT.school_names())


@pytest.fixture(scope="module")
def west(reading: Reading) -> Trial:
    """A school that changed the template in every way there is."""
    return try_edition(reading.ground, reading.school("west-cove"), reading.editions["2031-01"])


@pytest.fixture(scope="module")
def north() -> Trial:
    """A real school as it was in May 2018, with the real editions, which come with the program."""
    project = Project(NORTH)
    found = read(project, ["the-north-school"])
    assert found.school("the-north-school").edition.name == "2017-09"
    return try_edition(found.ground, found.school("the-north-school"), found.editions["2018-09"])


def test_every_matter_that_a_new_edition_can_raise(west: Trial, expected: Expected) -> None:
    expected(CASE / "expected" / "west-cove.upgrade.txt", render_trial(west))
    expected(CASE / "expected" / "west-cove.school.yml", west.text)


def test_what_a_federation_and_a_school_in_it_are_told(reading: Reading, expected: Expected) -> None:
    trial = try_federation(reading, "inland", reading.editions["2031-01"])
    expected(CASE / "expected" / "inland.upgrade.txt", render_trial(trial))
    expected(CASE / "expected" / "inland.federation.yml", trial.text)
    school = try_edition(reading.ground, reading.school("mid-cove"), reading.editions["2031-01"])
    expected(CASE / "expected" / "mid-cove.upgrade.txt", render_trial(school))


def test_the_worked_example_of_a_real_school(north: Trial, expected: Expected) -> None:
    expected(NORTH / "expected" / "2018-09.upgrade.txt", render_trial(north))


def test_the_real_school_has_nothing_to_decide(north: Trial) -> None:
    assert decisions(north.plan) == []
    assert north.problems == ()
    assert [(r.field.path, r.matter, r.is_open) for r in north.plan.fields] == [
        ("law.data_protection", Matter.GONE, False)
    ]
    assert "law:" not in north.text
    assert "data_protection" in north.taken_out[0]


def _on_one_line(text: str) -> str:
    data = parse_yaml(text, "").data
    return yaml.safe_dump(data, allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False)


def _blocks_on_a_line(text: str) -> str:
    return "".join(
        _on_one_line(yaml.safe_dump({name: value}))[1:-2] + "\n" for name, value in parse_yaml(text, "").data.items()
    )


@pytest.mark.parametrize("layout", [_on_one_line, _blocks_on_a_line], ids=["file", "blocks"])
@pytest.mark.parametrize("name", ["west-cove", "mid-cove", "inland"])
def test_a_file_on_one_line_is_upgraded_like_any_other(tmp_path: Path, name: str, layout: Callable[[str], str]) -> None:
    found_trials = []
    for change in (str, layout):
        folder = tmp_path / change.__name__
        shutil.copytree(CASE, folder)
        for file in (folder / "schools").glob("*/*.yml"):
            file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        project = Project(folder)
        found = read(project, project.school_names())
        new = found.editions["2031-01"]
        is_federation = name == "inland"
        found_trials.append(
            try_federation(found, name, new) if is_federation else try_edition(found.ground, found.school(name), new)
        )
    block, line = found_trials
    assert parse_yaml(line.text, "").data == parse_yaml(block.text, "").data
    assert decisions(line.plan) == decisions(block.plan)
    assert {problem.message for problem in line.problems} == {problem.message for problem in block.problems}


def test_a_file_to_change_by_hand_hides_no_other_school(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    edit = yaml_edit.edit_yaml

    def refuse_one(text: str, file: str, *changes: Any) -> tuple[str, list[str]]:  # noqa: ANN401 - passed on
        if "west-cove" in file:
            raise Mistakes([Problem(Place(file, 2), "Please do it.")])
        return edit(text, file, *changes)

    monkeypatch.setattr("build_tools.upgrading.trials.edit_yaml", refuse_one)
    rows = {row.school: row for row in rehearse(reading, reading.editions["2031-01"])}
    assert [str(problem) for problem in rows["west-cove"].problems] == ["schools/west-cove/school.yml:2: Please do it."]
    assert rows["east-cove"].trial is not None


@pytest.mark.parametrize(
    ("identity", "standing", "is_open"),
    [
        ("locked", Standing.NEEDLESS, False),
        ("given-back", Standing.TOUCHED, True),
        ("lost", Standing.NEEDLESS, False),
        ("bus", Standing.GONE, True),
        ("bus-late", Standing.GONE, True),
        ("found", Standing.NEEDLESS, True),
        ("brief-again", Standing.UNFIT, True),
        ("tram", Standing.UNFIT, True),
        ("visits", Standing.TOUCHED, True),
        ("governors-phones", Standing.HOLDS, False),
        ("staff-phones", Standing.HOLDS, False),
        ("lockers", Standing.HOLDS, False),
    ],
)
def test_what_becomes_of_each_amendment(west: Trial, identity: str, standing: Standing, is_open: bool) -> None:  # noqa: FBT001 - a case
    review = next(review for review in west.plan.amendments if review.id == identity)
    assert (review.standing, review.is_open) == (standing, is_open)


@pytest.mark.parametrize(
    ("path", "matter", "is_open"),
    [
        ("checker", Matter.REQUIRED, True),
        ("phones.learners", Matter.UNFIT, True),
        ("phones.learners", Matter.ANSWERS, False),
        ("clubs", Matter.DEFAULT, True),
        ("phones.watches", Matter.OFFERED, False),
        ("phones.bags", Matter.GONE, True),
        ("phones.rule", Matter.GONE, True),
        ("law.data", Matter.GONE, False),
    ],
)
def test_what_is_said_of_each_field(west: Trial, path: str, matter: Matter, is_open: bool) -> None:  # noqa: FBT001 - a case
    review = next(review for review in west.plan.fields if (review.field.path, review.matter) == (path, matter))
    assert review.is_open == is_open
    assert path in review.message
    assert review.clauses


def test_what_follows_an_own_insertion_that_goes_is_to_decide(tmp_path: Path) -> None:
    shutil.copytree(CASE / "policy_src", tmp_path / "policy_src")
    shutil.copytree(CASE / "schools" / "west-cove", tmp_path / "schools" / "west-cove")
    with (tmp_path / "schools" / "west-cove" / "school.yml").open("a", encoding="utf-8") as file:
        file.write(
            "  - insert: bus-night\n    after: bus-late\n    text: |\n"
            "      - On the night bus:\n          - Nobody asks.\n    because: There is a night bus.\n"
        )
    project = Project(tmp_path)
    found = read(project, ["west-cove"])
    plan = try_edition(found.ground, found.school("west-cove"), found.editions["2031-01"]).plan
    review = next(review for review in plan.amendments if review.id == "bus-night")
    assert review.message == "bus-late no longer exists. Say where your words should go now."
    # its items are the school's own, so the edition does not withdraw them
    assert not [change.id for change in plan.comparison.changes if change.id.startswith("bus-")]


RULES = """
  - {if: exams, is: mistake, message: Examinations are over.}
  - {if: tracking, is: warning, message: This only looks wrong.}
"""


def test_answers_that_break_a_rule_of_the_new_edition_are_told(tmp_path: Path) -> None:
    publish_copies(tmp_path, "2017-09", "2018-09")
    shutil.copytree(NORTH / "schools/the-north-school", tmp_path / "schools/the-north-school")
    with (tmp_path / "policy_src/2018-09/rules.yml").open("a", encoding="utf-8") as file:
        file.write(RULES)
    project = Project(tmp_path)
    found = read(project, ["the-north-school"])
    trial = try_edition(found.ground, found.school("the-north-school"), found.editions["2018-09"])
    assert [problem.message for problem in trial.problems] == [
        "exams (Does the school hold public examinations?): Examinations are over."
    ]


def test_a_required_field_comes_with_the_guidance_that_names_it(west: Trial) -> None:
    review = next(review for review in west.plan.fields if review.field.path == "checker")
    assert [clause.id for clause in review.clauses] == ["checks"]
    assert ["".join(run.text for run in note) for note in review.guidance] == [
        "Governors will ask who has checker for a task in the holidays."
    ]


def test_omissions_are_listed_with_what_the_edition_changed(west: Trial) -> None:
    listed = {part.id: part.state for review in west.plan.amendments for part in review.omitted}
    assert listed == {
        "locked": AmendmentState.WITHDRAWN,
        "visits": AmendmentState.UNCHANGED,
        "on-coach": AmendmentState.UNCHANGED,
        "on-train": AmendmentState.NEW,
        "at-school": AmendmentState.REWORDED,
        "governors-phones": AmendmentState.UNCHANGED,
    }
    assert all(re.search(rf"^ .*  {identity}  ", render_trial(west), re.MULTILINE) for identity in listed)


def test_omitted_or_replaced_clauses_are_not_listed_as_changed(west: Trial) -> None:
    told = {change.id for change in west.plan.changes(*(kind for kind in ChangeKind if kind is not ChangeKind.MOVED))}
    untouched = {"on-train", "at-school", "staff-phones", "governors-phones"}
    assert not told & untouched
    assert {c.id for c in west.plan.changes(ChangeKind.ADDED)} == {
        "meaning",
        "checks",
        "law",
        "found-phones",
        "clubs",
        "tram",
    }


def test_a_citation_reads_alike_wherever_its_clause_moves() -> None:
    cited = Run("7.3", target="phones")
    moved = msgspec.structs.replace(cited, text="7.4")
    assert same_words((Run("See "), cited), (Run("See "), moved))
    assert not same_words((Run("See "), cited), (Run("See "), msgspec.structs.replace(moved, target="visits")))
    assert not same_words((Run("a", href="https://a.example"),), (Run("a", href="https://b.example"),))
    assert same_words((Run("lo"), Run("st", field="x")), (Run("lost"),))


def test_what_only_a_link_tells_apart_is_not_needless() -> None:
    assert not same_words((Run("Borsetshire"),), (Run("Borsetshire", strong=True),))


def test_data_say_what_the_text_says(west: Trial, north: Trial) -> None:
    for trial in (west, north):
        data = json.loads(json.dumps(trial_data(trial)))
        assert data["to_decide"] == decisions(trial.plan)
        assert [amendment["id"] for amendment in data["amendments"]] == [r.id for r in trial.plan.amendments]
        counts = data["comparison"]["counts"]
        assert sum(counts.values()) == len(data["comparison"]["changes"])
        assert data["problems"] == [str(problem) for problem in trial.problems]


def test_the_page_holds_every_decision_and_loads_nothing(west: Trial, reading: Reading) -> None:
    html = render_trial_page(west, reading.editions["2031-01"], PROJECT.template_folders)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("&#34;", '"').replace("&#39;", "'")
    for line in (*decisions(west.plan), *map(str, west.problems)):
        assert line in text
    for wording in ("at the end of the day.", "after the last lesson.", "at four."):
        assert f"<td>Phones are given back {wording}</td>" in html
    assert "<script" not in html
    assert not re.search(r"<(?:link|img)[^>]*(?:href|src)=\"(?!data:)", html)


def test_pages_separate_school_from_federation_decisions(reading: Reading) -> None:
    edition = reading.editions["2031-01"]
    school = render_trial_page(
        try_edition(reading.ground, reading.school("mid-cove"), edition), edition, PROJECT.template_folders
    )
    own, _, rest = school.partition("<h2>For The Inland Coves to decide, in its own file</h2>")
    assert "checker must now be answered" in own
    assert "phones.rule (The rule in brief) is no longer asked" not in own
    assert "phones.rule (The rule in brief) is no longer asked" in rest.partition("<h2>Fields and answers</h2>")[0]
    assert rest.count("It is in the file of The Inland Coves.") == 5
    assert "Schools that take" not in school
    shared = try_federation(reading, "inland", edition)
    page = render_trial_page(shared, edition, PROJECT.template_folders)
    assert "to decide, in its own file" not in page
    assert "Deleted from federation.yml by" in page
    row = '<th scope="row">mid-cove</th><td>2030-01</td><td>2</td>'
    assert row in page.partition("<h2>Schools that take the edition from this file</h2>")[2]
    assert [rows["school"] for rows in trial_data(shared)["schools"]] == ["mid-cove"]


# --- eight years in one step ---------------------------------------------------------------------

EIGHT_YEARS = ROOT / "tests" / "upgrades" / "eight-years"
REAL = ("the-north-school", "trottiscliffe")
"""The real schools: their files are on 2018-09, and only here on the newest edition."""


@pytest.fixture(scope="module")
def later() -> dict[str, Trial]:
    """Each real school on the newest edition."""
    found = read(Project(ROOT), list(REAL))
    return {name: try_edition(found.ground, found.school(name), found.editions["2026-09"]) for name in REAL}


@pytest.mark.parametrize("name", REAL)
def test_eight_years_in_one_step(name: str, later: dict[str, Trial], expected: Expected) -> None:
    head, _, rest = render_trial(later[name]).partition("\n1 Policy Aims:\n")
    assert "\n12 Useful Links:\n" in rest
    expected(EIGHT_YEARS / f"{name}.upgrade.txt", head)
    expected(EIGHT_YEARS / f"{name}.school.yml", later[name].text)


def test_a_school_has_few_decisions_after_eight_years(later: dict[str, Trial]) -> None:
    trial = later["the-north-school"]
    assert len(trial.plan.open) < 10
    # what a check still asks for is what must be answered now
    required = [review.field.path for review in trial.plan.fields if review.matter is Matter.REQUIRED]
    assert [problem.message.split(" ")[0] for problem in trial.problems] == required


def test_what_moved_is_moved_and_what_ended_is_deleted(later: dict[str, Trial]) -> None:
    before, after = (
        yaml.safe_load(text) for text in (later["the-north-school"].before, later["the-north-school"].text)
    )
    assert after["support"] == {
        "specialists": before["people"]["specialists"],
        "exceptions": before["people"]["exceptions"],
        "it_provider": before["filtering"]["it_team"],
    }
    assert (before["monitoring"]["methods"], after["monitoring"]["methods"]) == (
        ["log-files", "technology"],
        ["log-files", "alerts"],
    )
    assert after["policies"]["phones"] == "own-policy"
    assert after["passwords"]["change_every"] == before["passwords"]["change_every"]
    assert "search_tools" not in after["technology"]
    assert before["amendments"] == after["amendments"]


def test_everything_that_fell_away_has_a_reason(later: dict[str, Trial]) -> None:
    for trial in later.values():
        gone = [change for change in trial.plan.changes(ChangeKind.REMOVED) if change.id not in trial.plan.reasons]
        assert [change.id for change in gone if change.ending is None] == []


def test_until_an_option_is_answered_one_answer_is_supposed(later: dict[str, Trial]) -> None:
    trial = later["the-north-school"]
    kind = next(review for review in trial.plan.fields if review.field.path == "school.kind")
    assert kind.message.endswith("Until then this report supposes maintained.")
    assert "learner-duty-images" in {change.id for change in trial.plan.changes(ChangeKind.ADDED)}
