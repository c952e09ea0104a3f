"""The key facts: people with their job titles, dates, and nothing that a school has left out."""

from collections.abc import Mapping
from typing import Any

import pytest
from folders import ROOT

from build_tools.policy.model import School
from build_tools.resolving.facts import document_title, facts, governing_body
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition


@pytest.fixture(scope="module")
def shown(editions: Mapping[str, Edition]) -> Mapping[str, tuple[str, ...]]:
    school = read_school(ROOT / "schools/trottiscliffe", ROOT, editions)
    return {fact.path: fact.values for fact in facts(editions[school.edition], school)}


def test_a_person_is_shown_with_name_and_job_title(
    shown: Mapping[str, tuple[str, ...]], editions: Mapping[str, Edition]
) -> None:
    leads = read_school(ROOT / "schools/trottiscliffe", ROOT, editions).values["people"]["dsl"]
    assert leads
    expected = [f"{lead['name']}, {lead['role']}" if "role" in lead else lead["name"] for lead in leads]
    assert list(shown["people.dsl"]) == expected
    assert any(", " in value for value in expected)


def test_the_title_and_the_year_head_the_policy_and_are_no_facts(
    shown: Mapping[str, tuple[str, ...]], editions: Mapping[str, Edition]
) -> None:
    school = read_school(ROOT / "schools/trottiscliffe", ROOT, editions)
    document = school.values["document"]
    assert document_title(school) == " ".join(document[name] for name in ("title", "year") if name in document)
    assert not {"document.title", "document.year"} & shown.keys()
    assert "document.next_review" in shown


@pytest.mark.parametrize(
    ("values", "body"),
    [
        ({"governance": {"body": "Full Board"}}, "Full Board"),
        ({"governance": {}}, "governing body"),
        ({}, "governing body"),
    ],
)
def test_a_governing_body_has_the_name_that_the_school_gives_it(values: dict[str, Any], body: str) -> None:
    assert governing_body(School("x", "2018-09", values)) == body
