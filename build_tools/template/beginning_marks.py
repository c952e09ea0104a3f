"""The mark of what comes into force later: what `from` says about a clause or section, and what is wrong with it."""

from build_tools.template.blocks import Block
from build_tools.text.dates import first_day, is_before, is_date, long_date
from build_tools.text.problems import Problem
from build_tools.text.typed_dates import no_date

FROM = "from"


def read_beginning(block: Block, around: str | None) -> tuple[str | None, list[Problem]]:
    """Return from when a part is in force, and what is wrong with that; `around` is when what is around it begins."""
    said = block.attribute(FROM)
    if said is None:
        return around, []
    if not is_date(said):
        return around, [Problem(block.place, f"{FROM}: {no_date(said)}")]
    if around and first_day(said) < first_day(around):
        message = f"{long_date(said)} is before {long_date(around)}, when what is around it begins."
        return around, [Problem(block.place, f"{FROM}: {message} Write a later date, or delete {FROM}=.")]
    return said, []


def too_early(begins: str, date: str) -> str | None:
    """Return why a part cannot begin then, None if it can; `date` is that of the edition."""
    if first_day(begins) > first_day(date):
        return None
    message = f"{long_date(begins)} is not after the date of the edition, {long_date(date)}."
    return f"{FROM}: {message} Write a later date, or delete {FROM}=."


def due_too_early(by: str | None, begins: str | None) -> str | None:
    """Return why a promise cannot be due by then, None if it can; a date that a school gives is not known here."""
    if not (by and begins and is_date(by) and is_before(by, begins)):
        return None
    return f"by: {long_date(by)} is before {long_date(begins)}, when this clause begins. Write a later date."
