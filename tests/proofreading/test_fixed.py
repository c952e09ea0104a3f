"""Amendments of what the law fixes: those that replace or omit it are found, and only for whom the law applies."""

import dataclasses

import pytest
from cases import resolved_example

from build_tools.policy.model import Action, Amendment
from build_tools.proofreading.fixed import fixed_amendments
from build_tools.resolving.resolve import resolve


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        ("wren", []),
        (
            "hill",
            [
                "replace alarm: 1.1(2) is fixed by law (Fire Safety Order (2005)).",
                "omit taps: 1.2(1) is fixed by law (Rules for Water in Large Buildings).",
            ],
        ),
        # the rules for water apply to no school without gates
        ("dale", ["omit fire: 1.1(1) and 1.1(2) are fixed by law (Fire Safety Order (2005))."]),
    ],
)
def test_what_the_law_fixes_is_found_where_it_applies(school: str, expected: list[str]) -> None:
    found = [problem.message.split(" Keep ")[0] for problem in fixed_amendments(resolved_example("freedom", school))]
    assert found == expected


@pytest.mark.parametrize(
    ("amendment", "expected"),
    [
        (Amendment(Action.OMIT, "head-will", "x"), ["omit head-will"]),
        (Amendment(Action.OMIT, "thanks", "x"), []),
        (Amendment(Action.OMIT, "plan", "x"), []),
        (Amendment(Action.OMIT, "ladders", "x"), []),
        (Amendment(Action.OMIT, "water", "x"), ["omit water"]),
        (Amendment(Action.REPLACE, "water", "x", source="Taps"), []),
        (Amendment(Action.REPLACE, "taps", "x", source="We flush them."), ["replace taps"]),
        (Amendment(Action.REPLACE, "bell", "x", source="It rings."), ["replace bell"]),
        (Amendment(Action.REPLACE, "caretaker", "x", source="For her"), []),
    ],
)
def test_only_what_is_fixed_counts(amendment: Amendment, expected: list[str]) -> None:
    wren = resolved_example("freedom", "wren")
    school = dataclasses.replace(wren.school, amendments=(amendment,))
    resolved = dataclasses.replace(wren, school=school, policy=resolve(wren.edition, school))
    assert [problem.message.split(":")[0] for problem in fixed_amendments(resolved)] == expected
