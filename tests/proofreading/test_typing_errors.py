"""Slips of the pen: what is one, and what only looks like one."""

import pytest

from build_tools.proofreading.typing_errors import find_slips, without_quotations
from build_tools.text.problems import Severity

MISTAKES = [
    ("Phones stay in the the office.", "the the"),
    ("The the office.", "The the"),
    ("They go to to the office.", "to to"),
    ("a phone of of the school", "of of"),
    ("the policy and AUPs..", ".."),
    ("phones, watches,, tablets", ",,"),
    ("phones, watches,.", ",."),
    ("works with KPSN and Lightspeed) to filter", ")"),
    ("sites of an illegal nature. (", "("),
    ("phones (watches] too", "]"),
    ("[see the office", "["),
]
WARNINGS = [
    ("Phones phones stay at home.", "Phones phones"),
    ("We say “no.", "“"),
    ("We say no”.", "”"),
    ('We say "no.', '"'),
]
RIGHT = [
    "Mrs May may ask, and Mr Will will answer.",
    "What they had had was lost.",
    "We know that that is so.",
    "Each child has her phone in her bag, and leaves it there.",
    "They log on on Monday.",
    "Ask Wagga Wagga School.",
    "TalkTalk, Talk Talk and Duran Duran",
    "The school, the school’s staff",
    "the-the",
    "wait... and wait … more",
    "No. 7.3(4)(b) [sic]",
    "We a) ask, b) listen and iii) act.",
    "1) ask 2) listen",
    "We smile :-) at that ;)",
    'a 24" screen',
    '“no” and "yes" and ‘perhaps’',
    "the pupils’ phones and the ’phones of ’18",
    "e.g., etc., and so on",
]


@pytest.mark.parametrize(("text", "words"), MISTAKES)
def test_a_slip_is_a_mistake(text: str, words: str) -> None:
    found = list(find_slips(text))
    assert [(text[f.start : f.end], f.severity) for f in found][:1] == [(words, Severity.MISTAKE)]


@pytest.mark.parametrize(("text", "words"), WARNINGS)
def test_what_might_be_meant_is_a_warning(text: str, words: str) -> None:
    assert [(text[f.start : f.end], f.severity) for f in find_slips(text)] == [(words, Severity.WARNING)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_no_slip(text: str) -> None:
    assert not list(find_slips(text))


def test_a_word_that_stands_three_times_is_told_twice() -> None:
    assert [f.start for f in find_slips("to the the the office")] == [3, 7]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("He said “now here” to us.", "He said 0000000000 to us."),
        ('He said "now here" to us.', "He said 0000000000 to us."),
        ("He said ‘now here’ to us.", "He said 0000000000 to us."),
        ("The pupils’ phones, ‘as it were", "The pupils’ phones, ‘as it were"),
        ('5" and 6" wide', '5" and 6" wide'),
    ],
)
def test_what_is_quoted_is_blotted_out(text: str, left: str) -> None:
    assert without_quotations(text) == left
