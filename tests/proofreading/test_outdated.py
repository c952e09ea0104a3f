"""Law and guidance that is not in force as long as the policy is."""

import pytest

from build_tools.policy.model import Citation
from build_tools.proofreading.outdated import not_in_force, outdated_mentions

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
