"""`mkdocs build` in a project's folder does what `policy build` does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sites import ROOT

SETTINGS = """\
site_name: Sample schools
docs_dir: schools
exclude_docs: "*"
theme:
  name: material
  font: false
  quiet: !!python/name:build_tools.site_quiet.QUIET
plugins: [schoolpolicy]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "schools/trottiscliffe", tmp_path / "schools/trottiscliffe")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def _mkdocs(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", *arguments]
    # what this process has loaded must not switch the theme's notice off for the command
    quiet = {name: value for name, value in os.environ.items() if name != "NO_MKDOCS_2_WARNING"}
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=quiet)


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
    done = _mkdocs(project)
    assert done.returncode != 0
    assert 'there is no edition "1918-09"' in done.stderr
    assert "Traceback" not in done.stderr
