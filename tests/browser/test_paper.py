"""What is on paper when a parent prints a page, or the one file that is mailed: who to tell, the school, the day."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page
from printed_sheets import Sheet, sheets_of
from webpages import Opener

pytestmark = pytest.mark.slow

SCHOOL = "trottiscliffe"
PAGES = ("index.html", "devices/index.html", "versions/index.html", "differences/index.html", "policy.html")
FOOT = 15 / 297
"""The lower margin, with whose policy it is, as a share of the sheet."""
LEAST = 0.15
"""The share of a sheet that is not nearly empty, from its upper edge to its last line."""


def _sheets(page: Page) -> list[Sheet]:
    return sheets_of(page.pdf(format="A4", prefer_css_page_size=True), foot=FOOT)


@pytest.mark.parametrize("path", PAGES)
def test_a_print_says_who_to_tell_and_whose_it_is_and_when(opened: Opener, path: str) -> None:
    with opened(f"{SCHOOL}/{path}") as page:
        sheets = _sheets(page)
    words = [sheet.words for sheet in sheets]
    assert all("Trottiscliffe CE Primary School" in sheet for sheet in words)
    assert f"{len(words)} of {len(words)}" in words[-1]
    assert "Agreed by the Governing Body, October 2018." in words[0]
    whole = " ".join(words)
    assert whole.count("If a child is in danger now, call 999.") == 1
    assert whole.count("Miss Lucy Henderson, Headteacher") >= 1
    assert "Childline, 0800 1111, www.childline.org.uk" in whole
    assert min(sheet.filled for sheet in sheets) > LEAST
    now = dt.datetime.now().astimezone().date()
    days = [f"Printed on {day.day} {day:%B %Y}." for day in (now, now - dt.timedelta(days=1))]
    assert any(day in words[0] for day in days) == (path != "policy.html")  # the file has no script, so it knows no day


def test_without_a_script_a_print_has_the_day_of_the_version(opened: Opener) -> None:
    with opened(f"{SCHOOL}/index.html") as page:
        page.route("**/site.js", lambda route: route.abort())
        page.reload()
        first, *_ = _sheets(page)
    assert "Agreed by the Governing Body, October 2018." in first.words
    assert "Printed on" not in first.words


def test_a_sheet_with_a_line_or_two_would_be_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<p>One<p style='break-before: page'>Two")
    assert _sheets(page)[-1].filled < LEAST
    page.close()


def test_technical_data_is_printed_only_if_it_was_opened(opened: Opener) -> None:
    with opened(f"{SCHOOL}/versions/index.html") as page:
        assert "SHA-256" not in _sheets(page)[0].words
        page.locator(".version summary").first.click()
        assert any("SHA-256" in sheet.words for sheet in _sheets(page))
