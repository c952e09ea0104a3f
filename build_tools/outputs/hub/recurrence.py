"""When something that is done at an interval is done, as a calendar needs it (RFC 5545, 3.3.10)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, assert_never

from build_tools.policy.model import Interval

Rule: TypeAlias = Mapping[str, Any]

_TERMS = (1, 5, 9)
_HALF_TERMS = (1, 3, 5, 6, 9, 11)
_IN_TERM = 10
"""A day of these months that is in term in any year and place, although the dates of terms differ."""
_IN_EVERY_MONTH = 28
"""The last day that every month has: an event on the 31st would not occur in each."""


def recurrence(every: Interval, since: dt.date) -> tuple[dt.date, Rule]:
    """Return the first day on which something is done that is promised on a day, and the rule for all others."""
    match every:
        case Interval.WEEK:
            return since + dt.timedelta(weeks=1), {"freq": "WEEKLY"}
        case Interval.MONTH:
            return _later(since, months=1), {"freq": "MONTHLY"}
        case Interval.HALF_TERM:
            return _once_in_each(_HALF_TERMS, since)
        case Interval.TERM:
            return _once_in_each(_TERMS, since)
        case Interval.YEAR:
            return _yearly(1, since)
        case Interval.TWO_YEARS:
            return _yearly(2, since)
        case Interval.THREE_YEARS:
            return _yearly(3, since)
        case _:
            assert_never(every)


def _yearly(years: int, since: dt.date) -> tuple[dt.date, Rule]:
    return _later(since, months=12 * years), {"freq": "YEARLY", "interval": years}


def _once_in_each(months: Sequence[int], since: dt.date) -> tuple[dt.date, Rule]:
    days = (dt.date(year, month, _IN_TERM) for year in (since.year, since.year + 1) for month in months)
    return next(day for day in days if day > since), {"freq": "YEARLY", "bymonth": months, "bymonthday": _IN_TERM}


def _later(since: dt.date, months: int) -> dt.date:
    years, month = divmod(since.month - 1 + months, 12)
    return dt.date(since.year + years, month + 1, min(since.day, _IN_EVERY_MONTH))
