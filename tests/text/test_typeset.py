"""Apostrophes and quotation marks as a printed page has them."""

import pytest

from build_tools.text.typeset import typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("The head's title", "The head’s title"),
        ("With whom learners' accounts can exchange messages", "With whom learners’ accounts can exchange messages"),
        ('That place, after "in"', "That place, after “in”"),
        ("The school's answer to 'phones'", "The school’s answer to ‘phones’"),
        ("It’s “so”", "It’s “so”"),
        ("No mark", "No mark"),
    ],
)
def test_straight_marks_become_curly_ones(typed: str, shown: str) -> None:
    assert typeset(typed) == shown
