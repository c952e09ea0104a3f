"""Other schools that a text names, as a text does that was copied from them."""

from collections.abc import Iterator

from build_tools.names import Names, schools_in
from build_tools.problems import Finding, Severity

_INSTEAD = "Write {{ school.short_name }}, or list it under partners if it belongs here."


def other_schools_in(text: str, own: Names, others: Names) -> Iterator[Finding]:
    """Yield the schools that a text names; `own` are the names that it may use, `others` those that it must not."""
    left = own.without(text)
    for at, name in others.mentions(left):
        yield Finding(at, at + len(name), f"{name} is another school. {_INSTEAD}")
    for at, name in schools_in(others.without(left)):
        message = f"{name} looks like the name of another school. {_INSTEAD}"
        yield Finding(at, at + len(name), message, Severity.WARNING)
