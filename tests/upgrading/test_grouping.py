"""Each question once, with everyone who must answer it; a mistake that a question explains is not one more."""

import dataclasses

import pytest
from folders import TESTS

from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.problems import Place, Problem
from build_tools.upgrading.grouping import Group, asked_of, display_name, questions
from build_tools.upgrading.plan import Rehearsal
from build_tools.upgrading.rehearsal import rehearse


@pytest.fixture(scope="module")
def rows() -> dict[str, Rehearsal]:
    reading = read(Project(TESTS / "upgrades" / "phones"), [])
    return {row.school: row for row in rehearse(reading, reading.editions["2031-01"])}


def _group(rows: dict[str, Rehearsal], words: str) -> Group:
    (found,) = (group for group in questions(rows.values()) if words in group.message)
    return found


def test_the_question_of_most_schools_comes_first(rows: dict[str, Rehearsal]) -> None:
    counts = [len(group.names) for group in questions(rows.values())]
    assert counts == sorted(counts, reverse=True)
    assert questions(rows.values())[0].message == "checker must now be answered: Who checks the phones."


def test_what_a_federation_answered_is_asked_of_it_once(rows: dict[str, Rehearsal]) -> None:
    group = _group(rows, "phones.learners (The rule")
    assert group.names == ("The Inland Coves (federation)", "West Cove School")
    assert [choice.value for choice in group.choices] == ["at-home", "pouches"]


def test_different_answers_are_the_same_question(rows: dict[str, Rehearsal]) -> None:
    assert _group(rows, "phones.rule (The rule in brief)").message == (
        "phones.rule (The rule in brief): no longer asked. Move the answer to where it is useful, or delete it."
    )


def test_own_clauses_with_one_problem_are_one_question(rows: dict[str, Rehearsal]) -> None:
    assert _group(rows, "Unknown field phones.rule").names == ("Far Cove School", "West Cove School")


def test_only_mistakes_that_no_question_explains_are_added(rows: dict[str, Rehearsal]) -> None:
    row = rows["west-cove"]
    assert row.trial
    asked = [asked.message for asked in asked_of(row)]
    assert len(asked) == len(row.trial.plan.open)
    extra = Problem(Place("schools/west-cove/school.yml", 1), "lockers refers to hall, so hall cannot be left out.")
    trial = dataclasses.replace(row.trial, problems=(*row.trial.problems, extra))
    assert [one.message for one in asked_of(dataclasses.replace(row, trial=trial))] == [*asked, extra.message]


def test_a_federation_is_called_one(rows: dict[str, Rehearsal]) -> None:
    assert display_name(rows["inland"]) == "The Inland Coves (federation)"
    assert display_name(rows["mid-cove"]) == "Mid Cove School"
