"""The language of rules: what a condition may ask, what it asks about, and which answers it proves to be given.

The messages about wrong conditions are in `bad/rules-of-unknown-conditions/`.
"""

from collections.abc import Mapping

import pytest

from build_tools.template.edition import Edition
from build_tools.template.rule_language import answered_if, paths_in_condition, wrong_condition
from build_tools.template.syntax import parse_expression

RIGHT = [
    "platforms",
    "not platforms and (exams or tracking)",
    'phones.learners == "at-home"',
    '"at-home" != phones.learners',
    '"email" in technology.used',
    '"email" not in technology.used',
    '"two years" in document.review_frequency',
    '"hall" in phones.banned_areas',
    "people.online_safety_lead in people.dsl",
    "people.head not in people.governors",
    "people.online_safety_lead in people.specialists",
    "people.online_safety_lead == people.head",
    "people.dsl | length > 1",
    "1 < technology.used | length",
    "months_between(document.written, document.next_review) >= 12",
    "in_both(people.dsl, people.specialists)",
]


@pytest.mark.parametrize("condition", RIGHT)
def test_a_condition_may_ask(condition: str, editions: Mapping[str, Edition]) -> None:
    assert not list(wrong_condition(condition, editions["2018-09"].schema))


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "exams exams",
        "exams if platforms",
        "exams < 1",
        "exams[0]",
        "exams()",
        "length",
        f"{'not ' * 200}exams",
    ],
)
def test_anything_else_is_refused(condition: str, editions: Mapping[str, Edition]) -> None:
    assert list(wrong_condition(condition, editions["2018-09"].schema))


def test_every_mistake_of_a_condition_is_found(editions: Mapping[str, Edition]) -> None:
    wrong = list(wrong_condition("exms and not (people or platfroms)", editions["2018-09"].schema))
    assert [message.split(".")[0] for message in wrong] == [
        "Unknown field exms",
        "people is a group of answers",
        "Unknown field platfroms",
    ]


def test_the_questions_of_a_condition_are_in_its_order() -> None:
    condition = '"a" in b.c and in_both(d, e) or not (f == "g" and months_between(h, b.c) > 1) and i | length == 2'
    assert paths_in_condition(condition) == ("b.c", "d", "e", "f", "h", "i")


@pytest.mark.parametrize(
    ("condition", "answered"),
    [
        ("a", "a"),
        ("not a", ""),
        ("a and b", "ab"),
        ("a or b", ""),
        ("a and c or b and c", "c"),
        ('a == "x"', "a"),
        ('a != "x"', ""),
        ('"x" in a', "a"),
        ('"x" not in a', ""),
        ("a in b", "ab"),
        ("a not in b", "a"),
        ("a | length > 0", ""),
        ("a | length < 3", ""),
        ("months_between(a, b) > 1", "ab"),
        ("months_between(a, b) < 1", "ab"),
        ("in_both(a, b)", "ab"),
    ],
)
def test_what_certainly_has_an_answer(condition: str, answered: str) -> None:
    assert answered_if(parse_expression(condition)) == frozenset(answered)
