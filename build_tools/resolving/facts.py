"""The key facts at the head of a policy: who is who, and what was decided when."""

import dataclasses
import functools
from typing import Any, assert_never

from build_tools.policy.model import School, plain
from build_tools.resolving.fill import Filler, school_filler
from build_tools.schema.answers import get
from build_tools.schema.fields import Field, FieldKind
from build_tools.template.edition import Edition


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One line of the key facts: a label and what stands beside it."""

    path: str
    label: str
    values: tuple[str, ...]
    is_recorded: bool = False
    """Whether a version has it from its record, and so no draft."""


@functools.lru_cache(maxsize=8)
def facts(edition: Edition, school: School) -> tuple[Fact, ...]:
    """Return who is who and what was decided when, in the order of the schema: people, then document control."""
    found = []
    filler = school_filler(edition.schema, school.values, edition.cited)
    for path in ("people", "document"):
        record = edition.schema.lookup(path)
        for field in record.children if record else ():
            values = _fact_values(field, get(school.values, field.path))
            is_duty = path == "people" and field.kind is FieldKind.NAMES
            if values and field.name not in ("title", "year") and not field.words and not is_duty:
                found.append(Fact(field.path, _label(field, len(values), filler), values, field.is_recorded))
    return tuple(found)


def _label(field: Field, count: int, filler: Filler) -> str:
    return plain(filler.text(field.labels[count != 1])) if field.labels else field.title


def _fact_values(field: Field, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any answer
    if not value:
        return ()
    match field.kind:
        case FieldKind.RECORDS:
            return tuple(f"{entry['name']}, {entry['role']}" if entry.get("role") else entry["name"] for entry in value)
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


def document_title(school: School) -> str:
    """Return the title of a school's policy, with its year if it has one."""
    document = school.values["document"]
    return " ".join(filter(None, (document["title"], document.get("year"))))


def draft_note(school: School) -> str | None:
    """Return what every page of a draft says; None where the policy is in force."""
    if school.values["document"].get("ratified"):
        return None
    return f"The {school.values['governance']['body']} has not agreed it yet."
