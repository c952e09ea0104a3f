"""Conditions: what `when` asks of a school's answers."""

from typing import Any

import pytest

from build_tools.policy.model import Condition
from build_tools.schema.fields import Schema
from build_tools.schema.file import parse_schema
from build_tools.template.conditions import describe, holds, parse_condition

SCHEMA = """\
type: object
properties:
  phones:
    type: object
    title: Phones
    properties:
      learners:
        title: The rule for phones
        oneOf: [{const: at-home, title: Left at home}, {const: handed-in, title: Handed in}, {const: off, title: Off}]
  exams: {type: boolean, title: "Does the school hold exams?"}
  app: {type: string, title: "Which app is used?"}
  ages: {type: array, title: Ages, items: {oneOf: [{const: early, title: Early}, {const: late, title: Late}]}}
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return parse_schema(SCHEMA, "school.schema.yml")


def condition(field: str, *answers: str) -> Condition:
    return Condition(field, frozenset(answers) or None)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("phones.learners=at-home", [condition("phones.learners", "at-home")]),
        ("phones.learners=at-home|off", [condition("phones.learners", "at-home", "off")]),
        ("phones.learners = at-home | off", [condition("phones.learners", "at-home", "off")]),
        ("app", [condition("app")]),
        ("exams", [condition("exams", "yes")]),
        ("exams=no", [condition("exams", "no")]),
        ("ages=early and exams", [condition("ages", "early"), condition("exams", "yes")]),
    ],
)
def test_parse_condition(schema: Schema, text: str, conditions: list[Condition]) -> None:
    parsed, wrong = parse_condition(text, schema)
    assert (list(parsed), wrong) == (conditions, [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("exam", ["when: unknown field exam. Did you mean exams?"]),
        ("", ["when: the name of a field is missing."]),
        ("phones=off", ["when: phones has no list of answers. Write phones alone, without = and an answer."]),
        ("app=x", ["when: app has no list of answers. Write app alone, without = and an answer."]),
        ("exams=maybe", ["when: maybe is not one of the answers to exams: yes or no."]),
        (
            "phones.learners=home|gone and zoo",
            [
                "when: home is not one of the answers to phones.learners: at-home, handed-in or off.",
                "when: gone is not one of the answers to phones.learners: at-home, handed-in or off.",
                "when: unknown field zoo.",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_condition(schema: Schema, text: str, wrong: list[str]) -> None:
    assert parse_condition(text, schema)[1] == wrong


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (condition("app"), "x", True),
        (condition("app"), None, False),
        (condition("app"), [], False),
        (condition("app"), ["x"], True),
        (condition("exams", "yes"), True, True),
        (condition("exams", "yes"), False, False),
        (condition("exams", "no"), False, True),
        (condition("exams", "no"), None, True),
        (condition("exams", "yes"), None, False),
        (condition("phones.learners", "off"), "off", True),
        (condition("phones.learners", "off", "at-home"), "at-home", True),
        (condition("phones.learners", "off"), "at-home", False),
        (condition("phones.learners", "off"), None, False),
        (condition("ages", "early"), ["late", "early"], True),
        (condition("ages", "early"), ["late"], False),
        (condition("learners", "pupils"), {"singular": "child", "plural": "pupils"}, False),
    ],
)
def test_holds(asked: Condition, answer: Any, *, expected: bool) -> None:  # noqa: ANN401 - any answer
    assert holds(asked, answer) is expected


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (condition("phones.learners", "off"), "The rule for phones: Off"),
        (condition("phones.learners", "off", "at-home"), "The rule for phones: Left at home or Off"),
        (condition("phones.learners", "off", "banned"), "The rule for phones: Off or banned"),
        (condition("exams", "yes"), "Does the school hold exams? Yes"),
        (condition("exams", "no"), "Does the school hold exams? No"),
        (condition("exams"), "Does the school hold exams? Yes"),
        (condition("app"), "Which app is used"),
        (condition("item.note"), "item.note"),
    ],
)
def test_describe(schema: Schema, asked: Condition, words: str) -> None:
    assert describe(asked, schema) == words
