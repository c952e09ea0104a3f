"""What a school wrote itself: its answers, its amendments and their reasons, each with its place."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from build_tools.policy.model import Node, Policy, Run, School, Text, plain
from build_tools.schema.fields import Field, Schema
from build_tools.schema.wording import named
from build_tools.text.problems import Place
from build_tools.text.yaml_file import KeyPath


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """A text that the school wrote itself."""

    place: Place
    name: str
    """Its name in messages: `school.motto (Motto)`, `uniform`, `uniform: because`."""
    text: str
    filled: tuple[range, ...] = ()
    """The positions of answers in a clause; answers are separate texts."""


def answers_in(school: School, schema: Schema) -> Iterator[Words]:
    """Yield the answers that a school, or its federation, typed freely."""
    for path, place in school.places.items():
        field = _field(schema, path)
        value = _value(school, path)
        if isinstance(value, str) and field is not None and field.kind.traits.is_wording:
            yield Words(place, named(path, field), value)


def amendments_in(policy: Policy) -> Iterator[Words]:
    """Yield the clauses and titles that a school, or its federation, put into its policy, with what they promise."""
    for node in policy.walk():
        if node.is_own:
            yield Words(node.place, node.id, plain(node.text), _filled(node.text))
        if node.promise and node.origin.traits.is_added:
            who = node.promise.who
            yield Words(node.place, f"{node.id}: who", plain(who), _filled(who))


def reasons_in(school: School) -> Iterator[Words]:
    """Yield the reasons that a school, or its federation, gives for its amendments."""
    for amendment in school.amendments:
        yield Words(amendment.reason_place, f"{amendment.subject}: because", amendment.because)


def seams_in(policy: Policy, school: School, schema: Schema) -> Iterator[tuple[str, tuple[tuple[range, Words], ...]]]:
    """Yield the clauses that print a school's answers: the words of each, and the positions of the answers in them."""
    for node in policy.walk():
        parts = tuple(_answers_of(node, school, schema)) if not node.is_own else ()
        if parts:
            yield plain(node.text), parts


def _answers_of(node: Node, school: School, schema: Schema) -> Iterator[tuple[range, Words]]:
    for span, run in _spans(node.text):
        path = tuple((run.field or "").split("."))
        if place := school.places.get(path):
            yield span, Words(place, named(path, _field(schema, path)), run.text)


def _filled(text: Text) -> tuple[range, ...]:
    return tuple(span for span, run in _spans(text) if run.field)


def _spans(text: Text) -> Iterator[tuple[range, Run]]:
    at = 0
    for run in text:
        yield range(at, at + len(run.text)), run
        at += len(run.text)


def _field(schema: Schema, path: KeyPath) -> Field | None:
    """Return the field for an answer at a path; for an entry of a list, the field of the list."""
    field: Field | None = schema.root
    for name in path:
        if isinstance(name, str):
            field = field.child(name) if field else None
    return field


def _value(school: School, path: KeyPath) -> Any:  # noqa: ANN401 - any answer
    value: Any = school.values
    for key in path:
        value = value[key]
    return value
