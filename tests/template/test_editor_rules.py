"""What an editor marks of answers that make others necessary."""

from typing import Any

import jsonschema_rs
import pytest
from folders import ROOT

from build_tools.template.edition import read_edition
from build_tools.template.editor_rules import needs_for_editors

CASE = ROOT / "tests/policies/rules"
EDITION = read_edition(CASE / "policy_src/2030-01", CASE)
OUTSIDE: dict[str, Any] = {"school": {"in_county": "no"}}
BODIES = {"authority": {"police": "P", "helpline": "H"}}


@pytest.mark.parametrize(
    ("answers", "is_marked"),
    [
        ({}, False),
        ({"school": {"in_county": "yes"}}, False),
        (OUTSIDE, True),
        ({"school": {"in_county": False}}, True),
        (OUTSIDE | {"authority": {"police": "P"}}, True),
        (OUTSIDE | BODIES, False),
        (OUTSIDE | {"federation": "loam"}, False),
        ({"rewards": "points"}, True),
        ({"rewards": "points", "shop": "kiosk"}, False),
        ({"rewards": "praise"}, False),
    ],
)
def test_an_editor_marks_what_is_missing(answers: dict[str, Any], *, is_marked: bool) -> None:
    schema = {"allOf": needs_for_editors(EDITION.rules, EDITION.schema)}
    assert jsonschema_rs.Draft7Validator(schema).is_valid(answers) != is_marked
