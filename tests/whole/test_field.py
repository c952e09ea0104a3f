"""Mistakes of real schools that the program once did not see: what the commands say about each today.

Each folder of `field/` has the schools of a case, on an edition of the program, and in `session.txt` the commands
that a person would type, each followed by everything that it prints. A name that Windows refuses ends in @ there, so
that the project can be cloned on Windows.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import TESTS

from build_tools.cli import cli

FIELD = TESTS / "field"
_PROMPT = "$ policy "


@pytest.mark.parametrize("case", sorted(FIELD.iterdir()), ids=lambda case: case.name)
def test_session(
    case: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expected: Callable[[Path, str], None]
) -> None:
    for folder in (case / "schools").iterdir():
        shutil.copytree(folder, tmp_path / "schools" / folder.name.removesuffix("@"))
    monkeypatch.chdir(tmp_path)
    session = case / "session.txt"
    commands = [line for line in session.read_text(encoding="utf-8").splitlines() if line.startswith(_PROMPT)]
    assert commands
    expected(session, "".join(f"{command}\n{_output(command)}" for command in commands))


def _output(command: str) -> str:
    arguments = command.removeprefix(_PROMPT).split()
    return CliRunner(env={"COLUMNS": "100"}, catch_exceptions=False).invoke(cli, arguments, prog_name="policy").output
