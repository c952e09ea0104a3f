"""Sentences: where they end, and that a full stop inside a value ends none."""

import pytest

from build_tools.text.sentences import sentence_around, sentences_in

TEXT = "Ask at St. X. Then (if need be) ring. office staff will help! “Thank you.” They go."


def test_the_sentence_around_some_words() -> None:
    at = TEXT.index("need")
    around = sentence_around(TEXT, range(at, at + 4), [range(7, 12)])
    assert TEXT[around.start : around.stop] == "Then (if need be) ring. office staff will help!"


def test_a_stop_inside_a_value_ends_no_sentence() -> None:
    assert sentences_in("Ask at St. X. Go.") == ("Ask at St.", "X.", "Go.")
    assert sentences_in("Ask at St. X. Go.", [range(7, 12)]) == ("Ask at St. X.", "Go.")


def test_a_sentence_may_begin_with_a_value_in_small_letters() -> None:
    at = TEXT.index("office")
    around = sentence_around(TEXT, range(at, at + 6), [range(7, 12), range(at, at + 6)])
    assert TEXT[around.start : around.stop] == "office staff will help!"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("No stop", ("No stop",)),
        ("One. Two? “Three.” (Four.)", ("One.", "Two?", "“Three.”", "(Four.)")),
        ("At 9.30 am, e.g. on Monday.", ("At 9.30 am, e.g. on Monday.",)),
        ("The 1st. 2 more.", ("The 1st.", "2 more.")),
    ],
)
def test_the_sentences_of_a_text(text: str, sentences: tuple[str, ...]) -> None:
    assert sentences_in(text) == sentences
