"""Blanks among answers of every kind, and what is no blank where it is."""

from typing import Any

import pytest

from build_tools.schema.answers import validate
from build_tools.schema.blanks import is_blank_answer
from build_tools.schema.fields import Schema
from build_tools.schema.file import parse_schema
from build_tools.text.yaml_file import parse_yaml

SCHEMA = """\
type: object
additionalProperties: false
required: [school, product]
properties:
  school:
    type: object
    title: The school
    required: [name]
    properties:
      name: {type: string, title: Full name, examples: [Oak School, Elm School], x-invented: true}
      site: {type: string, title: Website, format: web-address}
  product: {type: string, title: Product, examples: [Sieve]}
  media: {type: array, title: Media, items: {type: string}, examples: [[Twitter]]}
  team: {type: string, title: IT team, default: IT team}
  allergies:
    title: Allergies
    oneOf: [{const: none, title: None}, {const: some, title: Some}]
  people:
    type: object
    title: People
    properties:
      lead: {type: string, title: Lead}
      dsl:
        type: array
        title: Safeguarding leads
        x-label: {one: Safeguarding lead, many: Safeguarding leads}
        items:
          type: object
          required: [name]
          properties:
            name: {type: string, title: Name}
            role: {type: string, title: Job title}
  authority:
    type: object
    title: Bodies
    properties:
      care: {type: string, title: Children's social care}
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return parse_schema(SCHEMA, "school.schema.yml")


def wrong(schema: Schema, text: str) -> list[str]:
    document = parse_yaml(f"school: {{name: Ash School}}\nproduct: Sieve\n{text}", "school.yml")
    return [problem.message for problem in validate(schema, document, document.data)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "media: [X, Facebook]",
        "media: [Email, Text]",
        "allergies: none",
        "authority: {care: Children's Social Care}",
        "team: IT team",
        "people: {dsl: [{name: Ng, role: Safeguarding lead}]}",
        "people: {lead: Mrs Noone}",
    ],
)
def test_what_may_be_true_is_an_answer(schema: Schema, text: str) -> None:
    assert wrong(schema, text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("team: ~", 'team (IT team): "~" is a blank, not an answer. Type the real one, or delete the line.'),
        (
            "media: [Twitter, x]",
            'media, entry 2 (Media): "x" is a blank, not an answer. Type the real one, or delete the entry.',
        ),
        (
            "media: [no]",
            'media, entry 1 (Media): "no" is a blank, not an answer. Type the real one, or delete the whole list.',
        ),
        (
            "media: none",
            'media (Media): "none" is a blank, not an answer. Type the real one, or delete the line.',
        ),
        (
            "allergies: N/A",
            'allergies (Allergies): "N/A" is a blank, not an answer. Answer with none or some, or delete the line.',
        ),
        (
            "people: {lead: Lead}",
            'people.lead (Lead): "Lead" is a blank, not an answer. Type the real one, or delete the line.',
        ),
        (
            "people: {dsl: [{name: Safeguarding Lead}, {name: Mrs Ash, role: '?'}]}",
            (
                'people.dsl, entry 1, name (Name): "Safeguarding Lead" is a blank, not an answer. '
                "Type the real one, or delete the entry."
            ),
        ),
        (
            "people: {dsl: [{name: A. N. Other}]}",
            (
                'people.dsl, entry 1, name (Name): "A. N. Other" is a blank, not an answer. '
                "Type the real one, or delete the whole list."
            ),
        ),
    ],
)
def test_a_blank_says_what_to_type(schema: Schema, text: str, message: str) -> None:
    assert wrong(schema, text)[0] == message


def test_a_blank_is_reported_once_although_it_breaks_other_rules(schema: Schema) -> None:
    document = parse_yaml("school: {name: Full name, site: TBC}\nproduct: [N/A]", "school.yml")
    assert [problem.message.partition(":")[0] for problem in validate(schema, document, document.data)[1]] == [
        "school.name (Full name)",
        "school.site (Website)",
        "product (Product)",
    ]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("school.name", "Oak School", True),  # the schema says that it is invented
        ("school.name", "Ash School", False),
        ("product", "Sieve", False),
        ("school.site", "https://www.example.org", True),
        ("school.site", "https://me@docs.EXAMPLE.com/a", True),
        ("school.site", "https://www.example.org.uk", False),
        ("school.site", "https://notexample.org", False),
        ("media", "X", False),
        ("media", ["N/A"], False),
    ],
)
def test_an_example_is_a_blank_if_it_can_be_of_no_school(
    schema: Schema,
    path: str,
    value: Any,  # noqa: ANN401 - any answer
    *,
    expected: bool,
) -> None:
    field = schema.lookup(path)
    assert field
    assert is_blank_answer(field, value) == expected
