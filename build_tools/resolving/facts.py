"""The key facts at the beginning of a policy: people and dates."""

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any, assert_never

from build_tools.policy.model import School, plain
from build_tools.resolving.fill import Filler, school_filler
from build_tools.schema.answers import entry_in_words, get
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.relied_on import BODY, DOCUMENT, PEOPLE, RATIFIED_ON, TITLE, YEAR
from build_tools.template.edition import Edition


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One line of the key facts: a label and its values."""

    path: str
    label: str
    values: tuple[str, ...]
    is_recorded: bool = False
    """Whether it comes from the record of a version; drafts do not have it."""


@functools.lru_cache(maxsize=8)
def facts(edition: Edition, school: School) -> tuple[Fact, ...]:
    """Return the key facts in the order of the schema: people, then document control."""
    found = []
    filler = school_filler(edition.schema, school.values, edition.cited)
    for group in (PEOPLE, DOCUMENT):
        record = edition.schema.lookup(group.path)
        for field in record.children if record else ():
            values = _fact_values(field, get(school.values, field.path))
            is_duty = group is PEOPLE and field.kind is FieldKind.NAMES
            if values and field.path not in (TITLE.path, YEAR.path) and not field.words and not is_duty:
                found.append(Fact(field.path, _label(field, len(values), filler), values, field.is_recorded))
    return tuple(found)


def _label(field: Field, count: int, filler: Filler) -> str:
    return plain(filler.text(field.labels[count != 1])) if field.labels else field.title


def _fact_values(field: Field, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any answer
    if not value:
        return ()
    match field.kind:
        case FieldKind.RECORDS:
            return tuple(_entry_values(field, entry) for entry in value)
        case FieldKind.NAMES:
            return tuple(value)
        case FieldKind.DATE | FieldKind.TIME | FieldKind.TEXT:
            return (field.kind.traits.printed(value),)
        case (
            FieldKind.RECORD
            | FieldKind.CHOICES
            | FieldKind.CHOICE
            | FieldKind.FLAG
            | FieldKind.ADDRESS
            | FieldKind.COLOUR
        ):
            return ()
        case _:
            assert_never(field.kind)


def _entry_values(field: Field, entry: Mapping[str, Any]) -> str:
    words = entry_in_words(field, entry)
    return f"{words}, {entry['role']}" if "name" in entry and "role" in entry else words


def document_title(school: School) -> str:
    """Return the title of a school's policy, with its year if it has one."""
    return " ".join(filter(None, (TITLE.of(school.values), YEAR.of(school.values))))


def governing_body(school: School) -> str:
    """Return the name of the school's governing body."""
    return BODY.of(school.values) or "governing body"


def draft_note(school: School) -> str | None:
    """Return the note on every page of a draft; None if the policy is in force."""
    if RATIFIED_ON.of(school.values):
        return None
    return f"The {governing_body(school)} has not agreed it yet."
