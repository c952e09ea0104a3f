"""The tests themselves: their names fit in a line, and each module is where somebody would look for it."""

import ast
from pathlib import Path

from folders import ROOT, TESTS

LONGEST = 60
MODULES = sorted(TESTS.rglob("test_*.py"))
BEHAVIOURS = {
    "adopting/test_answers.py",
    "adopting/test_cases.py",
    "adopting/test_hostile.py",
    "building/test_processes.py",
    "cli/test_cli.py",
    "cli/test_help.py",
    "commands/test_editions.py",
    "commands/test_loading.py",
    "commands/test_one_writer.py",
    "commands/test_ratifying.py",
    "commands/test_withdrawing.py",
    "crest/test_crest.py",
    "outputs/pdf/test_engines.py",
    "outputs/pdf/test_pdf.py",
    "outputs/test_reports.py",
    "upgrading/test_commands.py",
}
"""The modules that are about several modules of the program; their docstrings say what they show."""
WITHOUT_MIRROR = ("browser", "edition_2026", "whole")


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _mirrors(file: Path) -> bool:
    place = file.relative_to(TESTS)
    return (ROOT / "build_tools" / place.with_name(place.name.removeprefix("test_"))).is_file()


def test_names_are_short_enough_to_read_in_a_list() -> None:
    names = [node.name for file in MODULES for node in ast.walk(_tree(file)) if isinstance(node, ast.FunctionDef)]
    tests = [name for name in names if name.startswith("test_")]
    assert len(tests) > 500
    assert [name for name in tests if len(name) > LONGEST] == []


def test_each_module_mirrors_one_of_the_program_or_is_listed() -> None:
    places = [file.relative_to(TESTS) for file in MODULES]
    others = [place.as_posix() for place in places if place.parts[0] not in WITHOUT_MIRROR]
    assert {other for other in others if not _mirrors(TESTS / other)} == BEHAVIOURS


def test_each_module_says_what_it_shows() -> None:
    assert [file for file in MODULES if not ast.get_docstring(_tree(file))] == []
