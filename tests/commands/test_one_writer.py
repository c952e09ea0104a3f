"""A command that writes into a folder where another is writing changes nothing, and says which one that is."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import ROOT, TESTS, copy_real_schools
from full_disk import digests

from build_tools.cli import cli
from build_tools.text.locking import locked

SCHOOL = "the-north-school"
OLDER = TESTS / "upgrades/the-north-school/schools/the-north-school"
DRAFT = "2017-09"
WRITING = {
    "schools/hill": ("new", "hill", "--no-input"),
    "schools/reedbed": ("adopt", "old.md", "--out", "schools/reedbed"),
    f"schools/{SCHOOL}": ("upgrade", SCHOOL, "--to", "2018-09", "--write"),
    "policy_src/2031-09": ("edition", "new", "2031-09", "--from", "2018-09"),
    f"policy_src/{DRAFT}": ("edition", "publish", DRAFT),
}
"""Commands that write, by the folder into which they do."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with what the commands need, as the current folder."""
    copy_real_schools(tmp_path, "ratified", SCHOOL)
    shutil.copytree(OLDER, tmp_path / "schools" / SCHOOL)
    shutil.copytree(ROOT / "policy_src" / DRAFT, tmp_path / "policy_src" / DRAFT)
    (tmp_path / "policy_src" / DRAFT / "published.yml").unlink()
    shutil.copy(TESTS / "adopted/reedbed.md", tmp_path / "old.md")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("folder", WRITING)
def test_a_second_writer_is_told_who_is_writing(project: Path, folder: str) -> None:
    with locked(project / folder, "policy ratify", folder):
        before = digests(project)
        told = CliRunner().invoke(cli, WRITING[folder], prog_name="policy")
        assert digests(project) == before
    assert told.exit_code == 1, told.output
    [line] = [line for line in told.stderr.splitlines() if "has been writing here" in line]
    assert re.search(r": policy ratify \(.+, process \d+\) has been writing here since .+ Wait for it to finish", line)
