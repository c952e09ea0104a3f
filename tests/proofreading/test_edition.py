"""What is valid in an edition and still looks wrong: an article before an answer, law that was looked up long ago."""

import dataclasses
from collections.abc import Mapping

import pytest
from cases import CASES, read_editions

from build_tools.policy.model import LookedUp
from build_tools.proofreading.edition import proofread_edition
from build_tools.template.edition import Draft, Edition
from build_tools.text.yaml_file import Document


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("Ask a {{ governor }} first.", False),
        ("Ask an {{ governor }} first.", True),
        ("Ask a {{ setting }} first.", True),  # a school may be an academy
        ("Ask a {{ learner }} first.", True),  # it may have a word of its own
        ("Ask the {{ setting }} first.", False),
        ("Ask a named {{ governor }} first.", False),
        ("A {{ head }} decides.", True),
    ],
)
def test_an_article_before_an_answer(editions: Mapping[str, Edition], words: str, *, is_found: bool) -> None:
    edition = editions["2018-09"]
    clause = dataclasses.replace(edition.by_id["aims-authors"], source=words)
    changed = dataclasses.replace(edition, sections=(clause,))
    draft = Draft(changed.name, (), changed.sections, Document("edition.yml", {}, {}, {}), changed)
    found = [problem for problem in proofread_edition(draft, {}) if "does not go with" in problem.message]
    assert bool(found) == is_found
    assert all(problem.is_warning and "Write the, each or every" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (None, "looked_up is missing. Say until which day the law was looked up (until:)"),
        ("2028-12-31", "looked_up: 31 December 2028 is more than a year before the date of this edition."),
        ("2029-01-31", None),
        ("2030-06-01", None),
    ],
)
def test_the_day_to_which_the_law_was_looked_up(until: str | None, expected: str | None) -> None:
    edition = read_editions(next(case for case in CASES if case.name == "law"))["2030-01"]
    changed = dataclasses.replace(edition, looked_up=LookedUp(until, "the council") if until else None)
    draft = Draft(changed.name, (), changed.sections, Document("edition.yml", {}, {}, {}), changed)
    found = [problem.message for problem in proofread_edition(draft, {}) if "looked_up" in problem.message]
    assert [expected in message for message in found if expected] == [True] * bool(expected)
    assert len(found) == bool(expected)


def test_law_for_nobody_is_a_mistake_once_clauses_name_theirs() -> None:
    edition = read_editions(next(case for case in CASES if case.name == "law"))["2030-01"]
    bare = tuple(dataclasses.replace(part, rests_on=()) for part in edition.by_id.values() if part.id == "keeper")
    resting = (edition.by_id["keeper"],)
    for sections, is_warning in ((bare, True), (resting, False)):
        changed = dataclasses.replace(edition, sections=sections)
        draft = Draft(changed.name, (), sections, Document("edition.yml", {}, {}, {}), changed)
        found = [
            problem for problem in proofread_edition(draft, {}) if "cited.farm-rules: no clause" in problem.message
        ]
        assert [problem.is_warning for problem in found] == [is_warning]
