"""Chronology: contradictory dates in a school's document control, and reviews that are too late."""

from collections.abc import Iterator

from build_tools.policy.model import School
from build_tools.schema.fields import Schema
from build_tools.schema.relied_on import NEXT_REVIEW, PUBLISHED, WRITTEN, ReliedOn
from build_tools.schema.wording import named
from build_tools.text.dates import is_before, long_date, passes_years
from build_tools.text.problems import Place, Problem, Severity

# which date must not be before which; ratification is in the records of the versions
_ORDER = ((WRITTEN, PUBLISHED), (WRITTEN, NEXT_REVIEW), (PUBLISHED, NEXT_REVIEW))


def wrong_dates(school: School, schema: Schema, ratified: str | None) -> Iterator[Problem]:
    """Yield the dates in a school's file that contradict one another; `ratified` is that of its version in force."""
    values = school.values
    for early, late in _ORDER:
        first, second = early.of(values), late.of(values)
        if first and second and is_before(second, first):
            message = (
                f"{_said(late, schema)}: {long_date(second)} is before {_said(early, schema)}, {long_date(first)}."
            )
            yield Problem(_place(school, late), f"{message} Correct the one that is wrong.")
    # a policy written after the version in force is a new draft, which has not been decided yet
    written, published, next_review = WRITTEN.of(values), PUBLISHED.of(values), NEXT_REVIEW.of(values)
    if not ratified or not written or is_before(ratified, written):
        return
    if published and is_before(published, ratified):
        message = f"{_said(PUBLISHED, schema)}: {long_date(published)} is before the policy was ratified"
        message = f"{message}, {long_date(ratified)}. Say when that version was published, or delete the line."
        yield Problem(_place(school, PUBLISHED), message, Severity.WARNING)
    if is_late_review(ratified, next_review):
        message = f"{_said(NEXT_REVIEW, schema)}: {late_review(ratified, next_review)}"
        yield Problem(_place(school, NEXT_REVIEW), message, Severity.WARNING)


def is_late_review(ratified: str, next_review: str) -> bool:
    """Return whether more than a year passes before a review, for all days that the dates can mean.

    Keeping Children Safe in Education asks for a review of the safeguarding policies at least once a year.
    """
    return passes_years(ratified, next_review)


def late_review(ratified: str, next_review: str) -> str:
    """Return what is wrong with a review that is too late."""
    return (
        f"{long_date(next_review)} is more than a year after the policy was ratified,"
        f" {long_date(ratified)}. Review it at least once a year."
    )


def _said(field: ReliedOn, schema: Schema) -> str:
    return named(field.key, schema.lookup(field.path))


def _place(school: School, field: ReliedOn) -> Place:
    return school.places.get(field.key, school.place)
