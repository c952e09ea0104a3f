"""Words in another language, wherever they stand in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.policy.languages import is_said, joined, mark, mark_stretches
from build_tools.policy.model import Phrase, Run, Text, plain
from build_tools.text.differing import DELETED, INSERTED, SAME, diff_words

WELSH = Phrase("Ysgol y Garn", "cy")
PHRASES = (Phrase("Garn", "fr"), WELSH, Phrase("Floreat", "la"), Phrase("Côr d'Or", "fr"))


def outline(text: Text) -> str:
    """Return words with those of another language as <cy:words>."""
    return "".join(f"<{run.language}:{run.text}>" if run.language else run.text for run in text)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("At Ysgol y Garn we read.", "At <cy:Ysgol y Garn> we read."),
        ("Ysgol y Garn’s motto: Floreat", "<cy:Ysgol y Garn>’s motto: <la:Floreat>"),
        ("Ysgol y Garn, Ysgol y Garn", "<cy:Ysgol y Garn>, <cy:Ysgol y Garn>"),
        ("Ysgol  y\nGarn", "<cy:Ysgol  y\nGarn>"),
        ("the Garn valley", "the <fr:Garn> valley"),
        ("Le Côr d’Or, Côr d'Or", "Le <fr:Côr d’Or>, <fr:Côr d'Or>"),
        ("(Floreat) Floreat-2 “Floreat”", "(<la:Floreat>) <la:Floreat>-2 “<la:Floreat>”"),
        ("Ysgol y Garnedd, FLOREAT, floreat, refloreat", "Ysgol y Garnedd, FLOREAT, floreat, refloreat"),
        ("", ""),
    ],
)
def test_whole_words_are_found_the_longest_first(words: str, wanted: str) -> None:
    assert outline(mark((Run(words),), PHRASES)) == wanted


def test_words_of_several_looks_are_found() -> None:
    text = (Run("At Ysgol "), Run("y", strong=True), Run(" Garn", field="school.name"), Run("", target="x"), Run("."))
    marked = mark(text, PHRASES)
    assert outline(marked) == "At <cy:Ysgol ><cy:y><cy: Garn>."
    assert [run.strong for run in marked if run.text == "y"] == [True]
    assert [run.field for run in marked if run.text == " Garn"] == ["school.name"]
    assert [run.target for run in marked] == [None, None, None, None, "x", None]


def test_without_phrases_a_text_is_the_same() -> None:
    text = (Run("Ysgol y "), Run("Garn"))
    assert mark(text, ()) is text


@given(
    st.lists(st.text("Ysgol y Garn’s"), max_size=6),
    st.lists(st.text("Ysgol yGarn's", min_size=1).filter(str.strip), max_size=4, unique=True),
)
def test_no_word_is_changed_and_no_run_is_joined(texts: list[str], words: list[str]) -> None:
    text = tuple(Run(part, field=str(index)) for index, part in enumerate(texts))
    marked = mark(text, tuple(Phrase(entry, "cy") for entry in words))
    for index, part in enumerate(texts):
        assert "".join(run.text for run in marked if run.field == str(index)) == part


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (
            "We at Ysgol y Garn read.",
            "We at Ysgol y Coed read.",
            ["=We at <cy:Ysgol y >", "-<cy:Garn>", "+Coed", "= read."],
        ),
        ("We read.", "We read Ysgol y Garn.", ["=We read", "+ <cy:Ysgol y Garn>", "=."]),
        ("Ysgol y Garn.", "Ysgol y Garn!", ["=<cy:Ysgol y Garn>", "-.", "+!"]),
    ],
)
def test_words_cut_by_a_change_keep_the_marks_of_their_text(old: str, new: str, wanted: list[str]) -> None:
    sign = {SAME: "=", DELETED: "-", INSERTED: "+"}
    parts = [(part.kind, (Run(part.text),)) for part in diff_words(old, new)]
    marked = [sign[kind] + outline(text) for kind, text in mark_stretches(parts, PHRASES)]
    assert re.sub(r"\s+", " ", "|".join(marked)) == re.sub(r"\s+", " ", "|".join(wanted))
    assert [plain(text) for _, text in mark_stretches(parts, PHRASES)] == [plain(text) for _, text in parts]


@pytest.mark.parametrize(("words", "is_there"), [("Ysgol y Garn’s", True), ("Ysgol y Garnedd", False), ("", False)])
def test_a_phrase_is_said_where_it_is_whole(words: str, *, is_there: bool) -> None:
    assert is_said(WELSH, words) is is_there


def test_the_first_to_name_a_language_is_right() -> None:
    assert joined((WELSH,), (Phrase("Ysgol y Garn", "fr"), PHRASES[2])) == (WELSH, PHRASES[2])
