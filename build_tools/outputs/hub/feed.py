"""Ratifications and withdrawals as an Atom feed (RFC 4287), newest first.

Its links are full addresses if the site's is known, otherwise relative to the feed itself, so that they work wherever
the site is copied to.
"""

import dataclasses
import uuid
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from build_tools.schema.relied_on import NAME
from build_tools.text.dates import first_day, long_date
from build_tools.versions.freezing import Decision
from build_tools.versions.history import Version, order
from build_tools.versions.withdrawal import Withdrawal

_ATOM = "http://www.w3.org/2005/Atom"


@dataclasses.dataclass(frozen=True, slots=True)
class Ratification:
    """The feed's facts about a version."""

    school: str
    """The name of the school's folder."""
    name: str
    title: str
    """The title of the policy."""
    decision: Decision
    withdrawal: Withdrawal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    about: Ratification
    on: str
    identity: str
    title: str
    by: str | None
    summary: str


def ratification(version: Version) -> Ratification:
    """Return the feed's facts about a version."""
    return Ratification(
        version.school, NAME.of(version.values), version.policy.title, version.decision, version.withdrawal
    )


def render_feed(
    title: str, publisher: str, since: str, ratifications: Iterable[Ratification], address: str = ""
) -> bytes:
    """Return a feed with an entry for each ratification and each withdrawal; the same versions give the same bytes.

    `publisher` issues the template, `since` is the date of the feed while nothing is ratified, and `address` is that of
    the site.
    """
    told = [entry for ratified in ratifications for entry in _entries(ratified)]
    newest_first = sorted(told, key=lambda entry: (order(entry.on), entry.about.school), reverse=True)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(feed, "id", _identity("feed", publisher))
    _add(feed, "title", title)
    _add(feed, "updated", _midnight(newest_first[0].on if newest_first else since))
    _add(_add(feed, "author"), "name", publisher)
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{address}feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href=f"{address}index.html")
    for entry in newest_first:
        _add_entry(feed, entry, address)
    ET.indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode").encode() + b"\n"


def _entries(about: Ratification) -> Iterator[_Entry]:
    decision, withdrawal, version = about.decision, about.withdrawal, f"{about.school}@{about.decision.on}"
    title = f"{about.name}: {about.title}, ratified {long_date(decision.on)}"
    note = f"The next review is due by {long_date(decision.next_review)}."
    if withdrawal:
        note, identity = withdrawal.sentence, f"{version}:withdrawn"
        yield _Entry(about, withdrawal.on, identity, f"{title}, was withdrawn", withdrawal.by, note)
    summary = " ".join(filter(None, (decision.summary, note)))
    yield _Entry(about, decision.on, version, title, decision.by, summary)


def _add_entry(feed: ET.Element, told: _Entry, address: str) -> None:
    about = told.about
    entry = _add(feed, "entry")
    _add(entry, "id", _identity(about.name, told.identity))
    _add(entry, "title", told.title)
    _add(entry, "updated", _midnight(told.on))
    _add(_add(entry, "author"), "name", ", ".join(filter(None, (told.by, about.name))))
    _add(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=f"{address}{about.school}/versions/index.html#version-{about.decision.on}",
    )
    _add(entry, "summary", told.summary)


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text
    return child


def _identity(*names: str) -> str:
    """Return an id that never changes, even if the feed's address does (RFC 4287, 4.2.6)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(("schoolpolicy", *names))).urn


def _midnight(date: str) -> str:
    return f"{first_day(date).isoformat()}T00:00:00Z"
