"""The hub: every school with its state, and every edition."""

from pathlib import Path

import pytest
from sites import DRAFT, EDITIONS, REAL, SCHOOLS, make_project

from build_tools.hub import gather_hub, write_hub
from build_tools.project import Project
from build_tools.reading import Reading, read


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def reading(project: Project) -> Reading:
    return read(project, SCHOOLS)


def _html(project: Project, reading: Reading, names: tuple[str, ...] = SCHOOLS) -> str:
    shown = [reading.resolved[name] for name in names]
    return gather_hub(project, shown, reading.editions.values()).pages[0].html


def test_it_leads_to_every_school_and_edition(project: Project, reading: Reading) -> None:
    html = _html(project, reading)
    for name in SCHOOLS:
        assert f'href="{name}/index.html"' in html
    for edition in EDITIONS:
        assert f'href="template/{edition}/index.html"' in html


def test_it_says_what_is_in_force_since_when_and_what_is_a_draft(project: Project, reading: Reading) -> None:
    html = _html(project, reading)
    assert "in force since 23 May 2018" in html
    assert "in force since October 2018" in html
    assert html.count("<strong>draft</strong>") == 1
    assert "<strong>draft</strong>" not in _html(project, reading, REAL)


def test_names_are_text(project: Project, reading: Reading) -> None:
    assert "Şample &amp; “Draft” Pre-school" in _html(project, reading, (DRAFT,))


def test_the_newest_edition_comes_first(project: Project, reading: Reading) -> None:
    html = _html(project, reading)
    assert html.index("template/2018-09/") < html.index("template/2017-09/")


def test_what_the_folder_holds_already_stays(project: Project, reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "trottiscliffe").mkdir()
    (tmp_path / "trottiscliffe/index.html").write_text("school", encoding="utf-8")
    write_hub(project, reading.resolved.values(), reading.editions.values(), tmp_path)
    assert (tmp_path / "trottiscliffe/index.html").read_text(encoding="utf-8") == "school"
    assert (tmp_path / "index.html").is_file()
