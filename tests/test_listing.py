"""Policies and comparisons as text."""

import pytest

from build_tools.listing import marked_words, render_policy
from build_tools.model import Kind, Node, Origin, Policy, Run
from build_tools.words import Part


def _text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


@pytest.fixture
def policy() -> Policy:
    clause = Node(
        Kind.CLAUSE,
        "phones-off",
        _text('Phones are "off" at Ş & Co.'),
        Origin.REPLACED,
        "phones-off",
        "(2)",
        "1.1(2)",
        reason="The governors asked.",
        was=_text("Phones are off."),
    )
    gone = Node(
        Kind.SECTION, "visitors", _text("Not used at X"), Origin.OMITTED, "visitors", "1.2", "1.2", reason="None come."
    )
    group = Node(Kind.GROUP, "rules", _text("Rules"), Origin.TEMPLATE, "rules", "", "1.1", children=(clause,))
    inner = Node(
        Kind.SECTION, "learners", _text("Learners"), Origin.TEMPLATE, "learners", "1.1", "1.1", children=(group,)
    )
    top = Node(Kind.SECTION, "phones", _text("Phones"), Origin.TEMPLATE, "phones", "1", "1", children=(inner, gone))
    return Policy("x", "2030-01", "Phone Policy", (top,))


def test_text_has_a_line_for_each_part_with_its_number_id_origin_and_words(policy: Policy) -> None:
    assert render_policy(policy) == (
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
