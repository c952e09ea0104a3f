"""The list of versions with one that was withdrawn: everyone can read it, and it works alone, without a script."""

import itertools
import shutil
from pathlib import Path
from unittest import mock
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from folders import copy_real_schools
from playwright.sync_api import Browser

from build_tools import commands
from build_tools.project import Project

pytestmark = pytest.mark.slow

SCHOOL = "trottiscliffe"
PAGE = "versions/index.html"


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a school that has withdrawn its version, copied from the site."""
    project = Project(tmp_path_factory.mktemp("project"))
    copy_real_schools(project.root)
    commands.withdraw(project, f"{SCHOOL}@2018-10", "It names the wrong lead.", "2018-11-02", "Governing Body")
    with mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b""):
        assert not commands.build(project, [SCHOOL], project.site_folder, lambda _done, _left: None).problems
    return shutil.copytree(project.site_folder / SCHOOL, tmp_path_factory.mktemp("stick") / "our-policy")


@pytest.mark.parametrize(("width", "scheme"), [*itertools.product((390, 1440), ("light", "dark"))])
def test_everyone_can_read_it(alone: Path, browser: Browser, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
    page = context.new_page()
    page.goto((alone / PAGE).as_uri())
    for summary in page.locator("main summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert page.locator("main details:not([open])").count() == 0
    assert page.locator("main details").count() == 2
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [rule["id"] for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_without_a_script_every_link_leads_somewhere(alone: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((alone / PAGE).as_uri())
    page.locator("main summary").first.click()
    assert page.locator("main details code").first.is_visible()
    addresses = {str(link.get_attribute("href")) for link in page.locator("main a").all()}
    local = {unquote(urlsplit(address).path) for address in addresses if not urlsplit(address).scheme}
    assert {f"2018-10/{name}" for name in ("policy.pdf", "record.yml", "withdrawn.yml")} <= local
    assert [path for path in local if path and not (alone / "versions" / path).is_file()] == []
    context.close()
