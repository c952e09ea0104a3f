"""Dates as people write them. A date is ISO 8601 text: a day, or a month if only that is known."""

import calendar
import datetime as dt
import os
import re

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def long_date(text: str) -> str:
    """Return a date in words: "23 May 2018", or "October 2018" if only the month is known."""
    year, month, *day = text.split("-")
    words = f"{MONTHS[int(month) - 1]} {year}"
    return f"{int(day[0])} {words}" if day else words


def when(text: str) -> str:
    """Return a date with its preposition: "on 23 May 2018", or "in October 2018"."""
    return f"{'on' if is_day(text) else 'in'} {long_date(text)}"


def first_day(text: str) -> dt.date:
    """Return the first day that a date can mean."""
    return dt.date.fromisoformat(text if is_day(text) else f"{text}-01")


def last_day(text: str) -> dt.date:
    """Return the last day that a date can mean."""
    day = first_day(text)
    if text.count("-") > 1:
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def is_before(one: str, other: str) -> bool:
    """Return whether a date is before another, for all days that both can mean."""
    return last_day(one) < first_day(other)


def whole_months(early: str, late: str) -> int:
    """Return the whole months that certainly pass from one date to a later one, for all days that both can mean."""
    begins, ends = last_day(early), first_day(late)
    if ends <= begins:
        return 0
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    # a month that began on the 31st is over on the last day of a shorter one
    is_over = ends.day >= begins.day or (ends + dt.timedelta(days=1)).month != ends.month
    return months if is_over else months - 1


def passes_years(early: str, late: str, years: int = 1) -> bool:
    """Return whether more than a number of years pass from one date to another, for all days that both can mean."""
    begins, ends = last_day(early), first_day(late)
    return (ends.year - years, ends.month, ends.day) > (begins.year, begins.month, begins.day)


def is_day(text: str) -> bool:
    """Return whether a date is a day, not only a month."""
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
    """Return a time in UTC in ISO 8601 format: 2018-10-01T00:00:00Z."""
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def source_date() -> dt.datetime | None:
    """Return the time to write into files, None if it is not set, so that the same inputs give the same bytes.

    The variable is SOURCE_DATE_EPOCH, in seconds, as defined by reproducible-builds.org.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else None
