"""Every page can be used without a mouse."""

import pytest
from playwright.sync_api import Page
from webpages import SHORT, Opener

pytestmark = pytest.mark.slow

SECTION = "trottiscliffe/devices/index.html"
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {
    name: `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`,
    isBody: e === document.body,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth
      && box.bottom > 0 && box.top < innerHeight && style.visibility === "visible" && e.checkVisibility(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def _tab_through(page: Page, most: int = 400) -> list[dict[str, object]]:
    stops: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop: dict[str, object] = page.evaluate(FOCUS)
        if stop["isBody"]:
            return stops
        stops.append(stop)
    pytest.fail("The tab key never left the page.")


def _open_contents(page: Page) -> None:
    summary = page.locator(".contents summary")
    for _ in range(10):
        page.keyboard.press("Tab")
        if summary.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail("The contents cannot be reached with the tab key.")


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", SHORT)
def test_every_stop_of_the_tab_key_is_seen(opened: Opener, path: str, width: int) -> None:
    with opened(path, width, reduced_motion="reduce") as page:
        stops = _tab_through(page)
        assert len(stops) > 3
        assert [stop["name"] for stop in stops if not stop["seen"]] == []
        assert [stop["name"] for stop in stops if not stop["outlined"]] == []


def test_a_hidden_stop_would_be_found(opened: Opener) -> None:
    with opened("trottiscliffe/aims/index.html", reduced_motion="reduce") as page:
        page.evaluate("document.querySelector('.pager a').style.cssText = 'position: fixed; left: -500px'")
        assert [stop for stop in _tab_through(page) if not stop["seen"]]


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scripted", [True, False])
def test_the_contents_open_and_close_by_keyboard(opened: Opener, width: int, scripted: bool) -> None:  # noqa: FBT001
    with opened(SECTION, width) as page:
        if not scripted:  # Playwright itself looks at the page with scripts, so only ours is taken away
            page.route("**/site.js", lambda route: route.abort())
            page.reload()
        link = page.locator(".contents a").first
        assert not link.is_visible()
        _open_contents(page)
        assert link.is_visible()
        page.keyboard.press("Tab")
        assert link.evaluate("e => e === document.activeElement")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        assert not link.is_visible()


def test_escape_closes_the_contents_and_goes_back(opened: Opener) -> None:
    with opened(SECTION, 390) as page:
        _open_contents(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not page.locator(".contents a").first.is_visible()
        assert page.locator(".contents summary").evaluate("e => e === document.activeElement")


def test_the_contents_close_after_a_link_within_the_page(opened: Opener) -> None:
    with opened(SECTION, 390) as page:
        page.locator(".contents summary").click()
        page.get_by_role("link", name="9.3").first.click()
        assert page.url.endswith("#learner-phones")
        assert not page.locator(".contents a").first.is_visible()


def test_the_contents_are_never_folded_where_there_is_room(opened: Opener) -> None:
    with opened(SECTION) as page:
        assert page.locator(".contents a").first.is_visible()
        assert not page.locator(".contents summary").is_visible()
        assert page.get_by_role("navigation", name="Contents").get_by_role("link").count() > 12


def test_the_first_stop_skips_to_the_text(opened: Opener) -> None:
    with opened(SECTION) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_the_search_is_used_and_left_by_keyboard(opened: Opener) -> None:
    with opened(SECTION) as page:
        opener = page.get_by_role("button", name="Search")
        opener.focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("dialog", name="Search").is_visible()
        page.keyboard.type("passwords")
        page.locator(".search-results li").first.wait_for()
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog").is_visible()
        assert opener.evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize(
    ("path", "leads_to"), [(SECTION, "glossary/index.html"), ("trottiscliffe/policy.html", "policy.html")]
)
def test_a_word_leads_to_its_meaning_and_back(opened: Opener, path: str, leads_to: str, *, scripted: bool) -> None:
    with opened(path, 360, java_script_enabled=scripted) as page:
        word = page.locator("a.term").first
        name = word.inner_text()
        word.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/trottiscliffe/{leads_to}#term:*")
        meaning = page.locator(":target")
        assert meaning.locator("dt").inner_text().split()[0].lower() in name.lower()
        back = meaning.locator("a").first
        clause = back.inner_text()
        back.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#*")
        assert page.locator(":target .number").first.inner_text() in clause
