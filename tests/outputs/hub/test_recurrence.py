"""When something that is promised at an interval is due, on days that are hard for a calendar."""

import datetime as dt
from typing import Any

import pytest

from build_tools.outputs.hub.recurrence import recurrence
from build_tools.policy.model import Interval

TERMS = {"freq": "YEARLY", "bymonth": (1, 5, 9), "bymonthday": 10}
HALF_TERMS = {"freq": "YEARLY", "bymonth": (1, 3, 5, 6, 9, 11), "bymonthday": 10}


@pytest.mark.parametrize(
    ("every", "since", "first", "rule"),
    [
        (Interval.WEEK, "2030-12-30", "2031-01-06", {"freq": "WEEKLY"}),
        (Interval.MONTH, "2030-01-31", "2030-02-28", {"freq": "MONTHLY"}),
        (Interval.MONTH, "2030-12-05", "2031-01-05", {"freq": "MONTHLY"}),
        (Interval.HALF_TERM, "2030-06-10", "2030-09-10", HALF_TERMS),
        (Interval.HALF_TERM, "2030-11-11", "2031-01-10", HALF_TERMS),
        (Interval.TERM, "2030-01-09", "2030-01-10", TERMS),
        (Interval.TERM, "2030-09-10", "2031-01-10", TERMS),
        (Interval.YEAR, "2030-05-23", "2031-05-23", {"freq": "YEARLY", "interval": 1}),
        (Interval.YEAR, "2028-02-29", "2029-02-28", {"freq": "YEARLY", "interval": 1}),
        (Interval.TWO_YEARS, "2030-05-23", "2032-05-23", {"freq": "YEARLY", "interval": 2}),
        (Interval.THREE_YEARS, "2030-12-31", "2033-12-28", {"freq": "YEARLY", "interval": 3}),
    ],
)
def test_the_first_day_and_the_rule_for_others(every: Interval, since: str, first: str, rule: dict[str, Any]) -> None:
    assert recurrence(every, dt.date.fromisoformat(since)) == (dt.date.fromisoformat(first), rule)
