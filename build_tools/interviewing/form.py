"""The form that a new school fills in: its edition, its federation, and the edition's fields."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.schema.answers import coerce, complete, merge, wrong_so_far
from build_tools.schema.fields import Choice, Field, FieldKind, Schema
from build_tools.schools.federation import Federation
from build_tools.template.edition import Edition, newest
from build_tools.template.needs import made_necessary
from build_tools.template.rules import Need
from build_tools.template.suggestions import Suggestion, first_fitting

EDITION = "edition"
FEDERATION = "federation"

_EMPTY = Schema(Field("", FieldKind.RECORD, "", "", required=True), {})


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """The questions for one school."""

    edition: Edition | None
    """The newest until one is named; None if an unknown one is named."""
    schema: Schema
    """The schema of the edition, with the other entries of a school's file."""
    shared: Mapping[str, Any]
    """The answers of the school's federation, which are not asked."""
    suggestions: Mapping[str, tuple[Suggestion, ...]] = dataclasses.field(default_factory=dict)
    """What the edition suggests as answers, by field."""


def form_for(
    editions: Mapping[str, Edition], federations: Mapping[str, Federation], answers: Mapping[str, Any]
) -> Form:
    """Return the form of a school with some answers; `editions` has all editions, oldest first."""
    federation = federations.get(answers.get(FEDERATION, ""))
    usual = federation.edition if federation else max(editions, default="")
    edition = editions.get(answers.get(EDITION, usual))
    schema = edition.schema if edition else _EMPTY
    first = tuple(_first_questions(editions, federations))
    properties = {field.name: field.declared for field in first} | schema.raw.get("properties", {})
    rules = {**schema.raw, "properties": properties}
    root = dataclasses.replace(schema.root, children=(*first, *schema.root.children), declared=rules)
    shared = {EDITION: federation.edition, **federation.answers} if federation else {}
    return Form(edition, Schema(root, rules), shared, edition.suggestions if edition else {})


def fitting(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that fit the form: in another edition some may have no field, or a different one."""
    return _fitting(form.schema, form.schema.root.children, answers)


def with_shared(form: Form, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return some answers with those of the federation."""
    return merge(answers, form.shared, form.schema.root)


def necessary(form: Form, answers: Mapping[str, Any]) -> Mapping[str, Need]:
    """Return the fields that the answers so far make necessary, by path, each with the rule that says so."""
    if form.edition is None:
        return {}
    given = coerce(form.schema, with_shared(form, answers))
    return made_necessary(form.edition.rules, form.edition.schema, given)


def in_force(form: Form, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return some answers with those of the federation, and with what applies without an answer."""
    authority = form.edition.authority if form.edition else {}
    return complete(form.schema, with_shared(form, answers), authority)


def suggestion(form: Form, field: Field, answers: Mapping[str, Any]) -> Suggestion:
    """Return what the edition suggests to a school with these answers; an empty suggestion if nothing."""
    suggestions = form.suggestions.get(field.path)
    return first_fitting(suggestions, in_force(form, answers)) if suggestions else Suggestion()


def _first_questions(editions: Mapping[str, Edition], federations: Mapping[str, Federation]) -> Iterator[Field]:
    if federations:
        yield _choice(
            FEDERATION,
            "Federation",
            "Schools of a federation share answers. What the federation has answered is not asked again.",
            (Choice(name, federation.name) for name, federation in federations.items()),
        )
    field = _choice(
        EDITION,
        "Edition of the template",
        "Use the newest for a new policy.",
        (Choice(name, f"{edition.title}, {name}") for name, edition in editions.items()),
    )
    yield dataclasses.replace(field, required=True, default=newest(editions))


def _choice(name: str, title: str, description: str, choices: Iterable[Choice]) -> Field:
    offered = tuple(choices)
    rules = {"oneOf": [{"const": choice.value} for choice in offered]}
    return Field(name, FieldKind.CHOICE, title, description, required=False, choices=offered, declared=rules)


def _fitting(schema: Schema, fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    kept = {}
    for field in fields:
        value = answers.get(field.name)
        if field.kind.traits.is_block and isinstance(value, Mapping):
            kept[field.name] = _fitting(schema, field.children, value)
        elif value is not None and not any(wrong_so_far(schema, field, value)):
            kept[field.name] = value
    return kept
