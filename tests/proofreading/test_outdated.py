"""Law and guidance that is not in force as long as the policy is."""

import dataclasses

import pytest
from cases import named_example

from build_tools.policy.model import Citation, School
from build_tools.proofreading.outdated import (
    not_in_force,
    outdated_citations,
    outdated_mentions,
    stale_law,
    still_to_change,
)
from build_tools.resolving.resolve import resolve
from build_tools.template.edition import Edition

OLD = Citation("Keeping Children Safe in Education", "DfE", "2016", None, "2016-09-05", "2018-09-02")
NEW = Citation("Keeping Children Safe in Education", "DfE", "2018", None, "2018-09-03")
ACT = Citation("Data Protection Act 1998", "Parliament", None, None, "2000-03-01", "2018-05-24")
GDPR = Citation("General Data Protection Regulation (GDPR)", "EU", None, None, "2018-05-25")


@pytest.mark.parametrize(
    ("text", "written", "review", "expected"),
    [
        ("the Data Protection Act 1998", "2017-09", "2018-05", None),
        ("the Data Protection Act 1998", "2017-09", "2018-05-25", "but the next review is on 25 May 2018"),
        ("the Data Protection Act 1998", "2018-06", "2019-06", "but the policy was written in June 2018"),
        ("the Data Protection Act 1998", "2018-05-24", "2018-05-24", None),
        ("the GDPR", "2017-09", "2018-04", "It is in force from 25 May 2018, but the next review is in April 2018"),
        ("the GDPR", "2018-04", "2019-04", None),
        ("KCSIE 2016", "2018-10", "2019-10", "from 5 September 2016 to 2 September 2018, but the policy was written"),
        ("KCSIE 2018", "2018-10", "2030-10", None),
        ("KCSIE 2015", "2017-09", "2018-06", "Keeping Children Safe in Education (2016) has replaced it"),
        ("KCSIE 2017", "2018-10", "2019-10", "Keeping Children Safe in Education (2018) has replaced it"),
        ("KCSIE 2017", "2018-06", "2018-08", None),
        ("Keeping Children Safe in Education", "2018-10", "2019-10", None),
    ],
)
def test_named_guidance_is_checked_against_the_life_of_a_policy(
    text: str, written: str, review: str, expected: str | None
) -> None:
    found = list(
        outdated_mentions(text, {"document": {"written": written, "next_review": review}}, (OLD, NEW, ACT, GDPR))
    )
    assert len(found) == (expected is not None)
    assert all(expected in finding.message for finding in found if expected)


def test_without_dates_nothing_is_out_of_date() -> None:
    assert not list(outdated_mentions("the Data Protection Act 1998", {}, (ACT,)))


@pytest.mark.parametrize(
    ("ratified", "expected"),
    [("2018-05-23", [GDPR]), ("2018-05", []), ("2018-05-24", [GDPR]), ("2018-05-25", [ACT]), ("2018-06", [ACT])],
)
def test_citations_are_checked_against_the_day_of_ratification(ratified: str, expected: list[Citation]) -> None:
    assert [why.split(" is cited")[0] for why in not_in_force((ACT, GDPR), ratified)] == [c.title for c in expected]


# --- what clauses rest on -----------------------------------------------------------------------


def dated(name: str, **dates: str) -> tuple[Edition, School]:
    """Return a school whose clauses rest on law, with other dates."""
    edition, school = named_example("law", name)
    document = {"title": "Animals Policy", "next_review": "2031-01", **dates}
    return edition, dataclasses.replace(school, values={**school.values, "document": document})


@pytest.mark.parametrize(
    ("review", "warned", "noted"),
    [
        ("2030-08", ["Guide"], ["Animal Keeping Act 2028 ends on 31 December 2030"]),
        ("2031-01", ["Animal", "Guide"], []),
    ],
)
def test_an_end_within_the_policy_is_a_warning(review: str, warned: list[str], noted: list[str]) -> None:
    edition, school = dated("brook", written="2030-02", next_review=review)
    policy = resolve(edition, school)
    found = [problem.message for problem in outdated_citations(policy, school, {"2030-01": edition})]
    assert [message.split()[0] for message in found] == warned
    notes = list(still_to_change(policy, school))
    assert [note.partition(", after the next review.")[0] for note in notes] == noted
    assert all("Look at the clauses that rest on it: " in message for message in (*found, *notes))


def test_clauses_that_the_school_amended_come_first() -> None:
    edition, school = dated("heath", written="2030-02", next_review="2031-01")
    found = [p.message for p in outdated_citations(resolve(edition, school), school, {"2030-01": edition})]
    first = "1(2)(c) (replaced by the school)"
    assert found[0].endswith(
        f"Its successor is Animal Keeping Act 2030. Look at the clauses that rest on it: {first}, 1(1) and 1(2)."
    )
    assert found[1].endswith(f"rest on it: {first}, 1.2(1) (replaced by the school) and 1(2).")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"written": "2031-02-01"}, None),
        ({"written": "2031-02-02"}, "more than a year before the policy was written, 2 February 2031"),
        ({"written": "2030-03", "next_review": "2032-02-01"}, None),
        ({"next_review": "2032-02-02"}, "more than two years before the next review, 2 February 2032"),
        # one warning is enough
        (
            {"written": "2031-03", "next_review": "2032-03"},
            "more than a year before the policy was written, March 2031",
        ),
    ],
)
def test_law_that_was_looked_up_long_ago(dates: dict[str, str], expected: str | None) -> None:
    edition, school = dated("brook", **dates)
    found = [problem.message for problem in stale_law(school, edition)]
    assert len(found) == bool(expected)
    assert all(
        expected in message and "by the council’s officer for animals" in message for message in found if expected
    )


def test_an_edition_that_names_no_day_is_never_too_old() -> None:
    edition, school = dated("brook", written="2040-01")
    assert list(stale_law(school, dataclasses.replace(edition, looked_up=None))) == []
