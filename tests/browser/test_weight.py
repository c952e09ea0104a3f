"""What a page weighs: README.md states what a browser fetches for the heaviest section, and for a search."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from folders import ROOT
from playwright.sync_api import Page
from sites import REAL
from webpages import Opener

pytestmark = pytest.mark.slow

FONT = ".woff2"
STATED = re.compile(
    r"weighs (?P<page>\d+) kB \((?P<page_sent>\d+) kB sent compressed\).*?"
    r"search adds (?P<search>\d+) kB \((?P<search_sent>\d+) kB\)"
)


def fetched(page: Page, address: str | None = None) -> set[Path]:
    """Return the files that a page fetches as it opens, or for a search if it is open already."""
    found: set[Path] = set()
    page.on("requestfinished", lambda request: found.add(Path(unquote(urlsplit(request.url).path))))
    if address:
        page.goto(address)
    else:
        page.get_by_role("button", name="Search").click()
        page.get_by_label("Words, or the number of a clause").fill("phones")
        page.locator(".search-results li").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    return set(found)


def weigh(files: Iterable[Path]) -> tuple[int, int]:
    """Return the bytes of files, and of what a server sends of them: fonts are compressed already."""
    contents = [(file.suffix, file.read_bytes()) for file in files]
    sent = (data if suffix == FONT else gzip.compress(data, mtime=0) for suffix, data in contents)
    return sum(len(data) for _, data in contents), sum(map(len, sent))


def test_the_readme_states_the_weight_of_a_page_and_the_search(site: Path, opened: Opener) -> None:
    sections = [
        page
        for school in REAL
        for page in (site / school).glob("*/index.html")
        if '<section id="' + page.parent.name + '" class="section"' in page.read_text(encoding="utf-8")
    ]
    assert len(sections) > len(REAL) * 10
    heaviest = max(sections, key=lambda page: page.stat().st_size)
    with opened("index.html") as page:
        of_page = fetched(page, heaviest.as_uri())
        of_search = fetched(page) - of_page
    assert {heaviest, heaviest.parents[1] / "assets/site.css"} <= of_page
    assert any(file.suffix == FONT for file in of_page)
    assert {file.name for file in of_search} == {"search-index.js", "search.js", "stemmer.js"}
    stated = STATED.search((ROOT / "README.md").read_text(encoding="utf-8").replace("\n", " "))
    assert stated
    measured = [*weigh(of_page), *weigh(of_search)]
    # a figure may be rounded up, and is renewed when it is a tenth too high
    right = [
        0.9 * int(kilobytes) * 1000 <= count <= int(kilobytes) * 1000
        for kilobytes, count in zip(stated.groups(), measured, strict=True)
    ]
    assert all(right), [f"{count / 1000:.1f} kB" for count in measured]
