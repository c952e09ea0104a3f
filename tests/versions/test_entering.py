"""Entering versions in the register: those of an older program, and those whose ratifying was interrupted."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import ROOT, copy_real_schools
from sites import publish_copies

from build_tools.cli import cli
from build_tools.outputs import pdf
from build_tools.versions.register import read_register, register_file

pytestmark = pytest.mark.usefixtures("pdfs_of_a_few_bytes")

NORTH, TROTT = "the-north-school@2018-05-23", "trottiscliffe@2018-10"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of an older program: two schools with a version each, and no register."""
    copy_real_schools(tmp_path / "council")
    register_file(tmp_path / "council" / "schools").unlink()
    return tmp_path / "council"


def _run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(project)], prog_name="policy")


def _versions(project: Path) -> list[str]:
    return [entry.version for entry in read_register(project / "schools", project)]


def test_what_would_be_entered_is_shown_first(project: Path) -> None:
    told = _run(project, "register", "--enter")
    assert told.exit_code == 0
    assert f"{NORTH}: ratified by Full Governing Body, on edition 2017-09, entered later.\n" in told.stdout
    assert told.stderr == "Nothing is written yet. To write it, add --write.\n"
    assert not register_file(project / "schools").exists()


def test_all_versions_are_entered_oldest_first(project: Path) -> None:
    told = _run(project, "register", "--enter", "--write")
    assert (told.exit_code, told.stderr) == (0, "Entered: 2.\n")
    assert _versions(project) == [NORTH, TROTT]
    assert "register.jsonl -text merge=union" in (project / "schools" / ".gitattributes").read_text(encoding="utf-8")
    assert _run(project, "verify").exit_code == 0
    assert _run(project, "register", "--enter").stderr == "Every version is in the register.\n"


def test_a_version_may_be_entered_by_itself(project: Path) -> None:
    assert _run(project, "register", "--enter", "--write", TROTT).exit_code == 0
    assert _versions(project) == [TROTT]
    told = _run(project, "verify")
    assert f"{NORTH} is not in register.jsonl: either policy ratify was interrupted, or" in told.stderr


def test_a_version_that_is_lost_from_a_broken_register_is_named(project: Path) -> None:
    _run(project, "register", "--enter", "--write")
    file = register_file(project / "schools")
    file.write_text(file.read_text(encoding="utf-8").splitlines(keepends=True)[1], encoding="utf-8")
    told = _run(project, "verify")
    assert f"{NORTH} has no line in register.jsonl, of which lines are missing." in told.stderr


@pytest.mark.parametrize("name", ["trottiscliffe@2031", "nowhere@2018-10", "trottiscliffe", ""])
def test_an_unknown_version_is_a_wrong_argument(project: Path, name: str) -> None:
    told = _run(project, "register", "--enter", name)
    assert (told.exit_code, f"Unknown version outside the register: {name}." in told.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [["--write"], [TROTT]])
def test_nothing_is_entered_without_being_asked(project: Path, arguments: list[str]) -> None:
    told = _run(project, "register", *arguments)
    assert (told.exit_code, "To enter versions in the register, add --enter." in told.stderr) == (2, True)


def test_a_version_with_a_mistake_is_not_entered(project: Path) -> None:
    (project / "schools" / "trottiscliffe" / "ratified" / "2018-10" / "policy.pdf").write_bytes(b"")
    told = _run(project, "register", "--enter", TROTT)
    assert (told.exit_code, "This file was changed after it was ratified" in told.stderr) == (1, True)
    assert _run(project, "register", "--enter", "--write").exit_code == 0
    assert _versions(project) == [NORTH]


def test_the_first_ratification_enters_the_older_versions(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_copies(project, "2018-09")
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, seal, **__: f"%PDF-{seal}".encode())
    decision = ("--on", "2019-10-03", "--by", "Governors", "--next-review", "2020-10")
    told = _run(project, "ratify", "trottiscliffe", *decision)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith(
        f"Entered in the register, which is new: {NORTH}.\nEntered in the register, which is new: {TROTT}.\n"
        "Ratified trottiscliffe@2019-10-03"
    )
    assert _versions(project) == [NORTH, TROTT, "trottiscliffe@2019-10-03"]
    told = _run(project, "ratify", "trottiscliffe", "--on", "2020-10", "--by", "Governors", "--next-review", "2021-10")
    assert told.stdout.startswith("Ratified trottiscliffe@2020-10")


def test_the_register_is_printed_for_people_and_programs(project: Path) -> None:
    shutil.copy(register_file(ROOT / "schools"), project / "schools")
    told = _run(project, "register")
    assert told.stdout.startswith("   1  the-north-school@2018-05-23: ratified by Full Governing Body, on edition")
    lines = json.loads(_run(project, "register", "--format", "json").stdout)
    entries = read_register(project / "schools", project)
    assert [(line["line"], line["version"], line["sha256"]) for line in lines] == [
        (entry.line, entry.version, entry.digest) for entry in entries
    ]
    assert lines[1]["previous"] == lines[0]["sha256"]
