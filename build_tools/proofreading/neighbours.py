"""Other schools' names in a school's words or as its own name, as happens with copied files."""

from collections.abc import Container, Iterator

from build_tools.policy.model import School
from build_tools.schema.fields import Schema
from build_tools.schema.relied_on import NAME, SHORT_NAME
from build_tools.schema.wording import named
from build_tools.text.names import Names, schools_in
from build_tools.text.problems import Finding, Problem, Severity


def shared_names(school: School, schema: Schema, namesakes: Container[str]) -> Iterator[Problem]:
    """Yield each name of a school that another one has too, as in a copied file."""
    for field in (NAME, SHORT_NAME):
        name = " ".join(field.of(school.values).split())
        if name in namesakes and field.key in school.places:
            said = named(field.key, schema.lookup(field.path))
            message = f"{said}: another school here is also called {name}. Write this school's name."
            yield Problem(school.places[field.key], message, Severity.WARNING)


def other_schools_in(text: str, own: Names, others: Names, instead: str) -> Iterator[Finding]:
    """Yield the schools that a text mentions, with what to write instead.

    `own` has the names that it may use, `others` those that it must not.
    """
    advice = f"Write {instead}, or list it under partners if it belongs here."
    left = own.without(text)
    for at, name in others.mentions(left):
        yield Finding(at, at + len(name), f"{name} is another school. {advice}")
    for at, name in schools_in(others.without(left)):
        message = f"{name} looks like the name of another school. {advice}"
        yield Finding(at, at + len(name), message, Severity.WARNING)
