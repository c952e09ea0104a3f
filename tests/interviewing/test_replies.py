"""What people type in reply to a question, as the answer that they mean."""

from typing import Any

import pytest

from build_tools.interviewing.replies import Special, choice_titles, read_reply, understood
from build_tools.schema.fields import Choice, Field, FieldKind

RULE = (Choice("at-home", "Left at home"), Choice("off", "Off, and out of sight"), Choice("3", "Third"))
OTHER = Field("word", FieldKind.RECORD, "Another word", "", required=True)


def field(kind: FieldKind, other: Field | None = None) -> Field:
    is_option = kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    return Field("x", kind, "Title", "", required=True, choices=RULE if is_option else (), other=other)


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        (FieldKind.TEXT, "  St  Mary's\t", "St Mary's"),
        (FieldKind.TEXT, "no", "no"),
        (FieldKind.TEXT, "3", "3"),
        (FieldKind.TEXT, '"back"', "back"),
        (FieldKind.TEXT, '""quoted""', '"quoted"'),
        (FieldKind.TEXT, '"', '"'),
        (FieldKind.NAMES, "Art, Music and Drama", "Art, Music and Drama"),
        (FieldKind.TEXT, "“back”", "back"),
        (FieldKind.DATE, "2018-05", "2018-05"),
        (FieldKind.DATE, "23/5/2018", "2018-05-23"),
        (FieldKind.DATE, "Autumn 2018", "2018-09"),
        (FieldKind.DATE, "soon", "soon"),
        (FieldKind.TEXT, "Autumn 2018", "Autumn 2018"),
        (FieldKind.FLAG, "Y", True),
        (FieldKind.FLAG, "yes", True),
        (FieldKind.FLAG, "NO", False),
        (FieldKind.FLAG, "perhaps", "perhaps"),
        (FieldKind.CHOICE, "1", "at-home"),
        (FieldKind.CHOICE, "At-Home", "at-home"),
        (FieldKind.CHOICE, "off, and OUT of sight", "off"),
        (FieldKind.CHOICE, "3", "3"),
        (FieldKind.CHOICE, "banned", "banned"),
        (FieldKind.CHOICES, "1, 2", ["at-home", "off"]),
        (FieldKind.CHOICES, "2 1", ["off", "at-home"]),
        (FieldKind.CHOICES, "off,at-home,", ["off", "at-home"]),
        (FieldKind.CHOICES, "Off, and out of sight", ["off"]),
        (FieldKind.CHOICES, "Left at home, 3", ["at-home", "3"]),
    ],
)
def test_a_reply_is_the_answer_that_it_means(kind: FieldKind, text: str, answer: Any) -> None:  # noqa: ANN401
    assert read_reply(field(kind), text) == (answer, None)


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (FieldKind.CHOICE, "4", "4 is not one of the answers. Type a number from 1 to 3."),
        (FieldKind.CHOICE, "0", "0 is not one of the answers. Type a number from 1 to 3."),
        (FieldKind.CHOICES, "1, 7", "7 is not one of the answers. Type a number from 1 to 3."),
        (
            FieldKind.CHOICES,
            "1, banned",
            '"banned" is not one of the answers. Type their numbers with commas between them, such as 1, 2.',
        ),
    ],
)
def test_a_reply_that_is_no_answer_is_explained(kind: FieldKind, text: str, why: str) -> None:
    assert read_reply(field(kind), text) == (None, why)


@pytest.mark.parametrize(
    ("kind", "text", "note"),
    [
        (
            FieldKind.DATE,
            '"03/04/2026"',
            (
                "The day comes first in Britain, and the month elsewhere. Your answer is understood as 3 April 2026: to"
                " correct it, type back."
            ),
        ),
        (FieldKind.DATE, "28 November 2026", None),
        (FieldKind.DATE, "31/02/2026", None),
        (FieldKind.TEXT, "03/04/2026", None),
    ],
)
def test_what_may_mean_another_date_is_shown_as_understood(kind: FieldKind, text: str, note: str | None) -> None:
    assert understood(field(kind), text) == note


@pytest.mark.parametrize("text", ["4", "Another word", "another WORD"])
def test_the_schools_own_word_is_the_last_choice(text: str) -> None:
    option = field(FieldKind.CHOICE, OTHER)
    assert choice_titles(option)[-1] == "Another word"
    assert read_reply(option, text) == (Special.OTHER, None)
