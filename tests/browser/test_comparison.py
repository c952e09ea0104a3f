"""The views of a comparison are chosen without a mouse and without a script."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from sites import make_project, write_sites
from webpages import Opener

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page that compares what a school ratified with a draft that says something else."""
    project = make_project(tmp_path_factory.mktemp("changed"))
    file = project.schools_folder / "the-north-school" / "school.yml"
    text = file.read_text(encoding="utf-8")
    assert "Mrs Kate Clipstone" in text
    file.write_text(text.replace("Mrs Kate Clipstone", "Ms Ada Byron"), encoding="utf-8")
    out = write_sites(project, tmp_path_factory.mktemp("site"))
    return out / "the-north-school/versions/2018-05-23-to-draft/index.html"


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
