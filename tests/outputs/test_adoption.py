"""The command that reads a school's own policy: what it prints and writes, and what it refuses."""

import contextlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rewritten import OWN, as_markdown, rewrite, subject_of

from build_tools.cli import cli
from build_tools.outputs.adoption import adopt_policy
from build_tools.project import BUNDLED
from build_tools.template.edition import Edition
from build_tools.text.yaml_file import parse_yaml

pytestmark = pytest.mark.slow

SCHOOL = "puddlewick-marsh"
WRITTEN = ("report.html", "report.json", "school.yml")


@pytest.fixture
def policy(editions: Mapping[str, Edition], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a policy in a folder of its own, which is the project."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "policy.md"
    file.write_text(as_markdown(rewrite(editions["2018-09"])), encoding="utf-8")
    return file


@pytest.fixture
def beginning(policy: Path, editions: Mapping[str, Edition]) -> Path:
    """Return only the beginning of that policy, for tests to which it does not matter what is found in it."""
    policy.write_text(as_markdown(rewrite(editions["2018-09"]).first(60)), encoding="utf-8")
    return policy


@pytest.fixture(scope="module")
def run(editions: Mapping[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Return a project in which the command has read that policy, and its result, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("adopted")
    (folder / "policy.md").write_text(as_markdown(rewrite(editions["2018-09"])), encoding="utf-8")
    with contextlib.chdir(folder):
        result = _adopt(f"schools/{SCHOOL}")
    assert result.exit_code == 0, result.output
    return folder, result


@pytest.fixture(scope="module")
def adopted(run: tuple[Path, Result]) -> Path:
    """Return the folder that it wrote."""
    return run[0] / "schools" / SCHOOL


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="policy")


def _adopt(out: str, edition: str = "2018-09") -> Result:
    return _run("adopt", "policy.md", "--edition", edition, "--out", out)


def test_check_takes_what_it_writes_once_a_person_has_decided(
    run: tuple[Path, Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, result = run
    assert "546" in result.output
    folder = tmp_path / "schools" / SCHOOL
    shutil.copytree(project / "schools", folder.parent)
    monkeypatch.chdir(tmp_path)
    assert tuple(sorted(path.name for path in folder.iterdir())) == WRITTEN
    assert (folder.parent / ".gitattributes").is_file()
    file = folder / "school.yml"
    text = file.read_text(encoding="utf-8")
    left = re.findall(r"^  (\w+\.\w+) is missing", result.output, re.MULTILINE)
    unsure = [line for line in text.split("\n") if "unsure" in line]
    assert all(any(line.strip().startswith(f"# {path.split('.')[1]}:") for line in unsure) for path in left)
    file.write_text(_decided(text), encoding="utf-8")
    checked = _run("check", SCHOOL)
    assert checked.exit_code == 0, checked.output


def _decided(text: str) -> str:
    """Return a file in which somebody took every answer that is unsure, and gave a reason for every amendment."""
    text = re.sub(r"^( *)# (\w+: .*, unsure)", r"\1\2", text, flags=re.MULTILINE)
    answers, mark, amendments = text.partition("# amendments:\n")
    proposed = re.sub(r"^# ?", "", mark + amendments, flags=re.MULTILINE)
    return answers + re.sub(r"because:$", "because: It is ours.", proposed, flags=re.MULTILINE)


def test_every_answer_names_its_place(adopted: Path) -> None:
    text = (adopted / "school.yml").read_text(encoding="utf-8")
    data = parse_yaml(text, "school.yml").data
    assert data["people"]["dsl"] == [{"name": "Mrs Ada Fennimore", "role": "Assistant Head"}]
    answers = [line for line in text.split("\n") if re.match(r"  \w+: \S", line)]
    assert answers
    assert all(re.search(r"# line \d+", line) for line in answers)


def test_what_is_the_schools_own_is_only_proposed(adopted: Path) -> None:
    text = (adopted / "school.yml").read_text(encoding="utf-8")
    assert "amendments" not in parse_yaml(text, "school.yml").data
    proposed = text.partition("# amendments:\n")[2]
    taken = parse_yaml("amendments:\n" + re.sub(r"^# ?", "", proposed, flags=re.MULTILINE), "school.yml").data
    assert set(OWN) <= {" ".join(entry["text"].split()) for entry in taken["amendments"]}
    assert {entry["because"] for entry in taken["amendments"]} == {""}


def test_the_data_is_what_its_readers_are_told(adopted: Path) -> None:
    data = json.loads((adopted / "report.json").read_text(encoding="utf-8"))
    assert set(data) == {
        "file", "edition", "counts", "answers", "recorded", "unanswered", "clauses", "own", "left_for_check",
    }  # fmt: skip
    assert sum(data["counts"].values()) == len(data["clauses"]) + len(data["own"])
    for entry in [*data["answers"], *data["clauses"], *data["own"]]:
        assert entry["certainty"] in ("sure", "likely", "unsure")
        assert 0 <= entry["probability"] <= 1
        assert all(place["line"] and place["words"] for place in entry["evidence"])
    assert {clause["state"] for clause in data["clauses"]} == {"present", "changed", "missing", "not-chosen"}


def test_the_same_policy_gives_the_same_bytes(policy: Path, adopted: Path) -> None:
    _adopt("again")
    assert not (policy.parent / ".gitattributes").exists()
    for name in WRITTEN:
        assert (adopted / name).read_bytes() == (policy.parent / "again" / name).read_bytes()


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=//a.example>",
    "[press](javascript:alert(1))", "![crest](javascript:alert(1))", "&lt;b&gt;", "{{ learners }}",
)  # fmt: skip


def test_nothing_of_the_policy_becomes_markup(beginning: Path) -> None:
    lines = "".join(f"- Everybody writes {words} with chalk on wall number {at}.\n" for at, words in enumerate(HOSTILE))
    beginning.write_text(f"{beginning.read_text(encoding='utf-8')}\n{lines}", encoding="utf-8")
    _adopt("found")
    page = (beginning.parent / "found" / "report.html").read_text(encoding="utf-8")
    assert re.findall(r"<(?:script|img|svg|iframe)\b|<[^>]*(?:javascript:|\son\w+=)", page) == []
    assert "{{ learners }}" in page
    answers = parse_yaml((beginning.parent / "found" / "school.yml").read_text(encoding="utf-8"), "school.yml").data
    assert not any(words in repr(answers) for words in HOSTILE)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_folder_that_holds_a_school_is_left_alone(policy: Path, name: str) -> None:
    taken = policy.parent / "taken"
    taken.mkdir()
    (taken / name).write_text("ours", encoding="utf-8")
    result = _adopt("taken")
    assert result.exit_code == 1
    assert f"This folder already contains {name}, which would be overwritten. Give another folder." in result.output
    assert [path.name for path in taken.iterdir()] == [name]


def test_a_file_where_the_folder_should_be_is_left_alone(policy: Path) -> None:
    result = _adopt("policy.md")
    assert result.exit_code == 1
    assert result.output.endswith("This is a file. Give a folder instead.\n")
    assert policy.is_file()


def test_a_folder_that_cannot_be_written_is_told(beginning: Path) -> None:
    result = _adopt("policy.md/found")
    assert result.exit_code == 1
    assert "This folder cannot be written to: " in result.output
    assert beginning.is_file()


def test_a_file_that_cannot_be_read_leaves_nothing_behind(policy: Path) -> None:
    policy.write_text("", encoding="utf-8")
    result = _adopt("found")
    assert (result.exit_code, result.output) == (1, "policy.md: This file is empty.\n")
    assert not (policy.parent / "found").exists()


def test_progress_is_counted_down_to_the_report(
    beginning: Path, editions: Mapping[str, Edition], tmp_path: Path
) -> None:
    steps: list[tuple[str, int]] = []
    edition = editions["2018-09"]
    adopt_policy(
        beginning,
        edition,
        subject_of(edition),
        tmp_path / "found",
        (BUNDLED / "templates",),
        lambda *step: steps.append(step),
    )
    left = [number for _, number in steps]
    assert (left[0], left[-1]) == (100, 5)
    assert left == sorted(set(left), reverse=True)
    assert list(dict.fromkeys(name for name, _ in steps)) == [
        "Reading policy.md", "Comparing it with the template", "Writing the report",
    ]  # fmt: skip
    assert len(steps) > 20


def test_without_a_name_it_is_read_for_the_newest_edition(policy: Path) -> None:
    assert _run("adopt", "policy.md", "--out", "found").exit_code == 0
    written = (policy.parent / "found" / "school.yml").read_text(encoding="utf-8")
    assert parse_yaml(written, "school.yml").data["edition"] == "2026-09"


def test_an_unknown_edition_is_a_usage_error(policy: Path) -> None:
    result = _adopt("found", "2018-08")
    assert result.exit_code == 2
    assert "Did you mean 2018-09?" in result.output
    assert policy.exists()
