"""The command that brings a school to a new edition: what it writes, what it leaves, and what it refuses."""

import csv
import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from folders import ROOT, all_paths

from build_tools import commands, project
from build_tools.cli import cli
from build_tools.upgrading.plan import Rehearsal

CASE = ROOT / "tests" / "upgrades" / "phones"
NORTH = ROOT / "tests" / "upgrades" / "the-north-school"

Run = Callable[..., Result]


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own with a real school as it was in May 2018 and one that is on the newest edition."""
    shutil.copytree(NORTH / "schools", tmp_path / "schools")
    shutil.copytree(ROOT / "schools" / "trottiscliffe", tmp_path / "schools" / "trottiscliffe")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def coves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own with schools that have much to decide, two of them in a federation."""
    return _inside_a_copy(CASE, tmp_path, monkeypatch)


def _inside_a_copy(case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("schools", "policy_src"):
        shutil.copytree(case / name, folder / name)
    # the real editions would be read by each command, and are not asked for here
    monkeypatch.setattr(project, "BUNDLED", folder)
    (folder / "templates").symlink_to(ROOT / "templates")
    monkeypatch.chdir(folder)
    return folder


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="policy")


def _file(folder: Path, school: str) -> Path:
    return folder / "schools" / school / "school.yml"


def _all_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in all_paths(folder) if path.is_file()}


def test_the_worked_example_is_written_and_passes_the_check(council: Path) -> None:
    file = _file(council, "the-north-school")
    before = file.read_text(encoding="utf-8").splitlines()
    result = _run("upgrade", "the-north-school", "--to", "2018-09", "--write")
    assert result.exit_code == 0
    assert result.stderr == "Written: the school.yml of the-north-school now uses edition 2018-09.\n"
    after = file.read_text(encoding="utf-8").splitlines()
    lost = [line for line in before if line not in after]
    assert lost == [
        "edition: 2017-09",
        "law:",
        "  # ratified two days before the Regulation applied, but published and used when it did",
        "  data_protection: gdpr",
    ]
    assert [line for line in after if line not in before] == ["edition: 2018-09"]
    assert "the-north-school: no mistakes. Edition 2018-09, 1 amendment." in _run("check").stdout
    again = _run("upgrade", "the-north-school", "--to", "2018-09", "--write")
    assert (again.exit_code, file.read_text(encoding="utf-8").splitlines()) == (1, after)


def test_without_write_no_file_changes(coves: Path) -> None:
    before = _all_files(coves)
    assert _run("upgrade", "west-cove", "--to", "2031-01").exit_code == 0
    assert _run("upgrade", "--all", "--to", "2031-01").exit_code == 0
    assert _all_files(coves) == before


def test_write_leaves_decisions_and_ends_with_the_check(coves: Path) -> None:
    result = _run("upgrade", "west-cove", "--to", "2031-01", "--write", "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    file = _file(coves, "west-cove")
    text = file.read_text(encoding="utf-8")
    assert text == (CASE / "expected" / "west-cove.school.yml").read_text(encoding="utf-8")
    for kept in (
        "rule: away all day",
        "replace: bus",
        "insert: bus-late",
        "insert: found",
        "insert: tram",
        "omit: visits",
    ):
        assert kept in text
    written, *problems = result.stderr.splitlines()
    assert written == "Written: the school.yml of west-cove now uses edition 2031-01."
    assert problems == data["problems"]
    assert _run("check", "west-cove").stderr.splitlines() == problems


def test_removed_and_remaining_parts_are_the_whole(coves: Path) -> None:
    before = _file(coves, "west-cove").read_text(encoding="utf-8")
    data = json.loads(_run("upgrade", "west-cove", "--to", "2031-01", "--write", "--format", "json").stdout)
    after = _file(coves, "west-cove").read_text(encoding="utf-8").replace("2031-01", "2030-01")
    taken = [line for part in data["taken_out"] for line in part.splitlines()]
    assert sorted(line for line in before.splitlines() if line) == sorted(
        [line for line in after.splitlines() if line] + [line for line in taken if line]
    )


def test_a_school_that_decides_is_right_on_the_new_edition(coves: Path) -> None:
    _run("upgrade", "east-cove", "--to", "2031-01", "--write")
    file = _file(coves, "east-cove")
    file.write_text(file.read_text(encoding="utf-8") + "checker: The bursar\n", encoding="utf-8")
    assert _run("check", "east-cove").stdout == "east-cove: no mistakes. Edition 2031-01, 0 amendments.\n"
    shown = _run("show", "east-cove").stdout
    assert "The bursar checks that all phones are there." in shown


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupted_upgrade_leaves_the_file_unchanged(
    coves: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    before = _all_files(coves)
    assert isinstance(_run("upgrade", "west-cove", "--to", "2031-01", "--write").exception, OSError)
    assert _all_files(coves) == before


def test_line_ends_marks_modes_and_links_stay(coves: Path) -> None:
    file = _file(coves, "east-cove")
    real = coves / "schools/elsewhere.yml"
    real.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    real.chmod(0o640)
    file.unlink()
    file.symlink_to(real)
    wanted = real.read_bytes().replace(b"2030-01", b"2031-01")
    _run("upgrade", "east-cove", "--to", "2031-01", "--write")
    assert file.is_symlink()
    assert real.read_bytes() == wanted
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["school.yml"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("west-cove", "--to", "2032-01"), 2, "Unknown edition: 2032-01."),
        (("south-cove", "--to", "2031-01"), 2, "Unknown school or federation: south-cove."),
        (("--to", "2031-01"), 2, "Name a school, or use --all for every school."),
        (("west-cove", "--all", "--to", "2031-01"), 2, "Leave out the school, or --all."),
        (("west-cove", "--to", "2031-01", "--report", "all.csv"), 2, "--jobs and --report are for --all."),
        (
            ("--all", "--to", "2031-01", "--report", "all.txt"),
            2,
            "all.txt is neither a table nor data. End the name with",
        ),
        (("west-cove",), 2, "Missing option '--to'"),
        (
            ("west-cove", "--to", "2030-01", "--write"),
            1,
            "school.yml:2: edition: the school already uses 2030-01, so there is nothing to upgrade to 2030-01",
        ),
        (
            ("inland", "--to", "2030-01", "--write"),
            1,
            "federation.yml:3: edition: the federation already uses 2030-01, so there is nothing to upgrade to 2030-01",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_written(
    coves: Path, arguments: tuple[str, ...], status: int, message: str
) -> None:
    before = _all_files(coves)
    result = _run("upgrade", *arguments)
    assert (result.exit_code, message in result.stderr) == (status, True)
    assert _all_files(coves) == before


def test_mistakes_of_one_school_do_not_stop_the_rehearsal(coves: Path) -> None:
    file = _file(coves, "east-cove")
    file.write_text(file.read_text(encoding="utf-8").replace("at-home", "nowhere"), encoding="utf-8")
    assert _run("upgrade", "east-cove", "--to", "2031-01", "--write").exit_code == 1
    assert "2030-01" in file.read_text(encoding="utf-8")
    result = _run("upgrade", "--all", "--to", "2031-01")
    assert result.exit_code == 0
    assert "Skipped, because their files have mistakes today: 1 school.\n  East Cove School\n" in result.stdout
    assert '"nowhere" is not one of at-home or handed-in' in " ".join(result.stdout.split())
    assert "Asked of 3: Far Cove School, Mid Cove School, West Cove School" in result.stdout


@pytest.mark.usefixtures("council")
def test_rehearsal_data_has_a_plan_for_each_school_to_upgrade() -> None:
    data = json.loads(_run("upgrade", "--all", "--to", "2018-09", "--format", "json").stdout)
    assert [(row["school"], row["edition"], row["trial"] is None) for row in data] == [
        ("the-north-school", "2017-09", False),
        ("trottiscliffe", "2018-09", True),
    ]


# --- all at once ---------------------------------------------------------------------------------


@pytest.fixture
def dunes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own with schools of which some need no answer."""
    return _inside_a_copy(ROOT / "tests" / "upgrades" / "dunes", tmp_path, monkeypatch)


def test_all_that_needs_no_answer_is_written_at_once(dunes: Path) -> None:
    before = _all_files(dunes)
    dry = _run("upgrade", "--all", "--to", "2031-01")
    assert (dry.exit_code, _all_files(dunes)) == (0, before)
    result = _run("upgrade", "--all", "--to", "2031-01", "--write")
    assert result.exit_code == 1
    assert "Written: 4 schools and 1 federation.\n  Alder Dune School, Cliff School" in result.stdout
    told = [text.partition("What must be answered:")[2].partition("\nTo ")[0] for text in (dry.stdout, result.stdout)]
    assert told[0] == told[1] != ""
    assert "edition: 2031-01" in (dunes / "schools" / "shore" / "federation.yml").read_text(encoding="utf-8")
    assert "edition: 2030-01" in _file(dunes, "birch-dune").read_text(encoding="utf-8")
    for school in ("birch-dune", "fen", "gorse", "heath", "marsh"):
        shutil.rmtree(dunes / "schools" / school)
    assert _run("upgrade", "--all", "--to", "2031-01", "--write").exit_code == 0
    assert _run("check").exit_code == 0


def test_a_written_page_does_not_say_that_nothing_changed(dunes: Path) -> None:
    told = [
        _run("upgrade", "--all", "--to", "2031-01", *more, "--format", "html").stdout for more in ((), ("--write",))
    ]
    assert ["no file was changed" in html for html in told] == [True, False]
    assert "edition: 2031-01" in _file(dunes, "alder-dune").read_text(encoding="utf-8")


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt, 130), (OSError, 1)])
def test_an_interruption_says_how_much_was_written(
    dunes: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], status: int
) -> None:
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if target.parent.name == "alder-dune":
            raise error(errno.ENOSPC, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    before = _all_files(dunes)
    result = _run("upgrade", "--all", "--to", "2031-01", "--write")
    assert result.exit_code == status
    assert "Stopped after 3 of 5 schools and federations; every file is complete, old or new." in result.stderr
    assert "nothing was changed" not in result.stderr
    after = _all_files(dunes)
    assert {name for name in after if after[name] != before[name]} == {
        "schools/shore/federation.yml",
        "schools/cliff/school.yml",
    }


def test_what_somebody_saved_meanwhile_is_not_overwritten(dunes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = _file(dunes, "alder-dune")
    saved = file.read_text(encoding="utf-8").replace("folded", "rolled")
    rehearse = commands.rehearse

    def rehearse_slowly(*arguments: Any, write: bool) -> tuple[Rehearsal, ...]:  # noqa: ANN401 - those of the command
        rows = rehearse(*arguments, write=write)
        file.write_text(saved, encoding="utf-8")
        return rows

    monkeypatch.setattr(commands, "rehearse", rehearse_slowly)
    result = _run("upgrade", "--all", "--to", "2031-01", "--write")
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (1, saved)
    stopped, told = result.stderr.splitlines()
    assert stopped.startswith("Stopped after 3 of 5 schools and federations; every file is complete, old or new.")
    assert told == (
        "schools/alder-dune/school.yml: This file was changed while the command was running, so it was not written. "
        "Run the command again."
    )


def test_a_report_has_a_line_for_each_question_of_each_school(dunes: Path) -> None:
    result = _run("upgrade", "--all", "--to", "2031-01", "--report", "all.csv")
    assert result.stderr == "Written: all.csv\n"
    text = (dunes / "all.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    asked = {(line["Folder"], line["Result"], line["Question"], line["Decided by"]) for line in lines}
    assert asked >= {
        ("birch-dune", "must answer", "rule", "Birch Dune School"),
        ("gorse", "waits for its federation", "rule", "The Marsh Federation (federation)"),
        ("alder-dune", "needs no answer", "", ""),
        ("isle", "already on it", "", ""),
    }
    assert sum(line["Folder"] == "heath" for line in lines) == 2
    assert {line["Answers"] for line in lines if line["Question"]} == {
        "folded: Folded in four; stacked: Stacked by size"
    }
    _run("upgrade", "--all", "--to", "2031-01", "--report", "all.json")
    data = json.loads((dunes / "all.json").read_text(encoding="utf-8"))
    assert data == json.loads(_run("upgrade", "--all", "--to", "2031-01", "--format", "json").stdout)


# --- federations ---------------------------------------------------------------------------------

FEDERATION = """\
federation: The Coves
edition: 2030-01
law: {data: regulation}
phones: {learners: at-home}
amendments:
  - omit: locked
    because: No cove locks its doors.
"""


def _again(file: Path, school: str) -> Result:
    """Try an edition once more, of which the file of a school's federation has heard nothing."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("edition: 2031-01\n", ""), encoding="utf-8")
    return _run("upgrade", school, "--to", "2031-01")


def test_what_a_federation_said_is_left_to_it(coves: Path) -> None:
    (coves / "schools" / "coves").mkdir()
    shared = coves / "schools" / "coves" / "federation.yml"
    shared.write_text(FEDERATION, encoding="utf-8")
    file = _file(coves, "east-cove")
    file.write_text("# ours\nfederation: coves\nschool: {name: East Cove School}\n", encoding="utf-8")
    result = _run("upgrade", "east-cove", "--to", "2031-01", "--write", "--format", "json")
    assert file.read_text(encoding="utf-8") == (
        "# ours\nedition: 2031-01\nfederation: coves\nschool: {name: East Cove School}\n"
    )
    assert shared.read_text(encoding="utf-8") == FEDERATION
    data = json.loads(result.stdout)
    assert [line.split()[0] for line in data["to_decide"]] == ["checker", "clubs:"]
    (told,) = data["to_decide_by_federation"].items()
    assert (told[0], [line.split()[0] for line in told[1]]) == ("The Coves", ["law.data", "omit"])
    assert (
        "For The Coves to decide, in its own file:\n"
        "  Questions that are no longer asked:\n  - law.data (The law on personal data) is no longer asked"
        in _again(file, "east-cove").stdout
    )
    assert any(line.startswith("schools/coves/federation.yml:") for line in result.stderr.splitlines())


def test_a_federation_is_written_and_its_schools_get_a_list(coves: Path) -> None:
    before = _all_files(coves)
    result = _run("upgrade", "inland", "--to", "2031-01", "--write", "--format", "json")
    file = coves / "schools" / "inland" / "federation.yml"
    assert file.read_text(encoding="utf-8") == (CASE / "expected" / "inland.federation.yml").read_text(encoding="utf-8")
    after = _all_files(coves)
    assert [name for name in after if after[name] != before[name]] == ["schools/inland/federation.yml"]
    data = json.loads(result.stdout)
    written, *problems = result.stderr.splitlines()
    assert (result.exit_code, written) == (1, "Written: the federation.yml of inland now uses edition 2031-01.")
    assert problems == data["problems"]
    # the school that names its edition itself stays on it, and is right
    assert not any("far-cove" in line for line in problems)
    (row,) = data["schools"]
    assert row["school"] == "mid-cove"
    assert [line.split()[0] for line in row["trial"]["to_decide"]] == ["checker", "clubs:"]
    assert row["trial"]["to_decide_by_federation"] == {}
    own = [line for line in problems if line.startswith("schools/mid-cove/")]
    assert row["trial"]["problems"] == own
    assert len(own) == 2


def test_a_decided_federation_and_its_schools_pass_the_check(coves: Path) -> None:
    _run("upgrade", "inland", "--to", "2031-01", "--write")
    shared = coves / "schools" / "inland" / "federation.yml"
    text = shared.read_text(encoding="utf-8").replace("handed-in", "pouches").replace("  rule: away at meals\n", "")
    shared.write_text(text.replace("after: bus", "after: lost"), encoding="utf-8")
    assert _run("check", "inland").exit_code == 0
    own = _file(coves, "mid-cove")
    text = own.read_text(encoding="utf-8").replace("law: {data: regulation}", "checker: The warden")
    own.write_text(text, encoding="utf-8")
    result = _run("check", "mid-cove")
    assert (result.stdout, result.stderr) == ("mid-cove: no mistakes. Edition 2031-01, 5 amendments.\n", "")


def test_nothing_is_written_for_a_federation_with_mistakes(coves: Path) -> None:
    file = coves / "schools" / "inland" / "federation.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("omit: locked", "omit: lockt"), encoding="utf-8")
    before = _all_files(coves)
    result = _run("upgrade", "inland", "--to", "2031-01", "--write")
    assert result.exit_code == 1
    assert result.stderr.startswith("schools/inland/federation.yml:17: omit lockt: edition 2030-01 has no clause")
    assert _all_files(coves) == before


def test_a_school_with_mistakes_may_be_in_the_federation(coves: Path) -> None:
    file = _file(coves, "mid-cove")
    file.write_text(file.read_text(encoding="utf-8") + "plot: 3\n", encoding="utf-8")
    result = _run("upgrade", "inland", "--to", "2031-01")
    assert "mid-cove           already has mistakes\n" in result.stdout
    assert "  - schools/mid-cove/school.yml:9: plot: unknown question." in result.stdout
