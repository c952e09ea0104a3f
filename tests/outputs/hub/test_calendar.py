"""Review dates as a calendar that a calendar program reads as they are meant."""

import datetime as dt

import icalendar
import pytest

from build_tools.outputs.hub.calendar import render_calendar
from build_tools.outputs.hub.status import Status

STATUS = Status(
    school="x",
    name="Şule & Søns, the “long” named Pre-school of Nether Wallop; with commas",
    title="Online Safety Policy",
    federation=None,
    policy_kind="Online Safety",
    edition="2018-09",
    ratified="2018-05-23",
    ratified_edition="2018-09",
    next_review="2019-03",
    review=None,
    pending_changes=0,
    pending_answers=0,
    amendments=0,
    newest=None,
    unapplied=0,
    guidance=(),
)


def status(**changes: str | None) -> Status:
    values = {name: getattr(STATUS, name) for name in STATUS.__slots__}
    return Status(**{**values, **changes})


def event(given: Status) -> icalendar.Event:
    (found,) = icalendar.Calendar.from_ical(render_calendar("Reviews", [given])).walk("VEVENT")
    assert isinstance(found, icalendar.Event)
    return found


@pytest.mark.parametrize(
    ("date", "first", "after"),
    [
        ("2019-03-10", dt.date(2019, 3, 10), dt.date(2019, 3, 11)),
        ("2019-03", dt.date(2019, 3, 1), dt.date(2019, 4, 1)),
        ("2019-12", dt.date(2019, 12, 1), dt.date(2020, 1, 1)),
    ],
)
def test_a_review_lasts_as_long_as_its_date_may_mean(date: str, first: dt.date, after: dt.date) -> None:
    found = event(status(next_review=date))
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (first, after)


def test_it_says_whose_review_it_is_of_what() -> None:
    found = event(STATUS)
    assert str(found["summary"]) == f"Review of Online Safety Policy: {STATUS.name}"
    assert str(found["description"]) == "Agreed: 23 May 2018. To be reviewed by: March 2019."
    assert str(event(status(ratified=None))["description"]).startswith("Still a draft.")
    assert str(found["transp"]) == "TRANSPARENT"


def test_events_follow_their_dates_and_belong_to_one_school() -> None:
    assert event(STATUS)["uid"] == event(status(next_review="2020-03"))["uid"]
    assert event(STATUS)["uid"] != event(status(school="y"))["uid"] != event(status(name="Another"))["uid"]


def test_the_same_reviews_give_the_same_bytes_in_valid_lines() -> None:
    content = render_calendar("Reviews", [STATUS, status(school="y")])
    assert content == render_calendar("Reviews", [STATUS, status(school="y")])
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert b"DTSTAMP:20180523T000000Z" in lines
    assert render_calendar("Reviews", []).count(b"BEGIN:") == 1
