"""Which contacts the pages of an edition can give, and whether a school has answered one."""

from collections.abc import Mapping
from typing import Any

import pytest
from cases import CASES, read_editions

from build_tools.resolving.contacts import contact_fields, has_contact, wanted_contacts
from build_tools.template.edition import Edition

CASE = next(case for case in CASES if case.name == "without-governors")
PATHS = ["school.telephone", "school.email", "school.office", "people.lead[].telephone", "people.lead[].email"]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_editions(CASE)["2030-01"]


def test_contacts_are_of_the_pages_and_of_the_people_to_tell(edition: Edition) -> None:
    assert [field.path for field in contact_fields(edition)] == PATHS


def test_an_edition_without_such_fields_asks_for_none(editions: Mapping[str, Edition]) -> None:
    for name in ("2017-09", "2018-09"):
        assert contact_fields(editions[name]) == ()
        assert wanted_contacts(editions[name], {}) == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, False),
        ({"school": {"telephone": "01632 960123"}}, True),
        ({"school": {"office": "the desk in the hall"}}, True),
        ({"people": {"lead": [{"name": "Ms Oke"}]}}, False),
        ({"people": {"lead": [{"name": "Ms Oke"}, {"name": "Mr Ash", "email": "a@b.example"}]}}, True),
        ({"people": {"governor": [{"name": "Ms Oke", "telephone": "01632 960123"}]}}, False),
    ],
)
def test_one_contact_is_enough(edition: Edition, values: dict[str, Any], *, expected: bool) -> None:
    assert has_contact(edition, values) == expected
    assert [field.path for field in wanted_contacts(edition, values)] == ([] if expected else PATHS)
