"""`mkdocs build` in a project's folder does what `policy build` does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from folders import ROOT

pytestmark = pytest.mark.slow

EDITIONS = "The editions are 2017-09, 2018-09 and 2026-09."
SETTINGS = """\
site_name: Sample schools
docs_dir: schools
exclude_docs: "*"
theme:
  name: material
  font: false
  quiet: !!python/name:build_tools.mkdocs_plugin.QUIET
plugins: [schoolpolicy]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "schools/trottiscliffe", tmp_path / "schools/trottiscliffe")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def _mkdocs(project: Path, *arguments: str, command: str = "build") -> subprocess.CompletedProcess[str]:
    line = [str(Path(sys.executable).with_name("mkdocs")), command, *arguments]
    # what this process has loaded must not switch the theme's notice off for the command
    quiet = {name: value for name, value in os.environ.items() if name != "NO_MKDOCS_2_WARNING"}
    return subprocess.run(line, cwd=project, capture_output=True, text=True, check=False, env=quiet)


def _errors(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the errors that MkDocs told when it failed."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return [line.partition("-  ")[2] for line in done.stderr.splitlines() if line.startswith("ERROR")]


def test_it_builds_the_hub_and_all_sites_without_a_warning(project: Path) -> None:
    done = _mkdocs(project, "--strict")
    assert done.returncode == 0, done.stderr
    assert "end of life" not in done.stderr
    assert "WARNING" not in done.stderr
    site = project / "site"
    for path in ("index.html", "trottiscliffe/index.html", "trottiscliffe/policy.pdf", "template/2018-09/index.html"):
        assert (site / path).is_file(), path
    assert {path.name for path in site.rglob("*.yml")} == {"record.yml"}
    assert not list(site.rglob("sitemap*"))


def test_it_names_the_mistakes_and_fails(project: Path) -> None:
    answers = project / "schools/trottiscliffe/school.yml"
    answers.write_text(answers.read_text(encoding="utf-8").replace("edition: 2018-09", "edition: 1918-09"), "utf-8")
    assert _errors(_mkdocs(project)) == [
        f'schools/trottiscliffe/school.yml:3: edition: unknown edition "1918-09". Did you mean 2018-09? {EDITIONS}'
    ]


@pytest.mark.parametrize("command", ["build", "serve"])
def test_it_names_what_was_changed_in_a_version_and_fails(project: Path, command: str) -> None:
    version = project / "schools/trottiscliffe/ratified/2018-10"
    (version / "policy.pdf").write_bytes(b"")
    (version / "letter.pdf").write_bytes(b"")
    changed = "This file was changed after it was ratified: its SHA-256 is not the one in record.yml."
    assert _errors(_mkdocs(project, command=command)) == [
        "schools/trottiscliffe/ratified/2018-10/letter.pdf: This file is not part of the ratified version. Delete it.",
        f"schools/trottiscliffe/ratified/2018-10/policy.pdf: {changed} Restore it from a backup.",
    ]


def test_an_altered_version_does_not_stop_other_schools(project: Path) -> None:
    shutil.rmtree(project / "schools/trottiscliffe")
    # another policy of a page, which is set in a moment
    shutil.copytree(ROOT / "tests/policies/groups", project, dirs_exist_ok=True)
    shutil.copytree(ROOT / "schools/the-north-school", project / "schools/the-north-school")
    (project / "schools/the-north-school/ratified/2018-05-23/policy.pdf").unlink()
    (error,) = _errors(_mkdocs(project))
    assert "This file of a ratified version is missing." in error
    assert (project / "site/with-clubs/policy.pdf").is_file()
    assert not (project / "site/the-north-school").exists()
    assert "North School" not in (project / "site/index.html").read_text(encoding="utf-8")


def test_it_says_that_there_is_no_school(project: Path) -> None:
    shutil.rmtree(project / "schools/trottiscliffe")
    done = _mkdocs(project)
    assert (done.returncode, done.stdout.strip()) == (1, "schools/ contains no schools. Add one: policy new")
    assert "Traceback" not in done.stderr
