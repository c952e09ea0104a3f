"""Other schools that a text names, as a text does that was copied from them."""

from collections.abc import Collection, Iterator

from build_tools.names import mentions, schools_in, without
from build_tools.problems import Finding, Severity

_INSTEAD = "Write {{ school.short_name }}, or list it under partners if it belongs here."


def other_schools_in(text: str, own: Collection[str], others: Collection[str]) -> Iterator[Finding]:
    """Yield the schools that a text names; `own` are the names that it may use, `others` those that it must not."""
    left = without(text, own)
    for at, name in mentions(left, others):
        yield Finding(at, at + len(name), f"{name} is another school. {_INSTEAD}")
    for at, name in schools_in(without(left, others)):
        message = f"{name} looks like the name of another school. {_INSTEAD}"
        yield Finding(at, at + len(name), message, Severity.WARNING)
