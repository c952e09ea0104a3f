"""Conditions that no answers can change are found by trying answers."""

from collections.abc import Mapping

import pytest

from build_tools.template.edition import Edition
from build_tools.template.trying import always_or_never

MANY = ["school.ages", "technology.used", "monitoring.methods", "people.governors", "people.deputy_dsl", "platforms"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("people.dsl", True),
        ("exams or not exams", True),
        ("exams and not exams", False),
        ('phones.learners == "at-home" and phones.learners == "handed-in"', False),
        ('phones.learners == "at-home" or phones.learners == "handed-in"', None),
        (  # a word of the school's own
            'not (learners == "pupils" or learners == "students" or learners == "learners" or learners == "children")',
            None,
        ),
        ('"early" in school.ages and "junior" in school.ages and "senior" in school.ages', None),
        ('"early" not in school.ages and "junior" not in school.ages and "senior" not in school.ages', False),
        ("people.dsl | length == 0", False),
        ("people.dsl | length > 19", None),
        ("people.dsl | length > 0", True),
        ("in_both(people.dsl, people.governors) and people.head in people.dsl", None),
        ("people.online_safety_lead in people.dsl and people.online_safety_lead not in people.dsl", False),
        ("months_between(document.written, document.next_review) > 60", None),
        ("months_between(document.written, document.next_review) < 0", False),
        ('"two" in document.review_frequency and "years" in document.review_frequency', None),
        ("school.website and not local_links", None),
        # too many combinations to try them all
        (f"people.dsl | length < 0 and {' and '.join(MANY)}", None),
    ],
)
def test_what_no_answers_can_change(condition: str, expected: bool | None, editions: Mapping[str, Edition]) -> None:  # noqa: FBT001 - a table
    assert always_or_never(condition, editions["2018-09"].schema) is expected
