"""The key facts at the beginning of a policy: people and dates."""

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from build_tools.policy.model import Run, School, Text, plain
from build_tools.resolving.fill import school_filler
from build_tools.schema.answers import entry_in_words, get
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.people import names_of_people
from build_tools.schema.relied_on import AGREED_BY, BODY, DOCUMENT, PEOPLE, RATIFIED_ON, TITLE, YEAR
from build_tools.template.edition import Edition
from build_tools.text.dates import long_date
from build_tools.text.names import people_in
from build_tools.text.person_name import same_person
from build_tools.text.typeset import typeset

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One line of the key facts: a label and its values."""

    path: str
    label: str
    values: tuple[str, ...]
    is_recorded: bool = False
    """Whether it comes from the record of a version; drafts do not have it."""
    linked: tuple[Text, ...] = ()
    """The values with the links by which somebody is reached; empty if there are none."""

    @property
    def texts(self) -> tuple[Text, ...]:
        """The values as text, with links if there are any."""
        return self.linked or tuple((Run(value),) for value in self.values)


@functools.lru_cache(maxsize=8)
def facts(edition: Edition, school: School) -> tuple[Fact, ...]:
    """Return the key facts in the order of the schema: people, then document control."""
    found = []
    filler = school_filler(edition.schema, school.values, edition.cited)
    for field in _fields_of_facts(edition):
        texts = _fact_texts(field, get(school.values, field.path))
        if texts:
            labels = edition.pages.labels.get(field.path, field.labels)
            label = plain(filler.text(labels[len(texts) != 1])) if labels else typeset(field.title)
            is_linked = any(run.href for text in texts for run in text)
            values = tuple(map(plain, texts))
            found.append(Fact(field.path, label, values, field.is_recorded, texts if is_linked else ()))
    return tuple(found)


def _fields_of_facts(edition: Edition) -> Iterator[Field]:
    """Yield the fields that the key facts list: people, the contacts of the edition's pages, document control."""
    people, document = (edition.schema.lookup(group.path) for group in (PEOPLE, DOCUMENT))
    report = edition.pages.report
    contacts = [edition.schema.lookup(path) for path in report.contacts] if report else []
    is_title = (TITLE.path, YEAR.path)
    listed = [field for field in (people.children if people else ()) if field.kind is not FieldKind.NAMES]
    listed += filter(None, contacts)
    listed += [field for field in (document.children if document else ()) if field.path not in is_title]
    yield from {field.path: field for field in listed if not field.words}.values()


def _fact_texts(field: Field, value: Any) -> tuple[Text, ...]:  # noqa: ANN401 - any answer
    if not value:
        return ()
    match field.kind:
        case FieldKind.RECORDS:
            return tuple(_entry_text(field, entry) for entry in value)
        case FieldKind.NAMES:
            return tuple((Run(entry),) for entry in value)
        case FieldKind.DATE | FieldKind.TIME | FieldKind.TEXT | FieldKind.TELEPHONE | FieldKind.EMAIL:
            return ((_run(field, value),),)
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


def _entry_text(field: Field, entry: Mapping[str, Any]) -> Text:
    """Return an entry in one line: the name of a person, the job title, and how to reach the person."""
    words = entry_in_words(field, entry)
    if "name" not in entry:
        return (Run(words),)
    if "role" in entry:
        words = f"{words}, {entry['role']}"
    runs = [Run(words)]
    for child in field.children:
        if child.kind.traits.is_contact and child.name in entry:
            runs += [Run(", "), _run(child, entry[child.name])]
    return tuple(runs)


def _run(field: Field, value: str) -> Run:
    traits = field.kind.traits
    return Run(traits.printed(value), href=traits.link(value))


def based_on(edition: Edition) -> str:
    """Return what a policy is based on and who published it; the words of the policy are the school's."""
    return f"Based on the template of {long_date(edition.date)} published by {edition.publisher}"


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
