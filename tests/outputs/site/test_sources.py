"""The page of the law and guidance that a policy rests on, and what other pages say of it."""

import re
from collections.abc import Mapping

import pytest
from folders import ROOT, TESTS

from build_tools.outputs.publication import publications
from build_tools.outputs.site.content import template_folder
from build_tools.outputs.site.pages import Site
from build_tools.outputs.site.sources import PATH
from build_tools.project import Project
from build_tools.reading import Reading, read

CASE = TESTS / "policies/law"
LOOKED_UP = "Law and guidance looked up to 1 February 2030; to be looked up again by the council’s officer for animals."


@pytest.fixture(scope="module")
def resting() -> Reading:
    return read(Project(CASE), ["brook", "heath"])


def site_of(reading: Reading, name: str) -> Site:
    (published,) = publications(Project(CASE), reading, name)
    return published.contents(None).site


def pages_of(site: Site) -> Mapping[str, str]:
    return {page.path: " ".join(page.html.split()) for page in site.pages}


def test_each_source_has_its_dates_and_links_to_its_clauses(resting: Reading) -> None:
    html = pages_of(site_of(resting, "brook"))[PATH]
    heading = '<h2><a href="https://www.example.org/keeping">Animal Keeping Act 2028</a></h2>'
    assert heading in html
    words = re.sub(r"<[^>]*>", "", html)
    assert "In force from 1 April 2028 to 31 December 2030 Then Animal Keeping Act 2030" in words
    assert '<a class="number" href="../animals/index.html#keeper">1(1)</a>' in html
    assert "Rules for School Farms" not in html
    assert LOOKED_UP in html


def test_every_page_says_until_when_the_law_was_looked_up(resting: Reading) -> None:
    assert LOOKED_UP in site_of(resting, "heath").footer
    edition = resting.editions["2030-01"]
    assert LOOKED_UP in template_folder(Project(CASE), edition).site.footer


def test_a_section_page_shows_it_on_demand(resting: Reading) -> None:
    html = pages_of(site_of(resting, "brook"))["animals/index.html"]
    assert '<input type="checkbox" id="show-sources">' in html
    assert '<span class="label">Rests on</span> Animal Keeping Act 2028, part two' in html


def test_an_edition_that_says_nothing_of_it_has_no_page() -> None:
    case = ROOT / "tests/policies/promises"
    (published,) = publications(Project(case), read(Project(case), ["wren"]), "wren")
    site = published.contents(None).site
    assert PATH not in pages_of(site)
    assert not any("looked up" in line for line in site.footer)
    assert "show-sources" not in pages_of(site)["site/index.html"]
