"""The pictures of a terminal in README.md: what the command shows today, drawn by `pytest --update-expected`."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import ROOT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from terminal import WIDTH, Terminal

pytestmark = pytest.mark.slow

IMAGES = ROOT / ".github" / "images"

_THEME = TerminalTheme(
    (255, 255, 255),
    (31, 35, 40),
    [
        (31, 35, 40),
        (176, 0, 32),
        (17, 99, 41),
        (125, 78, 0),
        (9, 80, 174),
        (111, 66, 193),
        (27, 124, 131),
        (89, 99, 110),
    ],
)
"""Dark on light, each colour at least 4.5 : 1."""

_SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>{title}</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
<rect width="{width}" height="{height}" rx="8" fill="#fff" stroke="#8c959f"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""Rich's own drawing fetches a font from another site."""


def _draw(title: str, session: str, name: str) -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(session.strip("\n")))
    return console.export_svg(theme=_THEME, code_format=_SVG.replace("{title}", title), unique_id=name)


def _answers(*without: str) -> str:
    given = {
        "edition": "2018-09",
        "school": {"name": "St Mary's School", "phase": "primary", "ages": ["early", "junior"]},
        "people": {
            "head": "Headteacher",
            "dsl": [{"name": "Mrs A Hill"}],
            "governors": [{"name": "Ms C Reed"}],
            "online_safety_lead": "Mrs A Hill",
        },
        "learners": "pupils",
        "document": {"written": "2018-10", "next_review": "2019-10"},
        "filtering": {"broadband": "EiS", "product": "Lightspeed"},
        "monitoring": {"methods": ["supervision"]},
        "passwords": {"logins": "all"},
        "email": {"offensive_to": "head"},
        "social_media": {"learners_at_school": "not-permitted", "staff_at_school": "lunchtime"},
        "phones": {"learners": "at-home"},
    }
    return json.dumps({name: value for name, value in given.items() if name not in without})


def _new(project: Path) -> str:
    terminal = Terminal(project, "new", "st-marys")
    replies = ("", "St Mary's School", "7", "2", "1", "", "", "", "", "", "Mrs A Hill", "Headteacher", "quit")
    for reply in replies:
        terminal.prompt()
        terminal.type(reply)
    terminal.end()
    return terminal.shown


def _missing(project: Path) -> str:
    (project / "answers.json").write_text(_answers("filtering", "phones"), encoding="utf-8")
    Terminal(project, "new", "st-marys", "--answers", "answers.json").prompt()
    terminal = Terminal(project, "missing", "st-marys")
    terminal.end()
    return terminal.shown.partition("\nNot answered yet")[0]


def _check(project: Path) -> str:
    (project / "answers.json").write_text(_answers(), encoding="utf-8")
    Terminal(project, "new", "st-marys", "--answers", "answers.json", "--no-input").end()
    file = project / "schools/st-marys/school.yml"
    text = file.read_text(encoding="utf-8")
    for right, wrong in (("at-home\n\n", "banned\n\n"), ("broadband", "brodband"), ("2019-10", "October 2019")):
        text = text.replace(right, wrong)
    file.write_text(text.replace("learners: at-home", "learners: banned"), encoding="utf-8")
    terminal = Terminal(project, "check")
    terminal.end()
    return terminal.shown


@pytest.mark.parametrize(
    ("name", "command", "record"),
    [
        ("new", "policy new st-marys", _new),
        ("missing", "policy missing st-marys", _missing),
        ("check", "policy check", _check),
    ],
)
def test_a_picture_shows_what_the_command_shows(
    name: str, command: str, record: Callable[[Path], str], tmp_path: Path, expected: Callable[[Path, str], None]
) -> None:
    (tmp_path / "schools").mkdir()
    session = f"\x1b[32m$ {command}\x1b[0m\n{record(tmp_path)}"
    drawn = _draw(command, session, f"terminal-{name}")
    assert "url(http" not in drawn
    expected(IMAGES / f"{name}.svg", drawn)
