"""Five tasks of parents and governors on a phone: each is done in at most two steps from the home page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT
from playwright.sync_api import Browser, Locator, Page, expect

from build_tools.engine import Engine
from build_tools.outputs.publication import publications
from build_tools.outputs.site.build import write_folder
from build_tools.project import Project
from build_tools.reading import read

pytestmark = pytest.mark.slow

SCHOOL = "oakenshaw-primary"
"""It has two versions, and a telephone number for concerns."""
SCREENS, HEIGHT = 3, 720
MOST_STOPS = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a school, as it is published."""
    out = tmp_path_factory.mktemp("drill") / SCHOOL
    project = Project(ROOT)
    in_force = next(publications(project, read(project, (SCHOOL,)), SCHOOL, Engine.TYPST))
    write_folder(project, in_force.contents(in_force.document()), out)
    return out


@pytest.fixture
def home(folder: Path, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": HEIGHT}, reduced_motion="reduce")
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    yield page
    context.close()


def _step(page: Page, target: Locator, *, by_keyboard: bool) -> None:
    """Press something, with a thumb or with the tab key and Enter."""
    if not by_keyboard:
        target.click()
        return
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"The tab key does not reach it: {target}")


@pytest.fixture(params=[False, True], ids=["thumb", "keyboard"])
def by_keyboard(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_whom_do_i_ring(home: Page) -> None:
    report = home.get_by_role("region", name="Report a concern")
    expect(report).to_contain_text("call 999")
    call = report.locator("a[href^='tel:']").first
    expect(call).to_be_visible()
    bottom = call.evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert bottom < 2 * HEIGHT


def test_whom_do_i_ring_about_bullying(home: Page, by_keyboard: bool) -> None:  # noqa: FBT001
    _step(home, home.locator("summary", has_text="Bullying"), by_keyboard=by_keyboard)
    expect(home.get_by_role("link", name="0800 1111")).to_be_visible()


def test_may_my_child_bring_a_phone(home: Page, by_keyboard: bool) -> None:  # noqa: FBT001
    _step(home, home.locator(".contents summary"), by_keyboard=by_keyboard)
    _step(home, home.locator(".contents").get_by_role("link", name="9.1 Pupils’ phones"), by_keyboard=by_keyboard)
    expect(home).to_have_url(re.compile(r"/devices/index\.html#learner-phones$"))
    expect(home.get_by_role("heading", name="Pupils’ phones")).to_be_in_viewport()


def test_what_changed_since_last_year(home: Page, by_keyboard: bool) -> None:  # noqa: FBT001
    link = home.get_by_role("link", name=re.compile("^What has changed since the version of"))
    _step(home, link, by_keyboard=by_keyboard)
    expect(home.get_by_role("heading", level=1)).to_contain_text("Changes from the version of 14 October 2026")


def test_which_version_is_in_force(home: Page, by_keyboard: bool) -> None:  # noqa: FBT001
    expect(home.locator(".glance")).to_contain_text("In force since 25 November 2026", use_inner_text=True)
    _step(home, home.get_by_role("link", name="All versions"), by_keyboard=by_keyboard)
    newest = home.locator(".version").first
    expect(newest.get_by_role("heading")).to_contain_text("In force")
    expect(newest.get_by_text("SHA-256 of the PDF")).not_to_be_visible()


def test_what_does_our_school_do_otherwise(home: Page, by_keyboard: bool) -> None:  # noqa: FBT001
    _step(home, home.get_by_role("link", name="What we do differently from the template"), by_keyboard=by_keyboard)
    expect(home.get_by_role("heading", level=1)).to_have_text("Differences from the template")


def test_the_home_page_is_three_screens_and_names_the_lead_once(home: Page, folder: Path) -> None:
    assert home.evaluate("document.documentElement.scrollHeight") <= SCREENS * HEIGHT
    assert (folder / "index.html").read_text(encoding="utf-8").count("Mrs Ngozi Tallow") == 1
    assert not home.locator(".contents a").first.is_visible()


def test_menus_name_what_is_not_used_and_use_one_case(home: Page) -> None:
    home.locator(".contents summary").click()
    titles = home.locator(".contents ol a").all_inner_texts()
    assert any(title.endswith("Live lessons and video calls: not used") for title in titles)
    assert not [title for title in titles if "Not used at" in title or re.search(r" (Use|Review|Links|Media)\b", title)]
