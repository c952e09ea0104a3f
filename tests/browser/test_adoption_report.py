"""The report on a school's own policy: everyone can read it, and it asks nothing of anyone."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from rewritten import as_markdown, rewrite, subject_of

from build_tools.outputs.adoption import adopt_policy
from build_tools.project import BUNDLED
from build_tools.template.edition import Edition

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(editions: Mapping[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report on the invented school's policy."""
    folder = tmp_path_factory.mktemp("adoption")
    file = folder / "policy.md"
    file.write_text(as_markdown(rewrite(editions["2018-09"])), encoding="utf-8")
    edition = editions["2018-09"]
    adopt_policy(
        file, edition, subject_of(edition), folder / "found", (BUNDLED / "templates",), lambda _done, _left: None
    )
    return folder / "found" / "report.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_is_asked_for(browser: Browser, report: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert [url for url in asked if not url.startswith(("data:", report.as_uri()))] == []
    assert (found, said) == ([], [])
