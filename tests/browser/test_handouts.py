"""The pages of summaries, agreements and forms: for everyone to read, and fit to print."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from axe_playwright_python.sync_playwright import Axe
from cases import CASES
from playwright.sync_api import Browser, Page

from build_tools import commands
from build_tools.project import Project

pytestmark = pytest.mark.slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("handouts", "summary", "rules", "gate-log")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a school with handouts."""
    folder = tmp_path_factory.mktemp("handouts")
    case = next(case for case in CASES if case.name == "handouts")
    shutil.copytree(case, folder, dirs_exist_ok=True)
    with (
        mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b""),
        mock.patch("build_tools.outputs.pdf.render_handout", return_value=b""),
    ):
        report = commands.build(Project(folder), ("wren",), folder / "site", lambda _done, _left: None)
    assert not report.problems
    return folder / "site" / "wren"


@pytest.fixture(params=[(390, "light"), (1440, "dark")], ids=["phone", "desk"])
def page(school: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    opened = context.new_page()
    opened.goto((school / "index.html").as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_handout(page: Page, school: Path, name: str) -> None:
    page.goto((school / name / "index.html").as_uri())
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_each_box_to_tick_has_a_name(page: Page, school: Path) -> None:
    page.goto((school / "gate-log/index.html").as_uri())
    assert page.get_by_role("checkbox", name="Wet").count() == 1
    assert page.get_by_role("list", name="Weather").count() == 1
    page.goto((school / "rules/index.html").as_uri())
    assert page.get_by_role("checkbox", name="You may take my picture.").count() == 1


def test_a_copied_clause_leads_to_the_policy(page: Page, school: Path) -> None:
    page.goto((school / "summary/index.html").as_uri())
    page.get_by_role("link", name="1(4)").click()
    assert page.url.endswith("site/index.html#fence")


def test_search_finds_the_lines_of_handouts(page: Page, school: Path) -> None:
    page.goto((school / "rules/index.html").as_uri())
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill("leave gates alone")
    link = page.locator(".search-results a").first
    link.wait_for()
    assert (link.get_attribute("href") or "").endswith("rules/index.html#rules-who-opens")


def test_a_form_prints_without_what_is_around_it(page: Page, school: Path) -> None:
    page.goto((school / "gate-log/index.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("footer").is_visible()
    assert not page.get_by_role("link", name="PDF to print").is_visible()
    assert page.get_by_text("What happened").is_visible()
