"""What an edition says of the one before fits that edition; the messages are in `bad_editions/upgrading-*`."""

import dataclasses
from collections.abc import Mapping

import pytest
from folders import ROOT

from build_tools.proofreading.edition_upgrading import misfits
from build_tools.template.edition import Edition, read_edition
from build_tools.template.upgrading_file import Successor, Upgrading


@pytest.fixture(scope="module")
def pair() -> tuple[Edition, Edition]:
    older, newer = (read_edition(ROOT / "policy_src" / name, ROOT) for name in ("2018-09", "2026-09"))
    return older, newer


def test_the_newest_edition_fits_the_one_before(pair: tuple[Edition, Edition]) -> None:
    assert list(misfits(*pair)) == []


@pytest.mark.parametrize(
    ("values", "is_right"),
    [({"text": True, "email": True}, True), ({"text": True}, False), ({}, False)],
)
def test_another_kind_of_answer_needs_a_value_for_each(
    values: Mapping[str, bool], pair: tuple[Edition, Edition], *, is_right: bool
) -> None:
    older, newer = pair
    said = Upgrading((Successor("email.wellbeing_account", "reporting.worry_account", values, None, None),))
    assert (list(misfits(older, dataclasses.replace(newer, upgrading=said))) == []) == is_right
