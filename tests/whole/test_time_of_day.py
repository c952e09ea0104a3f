"""A time of day, from the schema of an edition to each place where people meet it."""

import json

import jsonschema_rs
import pytest
from folders import TESTS

from build_tools.interviewing.asking import Progress, trail
from build_tools.interviewing.form import form_for
from build_tools.interviewing.interview import answer
from build_tools.interviewing.missing import OpenQuestion, render_missing
from build_tools.interviewing.question_text import word_question
from build_tools.interviewing.school_file import render_school_file
from build_tools.outputs.hub.matrix import answers_of
from build_tools.outputs.hub.status import changed_answers
from build_tools.policy.model import plain
from build_tools.project import Project
from build_tools.reading import Reading, read
from build_tools.resolving.facts import Fact, facts
from build_tools.resolving.resolve import resolve_template
from build_tools.schema.file import parse_schema
from build_tools.template.editor import editor_schema
from build_tools.template.questions import questions
from build_tools.text.yaml_file import parse_yaml

PROJECT = Project(TESTS / "policies" / "values")
NAME = "2030-01"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(PROJECT, ("names",))


def test_a_clause_prints_it_and_every_table_shows_it(reading: Reading) -> None:
    resolved = reading.school("names")
    clause = next(node for node in resolved.policy.walk() if node.id == "given-back")
    assert plain(clause.text) == "Phones are given back at 12.05 pm."
    assert answers_of(resolved)["bell"] == "12.05 pm"


def test_it_is_among_the_key_facts(reading: Reading) -> None:
    resolved = reading.school("names")
    found = [fact for fact in facts(resolved.edition, resolved.school) if fact.path == "document.meeting"]
    assert found == [Fact("document.meeting", "Time of the meeting that agreed it", ("6 pm",))]


def test_another_time_is_another_answer(reading: Reading) -> None:
    schema = reading.edition(NAME).schema
    assert changed_answers(schema, {"bell": "12:05"}, {"bell": "12:10"}) == ("bell",)


def test_a_school_is_told_how_to_write_it(reading: Reading) -> None:
    edition = reading.edition(NAME)
    asked = {question.field.path: question for question in questions(edition, resolve_template(edition))}
    bell, meeting = asked["bell"], asked["document"].parts[-1]
    assert (bell.takes, bell.duty, bell.example) == (
        "a time, such as 14:30",
        "If left out, it is: 3.15 pm.",
        "bell: 15:15\n",
    )
    assert meeting.example == "document:\n  meeting: 14:30\n"


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [("09:00", True), ("23:59", True), ("9:00", False), ("24:00", False), ("2.30 pm", False), (870, False)],
)
def test_an_editor_refuses_what_the_check_refuses(reading: Reading, typed: object, *, is_right: bool) -> None:
    edition = reading.edition(NAME)
    schema = dict(editor_schema(edition, resolve_template(edition)))
    assert schema["properties"]["bell"]["patternErrorMessage"] == "This is not a time, such as 14:30."
    file = {"edition": NAME, "school": {"name": "X"}, "bell": typed}
    assert jsonschema_rs.Draft7Validator(schema).is_valid(file) is is_right


def test_an_interview_asks_for_it_and_writes_it_down(reading: Reading) -> None:
    edition = reading.edition(NAME)
    form = form_for({NAME: edition}, {}, {})
    question = next(question for question in trail(form, Progress()) if question.path == ("bell",))
    text = word_question(form, Progress(), question)
    assert (text.notes, text.enter) == (("Write a time, such as 14:30.",), "Press Enter for: 3.15 pm")
    assert answer(form, Progress(), question, "quarter to four") == (
        Progress(),
        ('"quarter to four" is not a time. Write it as 14:30.',),
    )
    progress, wrong = answer(form, Progress(), question, " 15:45 ")
    assert not wrong
    file = render_school_file(edition, {"edition": NAME, **progress.answers})
    assert parse_yaml(file, "school.yml").data == {"edition": NAME, "bell": "15:45"}


def test_what_is_missing_says_how_it_is_written() -> None:
    rules = {"bell": {"type": "string", "title": "When phones are given back", "format": "time-of-day"}}
    schema = {"type": "object", "required": ["bell"], "properties": rules}
    field = parse_schema(json.dumps(schema), "school.schema.yml").lookup("bell")
    assert field is not None
    assert render_missing("x", (OpenQuestion("bell", field, (), ""),)) == (
        "x: 1 question must still be answered.\n\nbell: When phones are given back\n  Give a time, such as 14:30.\n"
    )
