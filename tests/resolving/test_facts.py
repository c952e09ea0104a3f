"""The key facts: people with their job titles, dates, and nothing that a school has left out."""

from collections.abc import Mapping
from typing import Any

import pytest
from folders import ROOT

from build_tools.policy.model import School
from build_tools.resolving.facts import agreement, document_title, draft_note, facts
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
    ("values", "draft", "ratified"),
    [
        ({"governance": {"body": "Full Board"}}, "Not yet agreed by the Full Board", "Agreed by the Full Board"),
        ({"governance": {"body": "The Trustees"}}, "Not yet agreed by the Trustees", "Agreed by the Trustees"),
        ({"governance": {"body": "owner"}}, "Not yet agreed by the owner", "Agreed by the owner"),
        ({"governance": {"body": "Mrs Elm, owner"}}, "Not yet agreed by Mrs Elm, owner", "Agreed by Mrs Elm, owner"),
        (
            {"governance": {"body": "Ada Elm, owner"}, "people": {"dsl": [{"name": "Mrs A. Elm"}], "head": "Manager"}},
            "Not yet agreed by Ada Elm, owner",
            "Agreed by Ada Elm, owner",
        ),
        ({"governance": {}}, "Not yet agreed", "Agreed"),
        ({}, "Not yet agreed", "Agreed"),
    ],
)
def test_who_agrees_is_named_rightly_or_not_at_all(values: dict[str, Any], draft: str, ratified: str) -> None:
    assert agreement(School("x", "2018-09", values)) == draft
    assert draft_note(School("x", "2018-09", values)) == f"It has not been agreed{draft[len('Not yet agreed') :]} yet."
    agreed = {**values, "document": {"ratified": "2018-10-03"}}
    assert agreement(School("x", "2018-09", agreed)) == f"{ratified}, 3 October 2018"
    assert draft_note(School("x", "2018-09", agreed)) is None
