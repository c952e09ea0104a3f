"""The key facts at the beginning of a policy: people and dates."""

import dataclasses
import functools
import re
from collections.abc import Mapping
from typing import Any, assert_never

from build_tools.policy.model import School, plain
from build_tools.resolving.fill import Filler, school_filler
from build_tools.schema.answers import entry_in_words, get
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.people import names_of_people
from build_tools.schema.relied_on import AGREED_BY, BODY, DOCUMENT, PEOPLE, RATIFIED_ON, TITLE, YEAR
from build_tools.template.edition import Edition
from build_tools.text.dates import long_date
from build_tools.text.names import people_in
from build_tools.text.person_name import same_person

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


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


def agreed_by(school: School) -> str | None:
    """Return who agreed a school's policy, or is to agree it, as a sentence names them: "the Governing Body".

    A setting without governors may have a committee, a board or an owner, and a person is named without an article.
    None if the school says nothing: then nobody is named.
    """
    who: str | None = AGREED_BY.of(school.values) or BODY.of(school.values)
    if who is None:
        return None
    person = who.partition(",")[0]
    is_listed = any(same_person(person, name) for name in names_of_people(school.values).values())
    is_titled = next(people_in(who), (1, None))[0] == 0
    return who if is_listed or is_titled else f"the {_ARTICLE.sub('', who)}"


def agreement(school: School) -> str:
    """Return who agreed a policy and when, or that it is not agreed yet, in a line."""
    who, ratified = agreed_by(school), RATIFIED_ON.of(school.values)
    by = f" by {who}" if who else ""
    return f"Agreed{by}, {long_date(ratified)}" if ratified else f"Not yet agreed{by}"


def draft_note(school: School) -> str | None:
    """Return the note on every page of a draft; None if the policy is in force."""
    if RATIFIED_ON.of(school.values):
        return None
    who = agreed_by(school)
    return f"It has not been agreed by {who} yet." if who else "It has not been agreed yet."
