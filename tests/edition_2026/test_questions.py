"""The questions of edition 2026-09: each explains itself, and a school that presses Enter is soon through them."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import TESTS
from readability import measure

from build_tools.interviewing.asking import Progress, Question, next_question
from build_tools.interviewing.form import form_for
from build_tools.interviewing.interview import answer, enter
from build_tools.interviewing.question_text import word_question
from build_tools.project import Project
from build_tools.reading import read
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.edition import Edition

IN_A_GROUP = 8
OF_ANOTHER_AREA = "authority"
"""The edition answers it for Kent, so only schools elsewhere meet this group; they need all of it."""
QUESTIONS, MINUTES, WORDS = 60, 20, 8000
READING, DECIDING, TYPING = 240, 10, 20
"""Words read in a minute, and seconds for each question and for each typed answer."""
TYPED = {
    "school.name": "Puddlemere School",
    "people.dsl.name": "Mrs Ngozi Tallow",
    "people.filtering_lead.name": "Mr Evan Thistle",
    "document.written": "2026-10-05",
    "document.next_review": "2027-10",
    "filtering.broadband": "Exa Networks",
    "filtering.product": "Smoothwall",
    "monitoring.methods": "1, 3, 4",
    "school.ages": "1, 2, 3",
    "phones.learners": "3",
}
KINDS = {
    "a primary school": ("2", "1"),
    "a secondary academy": ("3", "2"),
    "a pre-school": ("1", "4"),
    "a special school": ("5", "1"),
}


def _questions(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        if field.kind.traits.is_block:
            yield from _questions(field.children)
        elif not field.is_recorded:
            yield field


def _path(question: Question) -> str:
    return ".".join(key for key in question.path if isinstance(key, str))


@dataclasses.dataclass(frozen=True, slots=True)
class Interview:
    """What a school is asked."""

    asked: int
    typed: int
    """The questions that need more than Enter."""
    words: int
    answers: Mapping[str, Any]

    @property
    def minutes(self) -> float:
        """About how long it takes."""
        return self.words / READING + (self.asked * DECIDING + self.typed * TYPING) / 60


def _interview(edition: Edition, kind: str) -> Interview:
    """Return the interview of a kind of school that presses Enter where it can."""
    phase, legal = KINDS[kind]
    replies = {**TYPED, "school.phase": phase, "school.kind": legal}
    asked = typed = words = 0
    progress = Progress()
    while question := next_question(form := form_for({edition.name: edition}, {}, progress.answers), progress):
        worded = word_question(form, progress, question)
        words += len(" ".join([worded.title, *worded.notes, *worded.choices]).split())
        asked += 1
        progress, wrong = enter(form, progress, question)
        if wrong:
            typed += 1
            progress, wrong = answer(form, progress, question, replies[_path(question)])
        assert wrong == ()
    return Interview(asked, typed, words, progress.answers)


def test_each_question_has_a_title_and_a_line_of_help(editions: Mapping[str, Edition]) -> None:
    questions = list(_questions(editions["2026-09"].schema.root.children))
    assert len(questions) > 100
    assert [field.path for field in questions if not field.title] == []
    assert [field.path for field in questions if not field.description or "\n" in field.description] == []
    assert [field.path for field in questions if len(field.description) > 150] == []


def test_no_group_has_more_than_eight_optional_questions(editions: Mapping[str, Edition]) -> None:
    groups = [group for group in editions["2026-09"].schema.root.children if group.kind.traits.is_block]
    sizes = {
        group.path: sum(not child.is_recorded and child.name not in group.needs for child in group.children)
        for group in groups
        if group.path != OF_ANOTHER_AREA
    }
    assert len(sizes) > 20
    assert {path: size for path, size in sizes.items() if size > IN_A_GROUP} == {}


def test_each_typed_answer_has_an_example_or_a_default(editions: Mapping[str, Edition]) -> None:
    without = [
        field.path
        for field in _questions(editions["2026-09"].schema.root.children)
        if field.kind in (FieldKind.TEXT, FieldKind.NAMES)
        and field.default is None
        and not field.declared.get("examples")
        and field.path not in editions["2026-09"].suggestions
    ]
    assert without == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_enter_accepts_is_a_policy(kind: str, editions: Mapping[str, Edition], tmp_path: Path) -> None:
    school = tmp_path / "schools" / "puddlemere" / "school.yml"
    school.parent.mkdir(parents=True)
    school.write_text(yaml.safe_dump(dict(_interview(editions["2026-09"], kind).answers)), encoding="utf-8")
    reading = read(Project(tmp_path), ["puddlemere"])
    assert [str(problem) for problem in reading.problems(["puddlemere"])] == []
    assert measure(reading.school("puddlemere").policy.walk()).words < WORDS


def test_a_school_that_presses_enter_is_soon_done(
    editions: Mapping[str, Edition], expected: Callable[[Path, str], None]
) -> None:
    lines = ["What policy new asks a school that presses Enter where it can", ""]
    for kind in KINDS:
        found = _interview(editions["2026-09"], kind)
        figures = f"{found.asked} questions, {found.typed} of them typed; {found.words} words"
        lines.append(f"{kind + ':':20} {figures}; {found.minutes:.1f} minutes")
        assert found.asked < QUESTIONS
        assert found.minutes < MINUTES
    lines += ["", f"At {READING} words a minute, {DECIDING} seconds a question and {TYPING} more if it is typed."]
    expected(TESTS / "edition_2026" / "expected" / "interview.txt", "\n".join(lines) + "\n")
