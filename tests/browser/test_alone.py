"""The site asks nothing of anyone, needs no server and no script, and lets no foreign script run."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import EDITIONS, REAL, SCHOOLS
from webpages import IN_FRAME, KINDS, Opener

pytestmark = pytest.mark.slow

SECTION = "trottiscliffe/devices/index.html"


def _visit_all(browser: Browser, site: Path) -> tuple[list[str], list[str]]:
    """Return every address that the pages ask for and everything that the console says."""
    asked: list[str] = []
    said: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        if path.name == "index.html" and (path.parent / "assets/search-index.js").is_file():
            _search(page, "online")
    context.close()
    return asked, said


def test_no_page_asks_for_anything_of_others(browser: Browser, site: Path) -> None:
    asked, said = _visit_all(browser, site)
    assert len([url for url in asked if url.endswith("search-index.js")]) == len(SCHOOLS) + len(REAL) + len(EDITIONS)
    outside = [url for url in asked if urlsplit(url).scheme != "data" and not url.startswith(site.as_uri())]
    assert outside == []
    assert said == []


@pytest.mark.parametrize("path", KINDS)
def test_a_foreign_script_style_or_picture_is_stopped(opened: Opener, path: str) -> None:
    with opened(path) as page:
        stopped: list[str] = page.evaluate(
            """async () => {
              const stopped = [];
              document.addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
              const script = document.createElement("script");
              script.textContent = "window.ran = true";
              const box = document.createElement("div");
              box.innerHTML = "<p style='color: red' onclick='window.ran = true'>x</p>";
              const picture = document.createElement("img");
              const failed = new Promise((resolve) => picture.addEventListener("error", resolve));
              picture.src = "https://example.invalid/x.png";
              document.body.append(script, box, picture);
              box.firstChild.click();
              await failed;
              await new Promise((resolve) => setTimeout(resolve));
              return stopped;
            }"""
        )
        assert {"script-src-elem", "script-src-attr", "style-src-attr", "img-src"} <= set(stopped)
        assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("name", REAL)
def test_without_scripts_all_sections_work_and_no_button_is_dead(opened: Opener, name: str) -> None:
    with opened(f"{name}/index.html", 390, java_script_enabled=False) as page:
        assert not page.get_by_role("button", name="Search").is_visible()
        page.locator(".contents summary").click()
        page.locator(".contents a").first.click()
        seen = 1
        while page.locator(".pager .following").count():
            page.locator(".pager .following").click()
            seen += 1
        assert seen == 12
        assert page.get_by_role("complementary", name="Report a concern").is_visible()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("9.3(2)", "9.3(2)"),
        ("9.3", "9.3"),
        ("Section 9.3 (2)", "9.3(2)"),
        ("section 9", "9"),
        ("7.1", "7.1"),
        ("CYBERBULLYING", "11.5"),
        ("bullying", "11.5"),
        ("emails", "7.8"),
        ("pupil's phone", "9."),
        ("pupil’s phone", "9."),
    ],
)
def test_the_search_finds_numbers_and_words(opened: Opener, words: str, first: str) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        _search(page, words)
        assert page.locator(".search-results .where").first.inner_text().startswith(first)


def test_a_number_finds_nothing_that_only_begins_like_it(opened: Opener) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        _search(page, "7.1")
        found = page.locator(".search-results .where").all_inner_texts()
        assert {"7.1", "7.1(1)"} <= {where.split()[0] for where in found}
        assert not [where for where in found if where.startswith(("7.10", "7.11"))]


def test_a_search_that_failed_to_load_says_so_and_tries_again(opened: Opener) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        page.route("**/search-index.js", lambda route: route.abort(), times=2)  # opening the search, and typing
        page.reload()  # a page that is there already loads its files past the route
        _search(page, "online")
        assert "could not be loaded" in page.get_by_role("status").inner_text()
        page.get_by_role("searchbox").fill("online safety")
        page.locator(".search-results li").first.wait_for()


def test_a_result_leads_to_its_clause(opened: Opener) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        _search(page, "9.3(1)")
        page.locator(".search-results a").first.click()
        page.wait_for_url("**/devices/index.html#*")
        target = urlsplit(page.url).fragment
        assert page.locator(f"#{target}").is_visible()


def test_the_search_says_when_it_finds_nothing(opened: Opener) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        _search(page, "xylophone")
        assert "Nothing was found" in page.get_by_role("status").inner_text()


def test_what_is_searched_for_is_never_markup(opened: Opener) -> None:
    with opened("trottiscliffe/aims/index.html") as page:
        _search(page, "<img src=x onerror=alert(1)> [(*+?")
        assert page.locator("dialog img").count() == 0


def _search(page: Page, words: str) -> None:
    page.get_by_role("button", name="Search").click()
    page.get_by_role("searchbox").fill(words)
    expect(page.locator(".search-count")).not_to_be_empty()


@pytest.mark.parametrize("path", IN_FRAME)
def test_whom_to_tell_is_on_every_page_of_a_school(opened: Opener, path: str) -> None:
    with opened(path, 390) as page:
        page.get_by_role("link", name="Report a concern").click()
        report = page.locator("#report")
        expect(report).to_be_in_viewport()
        _, first, *_ = filter(None, report.inner_text().splitlines())
        assert first == "If a child is in danger now, call 999."
        assert report.locator(".told dd").count() > 0
        report.get_by_text("Sexual abuse or grooming online").click()
        safety_centre = report.get_by_role("link", name="www.ceop.police.uk/safety-centre")
        assert safety_centre.get_attribute("href") == "https://www.ceop.police.uk/safety-centre"
        assert report.get_by_role("listitem").count() > 0


@pytest.mark.parametrize("path", ["index.html", "the-north-school/index.html", "the-north-school/versions/index.html"])
@pytest.mark.parametrize(("day", "is_overdue"), [("2019-03-31", False), ("2019-04-01", True)])
def test_a_review_is_overdue_when_its_month_is_over(opened: Opener, path: str, day: str, is_overdue: bool) -> None:  # noqa: FBT001 - a case
    with opened(path) as page:
        page.clock.set_fixed_time(f"{day}T12:00:00")
        page.reload()
        review = page.locator("time.review[datetime='2019-03']")
        assert ("overdue" in review.locator("..").inner_text()) == is_overdue
