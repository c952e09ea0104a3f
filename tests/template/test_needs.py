"""What some answers make necessary."""

import pytest
from folders import ROOT

from build_tools.template.edition import read_edition
from build_tools.template.needs import made_necessary, needed_if, unmet_needs

CASE = ROOT / "tests/policies/rules"
EDITION = read_edition(CASE / "policy_src/2030-01", CASE)
BODIES = ("authority.police", "authority.helpline")


@pytest.mark.parametrize(
    ("answers", "needed"),
    [
        ({}, ()),
        ({"school": {"in_county": True}}, ()),
        ({"school": {"in_county": False}}, BODIES),
        ({"rewards": "praise"}, ()),
        ({"rewards": "prizes"}, ("shop",)),
        ({"rewards": "points", "school": {"in_county": False}}, (*BODIES, "shop")),
        # what is not an answer at all is reported elsewhere
        ({"rewards": ["points"], "school": "Felpersham"}, ("shop",)),
        ("nothing", ()),
    ],
)
def test_what_is_necessary_after_some_answers(answers: object, needed: tuple[str, ...]) -> None:
    assert tuple(made_necessary(EDITION.rules, EDITION.schema, answers)) == needed


def test_what_is_given_is_not_missing() -> None:
    answers = {"rewards": "points", "school": {"in_county": False}, "authority": {"police": "Felpersham Police"}}
    unmet = unmet_needs(EDITION.rules, EDITION.schema, answers)
    assert [one.missing for one in unmet] == [("authority.helpline",), ("shop",)]
    assert not unmet_needs(EDITION.rules, EDITION.schema, {"shop": "kiosk", "rewards": "points"})


def test_when_a_question_is_necessary_is_told_in_words() -> None:
    assert needed_if("shop", EDITION.rules, EDITION.schema) == (
        ("What is given as a reward: Points or Prizes", "The policy says where points are spent."),
    )
    assert needed_if("school.name", EDITION.rules, EDITION.schema) == ()
