"""What a new edition means for any number of schools is told on two screens, by the schools' names."""

import pytest

from build_tools.schema.fields import Choice
from build_tools.text.problems import Place, Problem
from build_tools.upgrading import rehearsal_listing
from build_tools.upgrading.grouping import Group
from build_tools.upgrading.plan import Outcome, Rehearsal
from build_tools.upgrading.rehearsal_listing import WIDTH, render_rehearsal

SCREENS = 50


def _county(number: int) -> tuple[Rehearsal, ...]:
    """Return schools with every outcome; each third has mistakes, some of which no other has."""
    outcomes = tuple(Outcome)
    return tuple(
        Rehearsal(
            f"school-{at:03}",
            f"St Someone’s Church of England Primary School Number {at:03}",
            "2030-01",
            outcomes[at % len(outcomes)],
            problems=tuple(
                Problem(Place("x.yml", 1), f"Mistake {which} is a long sentence, " + "with many words, " * 20)
                for which in (["all", at] if at % 3 == 0 else [])
            ),
        )
        for at in range(number)
    )


@pytest.mark.parametrize("number", [1, 3, 600, 6000])
def test_any_number_of_schools_is_told_on_two_screens(number: int) -> None:
    lines = render_rehearsal(_county(number), "2031-01").splitlines()
    assert len(lines) <= SCREENS
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("number", [1, 100])
def test_any_number_of_questions_is_told_on_two_screens(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = tuple(Choice(f"answer-{at}", f"An answer with a long title, number {at}") for at in range(9))
    names = tuple(row.name for row in _county(600))
    groups = tuple(Group(f"question.{at} is asked: " + "Is it so? " * 40, choices, names) for at in range(number))
    monkeypatch.setattr(rehearsal_listing, "questions", lambda _rows: groups)
    text = render_rehearsal(_county(600), "2031-01")
    assert len(text.splitlines()) <= SCREENS
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "1. question.0 is asked: Is it so?" in text
    assert "   Answers: answer-0 (An answer with a long title, number 0)," in text
    assert ("more questions: --report FILE.csv lists them all." in text) == (number > 1)
    assert "1. Mistake all is" in text


def test_what_most_schools_have_comes_first() -> None:
    text = render_rehearsal(_county(600), "2031-01")
    assert text.startswith(
        "What edition 2031-01 means for 600 schools. Nothing was written.\n\nNeed no answer: 120 schools.\n"
    )
    _, _, told = text.partition("Mistakes that files have today:\n\n")
    assert told.startswith("1. Mistake all is")
    assert "   Found at 200: St Someone’s Church of England Primary School Number 000," in told
    assert " and 198 more\n" in told
    assert "more mistakes: --report FILE.csv lists them all." in told


def test_without_schools_nothing_is_asked() -> None:
    assert render_rehearsal((), "2031-01") == "What edition 2031-01 means for no school. Nothing was written.\n\n"
