"""Every edition here is checked, built, published, ratified and shows its status: no step ends in a traceback."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from cases import CASES
from folders import ROOT, SOUND

from build_tools import commands, edition_commands, project
from build_tools.engine import Engine
from build_tools.project import Project
from build_tools.serving.preview import Preview
from build_tools.template.seal import SEAL_FILE

pytestmark = pytest.mark.slow

EDITIONS = [path.parent for case in (*CASES, SOUND, ROOT) for path in sorted(case.glob("policy_src/*/edition.yml"))]
PLAIN = {"values": "school: {name: Ashford School}\n"}
"""Answers for an edition whose own schools are there to be refused: by the typeface, or as blanks."""
LATER = {"2017-09": "2018-09"}
"""The editions that no school's draft uses any more, each with the one after it."""
ON, REVIEW, DAY = "2030-06-01", "2031-05-01", dt.date(2030, 7, 1)


def name_edition(folder: Path) -> str:
    """Return what the tests of an edition are called."""
    return f"{'published' if folder.parents[1] == ROOT else folder.parents[1].name}-{folder.name}"


def _edition_of(answers: str) -> str | None:
    found = re.search("(?m)^edition: (.*)$", answers)
    return found[1] if found else None


@pytest.fixture
def council(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project that has one edition, and one of the schools beside it on that edition."""
    folder: Path = request.param
    monkeypatch.setattr(project, "BUNDLED", tmp_path)  # no edition but the one
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(folder, tmp_path / "policy_src" / folder.name, ignore=shutil.ignore_patterns(SEAL_FILE))
    answered = {path: path.read_text(encoding="utf-8") for path in folder.parents[1].glob("schools/*/school.yml")}
    school = min(
        answered,
        key=lambda path: (_edition_of(answered[path]) not in {folder.name, LATER.get(folder.name, folder.name)}, path),
    )
    own = tmp_path / "schools" / "x"
    own.mkdir(parents=True)
    answers = PLAIN.get(folder.parents[1].name) or re.sub("(?m)^edition: .*$", "", answered[school])
    (own / "school.yml").write_text(f"edition: {folder.name}\n{answers}", encoding="utf-8")
    return Project(tmp_path)


@pytest.mark.parametrize("council", EDITIONS, ids=name_edition, indirect=True)
def test_every_edition_goes_through_every_step(council: Project) -> None:
    edition = next(iter(council.edition_folders()))
    site = council.root / "site"

    examined = edition_commands.examine(council, edition)
    assert [row.problems for row in examined.rehearsals] == [()]
    edition_commands.publish(council, edition)
    assert commands.check(council, ["x"]).problems(["x"]) == ()

    assert not commands.build(council, [], site, lambda *_: None, Engine.TYPST).problems
    commands.ratify(council, "x", ON, "Governors", REVIEW, None, None, engine=Engine.TYPST)
    assert not commands.build(council, [], site, lambda *_: None, Engine.TYPST).problems
    assert (site / "x" / "policy.pdf").read_bytes() == (
        council.schools_folder / "x" / "ratified" / ON / "policy.pdf"
    ).read_bytes()
    assert (site / "x" / "draft" / "policy.pdf").read_bytes().startswith(b"%PDF-")
    assert commands.verify(council, ["x"])["x"][0].decision.next_review == REVIEW

    (status,), problems = commands.status(council, DAY)
    assert (status.ratified, status.next_review, status.review, problems) == (ON, REVIEW, "later", ())
    preview = Preview(council)
    for page in ("index.html", "x/index.html", "x/draft/index.html", f"template/{edition}/index.html"):
        assert preview.find(page) is not None
