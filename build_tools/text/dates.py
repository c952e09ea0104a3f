"""Dates as people write them. A date is ISO 8601 text that is as precise as it is known: a day or a month."""

import calendar
import datetime as dt
import os
import re

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def long_date(text: str) -> str:
    """Return a date in words: "23 May 2018", or "October 2018" where only the month is known."""
    year, month, *day = text.split("-")
    words = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day[0])} {words}" if day else words


def first_day(text: str) -> dt.date:
    """Return the first day that a date may mean."""
    return dt.date.fromisoformat(text if is_day(text) else f"{text}-01")


def last_day(text: str) -> dt.date:
    """Return the last day that a date may mean."""
    day = first_day(text)
    if text.count("-") > 1:
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_day(text: str) -> bool:
    """Return whether a date is known to the day."""
    return text.count("-") > 1


def is_date(value: object) -> bool:
    """Return whether a text is a day (2018-05-23) or a month (2018-10) of the calendar."""
    text = str(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def iso_time(time: dt.datetime) -> str:
    """Return a time in UTC as ISO 8601 writes it: 2018-10-01T00:00:00Z."""
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def source_date() -> dt.datetime | None:
    """Return the time that files are to bear, None where none is set, so that the same inputs give the same bytes.

    The rule is that of reproducible-builds.org: SOURCE_DATE_EPOCH, in seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else None
