"""Which clause people mean who type a number, a heading or an old id, and what they are told to write."""

from collections.abc import Mapping
from typing import Any

import pytest
from folders import SOUND

from build_tools.schools.meant_provision import MeantProvisions
from build_tools.template.edition import Edition, read_edition


def explain(editions: Mapping[str, Edition], typed: str, answers: Mapping[str, Any] | None = None) -> str | None:
    meant = MeantProvisions(editions["2018-09"], answers, editions.values())
    return meant.explain(typed, lambda identity: f"omit: {identity}")


@pytest.mark.parametrize(
    "typed",
    ["7.9", "7.9.", "section 7.9", "Section 7.9", "§7.9", "s. 7.9", "7.9 Videoconferencing", "7.9 - Videoconferencing"],
)
def test_a_number_is_told_from_an_id(editions: Mapping[str, Edition], typed: str) -> None:
    assert explain(editions, typed) == (
        "7.9 is the number; the id is videoconferencing. Write: omit: videoconferencing."
    )


@pytest.mark.parametrize("typed", ["7.3(9)", "7.3 (9)", "Clause 7.3(9)", "7.3.9", "7.3.(9)"])
def test_the_parts_of_a_number_may_be_separated_in_any_way(editions: Mapping[str, Edition], typed: str) -> None:
    told = explain(editions, typed)
    assert told is not None
    assert told.endswith("is the number; the id is filter-categories. Write: omit: filter-categories.")


def test_a_section_and_a_clause_of_the_same_digits_differ() -> None:
    meant = MeantProvisions(read_edition(SOUND / "policy_src/2030-01", SOUND), None, ())
    assert "the id is visits." in str(meant.explain("1.1", str))
    assert "the id is mind." in str(meant.explain("1(1)", str))


def test_every_number_of_an_edition_leads_to_its_ids(editions: Mapping[str, Edition]) -> None:
    for identity, label in editions["2018-09"].labels.items():
        if label.number:
            assert identity in str(explain(editions, label.citation))


ALTERNATIVES = "9.3(2) is the number of several alternatives: phones-at-home, phones-handed-in and phones-off."


def test_the_alternative_that_the_answers_select_is_proposed(editions: Mapping[str, Edition]) -> None:
    answers = {"phones": {"learners": "handed-in"}}
    assert explain(editions, "9.3(2)", answers) == (
        f"{ALTERNATIVES} Your answers select phones-handed-in. Write: omit: phones-handed-in."
    )


def test_without_answers_all_alternatives_are_offered(editions: Mapping[str, Edition]) -> None:
    assert explain(editions, "9.3(2)") == (
        f"{ALTERNATIVES} Write the id of the one that you mean, such as omit: phones-at-home."
    )


@pytest.mark.parametrize(
    "typed", ["Videoconferencing", "VIDEOCONFERENCING", "email_offensive", "Email Offensive", "#email"]
)
def test_an_id_in_another_spelling_is_written_rightly(editions: Mapping[str, Edition], typed: str) -> None:
    assert str(explain(editions, typed)).startswith("an id has lower-case words with hyphens. Write: omit: ")


@pytest.mark.parametrize(
    ("typed", "identity"),
    [("Managing Email", "email"), ("Policy Aims", "aims"), ("policy aims", "aims")],
)
def test_a_title_leads_to_its_id(editions: Mapping[str, Edition], typed: str, identity: str) -> None:
    assert explain(editions, typed) == f"this is the title of a section; its id is {identity}. Write: omit: {identity}."


def test_a_title_may_have_a_schools_own_words_for_its_fields(editions: Mapping[str, Edition]) -> None:
    assert "its id is learner-phones." in str(explain(editions, "Pupils’ Use of Personal Devices and Mobile Phones"))


def test_an_id_that_is_in_an_older_edition_only_is_named_with_it(editions: Mapping[str, Edition]) -> None:
    assert str(explain(editions, "technical-breaches")).startswith("edition 2017-09 has it, but 2018-09 does not.")


@pytest.mark.parametrize("typed", ["zzz", "videoconferenceing", "no", "", "x " * 300])
def test_what_means_nothing_is_left_to_others(editions: Mapping[str, Edition], typed: str) -> None:
    assert explain(editions, typed) is None
