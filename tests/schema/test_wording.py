"""The errors of JSON Schema in words for people. What each keyword says stands in the folders of `bad/`."""

import pytest

from build_tools.schema.json_schema import Checker
from build_tools.schema.wording import dotted, word_violation
from build_tools.text.yaml_file import KeyPath


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((), ""),
        (("people",), "people"),
        (("people", "dsl"), "people.dsl"),
        (("people", "dsl", 1), "people.dsl, entry 2"),
        (("people", "dsl", 0, "name"), "people.dsl, entry 1, name"),
    ],
)
def test_a_path_is_told_as_people_write_it(path: KeyPath, words: str) -> None:
    assert dotted(path) == words


def test_other_keywords_keep_the_message_of_the_library() -> None:
    (found,) = Checker({"properties": {"a": {"minimum": 3}}}).violations({"a": 2})
    assert list(word_violation(found)) == [(("a",), "a: 2 is less than the minimum of 3.")]


def test_each_missing_field_is_told_once() -> None:
    broken = Checker({"required": ["a", "b", "ab"]}).violations({"b": 1})
    assert [message for found in broken for _at, message in word_violation(found)] == [
        "a is missing. Add it.",
        "ab is missing. Add it.",
    ]
