"""Answers at paths."""

from typing import Any

import pytest

from build_tools.schema.paths import value_at, with_value, without_blanks, without_value
from build_tools.text.yaml_file import KeyPath

ANSWERS = {"a": {"b": "c"}, "d": [{"e": "f"}, {"e": "g"}]}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("a", "b"), "c"),
        (("d", 1, "e"), "g"),
        (("d", 2, "e"), None),
        (("a", "b", "c"), None),
        (("a", 0), None),
        (("x", "y"), None),
        ((), ANSWERS),
    ],
)
def test_value_at(path: KeyPath, value: Any) -> None:  # noqa: ANN401 - any answer
    assert value_at(ANSWERS, path) == value


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        (("a", "b"), {**ANSWERS, "a": {"b": "new"}}),
        (("x", "y"), {**ANSWERS, "x": {"y": "new"}}),
        (("d", 0, "h"), {**ANSWERS, "d": [{"e": "f", "h": "new"}, {"e": "g"}]}),
        (("d", 2, "e"), {**ANSWERS, "d": [*ANSWERS["d"], {"e": "new"}]}),
        (("x", 0), {**ANSWERS, "x": ["new"]}),
    ],
)
def test_with_value_changes_nothing_else(path: KeyPath, answers: Any) -> None:  # noqa: ANN401
    before = repr(ANSWERS)
    assert with_value(ANSWERS, path, "new") == answers
    assert repr(ANSWERS) == before


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        (("a", "b"), {"d": ANSWERS["d"]}),
        (("d", 0), {"a": ANSWERS["a"], "d": [{"e": "g"}]}),
        (("d", 1, "e"), {"a": ANSWERS["a"], "d": [{"e": "f"}]}),
        (("x", "y"), ANSWERS),
    ],
)
def test_without_value_takes_out_what_is_left_empty_too(path: KeyPath, answers: Any) -> None:  # noqa: ANN401
    assert without_value(ANSWERS, path) == answers


def test_a_name_without_an_answer_is_none() -> None:
    given = {"a": "", "b": {"c": "", "d": "no"}, "e": ["", "f"], "g": [{"h": "", "i": "j"}]}
    assert without_blanks(given) == {"b": {"d": "no"}, "e": ["f"], "g": [{"i": "j"}]}
