"""A policy inside a page of a school's own website, with the lines that schools/README.md gives: of any origin."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from folders import ROOT
from local_server import served_folder
from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.slow

POLICY = "trottiscliffe/policy.html"
EXAMPLE = "https://policies.example.org/st-marys/policy.html"
AROUND = (
    "<!doctype html><html lang=en><title>Ours</title>{head}<h1>Our school</h1><p>Read on.</p>{lines}<p>The end.</p>"
)
NO_INLINE = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self'\">"


@pytest.fixture(scope="module")
def origins(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the addresses of pages that embed the policy of another server and of their own."""
    text = (ROOT / "schools/README.md").read_text(encoding="utf-8")
    (lines,) = (found for found in re.findall(r"```html\n(.*?)```", text, re.DOTALL) if "<iframe" in found)
    assert len(lines.splitlines()) <= 12
    ours = tmp_path_factory.mktemp("ours")
    (ours / "policies").symlink_to(site)
    with ExitStack() as stack:
        council, school = (stack.enter_context(served_folder(folder)) for folder in (site, ours))
        places = {"another": f"{council}/{POLICY}", "own": f"{school}/policies/{POLICY}"}
        for name, address in places.items():
            for kind, head in (("", ""), ("-strict", NO_INLINE)):
                page = AROUND.format(head=head, lines=lines.replace(EXAMPLE, address))
                (ours / f"{name}{kind}.html").write_text(page, encoding="utf-8")
        yield {path.stem: f"{school}/{path.name}" for path in ours.glob("*.html")}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    yield context.new_page()
    context.close()


def _embedded(page: Page, address: str) -> Frame:
    page.goto(address)
    frame = page.frames[1]
    frame.wait_for_selector("#devices")
    return frame


def _heights(page: Page, frame: Frame) -> tuple[float, float]:
    """Return the height of the frame, and of the policy in it."""
    box = page.locator("#policy").bounding_box()
    assert box
    return box["height"], frame.evaluate("document.documentElement.getBoundingClientRect().height")


@pytest.mark.parametrize("origin", ["own", "another"])
def test_the_frame_fits_the_policy_at_every_width(origins: dict[str, str], page: Page, origin: str) -> None:
    frame = _embedded(page, origins[origin])
    seen = []
    for width in (1000, 360, 1000):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("document.getElementById('policy').style.height")
        frame.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))")
        outer, inner = _heights(page, frame)
        assert 0 <= outer - inner < 2
        seen.append(outer)
    assert seen[0] == seen[2]
    assert seen[1] > seen[0] > 10_000


@pytest.mark.parametrize("origin", ["own", "another"])
def test_a_link_in_the_contents_moves_the_page_around(origins: dict[str, str], page: Page, origin: str) -> None:
    frame = _embedded(page, origins[origin])
    page.wait_for_function("parseFloat(document.getElementById('policy').style.height) > 10000")
    frame.locator("nav a[href='#devices']").first.click()
    page.wait_for_function("scrollY > 5000")
    box = frame.locator("#devices").bounding_box()
    assert box
    assert -5 < box["y"] < 100
    assert page.url == origins[origin]


def test_a_link_to_elsewhere_leaves_the_frame(origins: dict[str, str], page: Page) -> None:
    elsewhere = "<title>Elsewhere</title>"
    page.context.route(re.compile("^https://"), lambda route: route.fulfill(body=elsewhere, content_type="text/html"))
    frame = _embedded(page, origins["another"])
    link = frame.locator("a[href^='https://']:visible").first
    wanted = link.get_attribute("href")
    link.click()
    page.wait_for_url(re.compile("^https://"))
    assert page.url.rstrip("/") == (wanted or "").rstrip("/")
    assert len(page.frames) == 1


def test_without_scripts_it_is_read_with_a_scroll_bar(origins: dict[str, str], browser: Browser, page: Page) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800}, java_script_enabled=False)
    bare = context.new_page()
    bare.goto(origins["another"])
    box = bare.locator("#policy").bounding_box()
    assert box
    assert box["height"] == 640
    assert bare.frame_locator("#policy").get_by_role("heading", level=1).is_visible()
    context.close()
    # neither does a website that forbids scripts in its pages break it
    frame = _embedded(page, origins["another-strict"])
    outer, inner = _heights(page, frame)
    assert outer == 640 < inner
    frame.locator("nav a[href='#devices']").first.click()
    frame.wait_for_function("scrollY > 1000")


def test_a_page_around_hears_of_the_height_and_nothing_else(origins: dict[str, str], page: Page) -> None:
    page.add_init_script("window.heard = []; addEventListener('message', ({data}) => heard.push(data))")
    frame = _embedded(page, origins["another"])
    page.wait_for_function("heard.length")
    frame.locator("nav a[href='#devices']").first.click()
    page.wait_for_function("heard.some(data => data.policy.top)")
    heard = page.evaluate("heard")
    assert {key for data in heard for key in data} == {"policy"}
    assert {key for data in heard for key in data["policy"]} == {"height", "top"}
    assert {type(value) for data in heard for value in data["policy"].values()} <= {int, float}
