"""The command as people type it: what it prints, where, and with which status."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from folders import copy_real_schools

from build_tools import reading
from build_tools.cli import cli
from build_tools.outputs import pdf

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder of its own with the two real schools; the editions come with the program."""
    folder = tmp_path / "council"
    copy_real_schools(folder)
    return folder


@pytest.fixture
def policy(project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs the command in the project."""
    monkeypatch.chdir(project)
    return _run


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="policy")


def _edit(project: Path, school: str, *changes: tuple[str, str]) -> None:
    file = project / "schools" / school / "school.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def _walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _walk(node["children"])


def test_check_says_that_the_two_real_schools_have_no_mistakes(policy: Run) -> None:
    result = policy("check")
    assert result.exit_code == 0
    expected = (
        "Keeping Children Safe in Education (201",
        "people.dsl (Designated safeguarding leads): You have one DSL",
    )
    assert all(any(f" warning: {words}" in line for words in expected) for line in result.stderr.splitlines())
    assert result.stdout.splitlines() == [
        "the-north-school: no mistakes. Edition 2018-09, 1 amendment.",
        "trottiscliffe: no mistakes. Edition 2018-09, 2 amendments.",
    ]


def test_check_lists_all_mistakes_with_file_and_line(policy: Run, project: Path) -> None:
    _edit(
        project,
        "trottiscliffe",
        ("learners: at-home", "learners: banned"),
        ("  dsl:\n", "  dls:\n"),
        ("broadband:", "brodband:"),
        ("omit: official-devices", "omit: oficial-devices"),
    )
    _edit(project, "the-north-school", ("learners: students", 'learners: "students'))
    result = policy("check")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    for place, words in (
        ("the-north-school/school.yml", "is not closed. Write:"),
        ("trottiscliffe/school.yml", "people.dsl (Designated safeguarding leads) is missing"),
        ("trottiscliffe/school.yml", "people.dls: unknown question. Did you mean dsl?"),
        ("trottiscliffe/school.yml", "filtering.brodband: unknown question. Did you mean broadband?"),
        ("trottiscliffe/school.yml", '"banned" is not one of at-home, handed-in or off-and-away.'),
        ("trottiscliffe/school.yml", "has no clause or section oficial-devices. Did you mean official-devices?"),
    ):
        found = [line for line in lines if line.startswith(f"schools/{place}:") and words in line]
        assert len(found) == 1, words
        number = found[0].split(":")[1]
        assert number.isdigit(), found[0]
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_build_tells_what_looks_wrong_and_succeeds(policy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, **__: b"%PDF-")
    for _ in ("built", "unchanged"):
        result = policy("build", "trottiscliffe", "--jobs", "1")
    assert result.exit_code == 0
    assert "schools/trottiscliffe/school.yml:35: warning: Keeping Children Safe in Education (2018)" in result.stderr
    assert "the-north-school" not in result.stderr


def test_the_name_of_another_school_stops_a_build(policy: Run, project: Path) -> None:
    _edit(project, "trottiscliffe", ("product: Lightspeed", "product: the filter of The North School"))
    result = policy("build", "trottiscliffe")
    assert result.exit_code == 1
    assert (
        "schools/trottiscliffe/school.yml:46: filtering.product (Filtering product): North School is another school."
        in result.stderr
    )
    assert not (project / "site").exists()


def test_check_says_when_a_colour_is_not_printed_as_it_is(policy: Run, project: Path) -> None:
    _edit(project, "trottiscliffe", ("  phase: primary", '  colour: "#ffe600"\n  phase: primary'))
    result = policy("check", "trottiscliffe")
    assert result.exit_code == 0
    assert "The colour #ffe600 is too pale to read on white, so headings and links use #" in result.stdout
    _edit(project, "trottiscliffe", ("#ffe600", "#1d4e6b"))
    assert "colour" not in policy("check", "trottiscliffe").stdout


@pytest.mark.parametrize(
    ("letter", "name"), [("☃", "U+2603, SNOWMAN"), ("\u0378", "U+0378, a character without a name")]
)
def test_check_finds_letters_that_no_page_could_show(policy: Run, project: Path, letter: str, name: str) -> None:
    _edit(project, "trottiscliffe", ("name: Miss Lucy Henderson", f"name: {letter} Henderson"))
    result = policy("check", "trottiscliffe")
    assert result.exit_code == 1
    assert "schools/trottiscliffe/school.yml:" in result.stderr
    assert f"the PDF's typeface does not contain {letter} ({name}). Write it another way." in result.stderr


def test_show_prints_used_sections_and_why_others_are_unused(policy: Run) -> None:
    north = policy("show", "the-north-school").stdout
    assert "Officially Provided Mobile Phones and Devices" in next(
        line for line in north.splitlines() if line.split()[0] == "9.5"
    )
    assert any(line.split()[:2] == ["9.3(2)", "phones-off"] for line in north.splitlines())
    trottiscliffe = policy("show", "trottiscliffe").stdout
    line = next(line for line in trottiscliffe.splitlines() if line.split()[0] == "9.5")
    assert "Not used at Trottiscliffe CEP School" in line
    assert "(because: " in line


def test_equal_ids_have_equal_numbers_on_one_edition(policy: Run, project: Path) -> None:
    shutil.copytree(project / "schools" / "trottiscliffe", project / "schools" / "other")
    _edit(
        project,
        "other",
        ("learners: at-home", "learners: off-and-away"),
        ("exams: no", "exams: yes"),
        ("ages: [early, junior]", "ages: [senior]"),
    )
    numbers = []
    for school in ("trottiscliffe", "other"):
        data = json.loads(policy("show", school, "--format", "json").stdout)
        numbers.append({node["id"]: (node["number"], node["citation"]) for node in _walk(data["sections"])})
    shared = numbers[0].keys() & numbers[1].keys()
    assert len(shared) > 400
    assert numbers[0].keys() != numbers[1].keys()
    assert {i: numbers[0][i] for i in shared} == {i: numbers[1][i] for i in shared}


def test_diff_against_the_template_covers_every_clause(policy: Run) -> None:
    data = json.loads(policy("diff", "template:2018-09", "trottiscliffe", "--format", "json").stdout)
    template = json.loads(policy("diff", "template:2018-09", "template:2018-09", "--format", "json").stdout)
    told = Counter(change["kind"] for change in data["changes"])
    assert told == {kind: count for kind, count in data["counts"].items() if count and kind != "template"}
    followed = [inner for change in data["changes"] for inner in change.get("inside", ())]
    clauses = [change for change in (*data["changes"], *followed) if change["node"] == "clause"]
    inserted = [change for change in clauses if change["kind"] == "inserted"]
    assert len(clauses) - len(inserted) + data["counts"]["template"] == data["clauses"] == template["clauses"] > 400
    assert template["changes"] == []


def test_diff_as_text_gives_numbers_kinds_and_reasons(policy: Run) -> None:
    lines = policy("diff", "template:2018-09", "trottiscliffe").stdout.splitlines()
    at = lines.index("  9.5  omitted  (official-devices)")
    clauses, reason = lines[at + 2 : at + 5], lines[at + 5]
    assert [line.split("  ")[4] for line in clauses] == ["9.5(1)", "9.5(2)", "9.5(3)"]
    assert reason.startswith("      Because: ")


def test_diff_as_html_is_one_page_that_needs_nothing_else(policy: Run) -> None:
    html = policy("diff", "template:2017-09", "template:2018-09", "--format", "html").stdout
    assert html.startswith("<!doctype html>")
    assert "<ins" in html
    assert "<del" in html
    assert "<script" not in html
    assert not re.search(r"<(?:link|img)[^>]*(?:href|src)=\"(?!data:)", html)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "trotiscliffe"), "Unknown school: trotiscliffe. Did you mean trottiscliffe?"),
        (("check", "nowhere"), "Unknown school: nowhere. Write the-north-school or trottiscliffe."),
        (("diff", "template:2019-09", "trottiscliffe"), "Unknown edition: 2019-09."),
        (("show",), "Missing argument 'SCHOOL'."),
        (("chek",), "No such command 'chek'. (Did you mean one of: 'check', 'schema'?)"),
        (("schema", "2018-9"), "Unknown edition: 2018-9. Did you mean 2018-09?"),
        (("serve", "trotiscliffe"), "Unknown school: trotiscliffe. Did you mean trottiscliffe?"),
        (("check", "--format", "yaml"), "'yaml' is not one of 'text', 'json', 'github'."),
        (("show", "trottiscliffe", "--format", "yaml"), "'yaml' is not one of"),
        (("check", "--project", "schools"), "schools contains no schools."),
    ],
)
def test_a_command_that_is_not_understood_ends_with_status_2(
    policy: Run, arguments: tuple[str, ...], message: str
) -> None:
    result = policy(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_school_with_mistakes_does_not_hide_one_without(policy: Run, project: Path) -> None:
    _edit(project, "trottiscliffe", ("learners: at-home", "learners: banned"))
    assert policy("show", "the-north-school").exit_code == 0
    assert policy("show", "trottiscliffe").exit_code == 1


def test_names_of_any_language_reach_a_pipe_whatever_the_locale(project: Path) -> None:
    _edit(project, "trottiscliffe", ("short_name: Trottiscliffe CEP School", "short_name: Şule & Ğ School"))
    result = subprocess.run(
        [sys.executable, "-m", "build_tools", "show", "trottiscliffe"],
        cwd=project,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert "Şule & Ğ School" in result.stdout.decode("utf-8")


def test_a_bug_keeps_its_traceback(policy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "resolve", lambda *_: 1 / 0)
    assert isinstance(policy("show", "trottiscliffe").exception, ZeroDivisionError)


# --- what the machine refuses --------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("build", "--pdf-engine", "typst", "--jobs", "1"), ("check",), ("status",), ("show", "trottiscliffe")]
)
def test_a_file_that_may_not_be_read_is_one_message(policy: Run, project: Path, command: tuple[str, ...]) -> None:
    file = project / "schools/trottiscliffe/school.yml"
    opened = os.open

    def refuse(path: str, *given: Any, **more: Any) -> int:  # noqa: ANN401 - as `os.open` takes it
        if Path(path) == file:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return opened(path, *given, **more)

    with mock.patch("os.open", refuse):
        result = policy(*command)
    assert result.exit_code == 1
    assert "school.yml: This " in result.output
    assert "cannot be read" in result.output
    assert "Permission denied." in result.output


def test_a_folder_that_may_not_be_written_is_one_message(policy: Run, project: Path) -> None:
    denied = PermissionError(errno.EACCES, "Permission denied", str(project / ".site-new-1a2b"))
    with mock.patch("tempfile.mkdtemp", side_effect=denied):
        result = policy("build")
    assert (result.exit_code, result.output) == (
        1,
        "site: This cannot be read or written: Permission denied. No site was written.\n",
    )


def test_a_file_that_is_no_file_of_theirs_keeps_its_traceback(policy: Run) -> None:
    with mock.patch("build_tools.reading.read", side_effect=FileNotFoundError(errno.ENOENT, "No such file", "ours")):
        assert isinstance(policy("show", "trottiscliffe").exception, FileNotFoundError)


@pytest.mark.parametrize("command", [("schema", "2018-09"), ("diff", "template:2018-09", "trottiscliffe")])
def test_an_output_that_cannot_be_written_is_one_message(policy: Run, command: tuple[str, ...]) -> None:
    result = policy(*command, "--output", "missing/folder/file")
    assert result.exit_code == 1
    assert "missing/folder/file: This file cannot be written: No such file or directory." in result.output


# --- what nobody has decided ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("9999-12-31", "9999-12-31 is in the future. Record a decision once it has been taken."),
        ("9999-12", "9999-12 is in the future. Record a decision once it has been taken."),
        ("28/11/9999", "9999-11-28 is in the future. Record a decision once it has been taken."),
        ("1/2/2019", "If it means 1 February 2019, write 2019-02-01."),
        ("Autumn 2018", "the term begins in September 2018"),
        ("31/02/2019", "February 2019 has 28 days, so 31 is not one of them."),
    ],
)
def test_a_decision_that_nobody_has_taken_is_no_version(policy: Run, project: Path, on: str, why: str) -> None:
    result = policy("ratify", "trottiscliffe", "--on", on, "--by", "Full Governing Body")
    output = " ".join(re.sub("[│╭╰─╮╯]", " ", result.output).split())
    assert (result.exit_code, why in output) == (2, True)
    assert [path.name for path in (project / "schools/trottiscliffe/ratified").iterdir()] == ["2018-10"]
