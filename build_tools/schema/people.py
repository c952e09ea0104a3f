"""The fields of an edition in which a school names people."""

from collections.abc import Iterator
from typing import assert_never

from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.schema.relied_on import PEOPLE


def fields_with_people(schema: Schema) -> Iterator[Field]:
    """Yield the fields of the group of people that take names, in their order; a word for a role is not a name."""
    people = schema.lookup(PEOPLE.path)
    for field in people.children if people else ():
        if _names_somebody(field.kind) and not field.words:
            yield field


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
            | FieldKind.COLOUR
        ):
            return False
        case _:
            assert_never(kind)
