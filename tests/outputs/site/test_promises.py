"""The page of what a policy promises: every promise with a box of its own, and no page where nothing is promised."""

import re
from pathlib import Path

import pytest
from folders import ROOT, TESTS
from lxml import html

from build_tools.outputs.publication import publications
from build_tools.outputs.site.pages import Page, Site
from build_tools.outputs.site.promises import PATH, SHEET
from build_tools.policy.promises import TITLE, promises_of
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.text.problems import Mistakes

CASE = TESTS / "policies/promises"


@pytest.fixture(scope="module")
def promising() -> Reading:
    return read(Project(CASE), ["wren", "hill"])


def site_of(reading: Reading, name: str, root: Path = CASE) -> Site:
    (published,) = publications(Project(root), reading, name)
    return published.contents(None).site


def page_of(site: Site) -> Page:
    return next(page for page in site.pages if page.path == PATH)


@pytest.mark.parametrize("name", ["wren", "hill"])
def test_each_promise_has_a_box_named_by_its_words(name: str, promising: Reading) -> None:
    page = page_of(site_of(promising, name))
    main = html.fragment_fromstring(page.html, create_parent="main")
    boxes = main.xpath("//input")
    named = [main.xpath(f"//*[@id='{box.get('aria-labelledby')}']")[0] for box in boxes]
    found = promises_of(promising.resolved[name].policy)
    assert {box.get("type") for box in boxes} == {"checkbox"}
    assert len(boxes) == len(found) > 5
    heard = [" ".join(words.text_content().split()) for words in named]
    assert all(any(one.node.citation in words and one.section in words for words in heard) for one in found)
    assert not page.scripts


def test_a_promise_leads_to_its_clause_and_says_who_and_when(promising: Reading) -> None:
    words = " ".join(re.sub(r"<[^>]*>", "", page_of(site_of(promising, "wren")).html).split())
    assert "1.1(3) A new alarm is fitted. Who a contractor of the council By April 2020 In 1.1 Fire" in words
    assert 'href="../site/index.html#alarm"' in page_of(site_of(promising, "wren")).html
    assert words.index("Done now") < words.index("Every week") < words.index("By a date")


def test_own_words_are_called_so(promising: Reading) -> None:
    own = re.findall(r"Own words", page_of(site_of(promising, "hill")).html)
    assert len(own) == 3


def test_every_page_links_to_it_and_a_draft_to_its_sheet(promising: Reading) -> None:
    site = site_of(promising, "wren")
    assert [link.title for link in site.other_forms if link.path == PATH] == [TITLE]
    assert f'href="../{SHEET}"' in page_of(site).html
    (published,) = publications(Project(CASE), promising, "wren")
    assert SHEET in published.contents(None).files


def test_a_policy_that_promises_nothing_has_no_page() -> None:
    reading = read(Project(ROOT), ["trottiscliffe"])
    for published in publications(Project(ROOT), reading, "trottiscliffe"):
        folder = published.contents(b"", with_versions=False)
        assert PATH not in {page.path for page in folder.site.pages}
        assert PATH not in {link.path for link in folder.site.other_forms}
        assert SHEET not in folder.files


def test_a_section_cannot_have_the_address_of_the_page(tmp_path: Path) -> None:
    edition = tmp_path / "policy_src/2020-01"
    edition.mkdir(parents=True)
    for file in (CASE / "policy_src/2020-01").iterdir():
        text = file.read_text(encoding="utf-8").replace("{: #site }", "{: #promises }")
        (edition / file.name).write_text(text, encoding="utf-8")
    school = tmp_path / "schools/wren"
    school.mkdir(parents=True)
    text = (CASE / "schools/wren/school.yml").read_text(encoding="utf-8")
    (school / "school.yml").write_text(text, encoding="utf-8")
    reading = read(Project(tmp_path), ["wren"])
    with pytest.raises(Mistakes, match="Another page of the site already has the address promises"):
        site_of(reading, "wren", tmp_path)
