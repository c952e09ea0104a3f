"""Dates that contradict one another, and reviews that come too late."""

from collections.abc import Mapping

import pytest

from build_tools.policy.model import School
from build_tools.proofreading.chronology import is_late_review, wrong_dates
from build_tools.template.edition import Edition
from build_tools.text.problems import Place, Severity


@pytest.mark.parametrize(
    ("ratified", "review", "expected"),
    [
        ("2018-10", "2019-10", False),
        ("2018-10", "2019-11", True),
        ("2018-10-01", "2019-10-01", False),
        ("2018-10-01", "2019-10-02", True),
        ("2018-10-01", "2019-10", False),
        ("2018-10-01", "2019-11", True),
        ("2020-02-29", "2021-02-28", False),
        ("2020-02-29", "2021-03-01", True),
        ("2018-12-31", "2020-01-01", True),
    ],
)
def test_a_review_is_late_if_more_than_a_year_surely_passes(ratified: str, review: str, *, expected: bool) -> None:
    assert is_late_review(ratified, review) == expected


DATES = ("written", "published", "next_review")


@pytest.mark.parametrize(
    ("dates", "ratified", "expected"),
    [
        (("2018-09", "2018-10", "2019-09"), None, []),
        (("2018-09", None, "2019-09"), "2018-10-03", []),
        (("2018-09", "2018-08", "2019-09"), None, [("published", Severity.MISTAKE)]),
        (("2018-09", None, "2018-08"), None, [("next_review", Severity.MISTAKE)]),
        (("2018-09", "2018-10", "2018-09"), None, [("next_review", Severity.MISTAKE)]),
        (("2018-09", "2018-09", "2019-09"), "2018-10-03", [("published", Severity.WARNING)]),
        (("2018-09", None, "2019-11"), "2018-10-03", [("next_review", Severity.WARNING)]),
        # a draft that was written since is yet to be ratified
        (("2019-09", None, "2020-09"), "2018-10-03", []),
    ],
)
def test_dates_that_cannot_all_be_right(
    dates: tuple[str | None, ...],
    ratified: str | None,
    expected: list[tuple[str, Severity]],
    editions: Mapping[str, Edition],
) -> None:
    given = {name: date for name, date in zip(DATES, dates, strict=True) if date}
    places: dict[tuple[str | int, ...], Place] = {("document", name): Place(name, 1) for name in given}
    school = School("x", "2018-09", {"document": given}, places=places)
    problems = wrong_dates(school, editions["2018-09"].schema, ratified)
    assert [(p.place.file, p.severity) for p in problems] == expected
