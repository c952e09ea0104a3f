"""Policies as JSON: readable today, and the same tree when they are read back."""

import dataclasses
import json
from collections.abc import Mapping

import pytest
from cases import placeless, read_named_school, resolved_example
from folders import ROOT

from build_tools.policy.model import Phrase, Policy
from build_tools.policy.storage import policy_data, policy_from_data, render_json
from build_tools.project import Project
from build_tools.resolving.resolve import resolve
from build_tools.template.edition import Edition


def test_json_has_titles_texts_numbers_and_reasons(phone_policy: Policy) -> None:
    data = json.loads(render_json(policy_data(phone_policy, "X School")))
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


def test_json_keeps_letters_of_all_languages_as_they_are(phone_policy: Policy) -> None:
    assert "Ş" in render_json(policy_data(phone_policy, "X"))


def test_other_languages_are_kept_and_older_policies_have_none(phone_policy: Policy) -> None:
    phrases = (Phrase("Ysgol y Garn", "cy"), Phrase("Floreat", "la"), Phrase("y Garn", "cy"))
    data = policy_data(dataclasses.replace(phone_policy, phrases=phrases), "X")
    assert data["languages"] == {"cy": ["Ysgol y Garn", "y Garn"], "la": ["Floreat"]}
    assert set(policy_from_data(data).phrases) == set(phrases)
    assert "languages" not in policy_data(phone_policy, "X")


@pytest.mark.parametrize("name", ["the-north-school", "trottiscliffe"])
def test_a_real_policy_reads_back_as_the_same_tree(name: str, editions: Mapping[str, Edition]) -> None:
    school = read_named_school(Project(ROOT), name, editions)
    policy = resolve(editions[school.edition], school)
    kept = dataclasses.replace(policy, sections=placeless(policy.sections))
    assert policy_from_data(json.loads(render_json(policy_data(policy, name)))) == kept


def test_promises_are_kept_and_clauses_without_one_have_no_key() -> None:
    policy = resolved_example("promises", "wren").policy
    data = json.loads(render_json(policy_data(policy, "Wren")))
    plan, safe = data["sections"][0]["children"][1], data["sections"][0]["children"][0]
    assert plan["promise"]["who"] == "the headteacher"
    assert "promise" not in safe
    assert policy_from_data(data) == dataclasses.replace(policy, sections=placeless(policy.sections))
