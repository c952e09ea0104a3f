"""Review dates as a calendar that a calendar program reads as they are meant."""

import dataclasses
import datetime as dt

import icalendar
import pytest

from build_tools.outputs.hub.calendar import render_calendar
from build_tools.outputs.hub.reminders import Reminder
from build_tools.outputs.hub.status import Status
from build_tools.policy.model import Interval

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


def promised(reminder: Reminder, given: Status = STATUS) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(render_calendar("Promises", [], [(given, reminder)]))
    return [found for found in calendar.walk("VEVENT") if isinstance(found, icalendar.Event)]


DRILL = Reminder("drill", "1.1(2)", "We hold a drill; a real one.", "Mrs Ö", "every term", Interval.TERM, None)


def test_a_promise_recurs_at_its_interval() -> None:
    (found,) = promised(DRILL)
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (dt.date(2018, 9, 10), dt.date(2018, 9, 11))
    assert found["rrule"] == {"FREQ": ["YEARLY"], "BYMONTH": [1, 5, 9], "BYMONTHDAY": [10]}
    assert str(found["summary"]) == f"{STATUS.name}: We hold a drill; a real one."
    assert str(found["description"]) == ("Agreed: 23 May 2018. Online Safety Policy, 1.1(2): every term. Who: Mrs Ö.")


def test_a_promise_with_a_date_is_on_it_and_one_without_is_not() -> None:
    (found,) = promised(dataclasses.replace(DRILL, every=None, by="2019-03", due="by March 2019"))
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (dt.date(2019, 3, 1), dt.date(2019, 4, 1))
    assert "rrule" not in found
    assert promised(dataclasses.replace(DRILL, every=None, due="now")) == []


def test_a_promise_keeps_its_identity_when_its_interval_changes() -> None:
    one, same, other = (
        promised(reminder)[0]["uid"]
        for reminder in (
            DRILL,
            dataclasses.replace(DRILL, every=Interval.YEAR, words="We hold two."),
            dataclasses.replace(DRILL, id="alarm"),
        )
    )
    assert one == same != other
    assert one != event(STATUS)["uid"] != promised(DRILL, status(school="y"))[0]["uid"]
