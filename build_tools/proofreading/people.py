"""A school's people: who is listed twice, and who is named without being listed."""

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.policy.model import School
from build_tools.schema.fields import Schema
from build_tools.schema.relied_on import PEOPLE
from build_tools.schema.wording import named
from build_tools.text.names import PersonName, people_in, person_name
from build_tools.text.problems import Finding, Problem, Severity
from build_tools.text.yaml_file import KeyPath


def people_of(school: School) -> Mapping[KeyPath, PersonName]:
    """Return the names of a school's people, by the path of each."""
    return {
        (PEOPLE.path, title, index, "name"): person_name(entry["name"])
        for title, entries in _answers(school).items()
        for index, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and "name" in entry
    }


def doubles(school: School, schema: Schema) -> Iterator[Problem]:
    """Yield the people of a school who are listed twice in one list, or under two forms of their name."""
    seen: dict[KeyPath, PersonName] = {}
    for path, person in people_of(school).items():
        place = school.places.get(path, school.place)
        for other, earlier in seen.items():
            if person.text == earlier.text:
                if path[:2] == other[:2]:
                    yield Problem(place, f"{_said(path, schema)}: {person.text} is already in this list. Delete one.")
            elif person.may_be(earlier):
                yield Problem(place, _two_forms(_said(path, schema), person.text, earlier.text), Severity.WARNING)
        seen[path] = person
    listed = {person.text for person in seen.values()}
    for title, text in _answers(school).items():
        path = (PEOPLE.path, title)
        if isinstance(text, str) and text not in listed and path in school.places:
            own = person_name(text)
            if same := next((person for person in seen.values() if own.may_be(person)), None):
                yield Problem(
                    school.places[path], _two_forms(_said(path, schema), own.text, same.text), Severity.WARNING
                )


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


def _answers(school: School) -> Mapping[str, Any]:
    return PEOPLE.of(school.values) or {}


def _said(path: KeyPath, schema: Schema) -> str:
    return named(path[:2], schema.lookup(f"{path[0]}.{path[1]}"))


def _two_forms(said: str, one: str, other: str) -> str:
    return f"{said}: {one} and {other} look like the same person. Write the name in the same way in both places."
