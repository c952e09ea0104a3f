"""Ratifications as an Atom feed (RFC 4287), newest first.

Its links are relative to the feed itself, so that they work wherever the site is copied to.
"""

import dataclasses
import uuid
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from build_tools.schema.relied_on import NAME
from build_tools.text.dates import first_day, long_date
from build_tools.versions.freezing import Decision
from build_tools.versions.register import Version, order

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


def ratification(version: Version) -> Ratification:
    """Return the feed's facts about a version."""
    return Ratification(version.school, NAME.of(version.values), version.policy.title, version.decision)


def render_feed(title: str, publisher: str, since: str, ratifications: Iterable[Ratification]) -> bytes:
    """Return a feed with an entry for each version that was ratified; the same versions give the same bytes.

    `publisher` issues the template, and `since` is the date of the feed while nothing is ratified.
    """
    newest_first = sorted(ratifications, key=lambda r: (order(r.decision.on), r.school), reverse=True)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(feed, "id", _identity("feed", publisher))
    _add(feed, "title", title)
    _add(feed, "updated", _midnight(newest_first[0].decision.on if newest_first else since))
    _add(_add(feed, "author"), "name", publisher)
    _add(feed, "link", rel="self", type="application/atom+xml", href="feed.xml")
    _add(feed, "link", rel="alternate", type="text/html", href="index.html")
    for told in newest_first:
        _add_entry(feed, told)
    ET.indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode").encode() + b"\n"


def _add_entry(feed: ET.Element, told: Ratification) -> None:
    decision, name = told.decision, told.name
    entry = _add(feed, "entry")
    _add(entry, "id", _identity(name, f"{told.school}@{decision.on}"))
    _add(entry, "title", f"{name}: {told.title}, ratified {long_date(decision.on)}")
    _add(entry, "updated", _midnight(decision.on))
    _add(_add(entry, "author"), "name", f"{decision.by}, {name}")
    _add(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=f"{told.school}/versions/index.html#version-{decision.on}",
    )
    review = f"The next review is due by {long_date(decision.next_review)}."
    _add(entry, "summary", " ".join(filter(None, (decision.summary, review))))


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text
    return child


def _identity(*names: str) -> str:
    """Return an id that never changes, even if the feed's address does (RFC 4287, 4.2.6)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(("schoolpolicy", *names))).urn


def _midnight(date: str) -> str:
    return f"{first_day(date).isoformat()}T00:00:00Z"
