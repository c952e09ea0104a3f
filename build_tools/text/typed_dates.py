"""Dates as people type them, understood as dates of the calendar: 28/11/2026, 28th Nov 2026, Autumn term 2026.

Libraries for this guess: dateutil takes 11/28/2026 for a day in November without a word, and fills in today's day where
only a month was typed. Here each form is listed, the day comes before the month as in Britain, and what could mean
something else is said to be unsure.
"""

import calendar
import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping

from build_tools.text.dates import MONTHS, is_date, long_date

_SEASONS: Mapping[str, int] = {"autumn": 9, "winter": 12, "spring": 1, "summer": 4}
"""The month in which each season begins, for schools that of the term of that name."""
_LATER_HALF = ("spring", "summer")
"""The terms in the second calendar year of a school year."""

_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+(?:the )?)?"
_BETWEEN = r"[-/. ]"
_NUMBERS = rf"(?P<first>[0-9]{{1,2}}) ?(?P<sign>{_BETWEEN}) ?(?P<second>[0-9]{{1,2}}) ?(?P=sign) ?{_YEAR}"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>[0-9]{{4}}){_BETWEEN}(?P<month>[0-9]{{1,2}})(?:{_BETWEEN}(?P<day>[0-9]{{1,2}}))?",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{_WEEKDAY}{_NUMBERS}",
        rf"{_WEEKDAY}{_DAY}[- ,]*(?:of )?{_MONTH}[-, ]*{_YEAR}",
        rf"{_WEEKDAY}{_MONTH} ?{_DAY},? +{_YEAR}",
        rf"(?P<year>[0-9]{{4}})[-, ]+{_MONTH}(?:[- ]+{_DAY})?",
        rf"(?:in )?{_MONTH}[-,/ ]*{_YEAR}",
        rf"(?P<month>[0-9]{{1,2}})[-/.]{_YEAR}",
    )
)
_SEASON = re.compile(
    r"(?:the )?(?P<season>autumn|winter|spring|summer)(?: term)?[, ]*(?P<year>[0-9]{4})(?: ?[/-] ?(?P<to>[0-9]{2,4}))?"
)


@dataclasses.dataclass(frozen=True, slots=True)
class TypedDate:
    """What somebody typed for a date."""

    date: str | None
    """The date, ISO 8601, to the day or month; None if it is none."""
    why: str = ""
    """Why it may mean something else, or why it is no date; empty if it is certain or was not understood at all."""

    @property
    def is_sure(self) -> bool:
        """Whether it can only mean one date."""
        return self.date is not None and not self.why


def read_typed_date(typed: str) -> TypedDate:
    """Return the date that somebody typed, as far as it is understood."""
    words = " ".join(typed.lower().replace("’", "").replace("'", "").split()).rstrip(".")
    if is_date(words):
        return TypedDate(words)
    if season := _SEASON.fullmatch(words):
        return _begun(season)
    for form in _FORMS:
        if (found := form.fullmatch(words)) and (date := _date(found)):
            return date
    if re.fullmatch("[0-9]{4}", words):
        return TypedDate(None, f"The month is missing. Write it too, such as {words}-09")
    return TypedDate(None)


def no_date(typed: str) -> str:
    """Return why a text in a file or command is not a date there, and what to write instead."""
    found = read_typed_date(typed)
    if found.date is None:
        return f'"{typed}" is not a date. {f"{found.why}." if found.why else "Write it as 2018-05-23 or 2018-10."}'
    said = f'"{typed}" is not how a date is written here.'
    if found.is_sure:
        return f"{said} Write {found.date}."
    return f"{said} {found.why}. If it means {long_date(found.date)}, write {found.date}."


def _begun(found: re.Match[str]) -> TypedDate:
    year = int(found["year"])
    if found["to"] and int(found["to"]) % 100 != (year + 1) % 100:
        return TypedDate(None, f"{found['year']} and {found['to']} are not years that follow one another")
    if found["to"] and found["season"] in _LATER_HALF:
        year += 1
    date = f"{year}-{_SEASONS[found['season']]:02}"
    term = "" if found["season"] == "winter" else f", and the term begins in {long_date(date)}"
    return TypedDate(date, f"{found['season'].capitalize()} is not one month{term}")


def _date(found: re.Match[str]) -> TypedDate | None:
    """Return the date in a text of one of the forms, None if it has a word that is no month."""
    parts = found.groupdict()
    doubts = []
    day: int | None
    year = int(parts["year"])
    if len(parts["year"]) < len("2026"):
        year += 2000
        doubts.append(f"The year has only two digits: {parts['year']}")
    if "first" in parts:
        day, month = int(parts["first"]), int(parts["second"])
        if month > len(MONTHS) >= day:
            day, month = month, day
            doubts.append("The month comes first here, and the day comes first in Britain")
        elif day <= len(MONTHS) and day != month:
            doubts.append("The day comes first in Britain, and the month elsewhere")
    else:
        day = int(parts["day"]) if parts.get("day") else None
        names = tuple(_months(parts["month"]))
        if not names:
            return None
        month = names[0][0]
        doubts += [doubt for _, doubt in names if doubt]
    if why := _impossible(year, month, day):
        return TypedDate(None, why)
    date = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    doubts += _other_weekday(date, parts.get("weekday"))
    return TypedDate(date, ". ".join(doubts))


def _months(word: str) -> Iterator[tuple[int, str]]:
    """Yield the number of the month that a word means, and why it may mean another."""
    if word.isdecimal():
        yield int(word), ""
        return
    for number, name in enumerate(MONTHS, 1):
        if name.lower().startswith(word) or word == "sept" == name.lower()[:4]:
            yield number, ""
            return
    for near in difflib.get_close_matches(word, [name.lower() for name in MONTHS], n=1, cutoff=0.75):
        name = near.capitalize()
        yield MONTHS.index(name) + 1, f"{word.capitalize()} is not the name of a month; the nearest is {name}"


def _impossible(year: int, month: int, day: int | None) -> str | None:
    """Return why a date is not in the calendar, None if it is."""
    if not 1 <= month <= len(MONTHS):
        return f"A year has 12 months, so {month} is not one of them"
    if not year >= 1:
        return "A year is written with four digits"
    last = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return f"{MONTHS[month - 1]} {year} has {last} days, so {day} is not one of them"
    return None


def _other_weekday(date: str, weekday: str | None) -> Iterator[str]:
    if weekday and len(date) > len("2026-11"):
        name = calendar.day_name[dt.date.fromisoformat(date).weekday()]
        if not name.lower().startswith(weekday):
            yield f"That day is a {name}"
