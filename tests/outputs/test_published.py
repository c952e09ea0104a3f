"""The copies of versions on a built site are held against the versions by content."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from folders import ROOT

from build_tools import commands
from build_tools.cli import cli
from build_tools.outputs.published import copies
from build_tools.project import Project
from build_tools.versions.freezing import frozen_content
from build_tools.versions.history import read_unregistered
from build_tools.versions.register import append, read_register

SCHOOL, FIRST, LATEST = "oakenshaw-primary", "2026-10-14", "2026-11-25"
IN_FORCE = ("policy.json", "policy.pdf")
AGAIN = f"Publish it again: policy build {SCHOOL} --force"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a school, and a site with the copies of its versions."""
    shutil.copytree(ROOT / "schools" / SCHOOL, tmp_path / "schools" / SCHOOL)
    append(tmp_path / "schools", tmp_path, [e for e in read_register(ROOT / "schools", ROOT) if e.school == SCHOOL])
    for path, file in copies(read_unregistered(tmp_path / "schools" / SCHOOL, tmp_path)).items():
        copy = tmp_path / "site" / SCHOOL / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(frozen_content(file))
    return tmp_path


def _verify(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["verify", *arguments, "--project", str(project)], prog_name="policy")


def _exchange(file: Path) -> None:
    """Change a file, but neither its size nor its times."""
    before, content = file.stat(), bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _add_a_version(site: Path) -> None:
    shutil.copytree(site / SCHOOL / "versions" / FIRST, site / SCHOOL / "versions" / "2025-01")


def _add_a_school(site: Path) -> None:
    shutil.copytree(site / SCHOOL, site / "hillside")


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "the PDF in force": (
        lambda site: _exchange(site / SCHOOL / "policy.pdf"),
        f"site/{SCHOOL}/policy.pdf: This is not the policy.pdf that was ratified on {LATEST}. {AGAIN}",
    ),
    "the text in force": (
        lambda site: _exchange(site / SCHOOL / "policy.json"),
        f"site/{SCHOOL}/policy.json: This is not the policy.json that was ratified on {LATEST}. {AGAIN}",
    ),
    "an older PDF": (
        lambda site: _exchange(site / SCHOOL / f"versions/{FIRST}/policy.pdf"),
        f"site/{SCHOOL}/versions/{FIRST}/policy.pdf: This is not the policy.pdf that was ratified on {FIRST}. " + AGAIN,
    ),
    "a record that is missing": (
        lambda site: (site / SCHOOL / f"versions/{FIRST}/record.yml").unlink(),
        (
            f"site/{SCHOOL}/versions/{FIRST}/record.yml: The record.yml that was ratified on {FIRST} is missing on the "
            f"site. {AGAIN}"
        ),
    ),
    "a version that nobody ratified": (
        _add_a_version,
        (
            f"site/{SCHOOL}/versions/2025-01/policy.pdf: {SCHOOL} has no version of this date. If it is lost, restore "
            f"it from a backup; if not, type: policy build {SCHOOL} --force"
        ),
    ),
    "a school that does not exist": (
        _add_a_school,
        (
            f"site/hillside/versions/{FIRST}/policy.pdf: No school is called hillside. Restore schools/hillside/ from "
            "a backup, or delete this folder."
        ),
    ),
}


def test_copies_that_are_the_versions_are_counted(project: Path) -> None:
    told = _verify(project, "--site")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.endswith("site: 6 files of versions, all of them as they were ratified.\n")


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_that_is_not_what_was_ratified_is_found(project: Path, change: str) -> None:
    tamper, message = CHANGES[change]
    tamper(project / "site")
    assert _verify(project).exit_code == 0
    told = _verify(project, "--site")
    assert told.exit_code == 1
    assert message in told.stderr.splitlines()


def test_a_withdrawn_version_is_not_the_one_in_force(project: Path) -> None:
    commands.withdraw(Project(project), f"{SCHOOL}@{LATEST}", "It names the wrong lead.", "2026-11-27", None)
    told = _verify(project, "--site").stderr.splitlines()
    assert told == [
        *(f"site/{SCHOOL}/{name}: This is not the {name} that was ratified on {FIRST}. {AGAIN}" for name in IN_FORCE),
        f"site/{SCHOOL}/versions/{LATEST}/withdrawn.yml: The withdrawn.yml of {LATEST} is missing on the site. {AGAIN}",
    ]
    for path, file in copies(read_unregistered(project / "schools" / SCHOOL, project)).items():
        (project / "site" / SCHOOL / path).write_bytes(frozen_content(file))
    assert _verify(project, "--site").stdout.endswith("site: 7 files of versions, all of them as they were ratified.\n")


def test_another_site_can_be_named(project: Path) -> None:
    (project / "site").rename(project / "public")
    assert _verify(project, f"--site={project / 'public'}").exit_code == 0
    told = _verify(project, "--site")
    assert told.exit_code == 2
    assert "site does not exist. Build the site first: policy build. Or type --site=FOLDER." in told.stderr


@pytest.mark.slow
def test_a_build_publishes_these_copies_and_restores_them(project: Path) -> None:
    shutil.rmtree(project / "site")
    build = ["build", "--jobs", "1", "--project", str(project)]
    with mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b"%PDF"):
        assert CliRunner().invoke(cli, build).exit_code == 0
        assert _verify(project, "--site").exit_code == 0
        _exchange(project / "site" / SCHOOL / "policy.pdf")
        with mock.patch("build_tools.versions.printed.held_against.faults", side_effect=AssertionError):
            assert "Unchanged: 1 school." in CliRunner().invoke(cli, build).stdout  # which reads no PDF
        assert _verify(project, "--site").exit_code == 1
        assert CliRunner().invoke(cli, [*build, "--force"]).exit_code == 0
    assert _verify(project, "--site").exit_code == 0
