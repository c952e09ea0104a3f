"""Every page forbids whatever is not its own, in the strictest words that a page has, and a browser obeys.

That no page breaks its own rules, search used, is in `test_alone`: the console of a browser would tell.
"""

import re
from pathlib import Path

import pytest
from payloads.inspection import parse
from playwright.sync_api import Browser, Page
from sites import DRAFT

pytestmark = pytest.mark.slow

NOTHING, OWN = "'none'", "'self'"
ALLOWED = {
    "default-src": {NOTHING},
    "script-src": {OWN},
    "style-src": {OWN},
    "font-src": {OWN, "data:"},
    "img-src": {OWN, "data:"},
    "connect-src": {OWN},
    "base-uri": {NOTHING},
    "form-action": {NOTHING},
}
"""The most that a page may allow; a style sheet or script inside a page is allowed by its hash."""
HASH = re.compile(r"'sha256-[\w+/]{43}='")
NEEDED = ("default-src", "base-uri", "form-action")


def _too_much(policy: str) -> list[str]:
    """Return what a policy allows beyond the most that a page may, and what it does not forbid."""
    directives = {name: set(sources) for name, *sources in (part.split() for part in policy.split(";"))}
    beyond = [
        f"{name} {source}"
        for name, sources in directives.items()
        for source in sources - ALLOWED.get(name, set())
        if not (name in ("script-src", "style-src") and HASH.fullmatch(source))
    ]
    return beyond + [name for name in NEEDED if name not in directives]


def test_every_page_allows_only_its_own(reader: Page, site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        first, second, *others = (element.attributes for element in parse(reader, page).find("head").elements())
        assert first.get("charset") == "utf-8"
        # nothing that stands before it would be held to it
        assert second.get("http-equiv") == "Content-Security-Policy", page
        assert _too_much(second.get("content", "")) == [], page
        assert not [attributes for attributes in others if "http-equiv" in attributes], page


@pytest.mark.parametrize(
    ("policy", "beyond"),
    [
        ("default-src 'none'; base-uri 'none'; form-action 'none'", []),
        ("base-uri 'none'; form-action 'none'", ["default-src"]),
        ("default-src 'self'; base-uri 'none'", ["default-src 'self'", "form-action"]),
        (
            "default-src 'none'; script-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            ["script-src 'unsafe-inline'"],
        ),
        ("default-src 'none'; img-src https:; base-uri 'none'; form-action 'none'", ["img-src https:"]),
        ("default-src 'none'; worker-src 'self'; base-uri 'none'; form-action 'none'", ["worker-src 'self'"]),
    ],
)
def test_a_looser_policy_would_be_found(policy: str, beyond: list[str]) -> None:
    assert _too_much(policy) == beyond


# What hostile words would have to become to do harm: each sets `window.ran`, or asks something of another host.
PLANTED = {
    "script-src-elem": "<script>window.ran = 'script'</script>",
    "script-src-attr": "<img src='none.png' alt='' onerror=\"window.ran = 'handler'\">",
    "style-src-elem": "<style>#planted { color: rgb(1, 2, 3) }</style>",
    "style-src-attr": "<p style='color: rgb(1, 2, 3)'>x</p>",
    "img-src": "<img src='https://example.invalid/x.png' alt=''>",
    "media-src": "<video src='https://example.invalid/x.mp4'></video>",
    "object-src": "<object data='https://example.invalid/x'></object>",
    "frame-src": "<iframe src='https://example.invalid/'></iframe>",
    "base-uri": "<base href='https://example.invalid/'>",
    "form-action": "<form action='https://example.invalid/' id='planted-form'><input name='x'></form>",
}
"""By the directive that stops it."""
WATCH = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
"""


def _open_with(browser: Browser, page: Path) -> tuple[set[str], str | None, list[str], str]:
    """Return what was stopped, what ran, what was asked of others, and the colour of what was planted."""
    asked: list[str] = []
    context = browser.new_context()
    tab = context.new_page()
    # a browser tells of a request before it asks whether the page allows it; this host does not exist, so all fail
    tab.on("requestfailed", lambda request: asked.append(request.url) if request.failure != "csp" else None)
    tab.add_init_script(WATCH)
    tab.goto(page.as_uri())
    tab.evaluate("document.querySelector('#planted-form')?.submit()")
    tab.wait_for_load_state("networkidle")
    stopped: list[str] = tab.evaluate("window.stopped")
    ran: str | None = tab.evaluate("window.ran ?? null")
    colour: str = tab.evaluate("getComputedStyle(document.querySelector('#planted')).color")
    context.close()
    return set(stopped), ran, [url for url in asked if url.startswith("https:")], colour


@pytest.mark.parametrize("path", ["index.html", "trottiscliffe/devices/index.html", f"{DRAFT}/policy.html"])
def test_hostile_markup_in_a_page_would_do_nothing(site: Path, browser: Browser, tmp_path: Path, path: str) -> None:
    page = tmp_path / "page.html"
    text = (site / path).read_text(encoding="utf-8")
    page.write_text(text.replace("</h1>", f"</h1><p id='planted'>x</p>{''.join(PLANTED.values())}", 1), "utf-8")
    stopped, ran, asked, colour = _open_with(browser, page)
    assert stopped >= PLANTED.keys()
    assert (ran, asked) == (None, [])
    assert colour != "rgb(1, 2, 3)"


def test_the_same_markup_does_harm_where_nothing_is_forbidden(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    planted = "".join(PLANTED[name] for name in PLANTED if name not in ("form-action", "base-uri"))
    page.write_text(f"<!doctype html><title>x</title><p id='planted'>x</p>{planted}", "utf-8")
    stopped, ran, asked, colour = _open_with(browser, page)
    assert stopped == set()
    assert ran
    assert len(asked) > 2
    assert colour == "rgb(1, 2, 3)"
