"""Policies as JSON: readable today, and the same tree when they are read back."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from build_tools.edition import Edition
from build_tools.model import Kind, Node, Origin, Phrase, Policy, Run
from build_tools.project import Project, read_named_school
from build_tools.resolve import resolve
from build_tools.storage import policy_data, policy_from_data, render_json

ROOT = Path(__file__).parent.parent


def _text(words: str) -> tuple[Run, ...]:
    return (Run(words),)


@pytest.fixture
def policy() -> Policy:
    clause = Node(
        Kind.CLAUSE,
        "phones-off",
        _text('Phones are "off" at Ş & Co.'),
        Origin.REPLACED,
        "phones-off",
        "(2)",
        "1.1(2)",
        reason="The governors asked.",
        was=_text("Phones are off."),
    )
    gone = Node(
        Kind.SECTION, "visitors", _text("Not used at X"), Origin.OMITTED, "visitors", "1.2", "1.2", reason="None come."
    )
    group = Node(Kind.GROUP, "rules", _text("Rules"), Origin.TEMPLATE, "rules", "", "1.1", children=(clause,))
    inner = Node(
        Kind.SECTION, "learners", _text("Learners"), Origin.TEMPLATE, "learners", "1.1", "1.1", children=(group,)
    )
    top = Node(Kind.SECTION, "phones", _text("Phones"), Origin.TEMPLATE, "phones", "1", "1", children=(inner, gone))
    return Policy("x", "2030-01", "Phone Policy", (top,))


def test_json_holds_the_tree_with_titles_texts_numbers_and_reasons(policy: Policy) -> None:
    data = json.loads(render_json(policy_data(policy, "X School")))
    assert {key: data[key] for key in ("school", "edition", "title")} == {
        "school": "X School",
        "edition": "2030-01",
        "title": "Phone Policy",
    }
    inner, gone = data["sections"][0]["children"]
    assert inner["children"][0] == {
        "kind": "group",
        "id": "rules",
        "number": "",
        "citation": "1.1",
        "title": "Rules",
        "origin": "template",
        "children": [
            {
                "kind": "clause",
                "id": "phones-off",
                "number": "(2)",
                "citation": "1.1(2)",
                "text": 'Phones are "off" at Ş & Co.',
                "origin": "replaced",
                "reason": "The governors asked.",
                "template": "Phones are off.",
                "children": [],
            }
        ],
    }
    assert (gone["title"], gone["origin"], gone["reason"]) == ("Not used at X", "omitted", "None come.")


def test_json_keeps_letters_of_all_languages_as_they_are(policy: Policy) -> None:
    assert "Ş" in render_json(policy_data(policy, "X"))


def test_other_languages_are_kept_and_older_policies_have_none(policy: Policy) -> None:
    phrases = (Phrase("Ysgol y Garn", "cy"), Phrase("Floreat", "la"), Phrase("y Garn", "cy"))
    data = policy_data(dataclasses.replace(policy, phrases=phrases), "X")
    assert data["languages"] == {"cy": ["Ysgol y Garn", "y Garn"], "la": ["Floreat"]}
    assert set(policy_from_data(data).phrases) == set(phrases)
    assert "languages" not in policy_data(policy, "X")


@pytest.mark.parametrize("name", ["the-north-school", "trottiscliffe"])
def test_a_real_policy_reads_back_as_the_same_tree(name: str, editions: Mapping[str, Edition]) -> None:
    school = read_named_school(Project(ROOT), name, editions)
    policy = resolve(editions[school.edition], school)
    assert policy_from_data(json.loads(render_json(policy_data(policy, name)))) == policy
