"""A new edition for all schools at once: what is written, what waits, and what an interruption leaves."""

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from folders import TESTS, all_paths

from build_tools.outputs.upgrade_page import render_rehearsal_page
from build_tools.project import Project
from build_tools.reading import read
from build_tools.upgrading import rehearsal
from build_tools.upgrading.plan import Outcome, Rehearsal
from build_tools.upgrading.rehearsal import rehearse, write_ready
from build_tools.upgrading.rehearsal_listing import render_rehearsal

DUNES = TESTS / "upgrades" / "dunes"
PHONES = TESTS / "upgrades" / "phones"
NEW = "2031-01"
Expected = Callable[[Path, str], None]


@pytest.fixture
def dunes(tmp_path: Path) -> Project:
    """Return a copy of the schools of which some need no answer, two of them in a federation that has answered."""
    shutil.copytree(DUNES / "schools", tmp_path / "schools")
    shutil.copytree(DUNES / "policy_src", tmp_path / "policy_src")
    return Project(tmp_path)


def _rows(project: Project, jobs: int = 1) -> tuple[Rehearsal, ...]:
    reading = read(project, [])
    return rehearse(reading, reading.editions[NEW], jobs)


def _outcomes(project: Project) -> Mapping[str, Outcome]:
    return {row.school: row.outcome for row in _rows(project)}


def _files(project: Project) -> Mapping[str, bytes]:
    return {
        str(path.relative_to(project.schools_folder)): path.read_bytes()
        for path in all_paths(project.schools_folder)
        if path.is_file()
    }


def _change(project: Project, file: str, old: str, new: str) -> None:
    path = project.schools_folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_question_is_listed_once_with_its_schools(expected: Expected) -> None:
    for case in (PHONES, DUNES):
        expected(case / "expected" / "all.rehearsal.txt", render_rehearsal(_rows(Project(case)), NEW))
    html = render_rehearsal_page(_rows(Project(PHONES)), NEW, Project(PHONES).template_folders)
    assert '<th scope="row">east-cove</th><td>2030-01</td><td>2</td>' in html


def test_what_needs_no_answer_is_written(dunes: Project, expected: Expected) -> None:
    before = _files(dunes)
    rows = _rows(dunes)
    assert _files(dunes) == before
    assert sum(write_ready(dunes, rows)) == 5
    after = _files(dunes)
    changed = [name for name in after if after[name] != before[name]]
    assert changed == ["alder-dune/school.yml", "cliff/school.yml", "elm-point/school.yml", "shore/federation.yml"]
    for name in changed:
        school, _, file = name.partition("/")
        expected(DUNES / "expected" / f"{school}.{file}", after[name].decode())
    ready = [row.school for row in rows if row.outcome is Outcome.READY]
    reading = read(dunes, dunes.school_names())
    assert [school for school in ready if school != "shore" and reading.school(school).edition.name != NEW] == []
    assert list(reading.of_schools) == ["heath"]
    again = _rows(dunes)
    assert {row.school for row in again if row.outcome is Outcome.DONE} == {"isle", *ready} - {"shore"}
    assert sum(write_ready(dunes, again)) == 0


def test_line_ends_stay_in_every_file(dunes: Project) -> None:
    for name, content in _files(dunes).items():
        (dunes.schools_folder / name).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    list(write_ready(dunes, _rows(dunes)))
    for content in _files(dunes).values():
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
    assert b"# since the summer\r\n" in _files(dunes)["alder-dune/school.yml"]


@pytest.mark.parametrize(
    ("file", "old", "new", "outcomes"),
    [
        # a school that must answer itself, one with mistakes, one whose answer the federation would change
        ("cliff/school.yml", "hall:", "rule: rolled\nhall:", {"cliff": Outcome.ASKS, "elm-point": Outcome.WAITS}),
        ("cliff/school.yml", "hall:", "plot: 3\nhall:", {"cliff": Outcome.MISTAKES, "elm-point": Outcome.WAITS}),
        (
            "elm-point/school.yml",
            "school:",
            "rule: rolled\nschool:",
            {"elm-point": Outcome.ASKS, "cliff": Outcome.WAITS},
        ),
    ],
)
def test_a_federation_moves_with_all_its_schools_or_not(
    dunes: Project, file: str, old: str, new: str, outcomes: Mapping[str, Outcome]
) -> None:
    _change(dunes, file, old, new)
    found = _outcomes(dunes)
    waiting = {"shore": Outcome.WAITS, "dune-end": Outcome.WAITS, **outcomes}
    assert {name: found[name] for name in waiting} == waiting
    before = _files(dunes)
    list(write_ready(dunes, _rows(dunes)))
    after = _files(dunes)
    assert [name for name in after if after[name] != before[name]] == ["alder-dune/school.yml"]


def test_a_school_that_loses_nothing_does_not_hold_others_up(dunes: Project) -> None:
    own = "amendments:\n  - omit: locked\n    because: We have no key.\n"
    _change(dunes, "elm-point/school.yml", "school:", f"rule: rolled\nlaw: {{towels: regulation}}\n{own}school:")
    _change(
        dunes, "shore/federation.yml", "  # no hall is locked\n  - omit: locked\n    because: Nobody has the key.\n", ""
    )
    found = _outcomes(dunes)
    assert (found["elm-point"], found["shore"], found["cliff"]) == (Outcome.ASKS, Outcome.READY, Outcome.READY)


def test_a_federation_with_mistakes_is_listed_and_skipped(dunes: Project) -> None:
    _change(dunes, "shore/federation.yml", "omit: locked", "omit: lockt")
    rows = {row.school: row for row in _rows(dunes)}
    assert (rows["shore"].outcome, rows["shore"].is_federation) == (Outcome.MISTAKES, True)
    assert rows["cliff"].outcome is rows["elm-point"].outcome is Outcome.MISTAKES
    assert "The federation" not in render_rehearsal(tuple(rows.values()), NEW)


def test_schools_of_another_kind_of_policy_are_left_out(dunes: Project) -> None:
    (dunes.schools_folder / "quay").mkdir()
    (dunes.schools_folder / "quay" / "school.yml").write_text("edition: 2030-06\nschool: {name: Quay School}\n")
    other = dunes.root / "policy_src" / "2030-06"
    shutil.copytree(dunes.root / "policy_src" / "2031-01", other)
    for name, old, new in (("edition.yml", "supersedes: 2030-01", "policy: Hats"), ("edition.yml", NEW, "2030-06")):
        file = other / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    schema = other / "school.schema.yml"
    schema.write_text(schema.read_text(encoding="utf-8").replace("required: [school, rule]", "required: [school]"))
    assert read(dunes, ["quay"]).school("quay").edition.policy_kind == "Hats"
    assert "quay" not in _outcomes(dunes)


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_files_of_one_federation_are_written_together(
    dunes: Project, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    rows = tuple(row for row in _rows(dunes) if row.school != "alder-dune")
    before = _files(dunes)
    replace = Path.replace

    def fail_at_the_federation(path: Path, target: Path) -> Path:
        if target.name == "school.yml" and target.parent.name == "cliff" and re.search(b"towels", target.read_bytes()):
            raise error("full")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_federation)
    with pytest.raises(error):
        list(write_ready(dunes, rows))
    assert _files(dunes) == before


def test_several_processes_find_the_same(dunes: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsal, "_WORTH_A_PROCESS", 1)
    assert _rows(dunes, jobs=2) == _rows(dunes)
