"""What a comparison shows and prints, and its views, which are chosen without a mouse and without a script."""

import io
from pathlib import Path

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sites import make_project, write_sites
from webpages import Opener

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of what changed from what a school ratified to a draft that says something else."""
    project = make_project(tmp_path_factory.mktemp("changed"))
    file = project.schools_folder / "the-north-school" / "school.yml"
    text = file.read_text(encoding="utf-8")
    assert "Mrs Kate Clipstone" in text
    file.write_text(text.replace("Mrs Kate Clipstone", "Ms Ada Byron"), encoding="utf-8")
    out = write_sites(project, tmp_path_factory.mktemp("site"))
    return out / "the-north-school/versions/2018-05-23-to-draft/index.html"


@pytest.fixture(scope="module")
def comparison(changes: Path) -> Path:
    """Return the page of the whole text of both."""
    return changes.parent / "whole/index.html"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_was_struck_and_added(
    opened: Opener, comparison: Path, width: int, scheme: str
) -> None:
    with opened(comparison, width, color_scheme=scheme) as page:
        page.get_by_label("Changes only").check()
        for form in ("Side by side", "One column"):
            page.get_by_label(form).check()
            assert Axe().run(page).response["violations"] == []


def test_the_keyboard_chooses_what_is_shown(opened: Opener, comparison: Path) -> None:
    with opened(comparison, java_script_enabled=False) as page:
        unchanged, changed = page.locator(".row.unchanged"), page.locator(".row.changed:has(.sides)").first
        assert unchanged.first.is_visible()
        assert changed.locator(".sides").is_visible()
        assert not changed.locator(".merged").is_visible()
        page.get_by_role("radio", name="Whole text").focus()
        page.keyboard.press("ArrowDown")
        assert not any(row.is_visible() for row in unchanged.all()[:20])
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        assert page.get_by_role("radio", name="One column").is_checked()
        assert changed.locator(".merged").is_visible()
        assert not changed.locator(".sides").is_visible()


def test_one_section_can_be_read_alone(opened: Opener, comparison: Path) -> None:
    with opened(comparison, java_script_enabled=False) as page:
        sections = page.locator(".stretch")
        box = page.get_by_role("checkbox", name="7 Safer Use of Technology")
        assert len([section for section in sections.all() if section.is_visible()]) == sections.count() > 10
        box.check()
        assert [section.get_attribute("id") for section in sections.all() if section.is_visible()] == ["text-safer-use"]
        box.uncheck()
        assert len([section for section in sections.all() if section.is_visible()]) == sections.count()


def test_two_texts_are_side_by_side_only_where_there_is_room(opened: Opener, comparison: Path) -> None:
    for width, is_beside in ((1440, True), (390, False)):
        with opened(comparison, width) as page:
            old, new = (box.bounding_box() for box in page.locator(".row.changed .sides").first.locator(".side").all())
            assert old
            assert new
            assert (old["y"] == new["y"]) == is_beside


def test_what_is_on_request_is_printed_only_if_it_was_opened(opened: Opener, changes: Path) -> None:
    differences = changes.parents[2] / "differences/index.html"
    with opened(differences, java_script_enabled=False) as page:
        page.emulate_media(media="print")
        sheets, amended = _sheets(page), page.locator(".change-inserted").first
        assert amended.is_visible()
        assert sheets <= 3
        chosen = page.locator("#options details")
        assert not chosen.locator(".change").first.is_visible()
        chosen.locator("summary").click()
        assert chosen.locator(".change").first.is_visible()
        assert _sheets(page) > sheets


def test_a_comparison_without_changes_is_one_line_on_one_sheet(opened: Opener, changes: Path) -> None:
    same = changes.parents[3] / "trottiscliffe/versions/2018-10-to-draft/index.html"
    with opened(same, java_script_enabled=False) as page:
        assert page.locator("main p").first.inner_text() == "Nothing differs. All 515 clauses are the same."
        assert page.locator("main ul").count() == 0
        assert _sheets(page) == 1


def _sheets(page: Page) -> int:
    return len(pikepdf.open(io.BytesIO(page.pdf(format="A4"))).pages)
