"""The fields of an edition, and what the rest of the program asks them."""

import pytest

from build_tools.schema.fields import FieldKind, Schema, capital
from build_tools.schema.file import parse_schema

SCHEMA = """\
type: object
required: [school, learners, people]
$defs:
  person:
    type: object
    required: [name]
    properties:
      name: {type: string, title: Name}
      role: {type: string, title: Job title}
properties:
  school:
    type: object
    title: The school
    required: [name]
    properties:
      name: {type: string, title: Full name}
      short_name: {type: string, title: Short name, x-same-as: school.name}
      website: {type: string, title: Website, format: web-address}
      colour: {type: string, title: Colour, format: colour}
  people:
    type: array
    title: Leads
    x-label: {one: Lead, many: Leads}
    items: {$ref: "#/$defs/person"}
  deputy: {$ref: "#/$defs/person", title: Deputy, description: Stands in.}
  learners:
    title: Learners
    x-words: {one: learner, many: learners}
    oneOf:
      - {const: pupils, title: Pupils, x-singular: pupil}
      - {const: others}
      - {type: object, title: Another word}
  exams: {type: boolean, title: "Exams?", default: false}
  areas: {type: array, title: Areas, items: {type: string}}
  ages: {type: array, title: Ages, items: {oneOf: [{const: early, title: Early}]}}
  date: {type: string, title: Date, format: date-or-month}
  bell: {type: string, title: Bell, format: time-of-day}
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return parse_schema(SCHEMA, "school.schema.yml")


@pytest.mark.parametrize(
    ("path", "kind", "always"),
    [
        ("school", FieldKind.RECORD, True),
        ("school.name", FieldKind.TEXT, True),
        ("school.short_name", FieldKind.TEXT, True),
        ("school.website", FieldKind.ADDRESS, False),
        ("school.colour", FieldKind.COLOUR, False),
        ("people", FieldKind.RECORDS, True),
        ("deputy", FieldKind.RECORD, False),
        ("deputy.name", FieldKind.TEXT, False),
        ("learners", FieldKind.CHOICE, True),
        ("exams", FieldKind.FLAG, True),
        ("areas", FieldKind.NAMES, False),
        ("ages", FieldKind.CHOICES, False),
        ("date", FieldKind.DATE, False),
        ("bell", FieldKind.TIME, False),
    ],
)
def test_a_field_has_a_kind_and_is_in_every_school_or_not(
    schema: Schema, path: str, kind: FieldKind, *, always: bool
) -> None:
    field = schema.lookup(path)
    assert field
    assert (field.path, field.kind, field.always) == (path, kind, always)


@pytest.mark.parametrize("path", ["", "school.", "nothing", "school.nothing", "people.name", "school.name.first"])
def test_a_path_that_leads_to_no_field(schema: Schema, path: str) -> None:
    assert schema.lookup(path) is None


def test_all_fields_are_told_but_those_of_the_entries_of_lists(schema: Schema) -> None:
    assert [field.path for field in schema.fields] == [
        "school",
        "school.name",
        "school.short_name",
        "school.website",
        "school.colour",
        "people",
        "deputy",
        "deputy.name",
        "deputy.role",
        "learners",
        "exams",
        "areas",
        "ages",
        "date",
        "bell",
    ]


def test_the_entries_of_a_list_have_fields(schema: Schema) -> None:
    people = schema.lookup("people")
    assert people
    assert [(field.path, field.name, field.required) for field in people.children] == [
        ("people[].name", "name", True),
        ("people[].role", "role", False),
    ]


def test_a_list_is_labelled_by_how_many_it_holds(schema: Schema) -> None:
    people, areas = schema.lookup("people"), schema.lookup("areas")
    assert people
    assert areas
    assert (people.labels, areas.labels) == (("Lead", "Leads"), None)


def test_what_stands_beside_a_reference_wins(schema: Schema) -> None:
    deputy = schema.lookup("deputy")
    assert deputy
    assert (deputy.title, deputy.description) == ("Deputy", "Stands in.")


def test_choices_are_told_with_their_titles(schema: Schema) -> None:
    learners = schema.lookup("learners")
    assert learners
    assert [(choice.value, choice.title, choice.singular) for choice in learners.choices] == [
        ("pupils", "Pupils", "pupil"),
        ("others", "others", None),
    ]


def test_words_have_capitals(schema: Schema) -> None:
    assert list(schema.words) == ["learner", "Learner", "learners", "Learners"]
    assert {field.path for field in schema.words.values()} == {"learners"}


def test_lists_are_the_options_that_hold_several_answers(schema: Schema) -> None:
    assert schema.lists == {"ages"}


@pytest.mark.parametrize(("word", "expected"), [("pupil", "Pupil"), ("éleve", "Éleve"), ("", ""), ("a b", "A b")])
def test_capital(word: str, expected: str) -> None:
    assert capital(word) == expected
