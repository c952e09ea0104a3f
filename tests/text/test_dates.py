"""Dates as precise as they are known."""

import datetime as dt

import pytest

from build_tools.text.dates import first_day, is_before, is_date, long_date, whole_months


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [
        ("2018-05-23", "23 May 2018", dt.date(2018, 5, 23)),
        ("2018-09-03", "3 September 2018", dt.date(2018, 9, 3)),
        ("2018-10", "October 2018", dt.date(2018, 10, 1)),
        ("2020-02-29", "29 February 2020", dt.date(2020, 2, 29)),
    ],
)
def test_a_date(text: str, words: str, first: dt.date) -> None:
    assert (is_date(text), long_date(text), first_day(text)) == (True, words, first)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2018-05-22", "2018-05-23", True),
        ("2018-05-23", "2018-05-23", False),
        ("2018-04", "2018-05-01", True),
        ("2018-05", "2018-05-31", False),
        ("2018-05-01", "2018-05", False),
        ("2018-05", "2018-06", True),
    ],
)
def test_a_date_is_earlier_only_if_all_its_days_are(one: str, other: str, *, expected: bool) -> None:
    assert is_before(one, other) == expected


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2018",
        "2018-13",
        "2018-02-30",
        "2019-02-29",
        "2018-5",
        "2018-05-3",
        "23/05/2018",
        "2018-W01-1",
        "20180523",
        "May 2018",
        "2018-05-23T10:00",
        " 2018-05",
        "٢٠١٨-٠٥",
        "0000-01",
        None,
        ["2018-05"],
    ],
)
def test_no_date(value: object) -> None:
    assert not is_date(value)


@pytest.mark.parametrize(
    ("early", "late", "months"),
    [
        ("2018-09-03", "2019-09-03", 12),
        ("2018-09-03", "2019-09-02", 11),
        ("2018-09-03", "2018-09-30", 0),
        # where only the month is known, it may have been its last day, or be its first
        ("2018-09", "2019-09", 11),
        ("2018-09", "2019-10", 12),
        ("2018-09-01", "2019-09", 12),
        ("2018-01-31", "2018-02-28", 1),
        ("2018-01-31", "2018-02-27", 0),
        ("2020-01-31", "2020-02-28", 0),
        ("2018-12-31", "2020-12-31", 24),
        ("2018-09", "2018-09", 0),
        ("2019-09-03", "2018-09-03", 0),
    ],
)
def test_whole_months_that_certainly_pass(early: str, late: str, months: int) -> None:
    assert whole_months(early, late) == months
