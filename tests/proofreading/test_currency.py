"""What law and guidance a text cites, and whether it is in force."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

import msgspec
import pytest
from folders import ROOT

from build_tools.policy.model import Citation, Origin, Policy
from build_tools.policy.sources import title_of
from build_tools.project import Project
from build_tools.proofreading.currency import (
    cited_in,
    every_citation,
    is_in_force,
    lifetime,
    meant,
    mentions_in,
    replaced_by,
    successor,
)
from build_tools.reading import Reading, read
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition

TROTT = "trottiscliffe"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Project(ROOT), [TROTT])


@pytest.mark.parametrize(
    ("begins", "ends", "day", "expected"),
    [
        (None, None, "2019-01-01", True),
        ("2018-09-03", None, "2018-09-02", False),
        ("2018-09-03", None, "2018-09-03", True),
        (None, "2019-09-01", "2019-09-01", True),
        (None, "2019-09-01", "2019-09-02", False),
        ("2018-05", "2018-06", "2018-05-01", True),
        ("2018-05", "2018-06", "2018-06-30", True),
        ("2018-05", "2018-06", "2018-07-01", False),
        ("2018-05", "2018-06", "2018-04-30", False),
    ],
)
def test_guidance_is_in_force_from_its_first_day_to_its_last(
    begins: str | None, ends: str | None, day: str, *, expected: bool
) -> None:
    citation = Citation("A", "B", in_force_from=begins, in_force_until=ends)
    assert is_in_force(citation, dt.date.fromisoformat(day)) is expected


# --- what is cited -------------------------------------------------------------------------------


def test_what_the_words_cite_is_found_and_nothing_else(editions: Mapping[str, Edition]) -> None:
    for edition in editions.values():
        sources = "".join(provision.source for provision in edition.walk())
        rests_on = {basis.source for provision in edition.walk() for basis in provision.rests_on}
        named = {name for name in edition.cited if f'cite("{name}")' in sources}
        cited = [citation for name, citation in edition.cited.items() if name in named | rests_on]
        assert 5 < len(named) < len(edition.cited)
        assert list(cited_in(resolve_template(edition), edition)) == cited
        assert not list(cited_in(Policy("x", "x", "x", ()), edition))


def test_what_a_school_left_out_cites_nothing(reading: Reading) -> None:
    resolved = reading.school(TROTT)
    (kcsie,) = (node for node in resolved.policy.walk() if node.id == "aims-kcsie")
    left_out = msgspec.structs.replace(kcsie, origin=Origin.OMITTED)
    policies = [Policy("x", "x", "x", (node,)) for node in (kcsie, left_out)]
    assert [len(list(cited_in(policy, resolved.edition))) for policy in policies] == [1, 0]


def test_a_title_within_another_is_not_taken_for_it(reading: Reading) -> None:
    edition = reading.editions["2018-09"]
    long = edition.cited["working-together"]
    short = dataclasses.replace(long, title="Working Together", year=None)
    edition = dataclasses.replace(edition, cited={"short": short, "working-together": long})
    assert list(cited_in(reading.school(TROTT).policy, edition)) == [long]


# --- what a text names ---------------------------------------------------------------------------

OLD = Citation("Keeping Children Safe in Education", "DfE", "2016", None, "2016-09-05", "2018-09-02")
NEW = dataclasses.replace(OLD, year="2018", in_force_from="2018-09-03", in_force_until="2019-09-01")
ACT = Citation("Data Protection Act 1998", "Parliament", in_force_from="2000-03-01", in_force_until="2018-05-24")
GDPR = Citation("General Data Protection Regulation (GDPR)", "EU", in_force_from="2018-05-25")
KNOWN = (OLD, NEW, ACT, GDPR)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keeping Children Safe in Education (2016) says", [OLD]),
        ("keeping children safe in education, 2018", [NEW]),
        ("KCSIE 2016 and KCSiE (2018)", [OLD, NEW]),
        ("the Data Protection Act 1998", [ACT]),
        ("the General Data Protection Regulation (GDPR)", [GDPR]),
        ("the GDPR applies", [GDPR]),
        # which one is meant cannot be told
        ("Keeping Children Safe in Education", [None]),
        ("the Data Protection Act", [None]),
        ("the Data Protection Act 2018", [None]),
        ("KCSIE 2015", [None]),
        # nothing that is known
        ("the Children Act 1989, and keeping children safe", []),
        ("gdpr.example", []),
    ],
)
def test_a_text_names_law_by_title_or_initials_and_year(text: str, expected: list[Citation | None]) -> None:
    assert [meant(mention) for mention in mentions_in(text, KNOWN)] == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("KCSIE 2015", OLD), ("KCSIE 2017", NEW), ("KCSIE 2019", None), ("KCSIE", None)]
)
def test_an_unknown_issue_is_replaced_by_the_next_known_one(text: str, expected: Citation | None) -> None:
    (mention,) = mentions_in(text, KNOWN)
    assert replaced_by(mention) == expected


def test_a_successor_has_the_same_title_and_begins_later() -> None:
    assert [successor(citation, KNOWN) for citation in KNOWN] == [NEW, None, None, None]


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        (ACT, "Data Protection Act 1998, from 1 March 2000 to 24 May 2018"),
        (GDPR, "General Data Protection Regulation (GDPR), from 25 May 2018"),
        (NEW, "Keeping Children Safe in Education (2018), from 3 September 2018 to 1 September 2019"),
    ],
)
def test_what_is_cited_is_told_with_its_days(citation: Citation, words: str) -> None:
    assert f"{title_of(citation)}, {lifetime(citation)}" == words


def test_every_edition_adds_what_it_knows_once(editions: Mapping[str, Edition]) -> None:
    known = every_citation(editions.values())
    assert len(set(known)) == len(known)
    assert {c for edition in editions.values() for c in edition.cited.values()} == set(known)
