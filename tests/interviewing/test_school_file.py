"""A school.yml that the program writes: YAML that means the same to every reader, in the order of the schema."""

from collections.abc import Mapping
from typing import Any

import hypothesis
import pytest
import strategies
import yaml
from hypothesis import strategies as st

from build_tools.interviewing.school_file import render_school_file, render_yaml
from build_tools.schema.answers import coerce
from build_tools.template.edition import Edition
from build_tools.text.yaml_file import parse_yaml

EDITIONS = ("2017-09", "2018-09")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("St Mary's", "St Mary's"),
        ("Ş. O'Brien's & Son's School", "Ş. O'Brien's & Son's School"),
        ("2018-05-23", "2018-05-23"),
        ("2018-05", "2018-05"),
        ("https://www.example.org/#top", "https://www.example.org/#top"),
        (True, "yes"),
        (False, "no"),
        ("no", "'no'"),
        ("Yes", "'Yes'"),
        ("null", "'null'"),
        ("~", "'~'"),
        ("2018", "'2018'"),
        ("3.10", "'3.10'"),
        ("12:30", "'12:30'"),
        ("#7a1f3d", "'#7a1f3d'"),
        ("House #2", "'House #2'"),
        ("Our aim: to be kind", "'Our aim: to be kind'"),
        ("- a", "'- a'"),
        ("{{ head }}", "'{{ head }}'"),
        ("'", "''''"),
    ],
)
def test_a_value_has_quotation_marks_only_where_yaml_needs_them(value: Any, written: str) -> None:  # noqa: ANN401
    assert render_yaml({"x": value}) == f"x: {written}\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITIONS)
@hypothesis.given(data=st.data())
@hypothesis.settings(max_examples=25, phases=[hypothesis.Phase.generate])
def test_whatever_a_school_answers_is_read_back(
    name: str, data: st.DataObject, editions: Mapping[str, Edition]
) -> None:
    edition = editions[name]
    answers = data.draw(strategies.answers(edition.schema), label="answers")
    text = render_school_file(edition, {"edition": name, **answers})
    read = parse_yaml(text, "school.yml").data
    assert read.pop("edition") == name
    assert coerce(edition.schema, read) == answers
    # nor does any other reader of YAML take a text for a number or a flag
    other = yaml.load(text, Loader=_Without)  # noqa: S506 - it makes plain data only
    assert {key: value for key, value in other.items() if key != "edition"} == answers


class _Without(yaml.SafeLoader):
    """YAML 1.1 but for its dates, which 1.2 does not have."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML declares it
        first: [pair for pair in pairs if not pair[0].endswith("timestamp")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@pytest.mark.parametrize("careless", ["x: # heading", "x: no", "x: 01632", "x: {a: remark}", "x: 3.10"])
def test_control_without_quotation_marks_the_value_changes(careless: str) -> None:
    assert yaml.load(careless, Loader=_Without) != {"x": careless.removeprefix("x: ")}  # noqa: S506 - plain data only


def test_a_file_has_comments_in_the_order_of_the_schema(editions: Mapping[str, Edition]) -> None:
    answers = {
        "phones": {"banned_areas": ["toilets", "pool"], "learners": "at-home"},
        "exams": False,
        "school": {"ages": ["early"], "name": "St Mary's"},
        "federation": "coast",
        "edition": "2018-09",
        "people": {"dsl": [{"name": "Mrs A", "role": "Head, and DSL"}]},
        "learners": {"singular": "young person", "plural": "young people"},
    }
    assert (
        render_school_file(editions["2018-09"], answers)
        == """\
# yaml-language-server: $schema=../2018-09.schema.json
# schools/README.md says how to fill in this file.
federation: coast
edition: 2018-09

# The school
school:
  # Full name
  name: St Mary's
  # Age groups taught
  #   early: Early Years Foundation Stage and Key Stage 1
  #   junior: Key Stage 2
  #   senior: Key Stage 3 and above
  ages: [early]

# People
people:
  # Designated safeguarding leads
  dsl:
    - name: Mrs A
      role: Head, and DSL

# What children and young people are called
#   pupils: Pupils
#   students: Students
#   learners: Learners
#   children: Children
learners: {singular: young person, plural: young people}

# Does the school hold public examinations?
exams: no

# Phones and personal devices
phones:
  # The rule for learners' own phones and devices
  #   at-home: Left at home unless a parent has asked in writing
  #   handed-in: Handed in at the start of the day and collected at the end
  #   off-and-away: Switched off and out of sight in lessons and between lessons
  learners: at-home
  # Where no one may use a phone
  banned_areas: [toilets, pool]
"""
    )


def test_a_long_list_stands_on_lines_of_its_own(editions: Mapping[str, Edition]) -> None:
    areas = [f"the changing rooms of building {number}" for number in range(1, 5)]
    text = render_school_file(editions["2018-09"], {"phones": {"banned_areas": areas}})
    assert text.endswith("  banned_areas:\n" + "".join(f"    - {area}\n" for area in areas))
