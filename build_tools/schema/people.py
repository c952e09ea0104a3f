"""The people whom a school names, and the fields of an edition for them."""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.schema.relied_on import PEOPLE
from build_tools.text.yaml_file import KeyPath


def fields_with_people(schema: Schema) -> Iterator[Field]:
    """Yield the fields of the group of people that take names, in their order; a word for a role is not a name."""
    people = schema.lookup(PEOPLE.path)
    for field in people.children if people else ():
        if _names_somebody(field.kind) and not field.words:
            yield field


def names_of_people(values: Mapping[str, Any]) -> Mapping[KeyPath, str]:
    """Return the names in a school's lists of people, by the path of each."""
    return {
        (PEOPLE.path, title, index, "name"): entry["name"]
        for title, entries in (PEOPLE.of(values) or {}).items()
        for index, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and "name" in entry
    }


def _names_somebody(kind: FieldKind) -> bool:
    match kind:
        case FieldKind.RECORDS | FieldKind.TEXT:
            return True
        case (
            FieldKind.RECORD
            | FieldKind.NAMES
            | FieldKind.CHOICES
            | FieldKind.CHOICE
            | FieldKind.FLAG
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
        ):
            return False
        case _:
            assert_never(kind)
