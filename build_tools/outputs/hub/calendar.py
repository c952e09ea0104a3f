"""Review dates, and what is promised at an interval, as a calendar (RFC 5545) that governors can subscribe to."""

import datetime as dt
import uuid
from collections.abc import Iterable

import icalendar

from build_tools.outputs.hub.recurrence import recurrence
from build_tools.outputs.hub.reminders import Reminder
from build_tools.outputs.hub.status import Status
from build_tools.text.dates import first_day, last_day, long_date


def render_calendar(name: str, statuses: Iterable[Status], promises: Iterable[tuple[Status, Reminder]] = ()) -> bytes:
    """Return the next review of each school as a calendar, and promises; the same events give the same bytes.

    A date with only a month lasts the whole month. A promise without an interval and a date is no event.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//schoolpolicy//reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for status in statuses:
        calendar.add_component(_review(status))
    for status, reminder in promises:
        if reminder.every or reminder.by:
            calendar.add_component(_promise(status, reminder))
    return bytes(calendar.to_ical())


def _review(status: Status) -> icalendar.Event:
    event = _event(status, "review")
    _last(event, status.next_review)
    event.add("summary", f"Review of {status.title}: {status.name}")
    event.add("description", f"{_agreed(status)} To be reviewed by: {long_date(status.next_review)}.")
    return event


def _promise(status: Status, reminder: Reminder) -> icalendar.Event:
    """Return the event of a promise, whose interval begins when the policy was agreed; a draft's, with its edition."""
    event = _event(status, f"promise:{reminder.id}")
    if reminder.every:
        first, rule = recurrence(reminder.every, first_day(_since(status)))
        event.add("dtstart", first)
        event.add("dtend", first + dt.timedelta(days=1))
        event.add("rrule", rule)
    elif reminder.by:
        _last(event, reminder.by)
    event.add("summary", f"{status.name}: {reminder.words}")
    event.add(
        "description", f"{_agreed(status)} {status.title}, {reminder.number}: {reminder.due}. Who: {reminder.who}."
    )
    return event


def _event(status: Status, subject: str) -> icalendar.Event:
    event = icalendar.Event()
    # never changes for a subject of a school's policy, so that calendars move the event instead of adding another
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"schoolpolicy:{subject}:{status.school}:{status.name}")))
    # with the time of the clock, every build would write a different file
    event.add("dtstamp", dt.datetime.combine(first_day(_since(status)), dt.time(), dt.UTC))
    event.add("transp", "TRANSPARENT")
    return event


def _last(event: icalendar.Event, date: str) -> None:
    """Let an event last as long as its date may mean."""
    event.add("dtstart", first_day(date))
    event.add("dtend", last_day(date) + dt.timedelta(days=1))


def _agreed(status: Status) -> str:
    return f"Agreed: {long_date(status.ratified)}." if status.ratified else "Still a draft."


def _since(status: Status) -> str:
    return status.ratified or status.edition
