"""The words for learners: which are another school's, and where they may stand all the same."""

from collections.abc import Mapping
from typing import Any

import pytest

from build_tools.proofreading.terms import other_terms_in
from build_tools.schema.fields import Field
from build_tools.template.edition import Edition


def word_for_learners(editions: Mapping[str, Edition]) -> Field:
    """Return the field that holds a school's word for learners."""
    edition = editions["2018-09"]
    field = edition.schema.lookup(edition.pages.learners or "")
    assert field is not None
    return field


YOUNG = {"singular": "young person", "plural": "young people"}


@pytest.mark.parametrize(
    ("own", "text", "expected"),
    [
        ("pupils", "Our students and each student", ["students", "student"]),
        ("pupils", "Students leave them. Learners too: Students may ask.", ["Students", "Learners", "Students"]),
        ("pupils", "Our pupils, and children at large", []),
        ("students", "Pupils keep the learners’ phones", ["Pupils", "learners"]),
        ("children", "No pupil forgets it", ["pupil"]),
        ("learners", "The student’s phone", ["student"]),
        (YOUNG, "Young people and students", ["students"]),
        # names
        ("pupils", "the Student Council and Student Services", []),
        ("pupils", "Student Services are told", []),
        ("students", "See Show My Homework for Pupils", []),
        # what everybody calls so
        ("students", "the pupil premium, pupil referral units", []),
        ("pupils", "student teachers, adult learners and lifelong learners", []),
        # somebody else's words
        ("pupils", "posters say “students first”", []),
        ("pupils", "studentship", []),
    ],
)
def test_only_the_school_s_own_word_stands(
    editions: Mapping[str, Edition],
    own: Any,  # noqa: ANN401 - an answer
    text: str,
    expected: list[str],
) -> None:
    found = list(other_terms_in(text, word_for_learners(editions), {"learners": own}))
    assert [text[f.start : f.end] for f in found] == expected
    assert all(f.severity.value == "warning" for f in found)


@pytest.mark.parametrize(
    ("own", "is_filled_in", "instead"),
    [
        (YOUNG, True, "{{ learner }}"),
        (YOUNG, False, "young person"),
        ("pupils", True, "{{ learner }}"),
        ("pupils", False, "pupil"),
    ],
)
def test_the_message_gives_the_word_that_is_right(
    editions: Mapping[str, Edition],
    own: Any,  # noqa: ANN401 - an answer
    is_filled_in: bool,  # noqa: FBT001 - a case
    instead: str,
) -> None:
    field = word_for_learners(editions)
    (finding,) = other_terms_in("No student", field, {"learners": own}, is_filled_in=is_filled_in)
    said = own if isinstance(own, str) else own["plural"]
    assert finding.message == f'"student" stands here, and this school says "{said}". Write {instead}.'
