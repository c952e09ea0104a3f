"""The questions of an edition, told in full: what may be answered, whether it must be, and what depends on it."""

from collections.abc import Iterator, Mapping

import pytest
import yaml
from cases import CASES, read_editions

from build_tools.resolving.resolve import resolve_template
from build_tools.schema.answers import merge, validate
from build_tools.schema.fields import NOT_ANSWERS
from build_tools.template.edition import Edition
from build_tools.template.questions import ENTRIES, AskedQuestion, questions
from build_tools.text.yaml_file import parse_yaml

NAME = "2018-09"


def _all(edition: Edition) -> Iterator[AskedQuestion]:
    for top in questions(edition, resolve_template(edition)):
        yield from top.walk()


@pytest.fixture(scope="module")
def asked(editions: Mapping[str, Edition]) -> Mapping[str, AskedQuestion]:
    return {question.field.path: question for question in _all(editions[NAME])}


@pytest.mark.parametrize(
    ("path", "takes", "duty"),
    [
        ("school", "a group of answers", "It must be answered."),
        ("school.name", "text, at most 120 characters", "It must be answered."),
        ("school.short_name", "text, at most 120 characters", "If left out, it is the same as school.name."),
        ("school.motto", "text, at most 160 characters", "It can be left out."),
        ("school.lessons", "one of the choices", "If left out, it is: Lessons."),
        ("exams", "yes or no", "If left out, it is: No."),
        ("learners", "one of the choices, or another word with its singular and plural", "It must be answered."),
        ("people.dsl[].name", "text, at most 120 characters", "It must be answered."),
        ("people.dsl[].role", "text, at most 120 characters", "It can be left out."),
        ("phones.banned_areas", "a list, at most 40 entries", "If left out, it is: toilets, changing rooms."),
        (
            "authority.police",
            "text, at most 120 characters",
            (
                "If left out, it is what the edition says. It must be answered after this answer: Is it in the area of "
                "Kent County Council? No. Many clauses name these bodies. Without your answers, your policy would name "
                "those of Kent."
            ),
        ),
        ("governance", "a group of answers", "It can be left out."),
    ],
)
def test_what_is_told_of_a_question(asked: Mapping[str, AskedQuestion], path: str, takes: str, duty: str) -> None:
    assert (asked[path].takes, asked[path].duty) == (takes, duty)


@pytest.mark.parametrize(
    ("path", "example"),
    [
        ("phones.stored_in", "phones:\n  stored_in: medical room\n"),
        ("school.lessons", "school:\n  lessons: sessions\n"),
        ("school.in_kent", "school:\n  in_kent: no\n"),
        ("exams", "exams: yes\n"),
        ("school.colour", "school:\n  colour: '#7a1f3d'\n"),
        ("technology.search_tools", "technology:\n  search_tools:\n    - Google Safe Search\n    - CBBC safe search\n"),
        ("people.dsl", "people:\n  dsl:\n    - name: Miss Lucy Henderson\n      role: Headteacher\n"),
        ("people.dsl[].name", ""),
        ("people", ""),
    ],
)
def test_an_example_is_written_as_schools_write(asked: Mapping[str, AskedQuestion], path: str, example: str) -> None:
    assert asked[path].example == example


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("phones.confiscation", ["phones-confiscated"]),
        ("people.online_safety_lead", ["roles-online-safety-lead"]),
        ("tracking", ["progress-apps", "tracking-app"]),
        ("school.motto", []),
        ("people", []),
    ],
)
def test_which_clauses_depend_on_an_answer(asked: Mapping[str, AskedQuestion], path: str, ids: list[str]) -> None:
    assert [node.id for node in asked[path].used_in] == ids


def test_every_clause_with_a_condition_is_told_of(
    editions: Mapping[str, Edition], asked: Mapping[str, AskedQuestion]
) -> None:
    told = {node.id for question in asked.values() for node in question.used_in}
    conditional = {provision.id for provision in editions[NAME].walk() if provision.when}
    assert len(conditional) > 50
    assert conditional <= told


def test_what_ratification_records_is_not_asked(
    editions: Mapping[str, Edition], asked: Mapping[str, AskedQuestion]
) -> None:
    recorded = {field.path for field in editions[NAME].schema.fields if field.is_recorded}
    assert recorded
    assert {field.path for field in editions[NAME].schema.root.walk() if field.path} - asked.keys() == recorded


def test_what_a_file_may_hold_besides_answers_is_told_too() -> None:
    assert {entry.name for entry in ENTRIES} == set(NOT_ANSWERS)


def _editions_of_cases() -> Iterator[Edition]:
    for case in CASES:
        yield from read_editions(case).values()


def test_every_example_is_a_sound_answer(editions: Mapping[str, Edition]) -> None:
    for edition in (*editions.values(), *_editions_of_cases()):
        answers: dict[str, object] = {}
        for question in _all(edition):
            if question.example:
                answers = merge(parse_yaml(question.example, "example").data, answers, edition.schema.root)
        document = parse_yaml(yaml.safe_dump(answers), "school.yml")
        _, problems = validate(edition.schema, document, document.data)
        assert answers
        # a title or an address at example.org shows how an answer is written, and is refused as a blank
        wrong = [problem.message for problem in problems if "is a blank, not an answer" not in problem.message]
        assert not wrong, edition.name


def test_a_wrong_example_would_be_found(editions: Mapping[str, Edition]) -> None:
    document = parse_yaml("phones:\n  learners: banned\n", "school.yml")
    assert validate(editions[NAME].schema, document, document.data, is_whole=False)[1]


def test_a_question_shows_what_is_suggested_to_whom(asked: Mapping[str, AskedQuestion]) -> None:
    assert asked["learners"].suggested == (
        "Children (Phase: Early years (nursery or pre-school))",
        "Pupils (Phase: Primary or Special)",
        "Students (otherwise)",
    )
    assert asked["people.deputy_dsl[].role"].suggested == (
        "examples: Deputy Manager, Room Leader (Phase: Early years (nursery or pre-school))",
    )
    assert not asked["school.name"].suggested
