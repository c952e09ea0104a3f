"""What differs in more than wording between a clause and a school's words for it, and what does not."""

import pytest

from build_tools.adopting.differences import telling_differences
from build_tools.adopting.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("clause", "words", "said"),
    [
        (
            "Passwords are changed every 3 months.",
            "Passwords are changed every 6 months.",
            ["The numbers differ: 3 in the template, 6 in your words."],
        ),
        (
            "Passwords are changed within 10 or 9 weeks.",
            "Passwords are changed within weeks.",
            ["The numbers differ: 9, 10 in the template, none in your words."],
        ),
        (
            "Staff must tell the DSL.",
            "Staff must tell the Headteacher.",
            ["Only the template names the designated safeguarding lead.", "Only your words name the head."],
        ),
        (
            "Staff must tell the police and the parents.",
            "Staff must speak out.",
            ["Only the template names the police and parents and carers."],
        ),
        (
            "Learners may use phones at lunch.",
            "Pupils will use phones at lunch.",
            ["The template allows or advises what your words require."],
        ),
        (
            "Learners will lock up phones at lunch.",
            "Pupils should lock up phones at lunch.",
            ["Your words allow or advise what the template requires."],
        ),
        (
            "Learners will use phones.",
            "Pupils will not use phones.",
            ["Only your words have a “not” or a similar word."],
        ),
        (
            "Phones are locked up.",
            "Phones are locked up in the cupboard behind the stage, where the caretaker also keeps the old maps.",
            ["Your words say much more."],
        ),
        ("Phones are not used before lunch.", "Phones are used after lunch.", []),
        ("We will tell parents of any breach.", "Parents will be informed of any breach.", []),
        ("Phones must not be used.", "The use of phones is forbidden.", []),
    ],
)
def test_only_differences_that_tell_are_told(clause: str, words: str, said: list[str]) -> None:
    assert list(telling_differences(clause, words, "", Vocabulary({}))) == said


def test_a_person_in_the_heading_need_not_be_named_again() -> None:
    clause, words, vocabulary = "Staff must tell the DSL.", "Staff must speak up at once.", Vocabulary({})
    assert list(telling_differences(clause, words, "The Designated Safeguarding Lead", vocabulary)) == []
