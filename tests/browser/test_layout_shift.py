"""Nothing on a page moves while it loads: measured as browsers measure it, on a phone with a slow network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from local_server import served_folder
from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.slow

PAGES = (
    "index.html",
    "trottiscliffe/index.html",
    "trottiscliffe/devices/index.html",
    "trottiscliffe/versions/index.html",
    "trottiscliffe/policy.html",
    "the-north-school/versions/2018-05-23-to-draft/index.html",
    "template/2018-09/index.html",
)
"""One of each kind that a reader may open first."""
MOST = 0.05
"""Half of what Google calls good."""
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""A bad mobile network: fonts and scripts arrive long after the text is shown."""
_TOTAL = """() => new Promise((resolve) => {
  let total = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => (total += entry.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(total), 300);
})"""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """Return the address of a server on this machine that has the site."""
    with served_folder(site) as address:
        yield address


def shifted(browser: Browser, address: str, *, matched: bool = True) -> float:
    """Return how much of a page moved while it loaded; if not `matched`, with fallbacks as wide as they are."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    if not matched:
        page.route("**/fonts.css", unmatched)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)
    assert page.evaluate("document.fonts.check('16px \"Policy Sans\"')")
    total = float(page.evaluate(_TOTAL))
    context.close()
    return total


def unmatched(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace("Policy Sans like", "Other"))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_when_the_typeface_arrives(served: str, browser: Browser, path: str) -> None:
    assert shifted(browser, f"{served}/{path}") < MOST


def test_a_font_of_another_width_would_be_noticed(served: str, browser: Browser) -> None:
    assert shifted(browser, f"{served}/trottiscliffe/devices/index.html", matched=False) > MOST
