"""Everyone can read every kind of page: axe finds nothing, on a phone and a desk, light and dark."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from webpages import KINDS, LONG, SHORT, Opener

pytestmark = pytest.mark.slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


VIEWS = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [(path, *view) for path in SHORT for view in VIEWS] + [(path, *view) for path in LONG for view in VIEWS[::3]],
)
def test_axe_finds_nothing(opened: Opener, path: str, width: int, scheme: str) -> None:
    with opened(path, width, color_scheme=scheme) as page:
        assert _violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_search(opened: Opener, scheme: str) -> None:
    with opened("trottiscliffe/index.html", color_scheme=scheme) as page:
        page.get_by_role("button", name="Search").click()
        page.get_by_role("searchbox").fill("phone")
        page.locator(".search-results li").first.wait_for()
        assert _violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_a_school_fills_in(opened: Opener, scheme: str) -> None:
    with opened("trottiscliffe/differences/index.html", color_scheme=scheme) as page:
        page.get_by_text("Clauses of the template with the school’s own words filled in").click()
        assert page.locator("main mark.value a, main a mark.value").first.is_visible()
        assert _violations(page) == []


def test_axe_finds_nothing_in_open_contents_on_a_phone(opened: Opener) -> None:
    with opened("trottiscliffe/devices/index.html", 390) as page:
        page.locator(".contents summary").click()
        assert _violations(page) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("document.querySelector('.text').style.color = '#888'", "color-contrast"),
        ("document.querySelector('main').append(new Image())", "image-alt"),
        ("document.querySelector('h1').remove()", "page-has-heading-one"),
        ("document.querySelector('.skip').remove(); document.querySelector('main').role = 'none'", "landmark-one-main"),
    ],
)
def test_axe_would_find_a_fault(opened: Opener, fault: str, rule: str) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        page.evaluate(fault)
        assert any(violation.startswith(rule) for violation in _violations(page))


@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_cut_off_at_four_hundred_per_cent(opened: Opener, path: str) -> None:
    # WCAG 2.2, 1.4.10 Reflow: 1280 pixels at 400 % are 320
    with opened(path, 320) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_headings_descend_without_a_gap(opened: Opener) -> None:
    for path in KINDS:
        with opened(path) as page:
            levels: list[int] = page.evaluate(
                "[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.tagName[1])"
            )
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path
