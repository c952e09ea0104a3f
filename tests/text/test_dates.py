"""Dates as precise as they are known."""

import datetime as dt

import pytest

from build_tools.text.dates import first_day, is_date, long_date


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
