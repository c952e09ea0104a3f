"""A warning if a worried reader finds names on the pages, but no way to reach anybody."""

from collections.abc import Mapping

import pytest
from cases import CASES, read_example

from build_tools.policy.model import School
from build_tools.proofreading.contacts import missing_contacts
from build_tools.template.edition import Edition
from build_tools.text.problems import Severity

CASE = next(case for case in CASES if case.name == "without-governors")


@pytest.mark.parametrize("name", ["alone", "committee", "owned"])
def test_a_school_that_gives_one_contact_is_not_warned(name: str) -> None:
    edition, school = read_example(CASE / "schools" / name)
    assert list(missing_contacts(school, edition)) == []


def test_a_school_without_any_is_warned_and_may_publish() -> None:
    edition, school = read_example(CASE / "schools/committee")
    without = School(
        school.name, school.edition, {**school.values, "school": {"name": "Reed Pre-school", "short_name": "Reed"}}
    )
    (problem,) = missing_contacts(without, edition)
    assert problem.severity is Severity.WARNING
    assert problem.message == (
        "“Report a concern” on the pages does not say how to reach anybody. Answer school.telephone (Telephone), "
        "school.email (Email), school.office (Where to ask), people.lead.telephone (Telephone) or people.lead.email "
        "(Email)."
    )


def test_an_edition_that_cannot_print_contacts_asks_for_none(editions: Mapping[str, Edition]) -> None:
    assert list(missing_contacts(School("x", "2018-09", {}), editions["2018-09"])) == []
