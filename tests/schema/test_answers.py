"""A school's answers: typed as the schema has it, checked, and completed with the defaults."""

from typing import Any

import pytest

from build_tools.schema.answers import complete, get, validate
from build_tools.schema.fields import Schema, is_colour, is_web_address
from build_tools.schema.file import parse_schema
from build_tools.text.yaml_file import parse_yaml

SCHEMA = """\
type: object
additionalProperties: false
required: [school]
properties:
  school:
    type: object
    title: School
    additionalProperties: false
    required: [name]
    properties:
      name: {type: string, title: Name, minLength: 1}
      short_name: {type: string, title: Short name, x-same-as: school.name}
      term: {type: string, title: Term, default: school}
  people:
    type: array
    title: People
    items:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        name: {type: string, title: Name}
        leads: {type: boolean, title: "Does this person lead?"}
  areas: {type: array, title: Areas, items: {type: string}, default: [toilets]}
  exams: {type: boolean, title: "Exams?", default: false}
  app: {type: string, title: App}
  details:
    type: object
    title: Details
    additionalProperties: false
    properties:
      room: {type: string, title: Room, default: office}
      note: {type: string, title: Note}
  authority:
    type: object
    title: Authority
    additionalProperties: false
    properties:
      council: {type: string, title: Council}
      police: {type: string, title: Police}
"""
AUTHORITY = {"council": "Borsetshire County Council", "police": "Borsetshire Police"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return parse_schema(SCHEMA, "school.schema.yml")


def typed(schema: Schema, text: str) -> Any:  # noqa: ANN401 - any answers
    document = parse_yaml(f"school: {{name: Oak}}\n{text}", "school.yml")
    answers, problems = validate(schema, document, document.data)
    assert not problems
    del answers["school"]
    return answers


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("exams: yes", {"exams": True}),
        ("exams: No", {"exams": False}),
        ("exams: 'TRUE'", {"exams": True}),
        ("exams: false", {"exams": False}),
        ("app: off", {"app": "off"}),
        ("app: 01632", {"app": "01632"}),
        ("app: 3.10", {"app": "3.10"}),
        ("app: 12:30", {"app": "12:30"}),
        ("app: '  a \t b\u00a0c  '", {"app": "a b c"}),
        ("app: |\n  a\n  b\n", {"app": "a b"}),
        ("areas: [yes,  'b  c', off]", {"areas": ["yes", "b c", "off"]}),
        ("people: [{name: ' A  B ', leads: yes}]", {"people": [{"name": "A B", "leads": True}]}),
        ("details: {room: off}", {"details": {"room": "off"}}),
    ],
)
def test_only_yes_and_no_are_anything_but_text(schema: Schema, text: str, answers: dict[str, Any]) -> None:
    assert typed(schema, text) == answers


def test_every_mistake_is_told_with_its_place(schema: Schema) -> None:
    document = parse_yaml("school:\n  nam: x\nexams: maybe\npeople:\n  - leads: no\n", "school.yml")
    _typed, problems = validate(schema, document, document.data)
    assert sorted(f"{problem.place}: {problem.message}" for problem in problems) == [
        "school.yml:1: school.name (Name) is missing. Add it.",
        "school.yml:2: school.nam: unknown question. Did you mean name?",
        'school.yml:3: exams (Exams?): "maybe" is not yes or no.',
        "school.yml:5: people, entry 1, name (Name) is missing. Add it.",
    ]


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("app:", "app (App)"),
        ("app: '  '", "app (App)"),
        ("areas: []", "areas (Areas)"),
        ("areas: [hall, '']", "areas, entry 2 (Areas)"),
        ("people: [{name: ''}]", "people, entry 1, name (Name)"),
        ("details: {room: ''}", "details.room (Room)"),
        ("school: {name: ''}", "school.name (Name)"),
    ],
)
def test_an_empty_value_is_never_an_answer(schema: Schema, text: str, blank: str) -> None:
    given = text if text.startswith("school") else f"school: {{name: Oak}}\n{text}"
    document = parse_yaml(given, "school.yml")
    _typed, problems = validate(schema, document, document.data)
    assert [problem.message for problem in problems] == [f"{blank}: this is empty. Give an answer or delete the line."]


def test_defaults_are_filled_in(schema: Schema) -> None:
    assert complete(schema, {"school": {"name": "The School"}}, AUTHORITY) == {
        "school": {"name": "The School", "short_name": "The School", "term": "school"},
        "areas": ["toilets"],
        "exams": False,
        "details": {"room": "office"},
        "authority": AUTHORITY,
    }


def test_given_answers_go_before_defaults_and_edition_bodies(schema: Schema) -> None:
    given = {
        "school": {"name": "The School", "short_name": "TS"},
        "areas": ["pool"],
        "exams": True,
        "details": {"note": "n"},
        "authority": {"police": "Felpersham Police"},
    }
    values = complete(schema, given, AUTHORITY)
    assert values["school"]["short_name"] == "TS"
    assert (values["areas"], values["exams"]) == (["pool"], True)
    assert values["details"] == {"room": "office", "note": "n"}
    assert values["authority"] == {"council": "Borsetshire County Council", "police": "Felpersham Police"}
    assert given["authority"] == {"police": "Felpersham Police"}


@pytest.mark.parametrize(
    ("path", "value"),
    [("a", {"b": "c"}), ("a.b", "c"), ("a.b.c", None), ("x", None), ("x.y", None), ("", {"a": {"b": "c"}})],
)
def test_get(path: str, value: Any) -> None:  # noqa: ANN401 - any answer
    assert get({"a": {"b": "c"}}, path) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.example", True),
        ("http://x.example/a_(b)?c=d&e=%20#f", True),
        ("https://bücher.example/ü", True),
        ("www.x.example", False),
        ("ftp://x.example", False),
        ("javascript:https://x", False),
        ("https://", False),
        ("https://x.example/a b", False),
        ('https://x.example/"onclick=', False),
        ("https://x.example/<b>", False),
        ("https://x.example/\n", False),
    ],
)
def test_is_web_address(text: str, *, expected: bool) -> None:
    assert is_web_address(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("#7a1f3d", True), ("#7A1F3D", True), ("#fff", False), ("7a1f3d", False), ("#7a1f3d;", False), ("red", False)],
)
def test_is_colour(text: str, *, expected: bool) -> None:
    assert is_colour(text) is expected
