"""The list of what a policy promises, as people and programs get it in the terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import EXAMPLES, case_of, resolved_example
from click.testing import CliRunner
from folders import ROOT

from build_tools.cli import cli
from build_tools.outputs.promise_listing import promises_data, render_promises
from build_tools.resolving.resolve import Resolved

PROMISING = [folder for folder in EXAMPLES if case_of(folder).name == "promises"]


@pytest.mark.parametrize("folder", PROMISING, ids=lambda folder: folder.name)
def test_promises_as_text(folder: Path, expected: Callable[[Path, str], None]) -> None:
    text = render_promises(resolved_example("promises", folder.name))
    expected(case_of(folder) / "expected" / f"{folder.name}.promises.txt", text)


def test_promises_as_data_in_reading_order() -> None:
    data = promises_data(resolved_example("promises", "wren"))
    assert [promise["id"] for promise in data["promises"]][:3] == ["plan", "gates", "drill"]
    assert data["promises"][1] == {
        "id": "gates",
        "number": "1(3)",
        "section": "1 Our site",
        "text": "Every gate is checked:",
        "above": [],
        "below": ["the front gate", "the gate to the field"],
        "who": "Mrs Ada Fern (Caretaker) and Mr Cy Oxbow",
        "every": "week",
        "by": None,
        "origin": "chosen",
    }


def test_an_edition_without_marks_says_so_in_one_line() -> None:
    result = CliRunner().invoke(cli, ["promises", "trottiscliffe", "--project", str(ROOT)], prog_name="policy")
    assert (result.exit_code, result.stdout) == (0, "Edition 2018-09 marks no promises.\n")
    arguments = ["promises", "trottiscliffe", "--format", "json", "--project", str(ROOT)]
    assert json.loads(CliRunner().invoke(cli, arguments, prog_name="policy").stdout)["promises"] == []


def test_a_school_with_none_of_the_marked_clauses() -> None:
    found = resolved_example("promises", "hill")
    kept = type(found.policy)(found.policy.name, found.policy.edition, found.policy.title, ())
    text = render_promises(Resolved(found.edition, found.school, kept))
    assert text == "hill has none of the clauses that edition 2021-01 marks as promises.\n"
