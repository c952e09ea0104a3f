"""The whole life of a policy by the commands alone: ratified, changed, ratified again, upgraded, tampered with."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from folders import ROOT
from sites import publish_copies

from build_tools.cli import cli
from build_tools.outputs.pdf import Engine, render_pdf

pytestmark = pytest.mark.slow

SCHOOL = "st-marys"
BY = ("--by", "Full Governing Body")


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return what runs the command in a council's folder that holds nothing yet."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(cli, arguments, prog_name="policy")
        assert result.exit_code == status, result.output
        return result

    return run


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _by_typst(*given: Any, **options: Any) -> bytes:  # noqa: ANN401 - whatever a PDF is printed from
    return render_pdf(*given, **options | {"engine": Engine.TYPST})


def _changes(result: Result) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(result.stdout)["changes"]
    return found


def _make_school(project: Path) -> Path:
    """Make a new school as schools/README.md says: the file of one that is like it, copied."""
    file = project / "schools" / SCHOOL / "school.yml"
    file.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests/upgrades/the-north-school/schools/the-north-school/school.yml", file)
    _edit(file, "name: The North School", "name: St Mary’s")
    return file


def test_the_life_of_a_policy(policy: Callable[..., Result], tmp_path: Path) -> None:
    publish_copies(tmp_path, "2017-09", "2018-09")
    file = _make_school(tmp_path)
    site, ratified = tmp_path / "site" / SCHOOL, tmp_path / "schools" / SCHOOL / "ratified"
    policy("check")
    first = policy("ratify", SCHOOL, "--on", "2018-05-23", *BY, "--next-review", "2019-05")
    assert first.stdout.startswith(f"Ratified {SCHOOL}@2018-05-23, to be reviewed by May 2019:")
    assert (ratified / "2018-05-23/policy.pdf").read_bytes().startswith(b"%PDF-")

    # from here on Typst makes the PDFs, which takes a moment
    with mock.patch("build_tools.outputs.pdf.render_pdf", side_effect=_by_typst):
        _change_the_dsl(policy, file)
        second = ("--on", "2018-09-20", *BY, "--next-review", "2019-09", "--minute", "7(b)")
        policy("ratify", SCHOOL, *second)
        refused = policy("ratify", SCHOOL, *second, status=1)
        assert "A version of 2018-09-20 already exists" in refused.stderr
        _upgrade(policy)
        assert policy("verify").stdout == f"{SCHOOL}: unchanged: 2018-05-23, 2018-09-20.\n"

        policy("build")
        _look_at_the_site(site, ratified)
        before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
        pdf = ratified / "2018-05-23/policy.pdf"
        pdf.write_bytes(pdf.read_bytes() + b"\n")
        message = f"schools/{SCHOOL}/ratified/2018-05-23/policy.pdf: This file was changed after it was ratified"
        assert message in policy("verify", status=1).stderr
        assert message in policy("build", status=1).stderr
        assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
        shutil.rmtree(tmp_path / "site")
        policy("build", status=1)
        assert not site.exists()


def _change_the_dsl(policy: Callable[..., Result], file: Path) -> None:
    """Name another DSL; the change is told once, with all the clauses that it touches."""
    _edit(file, "Mrs Kate Clipstone", "Ms Ada Byron")
    changes = _changes(policy("diff", f"{SCHOOL}@latest", SCHOOL, "--format", "json"))
    assert {change["kind"] for change in changes} == {"value"}
    told = [change for change in changes if change["field"] == "people.dsl"]
    assert len(told) == 1
    assert (told[0]["old"], told[0]["new"]) == ("Mrs Kate Clipstone", "Ms Ada Byron")


def _upgrade(policy: Callable[..., Result]) -> None:
    """Change to the next edition, which alone is what then differs from what was ratified."""
    policy("upgrade", SCHOOL, "--to", "2018-09", "--write")
    policy("check")
    changes = _changes(policy("diff", f"{SCHOOL}@2018-09-20", SCHOOL, "--format", "json"))
    kinds = {change["kind"] for change in changes}
    assert {"added", "removed", "template-reworded"} <= kinds
    # a default that the council changed is a value; the school's own words and departures stay
    assert not kinds & {"reworded", "amended", "amendment-changed", "amendment-withdrawn"}
    assert any(change["id"] == "visitor-regular" and change["kind"] == "added" for change in changes)


def _look_at_the_site(site: Path, ratified: Path) -> None:
    """The version in force is published as it was ratified, the earlier ones beside it, the draft apart."""
    assert (site / "policy.pdf").read_bytes() == (ratified / "2018-09-20/policy.pdf").read_bytes()
    versions = (site / "versions/index.html").read_text(encoding="utf-8")
    for date in ("2018-05-23", "2018-09-20"):
        for name in ("policy.pdf", "record.yml"):
            assert (site / "versions" / date / name).read_bytes() == (ratified / date / name).read_bytes()
        record = (ratified / date / "record.yml").read_text(encoding="utf-8")
        digest = re.search(r"policy\.pdf: ([0-9a-f]{64})", record)
        assert digest
        assert f"<code>{digest[1]}</code>" in versions
    assert "<dd>7(b)</dd>" in versions
    assert versions.index("20 September 2018") < versions.index("23 May 2018")
    folders = re.findall(r'href="([^"]+-to-[^"]+)/index\.html"', versions)
    assert folders == ["2018-09-20-to-draft", "2018-05-23-to-2018-09-20"]
    compared = (site / "versions/2018-05-23-to-2018-09-20/index.html").read_text(encoding="utf-8")
    assert '<ins><span class="said"> inserted: </span>Ms Ada Byron' in compared
    history = (site / "versions/history/index.html").read_text(encoding="utf-8")
    assert "Ada Byron" in history
    draft = (site / "draft/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in draft
    assert 'href="../versions/index.html"' in draft
    assert not (site / "draft/versions").exists()
