"""What a school's file says of other languages; its mistakes are in `bad/language…`."""

import pytest

from build_tools.policy.model import Phrase
from build_tools.schools.phrases import combine_phrases, is_language, read_phrases
from build_tools.text.yaml_file import parse_yaml

FILE = """\
edition: 2018-09
languages:
  cy: [Ysgol   y Garn, "y Garn"]
  no:
    - Skolen
"""


@pytest.mark.parametrize(
    ("tag", "is_right"),
    [
        ("cy", True),
        ("CY", True),
        ("cy-GB", True),
        ("la", True),
        ("rom", True),
        ("zh-Hant-HK", True),
        ("sr-latn", True),
        ("de-1901", True),
        ("ca-valencia", True),
        ("no", True),
        ("", False),
        ("welsh", False),
        ("xq", False),
        ("cy-XX", False),
        ("zh-Hens", False),
        ("de-1907", False),
        ("cy_GB", False),
        ("cy.utf8", False),
        ("cy@euro", False),
        ("cy-", False),
        ("c y", False),
    ],
)
def test_a_tag_is_of_a_language_that_there_is(tag: str, *, is_right: bool) -> None:
    assert is_language(tag) is is_right


def test_words_are_read_with_their_languages_and_places() -> None:
    phrases, problems = read_phrases(parse_yaml(FILE, "school.yml"), "The Coast")
    assert problems == []
    assert phrases == (Phrase("Ysgol y Garn", "cy"), Phrase("y Garn", "cy"), Phrase("Skolen", "no"))
    assert [(phrase.place.line, phrase.by) for phrase in phrases] == [
        (3, "The Coast"),
        (3, "The Coast"),
        (5, "The Coast"),
    ]


def test_without_other_languages_there_is_nothing_to_read() -> None:
    assert read_phrases(parse_yaml("edition: 2018-09", "school.yml")) == ((), [])


def test_the_word_of_the_school_is_the_last() -> None:
    own, shared = Phrase("Garn", "cy"), (Phrase("Garn", "fr"), Phrase("Floreat", "la"))
    assert combine_phrases(shared, (own,)) == (own, shared[1])
