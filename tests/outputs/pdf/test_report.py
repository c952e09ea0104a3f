"""The report of changes for governors, read back from its PDF by other libraries than made it."""

import dataclasses
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import docx
import msgspec
import page
import pytest
from click.testing import CliRunner
from folders import ROOT
from lxml import html
from pdf_reading import Reading, read_pdf

from build_tools import commands
from build_tools.cli import changes, cli
from build_tools.comparing.by_section import Share
from build_tools.comparing.compare import Change, ChangeKind, Comparison
from build_tools.comparing.declarations import summary_of
from build_tools.comparing.difference import Difference, differ
from build_tools.comparing.topics import FILLED_IN, NOT_CHOSEN, NUMBERS, topics
from build_tools.outputs.pdf.report import render_change_report, render_report_document, summary
from build_tools.policy.model import Node, Policy, Run
from build_tools.project import Project
from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)
PAIRS = {
    "two schools": ("the-north-school@latest", "trottiscliffe"),
    "school and template": ("template:2018-09", "trottiscliffe"),
    "two editions": ("template:2017-09", "template:2018-09"),
    "nothing": ("trottiscliffe", "trottiscliffe"),
}


@dataclasses.dataclass(frozen=True)
class Made:
    """A report and what its PDF says."""

    difference: Difference
    data: bytes
    reading: Reading


def make(difference: Difference) -> Made:
    data = render_change_report(difference, TEMPLATES)
    return Made(difference, data, read_pdf(data))


@pytest.fixture(scope="module")
def made() -> Mapping[str, Made]:
    project = Project(ROOT)
    return {name: make(commands.diff(project, old, new)) for name, (old, new) in PAIRS.items()}


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def heard(reading: Reading) -> str:
    """Return the words of a PDF as they are read aloud."""
    return " ".join(reading.document.texts())


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_keeps_to_both_standards(name: str, profile: str, made: Mapping[str, Made]) -> None:
    report = page.validate_pdf_bytes(made[name].data, profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


@pytest.mark.parametrize("name", PAIRS)
def test_is_heard_word_for_word_in_the_order_of_its_html(name: str, made: Mapping[str, Made]) -> None:
    body = html.document_fromstring(render_report_document(made[name].difference, TEMPLATES)).body
    words = letters("".join(body.itertext()))
    assert letters(re.sub(r"[\[\]]", "", heard(made[name].reading))) == re.sub(r"[\[\]]", "", words)


@pytest.mark.parametrize("name", PAIRS)
def test_each_change_is_one_list_entry_even_across_pages(name: str, made: Mapping[str, Made]) -> None:
    comparison = made[name].difference.comparison
    listed = list(_listed_singly(comparison))
    declared = made[name].difference.declarations
    sentences = [*summary(comparison), *summary_of(declared)]
    assert len(made[name].reading.document.find("LI")) == len(listed) + len(declared) + len(sentences)
    headings = [tag.role for tag in made[name].reading.document.find("H1", "H2", "H3", "H4")]
    assert headings[:2] == ["H1", "H2"]
    assert ("H3" in headings) == bool(listed)


def _listed_singly(comparison: Comparison) -> Iterator[Change]:
    """Yield the changes that are told one by one: a long report gives only the numbers of others."""
    for topic in topics(comparison):
        for section in topic.shares:
            yield from (
                part
                for share, found in section.shares.items()
                for change in found
                for part in change.walk()
                if share is not Share.REWORDED and not (share is Share.GONE and change.ending)
            )
        if not topic.shares and topic.key not in (NUMBERS, NOT_CHOSEN, FILLED_IN):
            yield from (part for change in topic.changes for part in change.walk())


def test_says_what_editions_declare(made: Mapping[str, Made]) -> None:
    words = heard(made["two editions"].reading)
    assert (
        "Keeping Children Safe in Education Succeeded by a later issue kcsie Year deleted: 2016 inserted: 2018" in words
    )
    assert "Questions to schools The law Removed law" in words


def test_says_aloud_what_was_deleted_and_what_was_inserted(made: Mapping[str, Made]) -> None:
    words = heard(made["two schools"].reading)
    assert "Broadband provider: deleted: EiS inserted: KPSN In 7.3(8), 7.3(10)." in words
    assert "7.3(8) Value changed" in words


def test_tells_every_reason_and_every_number(made: Mapping[str, Made]) -> None:
    found = made["two schools"]
    words = letters(heard(found.reading))
    changes = found.difference.comparison.changes
    reasons = {reason for change in changes for reason in (change.reason, change.old_reason) if reason}
    assert len(reasons) >= 3
    assert [reason for reason in reasons if letters(reason) not in words] == []
    renumbered = [change for change in changes if change.kind is ChangeKind.RENUMBERED]
    assert renumbered
    assert all(letters(f"{c.old_number} is now {c.number}") in words for c in renumbered)


def test_sums_up_in_sentences(made: Mapping[str, Made]) -> None:
    found = made["two schools"].difference.comparison
    sentences = list(summary(found))
    assert "1 amendment was withdrawn." in sentences
    assert "17 values changed." in sentences
    assert sum(int(sentence.split()[0]) for sentence in sentences) == len(found.changes)
    assert "Nothing differs." in heard(made["nothing"].reading)


def test_the_same_policies_give_the_same_bytes(made: Mapping[str, Made]) -> None:
    assert render_change_report(made["nothing"].difference, TEMPLATES) == made["nothing"].data


def test_a_character_that_the_typeface_lacks_is_a_mistake(made: Mapping[str, Made]) -> None:
    side = made["nothing"].difference.new
    first, *others = side.policy.sections
    strange: Node = msgspec.structs.replace(first, text=(Run("Aims 🚸"),))
    policy = Policy("x", side.policy.edition, side.policy.title, (strange, *others))
    with pytest.raises(Mistakes) as caught:
        render_change_report(differ(side, dataclasses.replace(side, policy=policy)), TEMPLATES)
    assert [problem.message for problem in caught.value.problems] == [
        "the PDF's typeface does not contain 🚸 (U+1F6B8, CHILDREN CROSSING). Use --format docx or html instead."
    ]


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("text", b"trottiscliffe ->")])
@pytest.mark.parametrize("is_named", [True, False])
def test_the_command_writes_a_file_or_a_pipe(form: str, magic: bytes, is_named: bool, tmp_path: Path) -> None:  # noqa: FBT001
    target = tmp_path / "changes"
    named = ["--output", str(target)] if is_named else []
    arguments = ["diff", "trottiscliffe", "trottiscliffe", "--format", form, "--project", str(ROOT), *named]
    result = CliRunner().invoke(cli, arguments, prog_name="policy")
    assert result.exit_code == 0, result.stderr
    content = target.read_bytes() if is_named else result.stdout_bytes
    assert content.startswith(magic)
    assert (result.stdout_bytes == b"") == is_named
    if form == "docx":
        assert docx.Document(io.BytesIO(content)).paragraphs


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_command_pours_no_file_into_a_terminal(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_is_terminal", lambda: True)
    arguments = ["diff", "trottiscliffe", "trottiscliffe", "--format", form, "--project", str(ROOT)]
    result = CliRunner().invoke(cli, arguments, prog_name="policy")
    assert (result.exit_code, result.stdout_bytes) == (2, b"")
    assert f"--output changes.{form}" in result.stderr
