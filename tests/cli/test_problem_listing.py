"""Mistakes for people at a terminal, for programs, and for the annotations of GitHub."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import ROOT

from build_tools import project
from build_tools.cli import cli
from build_tools.cli.problem_listing import FORMS, render_problems
from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.problems import Place, Problem, Severity

BAD = ROOT / "tests/bad"


@pytest.mark.parametrize(
    ("problem", "printed"),
    [
        (Problem(Place("a.yml", 3), "No."), "::error file=a.yml,line=3::No."),
        (Problem(Place("a.yml", 3), "Look.", Severity.WARNING), "::warning file=a.yml,line=3::Look."),
        (Problem(Place("schools/St Mary's"), "No."), "::error file=schools/St Mary's::No."),
        (Problem(Place("a,b:c%d\ne.yml", 1), "x"), "::error file=a%2Cb%3Ac%25d%0Ae.yml,line=1::x"),
        (
            Problem(Place("a.yml", 1), "50 % of a, b: c\r\n::error::d"),
            "::error file=a.yml,line=1::50 %25 of a, b: c%0D%0A::error::d",
        ),
    ],
)
def test_an_annotation_of_github_is_one_line(problem: Problem, printed: str) -> None:
    assert render_problems([problem], "github") == f"{printed}\n"


def test_programs_get_what_people_get() -> None:
    problems = [Problem(Place("a.yml", 3), 'The "word" é.'), Problem(Place("b"), "No.", Severity.WARNING)]
    assert json.loads(render_problems(problems, "json")) == [
        {"file": "a.yml", "line": 3, "severity": "mistake", "message": 'The "word" é.'},
        {"file": "b", "line": None, "severity": "warning", "message": "No."},
    ]
    assert render_problems(problems, "text") == 'a.yml:3: The "word" é.\nb: warning: No.\n'


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project whose one school has two mistakes, and which knows no edition but its own."""
    monkeypatch.setattr(project, "BUNDLED", tmp_path)
    for name in ("templates", "mkdocs.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    for folder in ("sound", "no-choice"):
        shutil.copytree(BAD / folder, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _policy(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(folder)], prog_name="policy")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "x"),
        ("build", "--out", "site"),
        ("diff", "x", "template:2030-01"),
        ("ratify", "x", "--on", "2019-02", "--by", "Governors"),
        ("status",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_tells_mistakes_as_it_is_asked(wrong: Path, arguments: tuple[str, ...]) -> None:
    problems = read(Project(wrong), ["x"]).problems(["x"])
    assert len(problems) == 2
    for form in FORMS:
        result = _policy(wrong, *arguments, "--mistakes", form)
        assert result.exit_code == 1
        assert render_problems(problems, form) in result.stderr


def test_a_check_for_programs_is_one_document(wrong: Path) -> None:
    done = _policy(wrong, "check", "--format", "json")
    assert (done.exit_code, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    assert [mistake["line"] for mistake in found["problems"]] == [8, 9]
    assert found["schools"] == []
    (wrong / "schools/x/school.yml").write_bytes((BAD / "sound/schools/x/school.yml").read_bytes())
    done = _policy(wrong, "check", "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "problems": [],
        "schools": [{"name": "x", "edition": "2030-01", "amendments": 0, "law_still_to_change": []}],
        "law_looked_up": [],
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_shows_colours_unless_none_are_wanted(
    wrong: Path,
    settings: dict[str, str],
    is_coloured: bool,  # noqa: FBT001
) -> None:
    ours, terminal = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "build_tools", "check", "--project", str(wrong)]
    process = subprocess.Popen(
        command, cwd=ROOT, stderr=terminal, stdout=subprocess.DEVNULL, env={**clean, "TERM": "xterm", **settings}
    )
    process.wait()
    os.close(terminal)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "phones.learners" in shown
    # no colour, which NO_COLOR speaks of; bold may stay
    assert ("\x1b[1;31m" in shown) is is_coloured
    assert "\x1b" not in _policy(wrong, "check").stderr
