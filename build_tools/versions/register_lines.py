"""The lines of the register: what each says, and the digests that link it to the line before.

{"event": "ratified", "version": "st-marys@2026-10-14", ..., "record": SHA-256, "previous": SHA-256}
"""

import dataclasses
import enum
import json
import re
from collections.abc import Mapping

from build_tools.text.dates import is_date
from build_tools.text.source import unwanted
from build_tools.versions.freezing import digest


class Event(enum.StrEnum):
    """What a line of the register reports."""

    RATIFIED = "ratified"
    ENTERED = "entered"
    """A version was added that was ratified before there was a register."""
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"
    """A record was written again, to name the record that really comes before it."""
    MERGED = "merged"
    """Git put two copies of the register together, and this line keeps their order."""


_REQUIRED: Mapping[Event, tuple[str, ...]] = {
    Event.RATIFIED: ("by", "edition", "pdf", "record"),
    Event.ENTERED: ("by", "edition", "pdf", "record"),
    Event.WITHDRAWN: ("because", "on", "record"),
    Event.REPAIRED: ("because", "record", "was"),
    Event.MERGED: ("because", "after"),
}
"""What the lines of each event have besides event, version and previous."""
_OPTIONAL: Mapping[Event, tuple[str, ...]] = {Event.WITHDRAWN: ("by",)}
"""What the lines of some events may have, too."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the register. Its keys are in the order of these fields."""

    event: Event
    version: str
    """The name of the version, as in commands: `trottiscliffe@2018-10`."""
    because: str | None = None
    by: str | None = None
    on: str | None = None
    edition: str | None = None
    pdf: str | None = None
    """The SHA-256 of policy.pdf."""
    record: str | None = None
    """The SHA-256 of record.yml, or of withdrawn.yml where a version was withdrawn."""
    was: str | None = None
    """The SHA-256 that record.yml had before it was repaired."""
    after: str | None = None
    """The SHA-256 of the line that is above the merged line of this version."""
    previous: str | None = None
    """The SHA-256 of the line before when this one was written; None if it was the first."""
    line: int = dataclasses.field(default=0, compare=False)
    """Its number in the file, counted from 1; 0 until it is written."""
    digest: str = dataclasses.field(default="", compare=False)
    """The SHA-256 of the line without its end; empty until it is written."""

    @property
    def school(self) -> str:
        """The name of the school's folder."""
        return self.version.partition("@")[0]

    @property
    def date(self) -> str:
        """The date of the version, which is the name of its folder."""
        return self.version.partition("@")[2]

    @property
    def is_ratification(self) -> bool:
        """Whether the line adds a version."""
        return self.event in (Event.RATIFIED, Event.ENTERED)


_ESCAPED = re.compile(r"\\(.)")
_KEYS = tuple(field.name for field in dataclasses.fields(Entry) if field.name not in ("line", "digest"))
_ORDERS = {
    event: tuple(
        tuple(key for key in _KEYS if key in (*keys, "event", "version", *link, *more))
        for link in ((), ("previous",))
        for more in ((), _OPTIONAL.get(event, ()))
    )
    for event, keys in _REQUIRED.items()
}
"""The keys of the lines of each event, in their order, without and with `previous` and what is optional."""


def render_line(entry: Entry) -> str:
    """Return the line of an entry without its end."""
    return json.dumps(entry_data(entry), ensure_ascii=False)


def entry_data(entry: Entry) -> dict[str, str]:
    """Return what a line says, by key."""
    return {name: value for name in _KEYS if (value := getattr(entry, name)) is not None}


def written(entry: Entry, line: int) -> Entry:
    """Return an entry as it is once it is in the line of that number."""
    return dataclasses.replace(entry, line=line, digest=digest(render_line(entry).encode()))


def parse_line(text: str, line: int) -> Entry | None:
    """Return the entry of a line without its end; None if the program would not write that line."""
    try:
        content = text.encode()
        data = json.loads(text)
        event = Event(data["event"])
        is_as_written = json.dumps(data, ensure_ascii=False) == text
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not is_as_written or tuple(data) not in _ORDERS[event] or not _is_plain(text):
        return None
    if not all(isinstance(value, str) for value in data.values()):
        return None
    entry = Entry(**{**data, "event": event, "line": line, "digest": digest(content)})
    # a name becomes part of the paths of files
    is_name = entry.school and not {"/", "\\"} & {*entry.school} and is_date(entry.date)
    return entry if is_name else None


def _is_plain(text: str) -> bool:
    """Return whether a line has no character, written as itself or escaped, that could change how it is displayed."""
    return not unwanted(text) and not ("\\" in text and set(_ESCAPED.findall(text)) & {"u", "b", "f"})
