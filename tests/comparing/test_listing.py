"""Policies and comparisons as text."""

import pytest

from build_tools.comparing.listing import marked_words, render_policy
from build_tools.policy.model import Policy
from build_tools.text.differing import Part


def test_text_has_number_id_origin_and_words_of_each_part(phone_policy: Policy) -> None:
    assert render_policy(phone_policy) == (
        "1       phones      template  Phones\n"
        "1.1     learners    template  Learners\n"
        "        rules       template  Rules\n"
        '1.1(2)  phones-off  replaced  Phones are "off" at Ş & Co.  (because: The governors asked.)\n'
        "1.2     visitors    omitted   Not used at X  (because: None come.)\n"
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            (Part("same", "within "), Part("deleted", "48 "), Part("inserted", "24 "), Part("same", "hours")),
            "within [-48-] {+24+} hours",
        ),
        ((Part("inserted", "all"),), "{+all+}"),
        ((Part("deleted", "a, b "), Part("same", "c")), "[-a, b-] c"),
    ],
)
def test_changed_words_are_told_apart_without_colour(words: tuple[Part, ...], shown: str) -> None:
    assert marked_words(words) == shown
