"""Dates as people type them: what each form means, and what is said of those that may mean another."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.text.dates import MONTHS, is_date
from build_tools.text.typed_dates import TypedDate, no_date, read_typed_date

DIGITS = "The year has only two digits: 26"
US_ORDER = "The month comes first here, and the day comes first in Britain"
IS_NOT = "is not how a date is written here."
EITHER = "The day comes first in Britain, and the month elsewhere"


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2026-11-28", "2026-11-28"),
        ("2026-11", "2026-11"),
        ("28/11/2026", "2026-11-28"),
        ("28.11.2026", "2026-11-28"),
        ("28-11-2026", "2026-11-28"),
        ("28 11 2026", "2026-11-28"),
        ("3/3/2026", "2026-03-03"),
        ("28 November 2026", "2026-11-28"),
        ("28th Nov 2026", "2026-11-28"),
        ("28th of November, 2026", "2026-11-28"),
        ("1st may 2026.", "2026-05-01"),
        ("November 28, 2026", "2026-11-28"),
        ("Nov. 28 2026", "2026-11-28"),
        ("Saturday 28 November 2026", "2026-11-28"),
        ("Sat 28/11/2026", "2026-11-28"),
        ("2026/11/28", "2026-11-28"),
        ("2026-11-8", "2026-11-08"),
        ("20261128", "2026-11-28"),
        ("2026 Nov 28", "2026-11-28"),
        ("November 2026", "2026-11"),
        ("Sept 2026", "2026-09"),
        ("in May 2026", "2026-05"),
        ("2026 November", "2026-11"),
        ("11/2026", "2026-11"),
        ("  28   NOVEMBER\t2026 ", "2026-11-28"),
    ],
)
def test_what_can_only_mean_one_date_is_sure(typed: str, date: str) -> None:
    assert read_typed_date(typed) == TypedDate(date)


@pytest.mark.parametrize(
    ("typed", "date", "why"),
    [
        ("28.11.26", "2026-11-28", DIGITS),
        ("Nov ’26", "2026-11", DIGITS),
        ("11/26", "2026-11", DIGITS),
        ("03/04/2026", "2026-04-03", EITHER),
        ("03/04/26", "2026-04-03", f"{DIGITS}. {EITHER}"),
        ("11/28/2026", "2026-11-28", US_ORDER),
        ("Autumn 2026", "2026-09", "Autumn is not one month, and the term begins in September 2026"),
        ("autumn term 2026", "2026-09", "Autumn is not one month, and the term begins in September 2026"),
        ("Autumn Term 2026/27", "2026-09", "Autumn is not one month, and the term begins in September 2026"),
        ("Spring term 2026/27", "2027-01", "Spring is not one month, and the term begins in January 2027"),
        ("the summer term 2026-2027", "2027-04", "Summer is not one month, and the term begins in April 2027"),
        ("Winter 2026", "2026-12", "Winter is not one month"),
        ("28 Novemeber 2026", "2026-11-28", "Novemeber is not the name of a month; the nearest is November"),
        ("Thursday 28 November 2026", "2026-11-28", "That day is a Saturday"),
    ],
)
def test_what_may_mean_another_date_says_why(typed: str, date: str, why: str) -> None:
    found = read_typed_date(typed)
    assert found == TypedDate(date, why)
    assert not found.is_sure


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/02/2026", "February 2026 has 28 days, so 31 is not one of them"),
        ("31 June 2030", "June 2030 has 30 days, so 31 is not one of them"),
        ("2026-02-30", "February 2026 has 28 days, so 30 is not one of them"),
        ("29 Feb 2026", "February 2026 has 28 days, so 29 is not one of them"),
        ("13/13/2026", "A year has 12 months, so 13 is not one of them"),
        ("2026-13", "A year has 12 months, so 13 is not one of them"),
        ("1/1/0000", "A year is written with four digits"),
        ("Spring 2026/29", "2026 and 29 are not years that follow one another"),
        ("2026", "The month is missing. Write it too, such as 2026-09"),
    ],
)
def test_a_date_that_does_not_exist_says_why(typed: str, why: str) -> None:
    assert read_typed_date(typed) == TypedDate(None, why)


@pytest.mark.parametrize(
    "typed", ["", "soon", "today", "28 Foo 2026", "mid November 2026", "١/٢/٢٠٢٦", "1/2", "1-2.2026"]
)
def test_other_words_are_not_understood(typed: str) -> None:
    assert read_typed_date(typed) == TypedDate(None)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("28/11/2026", '"28/11/2026" is not how a date is written here. Write 2026-11-28.'),
        ("November 2026", '"November 2026" is not how a date is written here. Write 2026-11.'),
        (
            "03/04/2026",
            f'"03/04/2026" is not how a date is written here. {EITHER}. If it means 3 April 2026, write 2026-04-03.',
        ),
        (
            "11/28/2026",
            f'"11/28/2026" {IS_NOT} {US_ORDER}. If it means 28 November 2026, write 2026-11-28.',
        ),
        ("31/02/2026", '"31/02/2026" is not a date. February 2026 has 28 days, so 31 is not one of them.'),
        ("soon", '"soon" is not a date. Write it as 2018-05-23 or 2018-10.'),
    ],
)
def test_a_message_says_what_to_write(typed: str, message: str) -> None:
    assert no_date(typed) == message


@given(st.dates(dt.date(1900, 1, 1)))
def test_any_day_is_understood_in_every_form(day: dt.date) -> None:
    month = MONTHS[day.month - 1]
    forms = (
        f"{day.day}/{day.month}/{day.year:04}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {month} {day.year:04}",
        f"{day.day:02}-{month[:3]}-{day.year:04}",
        f"{month} {day.day}, {day.year:04}",
        f"{day:%A} {day.day} {month} {day.year:04}",
        f"{day.year:04}/{day.month}/{day.day}",
    )
    assert {read_typed_date(form).date for form in forms} == {day.isoformat()}


@given(st.text(st.sampled_from("0123456789/-. anovstmbrdf,’"), max_size=20))
def test_whatever_is_understood_is_a_date(typed: str) -> None:
    found = read_typed_date(typed)
    assert found.date is None or is_date(found.date)
