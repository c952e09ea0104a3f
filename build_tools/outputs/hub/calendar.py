"""Review dates as a calendar (RFC 5545) that governors can subscribe to."""

import datetime as dt
import uuid
from collections.abc import Iterable

import icalendar

from build_tools.outputs.hub.status import Status
from build_tools.text.dates import first_day, last_day, long_date


def render_calendar(name: str, statuses: Iterable[Status]) -> bytes:
    """Return the next review of each school as a calendar; the same reviews give the same bytes.

    A review with only a month lasts the whole month.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//schoolpolicy//reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for status in statuses:
        calendar.add_component(_event(status))
    return bytes(calendar.to_ical())


def _event(status: Status) -> icalendar.Event:
    agreed = f"Agreed: {long_date(status.ratified)}." if status.ratified else "Still a draft."
    event = icalendar.Event()
    # never changes for a school's policy, so that calendars move the event instead of adding another
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"schoolpolicy:review:{status.school}:{status.name}")))
    # with the time of the clock, every build would write a different file
    event.add("dtstamp", _midnight(status.ratified or status.edition))
    event.add("dtstart", first_day(status.next_review))
    event.add("dtend", last_day(status.next_review) + dt.timedelta(days=1))
    event.add("summary", f"Review of {status.title}: {status.name}")
    event.add("description", f"{agreed} To be reviewed by: {long_date(status.next_review)}.")
    event.add("transp", "TRANSPARENT")
    return event


def _midnight(date: str) -> dt.datetime:
    return dt.datetime.combine(first_day(date), dt.time(), dt.UTC)
