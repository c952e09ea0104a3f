"""Which clauses an answer prints, selects or repeats, and the guidance on them."""

import pytest
from folders import TESTS

from build_tools.policy.model import plain
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition, read_edition
from build_tools.template.field_uses import FieldUses

CASES = TESTS / "policies"


def _edition(case: str) -> Edition:
    return read_edition(CASES / case / "policy_src" / "2030-01", CASES / case)


@pytest.fixture(scope="module")
def options() -> FieldUses:
    return FieldUses(_edition("options"))


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("app", ["app"]),
        ("exams", ["exams", "with-exams", "without-exams", "seniors-in-exams"]),
        ("ages", ["early", "junior", "senior", "older", "seniors-in-exams"]),
        ("school.name", []),
    ],
)
def test_clauses_that_depend_on_a_field(options: FieldUses, path: str, ids: list[str]) -> None:
    assert options.provisions_using(path) == ids


@pytest.mark.parametrize(
    ("path", "answers", "ids"),
    [
        ("phones.learners", ["at-home"], ["at-home"]),
        ("phones.learners", ["handed-in", "off-and-away"], ["handed-in", "off", "out-of-sight", "insured"]),
        ("exams", ["no"], ["without-exams"]),
        ("app", ["yes"], []),
    ],
)
def test_clauses_that_an_answer_selects(options: FieldUses, path: str, answers: list[str], ids: list[str]) -> None:
    assert options.provisions_selected_by(path, answers) == ids


def test_clauses_are_shown_as_the_template_prints_them() -> None:
    edition = _edition("lists")
    found = FieldUses(edition).clauses(["areas-lead", "area"], resolve_template(edition))
    assert [plain(node.text) for node in found] == [
        "These places are free of phones:",
        "the [Where no one may use a phone]",
    ]


def test_guidance_is_on_a_clause_around_it_or_names_the_field() -> None:
    edition = _edition("words")
    uses, page = FieldUses(edition), resolve_template(edition)
    clauses = [provision.id for provision in edition.walk()]
    on_all = [plain(note) for note in uses.guidance("learners", clauses, page)]
    assert len(on_all) == 1
    assert [plain(note) for note in uses.guidance("people.dsl", [], page)] == on_all
    assert uses.guidance("learners", [], page) == ()
