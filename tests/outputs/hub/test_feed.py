"""Ratifications as a feed that readers take, the newest first."""

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from build_tools.outputs.hub.feed import Ratification, ratification, render_feed
from build_tools.policy.model import Policy
from build_tools.versions.freezing import Decision
from build_tools.versions.history import Version

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def version(school: str, on: str, summary: str | None = None) -> Ratification:
    policy = Policy(f"{school}@{on}", "2018-09", "Online <Safety> Policy", ())
    decision = Decision(on, "Full Governing Body", "2020-01", summary=summary)
    values = {"school": {"name": f"{school} & Ş"}}
    return ratification(Version(school, "2018-09", decision, "x", {}, values, policy, Path()))


def feed(*versions: Ratification) -> ET.Element:
    return ET.fromstring(render_feed("Ratified", "Kent", "2018-09", versions))  # noqa: S314 - our own


def texts(root: ET.Element, path: str) -> list[str | None]:
    return [element.text for element in root.findall(path, ATOM)]


def test_the_newest_comes_first_and_a_month_before_its_days() -> None:
    root = feed(
        version("a", "2018-05-23"), version("b", "2019-01"), version("c", "2019-01-31"), version("d", "2018-05")
    )
    assert [title.split(" ")[0] for title in texts(root, "a:entry/a:title") if title] == ["c", "b", "a", "d"]
    assert texts(root, "a:updated") == ["2019-01-31T00:00:00Z"]


def test_an_entry_says_who_agreed_what_when() -> None:
    root = feed(version("a", "2018-05-23", "We named a new lead."))
    assert texts(root, "a:entry/a:title") == ["a & Ş: Online <Safety> Policy, ratified 23 May 2018"]
    assert texts(root, "a:entry/a:author/a:name") == ["Full Governing Body, a & Ş"]
    assert texts(root, "a:entry/a:summary") == ["We named a new lead. The next review is due by January 2020."]
    link = root.find("a:entry/a:link", ATOM)
    assert link is not None
    assert link.get("href") == "a/versions/index.html#version-2018-05-23"


@pytest.mark.parametrize("versions", [(), (version("a", "2018-05-23"), version("a", "2019-05"))])
def test_it_has_all_that_the_format_asks_for(versions: tuple[Ratification, ...]) -> None:
    root = feed(*versions)
    for part in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"a:{name}", ATOM)) == 1, name
        assert part.find("a:author/a:name", ATOM) is not None
    for updated in texts(root, ".//a:updated"):
        assert dt.datetime.fromisoformat(str(updated)).tzinfo
    ids = texts(root, ".//a:id")
    assert len(set(ids)) == len(ids) == len(versions) + 1


def test_the_same_versions_give_the_same_bytes_in_whatever_order() -> None:
    one, two = version("a", "2018-05-23"), version("b", "2018-05-23")
    assert render_feed("R", "K", "2018-09", [one, two]) == render_feed("R", "K", "2018-09", [two, one])
    assert render_feed("R", "K", "2018-09", [one]).startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<feed ')
