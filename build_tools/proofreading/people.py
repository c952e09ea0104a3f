"""A school's people: who is listed twice, and who is named without being listed."""

from collections.abc import Iterator, Mapping

from build_tools.policy.model import School
from build_tools.schema.answers import get
from build_tools.schema.fields import Schema
from build_tools.schema.people import fields_with_people, names_of_people
from build_tools.schema.relied_on import PEOPLE
from build_tools.schema.wording import field_at, named
from build_tools.text.names import people_in
from build_tools.text.person_name import PersonName, person_name
from build_tools.text.problems import Finding, Problem, Severity
from build_tools.text.yaml_file import KeyPath


def people_of(school: School) -> Mapping[KeyPath, PersonName]:
    """Return the names of a school's people, by the path of each."""
    return {path: person_name(name) for path, name in names_of_people(school.values).items()}


def doubles(school: School, schema: Schema) -> Iterator[Problem]:
    """Yield the people of a school who are listed twice in one list, or whose name is written in two ways."""
    seen: dict[KeyPath, PersonName] = {}
    written: set[str] = set()
    for path, person in _in_any_field(school, schema):
        place, said = school.places.get(path, school.place), _said(path, schema)
        if any(other[:2] == path[:2] and earlier.text == person.text for other, earlier in seen.items()):
            yield Problem(place, f"{said}: {person.text} is already in this list. Delete one.")
        elif person.text not in written:
            other, earlier = next(((at, name) for at, name in seen.items() if name.may_be(person)), (path, person))
            if other != path:
                there = f"{_said(other, schema)} at {school.places.get(other, school.place)}"
                message = f"{person.text} here and {earlier.text} in {there} look like one person."
                yield Problem(place, f"{said}: {message} Write the name in the same way.", Severity.WARNING)
        written.add(person.text)
        seen[path] = person


def strangers_in(text: str, school: School) -> Iterator[Finding]:
    """Yield the people named with a title in a text who are not listed among the school's people."""
    known = people_of(school).values()
    for start, person in people_in(text):
        end = start + len(person.text)
        if any(person.may_be(other) for other in known):
            message = f"{person.text} is named here, and the name will stay when people change. Write the role instead."
        else:
            message = f"{person.text} is named here but is not listed under people. Write the role instead."
        yield Finding(start, end, message, Severity.WARNING)


def _said(path: KeyPath, schema: Schema) -> str:
    return named(path[:2], field_at(schema.root, path[:2]))


def _in_any_field(school: School, schema: Schema) -> Iterator[tuple[KeyPath, PersonName]]:
    """Yield every name of a person that a school wrote: those in lists first, then those that repeat one of them."""
    yield from people_of(school).items()
    for field in fields_with_people(schema):
        path, text = (PEOPLE.path, field.name), get(school.values, field.path)
        if isinstance(text, str) and path in school.places:
            yield path, person_name(text)
