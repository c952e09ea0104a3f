"""Files in `schools/` and `policy_src/` that are not what they should be: no command waits, fills memory or tells.

What a link out of `schools/` leads to has words that no output may have.
"""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import ROOT, SOUND

from build_tools import project
from build_tools.building.fingerprints import of_folder
from build_tools.cli import cli

SECRET = "correct-horse-battery"  # noqa: S105 - it opens nothing
OUT = "A link leads out of schools/ here, so this is not read. Put the file itself in the link's place."
PIPE = "This is a pipe, not a file. Delete it, or move it elsewhere."

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a sound project with its own edition, next to a folder with a secret in every file."""
    council = tmp_path / "council"
    shutil.copytree(SOUND, council)
    for name in ("templates", "mkdocs.yml"):
        (council / name).symlink_to(ROOT / name)
    monkeypatch.setattr(project, "BUNDLED", council)
    outside = tmp_path / "outside"
    (outside / "2030-02").mkdir(parents=True)
    for name in ("school.yml", "federation.yml", "crest.svg", "record.yml", "interview.yml", "2030-02/record.yml"):
        (outside / name).write_text(f"{SECRET}: {SECRET}\n")
    return council


def run(council: Path, command: str, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, [command, *arguments, "--project", str(council)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert SECRET not in result.output
    return result


@pytest.mark.parametrize("command", ["check", "build", "status", "verify"])
@pytest.mark.parametrize(
    ("link", "target", "place"),
    [
        ("x/school.yml", "school.yml", "x/school.yml"),
        ("x/school.yml", "nothing", "x/school.yml"),
        ("x", ".", "x"),
    ],
)
def test_a_school_outside_is_refused(council: Path, command: str, link: str, target: str, place: str) -> None:
    found = council / "schools" / link
    shutil.rmtree(found) if found.is_dir() else found.unlink()
    found.symlink_to(council.parent / "outside" / target)
    result = run(council, command)
    # there is nothing to verify in a school whose folder is its own
    if (command, link) != ("verify", "x/school.yml"):
        assert result.exit_code == 1
        assert f"schools/{place}: {OUT}" in result.output.replace("x/ratified:", "x:")


@pytest.mark.parametrize(
    ("link", "target", "place"),
    [
        ("x/crest.svg", "crest.svg", "x/crest.svg"),
        ("y/federation.yml", "federation.yml", "y/federation.yml"),
        ("x/ratified", ".", "x/ratified"),
        ("x/ratified/2030-02", "2030-02", "x/ratified/2030-02/record.yml"),
        ("x/ratified/2030-02/record.yml", "record.yml", "x/ratified/2030-02/record.yml"),
    ],
)
def test_a_linked_part_of_a_school_is_refused(council: Path, link: str, target: str, place: str) -> None:
    found = council / "schools" / link
    found.parent.mkdir(parents=True, exist_ok=True)
    found.symlink_to(council.parent / "outside" / target)
    results = [run(council, command) for command in ("check", "verify", "build")]
    assert any(result.exit_code == 1 and f"schools/{place}: {OUT}" in result.output for result in results)


def test_an_interview_outside_is_not_continued(council: Path) -> None:
    (council / "schools/y").mkdir()
    (council / "schools/y/interview.yml").symlink_to(council.parent / "outside/interview.yml")
    assert f"schools/y/interview.yml: {OUT}" in run(council, "new", "y").output
    (council / "schools/z").symlink_to(council.parent / "outside")
    assert OUT in run(council, "new", "z").output


def test_links_inside_schools_are_followed(council: Path) -> None:
    (council / "schools/shared").mkdir()
    shutil.move(council / "schools/x/school.yml", council / "schools/shared/x.yml")
    (council / "schools/x/school.yml").symlink_to("../shared/x.yml")
    (council / "schools/shared/school.yml").symlink_to("x.yml")
    (council / "schools/y").symlink_to("x")
    assert run(council, "check").exit_code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "(an alias)"),
        (b"a: " + b"[" * 10_000, "nested more than 20 levels deep"),
        (b"".join(b" " * at + b"a:\n" for at in range(1300)), "nested more than 20 levels deep"),
        (b"a: !!python/object/apply:os.system [touch x]\n", "python/object"),
        (b"a: b\x00\n", "The character U+0000 is invisible"),
        (b"", "A school's file must have lines"),
        (b"x" * 20_000_000, "This file is larger than 1,000,000 bytes."),
    ],
    ids=["aliases", "deep brackets", "deep lines", "an object of Python", "a zero byte", "nothing", "20 megabytes"],
)
def test_a_hostile_school_is_refused_in_words(council: Path, content: bytes, message: str) -> None:
    (council / "schools/x/school.yml").write_bytes(content)
    result = run(council, "check")
    assert result.exit_code == 1
    assert message in result.output


@needs_pipes
@pytest.mark.parametrize("command", ["check", "build", "status"])
@pytest.mark.parametrize("name", ["school.yml", "crest.png"])
def test_a_pipe_in_a_school_is_refused(council: Path, command: str, name: str) -> None:
    (council / "schools/x" / name).unlink(missing_ok=True)
    os.mkfifo(council / "schools/x" / name)
    result = run(council, command)
    assert result.exit_code == 1
    assert f"schools/x/{name}: {PIPE}" in result.output


@needs_pipes
@pytest.mark.parametrize(
    "name",
    ["edition.yml", "school.schema.yml", "01-phones.md", "02-more.md", "pages.yml", "rules.yml", "suggestions.yml"],
)
def test_a_pipe_in_an_edition_is_refused(council: Path, name: str) -> None:
    (council / "policy_src/2030-01" / name).unlink(missing_ok=True)
    os.mkfifo(council / "policy_src/2030-01" / name)
    result = run(council, "check")
    assert result.exit_code == 1
    assert f"policy_src/2030-01/{name}: {PIPE}" in result.output


@needs_pipes
def test_a_pipe_that_a_command_names_is_refused(council: Path) -> None:
    pipe = council / "answers.yml"
    os.mkfifo(pipe)
    assert PIPE in run(council, "new", "y", "--answers", str(pipe), "--no-input").output
    os.mkfifo(council / "old.docx")
    assert PIPE in run(council, "adopt", str(council / "old.docx"), "--out", str(council / "schools/z")).output


def test_the_fingerprint_of_a_school_reads_nothing_outside(council: Path) -> None:
    schools, outside = council / "schools", council.parent / "outside"
    (schools / "x/a").symlink_to(outside)
    (schools / "x/b").symlink_to(outside / "school.yml")
    (schools / "z").symlink_to(outside)
    before = [of_folder(schools / name, schools) for name in "xz"]
    (outside / "school.yml").write_text("other")
    assert [of_folder(schools / name, schools) for name in "xz"] == before
    (schools / "x/b").unlink()
    (schools / "x/b").symlink_to(outside / "crest.svg")
    assert of_folder(schools / "x", schools) != before[0]


def test_a_fingerprint_ends_whatever_the_links(council: Path) -> None:
    schools = council / "schools"
    for at in range(30):  # each folder is in the one before by two ways: a thousand million paths
        (schools / f"x/{at}").mkdir()
        for name in "ab":
            (schools / f"x/{at}/{name}").symlink_to(f"../{(at + 1) % 30}")
    for name, target in (("itself", "itself"), ("nothing", "missing"), ("around", "..")):
        (schools / "x" / name).symlink_to(target)
    before = of_folder(schools / "x", schools)
    assert of_folder(schools / "x", schools) == before
    (schools / "x/29/file").write_text("new")
    assert of_folder(schools / "x", schools) != before


@needs_pipes
def test_a_fingerprint_does_not_open_pipes(council: Path) -> None:
    before = of_folder(council / "schools/x", council / "schools")
    os.mkfifo(council / "schools/x/pipe")
    assert of_folder(council / "schools/x", council / "schools") != before
