"""The pages of a school's handouts, and which PDFs a build prints again."""

import shutil
from pathlib import Path
from unittest import mock

import pytest
from cases import CASES

from build_tools import commands
from build_tools.engine import Engine
from build_tools.project import Project
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.seal import SEAL_FILE, sealed_text

CASE = next(case for case in CASES if case.name == "handouts")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def _build(project: Project) -> list[str]:
    """Build a school, and return the handouts that were printed."""
    with (
        mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b"%PDF-policy"),
        mock.patch("build_tools.outputs.pdf.render_handout", return_value=b"%PDF-handout") as printed,
    ):
        report = commands.build(project, ("wren",), project.site_folder, lambda _done, _left: None)
    assert not report.problems
    return [call.args[1].id for call in printed.call_args_list]


def _edit(project: Project, old: str, new: str) -> None:
    file = project.schools_folder / "wren/school.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_each_handout_has_a_page_and_a_pdf(project: Project) -> None:
    assert _build(project) == ["summary", "rules", "gate-log"]
    school = project.site_folder / "wren"
    for name in ("summary", "rules", "gate-log"):
        assert (school / "handouts" / f"{name}.pdf").read_bytes() == b"%PDF-handout"
        assert f"../{name}/index.html" in (school / "handouts/index.html").read_text(encoding="utf-8")
        assert f"../handouts/{name}.pdf" in (school / name / "index.html").read_text(encoding="utf-8")


def test_handouts_are_printed_again_only_if_words_change(project: Project) -> None:
    _build(project)
    _edit(project, "edition: 2020-01", "# A comment.\nedition: 2020-01")
    assert _build(project) == []
    assert (project.site_folder / "wren/handouts/rules.pdf").read_bytes() == b"%PDF-handout"
    _edit(project, "Mrs Ada Fern", "Mrs Ada Bracken")
    assert _build(project) == ["summary", "rules", "gate-log"]


def test_a_handout_that_no_longer_applies_is_gone(project: Project) -> None:
    _build(project)
    _edit(project, "gates: [the front gate, the gate to the field]\n", "")
    assert _build(project) == ["summary", "rules"]
    assert not (project.site_folder / "wren/gate-log").exists()
    assert not (project.site_folder / "wren/handouts/gate-log.pdf").exists()


def test_a_version_shows_its_handouts_as_ratified(project: Project) -> None:
    edition = project.root / "policy_src/2020-01"
    (edition / SEAL_FILE).write_text(sealed_text(edition, EDITION_FILES), encoding="utf-8")
    commands.ratify(project, "wren", "2020-02-01", "Governors", "2021-01", None, None, engine=Engine.TYPST)
    _edit(project, "Mrs Ada Fern", "Mrs Ada Bracken")
    assert _build(project) == ["summary", "rules", "gate-log"] * 2
    school = project.site_folder / "wren"
    assert "Mrs Ada Fern" in (school / "summary/index.html").read_text(encoding="utf-8")
    assert "Mrs Ada Bracken" in (school / "draft/summary/index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in project.schools_folder.glob("wren/ratified/*/*")) == [
        "policy.json",
        "policy.pdf",
        "record.yml",
    ]
    assert commands.verify(project, ("wren",))["wren"]


def test_the_page_of_the_template_shows_every_line(project: Project) -> None:
    _build(project)
    page = (project.site_folder / "template/2020-01/index.html").read_text(encoding="utf-8")
    for shown in (
        'id="rules-inside"',
        "<code>gate-log-weather</code>",
        '<a href="#fence">1(4)</a>',
        "a box to write in",
    ):
        assert shown in page
    assert "boxes to tick: Dry, Wet" in page
    assert "<code>summary-gates-gate</code>" not in page
