"""The preview: what a build would write, without a build, and as soon as a file is saved."""

import re
import time
from pathlib import Path
from unittest import mock

import pytest
from sites import DRAFT, make_project, write_sites

from build_tools import project
from build_tools.outputs import publication
from build_tools.project import Project
from build_tools.serving import preview
from build_tools.serving.preview import Preview
from build_tools.template.edition import Edition, read_edition
from build_tools.template.seal import SEAL_FILE
from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

FILE = "schools/trottiscliffe/school.yml"
PAGE = "trottiscliffe/draft/devices/index.html"
SIZE = re.compile(rb" \([\d,]+ kB\)")


@pytest.fixture
def council(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def _edit(council: Project, old: str, new: str, file: str = FILE) -> None:
    path = council.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _page(shown: Preview, address: str = PAGE) -> str:
    shown.has_changed()
    found = shown.find(address)
    assert found
    return found.data.decode()


def test_a_preview_is_what_a_build_writes(council: Project, tmp_path: Path) -> None:
    out = write_sites(council, tmp_path / "site")
    shown = Preview(council)
    shown.has_changed()
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert len(written) > 150
    with mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b""):
        for name in written:
            found = shown.find(name)
            built = (out / name).read_bytes()
            if name == ".schoolpolicy":
                assert found is None
                continue
            assert found, name
            # the size of a draft's PDF is not told
            is_home = name in (
                f"{DRAFT}/index.html",
                "trottiscliffe/draft/index.html",
                "the-north-school/draft/index.html",
            )
            assert found.data == (SIZE.sub(b"", built) if is_home else built), name


def test_an_output_added_once_is_built_and_previewed(
    council: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(publication.FILES, "name.txt", lambda published: published.resolved.edition.name.encode())
    out = write_sites(council, tmp_path / "site")
    shown = Preview(council)
    shown.has_changed()
    for folder in (DRAFT, "trottiscliffe", "trottiscliffe/draft", "the-north-school"):
        built = (out / folder / "name.txt").read_bytes()
        found = shown.find(f"{folder}/name.txt")
        assert found == preview.Found("text/plain; charset=utf-8", built)
        assert built


@pytest.mark.parametrize(
    "address",
    [
        "nowhere/index.html",
        "trottiscliffe/nowhere/index.html",
        "trottiscliffe/draft/draft/index.html",
        f"{DRAFT}/draft/index.html",
        f"{DRAFT}/versions/index.html",
        "template/2019-09/index.html",
        "template/index.html",
        "../school.yml",
        "trottiscliffe/../trottiscliffe/school.yml",
        "trottiscliffe/versions/2018-10/../../../school.yml",
        "trottiscliffe/school.yml",
        "/etc/passwd",
    ],
)
def test_nothing_else_is_shown(council: Project, address: str) -> None:
    shown = Preview(council)
    shown.has_changed()
    assert shown.find(address) is None


def test_a_change_shows_and_nothing_changes_without_one(council: Project) -> None:
    shown = Preview(council)
    assert shown.has_changed()
    assert not shown.has_changed()
    assert "at the start of the day" not in _page(shown)
    _edit(council, "learners: at-home", "learners: handed-in")
    assert shown.has_changed()
    assert not shown.has_changed()
    assert "at the start of the day" in _page(shown)


def test_a_mistake_is_told_until_it_is_mended(council: Project) -> None:
    shown = Preview(council)
    _edit(council, "learners: at-home", "learners: banned")
    shown.has_changed()
    with pytest.raises(
        Mistakes, match=r'schools/trottiscliffe/school.yml:\d+: phones.learners \(.*\): "banned" is not one of'
    ):
        shown.find(PAGE)
    assert len(shown.problems(["trottiscliffe"])) == 1
    assert shown.problems(["the-north-school"]) == ()
    assert "The North School" in _page(shown, "the-north-school/draft/index.html")
    _edit(council, "learners: banned", "learners: handed-in")
    shown.has_changed()
    assert shown.problems(["trottiscliffe"]) == ()
    assert "9.3" in _page(shown)


@pytest.fixture
def own_edition(council: Project) -> Path:
    """Return the folder of an edition of the council's own, to which a school belongs."""
    folder = council.root / "policy_src/2031-01"
    source = project.BUNDLED / "policy_src/2018-09"
    folder.mkdir(parents=True)
    for path in source.iterdir():
        if path.name == SEAL_FILE:
            continue
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace("date: 2018-09", "date: 2031-01"), encoding="utf-8")
    _edit(council, "edition: 2018-09", "edition: 2031-01")
    return folder


def test_an_edition_is_read_again_only_when_it_changes(
    council: Project, own_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []

    def counted(folder: Path, base: Path) -> Edition:
        reads.append(folder.name)
        return read_edition(folder, base)

    monkeypatch.setattr(preview, "read_edition", counted)
    shown = Preview(council)
    _page(shown)
    assert reads == ["2017-09", "2018-09", "2026-09", "2031-01"]
    _edit(council, "learners: at-home", "learners: handed-in")
    _page(shown)
    assert len(reads) == 4
    section = own_edition / "09-personal-devices.md"
    _edit(council, "# Use of Personal Devices", "# On Personal Devices", section.relative_to(council.root).as_posix())
    assert "On personal devices" in _page(shown)
    assert reads[4:] == ["2031-01"]


def test_a_mistake_in_an_edition_is_told_with_its_file_and_line(council: Project, own_edition: Path) -> None:
    shown = Preview(council)
    _page(shown)
    with (own_edition / "01-policy-aims.md").open("a", encoding="utf-8") as file:
        file.write("\nA clause without an id.\n")
    shown.has_changed()
    with pytest.raises(Mistakes, match=r"policy_src/2031-01/01-policy-aims.md:\d+: This clause has no id"):
        shown.find(PAGE)


def test_a_template_of_the_project_shows_when_it_is_changed(council: Project) -> None:
    own = council.root / "templates/site/theme/partials"
    own.mkdir(parents=True)
    (own / "report.html").write_text('<aside class="report" id="report">Ring the office.</aside>\n', encoding="utf-8")
    shown = Preview(council)
    assert "Ring the office." in _page(shown)
    time.sleep(0.01)  # for the time of the file to be another
    _edit(council, "the office", "the head", "templates/site/theme/partials/report.html")
    assert "Ring the head." in _page(shown)


@pytest.mark.parametrize(("name", "home"), [("trottiscliffe", "trottiscliffe/draft/"), (DRAFT, f"{DRAFT}/")])
def test_the_page_to_open_is_that_of_the_draft(council: Project, name: str, home: str) -> None:
    assert Preview(council).home_of(name) == home
