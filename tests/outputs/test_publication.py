"""What a school publishes: its promises in public and as a draft, with the sheet only where the meeting needs it."""

import io
import shutil
from pathlib import Path

import pdfplumber
import pytest
from click.testing import CliRunner
from folders import TESTS

from build_tools.cli import cli
from build_tools.outputs.publication import publications
from build_tools.outputs.site.promises import PATH, SHEET
from build_tools.policy.model import Freedom
from build_tools.policy.promises import TITLE, promises_of
from build_tools.project import Project
from build_tools.reading import read
from build_tools.versions.freezing import PDF_FILE

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a school that has ratified its promises."""
    for name in ("policy_src", "schools"):
        shutil.copytree(TESTS / "policies/promises" / name, tmp_path / name)
    run("edition", "publish", "2020-01", "--project", str(tmp_path))
    made = ("ratify", "wren", "--on", "2020-03", "--by", "Governing Body", "--pdf-engine", "typst")
    run(*made, "--project", str(tmp_path))
    return Project(tmp_path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, prog_name="policy")
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_sheet_is_next_to_the_draft_and_nowhere_else(project: Project) -> None:
    version, draft = publications(project, read(project, ["wren"]), "wren")
    contents = [published.contents(b"", with_versions=False) for published in (version, draft)]
    assert [SHEET in folder.files for folder in contents] == [False, True]
    pages = [next(page for page in folder.site.pages if page.path == PATH) for folder in contents]
    assert [SHEET in page.html for page in pages] == [False, True]


def test_the_pdf_of_the_policy_does_not_contain_it(project: Project) -> None:
    data = next(iter((project.schools_folder / "wren/ratified").glob(f"*/{PDF_FILE}"))).read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        words = " ".join(page.extract_text() for page in pdf.pages)
    assert "We keep a plan of the site" in words
    assert TITLE not in words


def test_a_version_keeps_its_promises(project: Project) -> None:
    version, draft = publications(project, read(project, ["wren"]), "wren")
    kept, now = (
        [(one.node.id, one.promise) for one in promises_of(published.resolved.policy)] for published in (version, draft)
    )
    assert kept == now != []
    assert run("verify", "wren", "--project", str(project.root)) == "wren: unchanged: 2020-03.\n"
    assert "Nothing differs." in run("diff", "wren@latest", "wren", "--project", str(project.root))


# --- what comes into force later -----------------------------------------------------------------

EVE, DAY = "1806451200", "1806537600"
"""The days before and on which clauses of the case come into force: 31 March and 1 April 2027."""


def test_a_day_changes_pages_but_no_ratified_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("policy_src", "schools"):
        shutil.copytree(TESTS / "policies/freedom" / name, tmp_path / name)
    run("edition", "publish", "2026-01", "--project", str(tmp_path))
    made = ("ratify", "hill", "--on", "2026-03", "--by", "Governing Body", "--pdf-engine", "typst")
    run(*made, "--project", str(tmp_path))
    pages, ratified = {}, {}
    for day in (EVE, DAY):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        project = Project(tmp_path)
        version, _draft = publications(project, read(project, ["hill"]), "hill")
        folder = version.contents(b"", with_versions=False)
        pages[day] = {page.path: page.html for page in folder.site.pages}
        ratified[day] = (version.document(), version.data)
    assert ratified[EVE] == ratified[DAY]
    with pdfplumber.open(io.BytesIO(ratified[DAY][0])) as pdf:
        assert "From 1 April 2027: Ladders are tied." in " ".join(page.extract_text() for page in pdf.pages)
    section = "site/index.html"
    assert "From 1 April 2027: Ladders are tied." in pages[EVE][section]
    assert "From 1 April 2027" not in pages[DAY][section]
    assert "Ladders are tied." in pages[DAY][section]
    assert "Ladders are tied." in pages[DAY][PATH]
    assert "Ladders are tied." not in pages[EVE][PATH]
    differences = pages[DAY]["differences/index.html"]
    # once to explain it, and once at each amendment
    assert [differences.count(f'tag-freedom-{freedom}"') for freedom in Freedom] == [3, 2, 2]
    assert all(differences.count(freedom.meaning) == 1 for freedom in Freedom)
    assert run("verify", "hill", "--project", str(tmp_path)) == "hill: unchanged: 2026-03.\n"
    assert "Nothing differs." in run("diff", "hill@latest", "hill", "--project", str(tmp_path))
