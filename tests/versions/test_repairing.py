"""Versions that were written at once, or merged by Git: what is repaired, and what is not taken for that."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import ROOT
from registers import rewrite_register
from sites import publish_copies

from build_tools import commands
from build_tools.cli import cli
from build_tools.outputs import pdf
from build_tools.project import Project
from build_tools.versions.freezing import digest
from build_tools.versions.history import read_versions, verify_files
from build_tools.versions.register import read_register, register_file
from build_tools.versions.repairing import plan_repair

pytestmark = pytest.mark.usefixtures("pdfs_of_a_few_bytes")

SCHOOL, DATES = "trottiscliffe", ("2018-10", "2019-10", "2019-11")
CLAIM = "previous does not fit, as when two people ratify at once"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose school has three versions; its PDF, which others prove, is a few bytes."""
    folder = tmp_path / "council" / "schools" / SCHOOL
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "schools" / SCHOOL / "school.yml", folder)
    publish_copies(tmp_path / "council", "2018-09")
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, seal, **__: f"%PDF-{seal}".encode())
    for date in DATES:
        _ratify(tmp_path / "council", date)
    return tmp_path / "council"


def _ratify(project: Path, date: str) -> None:
    commands.ratify(Project(project), SCHOOL, date, "Governors", "2020-10", None, None)


def _run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(project)], prog_name="policy")


def _record(project: Path, date: str) -> Path:
    return project / "schools" / SCHOOL / "ratified" / date / "record.yml"


def _name_as_previous(project: Path, date: str, before: str | None) -> None:
    """Make the record of a version name that of another, or none, as the one before it."""
    file = _record(project, date)
    text = re.sub(r"^previous: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    line = f"previous: {digest(_record(project, before).read_bytes())}\n" if before else ""
    file.write_text(text + line, encoding="utf-8")


def _both_follow_the_first(project: Path) -> None:
    _name_as_previous(project, DATES[2], DATES[0])


def _the_earlier_follows_the_later(project: Path) -> None:
    _name_as_previous(project, DATES[2], DATES[0])
    _name_as_previous(project, DATES[1], DATES[2])


def _two_follow_none(project: Path) -> None:
    _name_as_previous(project, DATES[1], None)
    _name_as_previous(project, DATES[2], DATES[1])


@pytest.mark.parametrize("race", [_both_follow_the_first, _the_earlier_follows_the_later, _two_follow_none])
def test_versions_that_were_written_at_once_are_repaired(project: Path, race: Callable[[Path], None]) -> None:
    race(project)
    rewrite_register(project)
    kept = [file.read_bytes() for file in sorted(project.rglob("policy.*"))]
    lines = register_file(project / "schools").read_bytes()
    told = _run(project, "verify")
    assert (told.exit_code, CLAIM in told.stderr, "type: policy repair" in told.stderr) == (1, True, True)
    shown = _run(project, "repair")
    assert shown.exit_code == 0
    assert "Nothing is written yet. To write it, add --write." in shown.stderr
    assert register_file(project / "schools").read_bytes() == lines
    assert _run(project, "verify").exit_code == 1
    done = _run(project, "repair", "--write")
    assert f"schools/{SCHOOL}/ratified/2019-1" in done.stdout
    assert "record repaired: Its record names the one before it now: two were written at once." in done.stdout
    assert _run(project, "verify").stdout == f"{SCHOOL}: unchanged: {', '.join(DATES)}.\n"
    assert [file.read_bytes() for file in sorted(project.rglob("policy.*"))] == kept
    assert register_file(project / "schools").read_bytes().startswith(lines)
    assert "There is nothing to repair." in _run(project, "repair").stdout
    _ratify(project, "2020-01")
    assert _run(project, "verify").exit_code == 0


def test_a_history_without_a_register_is_repaired_too(project: Path) -> None:
    _both_follow_the_first(project)
    register_file(project / "schools").unlink()
    assert _run(project, "verify").exit_code == 1
    assert "There is nothing to repair." in _run(project, "repair").stdout
    assert _run(project, "register", "--enter", "--write").exit_code == 0
    assert _run(project, "repair", "--write").exit_code == 0
    assert _run(project, "verify").exit_code == 0


def test_a_repair_that_was_interrupted_is_completed(project: Path) -> None:
    _the_earlier_follows_the_later(project)
    rewrite_register(project)
    spoilt = {date: _record(project, date).read_bytes() for date in DATES}
    assert _run(project, "repair", "--write").exit_code == 0
    lines = register_file(project / "schools").read_bytes()
    for date, content in spoilt.items():
        _record(project, date).write_bytes(content)
    assert "type: policy repair" in _run(project, "verify").stderr
    assert _run(project, "repair", "--write").exit_code == 0
    assert _run(project, "verify").exit_code == 0
    assert register_file(project / "schools").read_bytes() == lines


def _change_the_policy(project: Path) -> None:
    _both_follow_the_first(project)
    rewrite_register(project)
    file = _record(project, DATES[0]).with_name("policy.json")
    file.write_bytes(file.read_bytes() + b" ")


def _forget_the_link_afterwards(project: Path) -> None:
    """Leave the register as it is: it shows that the record was another."""
    _name_as_previous(project, DATES[2], None)


def _delete_the_first(project: Path) -> None:
    shutil.rmtree(_record(project, DATES[0]).parent)
    register_file(project / "schools").unlink()
    _run(project, "register", "--enter", "--write")


@pytest.mark.parametrize("tamper", [_change_the_policy, _forget_the_link_afterwards, _delete_the_first])
def test_what_somebody_changed_is_not_repaired(project: Path, tamper: Callable[[Path], None]) -> None:
    tamper(project)
    assert _run(project, "verify").exit_code == 1
    repair = plan_repair(Project(project))
    assert (repair.entries, repair.records) == ((), {})


def test_nothing_is_repaired_while_the_register_is_broken(project: Path) -> None:
    _both_follow_the_first(project)
    rewrite_register(project)
    file = register_file(project / "schools")
    first, *others = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([first.replace("Governors", "Nobody"), *others]), encoding="utf-8")
    told = _run(project, "repair", "--write")
    assert (told.exit_code, "line 1 was changed" in told.stderr) == (1, True)


# --- Git --------------------------------------------------------------------------------------------------------------


def _git(project: Path, *arguments: str) -> str:
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *person, *arguments], cwd=project, check=False, capture_output=True, text=True)
    return done.stdout + done.stderr


def _branches(project: Path, ours: str, theirs: str) -> None:
    """Ratify a version on each of two branches, and merge them."""
    _git(project, "init")
    _git(project, "add", "--all")
    _git(project, "commit", "--message", "Three versions")
    _git(project, "branch", "theirs")
    _ratify(project, ours)
    _git(project, "add", "--all")
    _git(project, "commit", "--message", "Ours")
    _git(project, "checkout", "theirs")
    _ratify(project, theirs)
    _git(project, "add", "--all")
    _git(project, "commit", "--message", "Theirs")
    _git(project, "checkout", "main")
    _git(project, "merge", "theirs")


def test_two_branches_with_a_version_each_are_put_right(project: Path) -> None:
    _branches(project, "2019-12", "2020-01")
    assert len(read_register(project / "schools", project)) == 5
    told = _run(project, "verify")
    assert CLAIM in told.stderr
    assert f"The line of {SCHOOL}@2020-01 does not follow the line above it, but an earlier one" in told.stderr
    assert "type: policy repair" in told.stderr
    shown = _run(project, "repair")
    assert "order of the merged lines kept: Two copies of the register were merged." in shown.stdout
    assert _run(project, "repair", "--write").exit_code == 0
    assert _run(project, "verify").exit_code == 0
    assert len(read_versions(project / "schools" / SCHOOL, project)) == 5


def test_one_version_ratified_on_two_branches_is_put_right(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _git(project, "init")
    _git(project, "add", "--all")
    _git(project, "commit", "--message", "Three versions")
    _git(project, "branch", "theirs")
    _ratify(project, "2020-01")
    _git(project, "add", "--all")
    _git(project, "commit", "--message", "Ours")
    _git(project, "checkout", "theirs")
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, seal, **__: f"%PDF-2-{seal}".encode())
    _ratify(project, "2020-01")
    _git(project, "add", "--all")
    _git(project, "commit", "--message", "Theirs")
    _git(project, "checkout", "main")
    assert "CONFLICT" in _git(project, "merge", "theirs")
    _git(project, "checkout", "--theirs", f"schools/{SCHOOL}/ratified")
    assert verify_files(project / "schools" / SCHOOL, project) == []
    told = _run(project, "verify")
    assert f"{SCHOOL}@2020-01 was added before, in line 4, with another record." in told.stderr
    assert _run(project, "repair", "--write").exit_code == 0
    lines = register_file(project / "schools").read_text(encoding="utf-8")
    assert "Two copies of it were merged, and this one was kept." in lines
    assert _run(project, "verify").exit_code == 0
