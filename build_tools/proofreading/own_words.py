"""What a school wrote itself: its answers, its amendments and their reasons, each with its place."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.policy.model import Node, Policy, School, plain
from build_tools.policy.tree import worded_parts
from build_tools.resolving.in_context import spans, spans_of_values
from build_tools.schema.answers import get
from build_tools.schema.fields import Schema
from build_tools.schema.wording import field_at, named
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
        field = field_at(schema.root, path)
        value = _value(school, path)
        if isinstance(value, str) and field is not None and field.kind.traits.is_wording:
            yield Words(place, named(path, field), value)


def amendments_in(policy: Policy) -> Iterator[Words]:
    """Yield the clauses and titles that a school, or its federation, put into its policy, with what they promise."""
    for node in worded_parts(policy):
        if node.is_own:
            yield Words(node.place, node.id, plain(node.text), spans_of_values(node.text))
        if node.promise and node.origin.traits.is_added:
            who = node.promise.who
            yield Words(node.place, f"{node.id}: who", plain(who), spans_of_values(who))


def reasons_in(school: School) -> Iterator[Words]:
    """Yield the reasons that a school, or its federation, gives for its amendments."""
    for amendment in school.amendments:
        yield Words(amendment.reason_place, f"{amendment.subject}: because", amendment.because)


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """A text of the policy that prints what the school typed."""

    node: Node
    text: str
    at: range
    """The position of what was typed."""
    typed: Words
    values: tuple[range, ...]
    """The positions of all values in the text."""


def printed_in(policy: Policy, school: School, schema: Schema) -> Iterator[Printed]:
    """Yield every place of a policy that prints an answer which the school, or its federation, typed freely."""
    for node in worded_parts(policy):
        if not any(run.field for run in node.text):
            continue
        text = plain(node.text)
        values = spans_of_values(node.text)
        for span, run in spans(node.text):
            for path, typed in _typed(school, schema, run.field or ""):
                # a word may have got a capital or a possessive ending
                if place := school.places.get(path) if run.text.lower().startswith(typed.lower()) else None:
                    at = range(span.start, span.start + len(typed))
                    yield Printed(node, text, at, Words(place, named(path, field_at(schema.root, path)), typed), values)
                    break


def _typed(school: School, schema: Schema, field: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts in the answer to a field that somebody typed freely, with their paths, the longest first."""
    found, value = schema.lookup(field), get(school.values, field)
    # an option may be answered with a word of the school's own
    if found and (found.kind.traits.has_own_words or (found.other and isinstance(value, Mapping))):
        yield from sorted(_texts(value, tuple(field.split("."))), key=lambda one: -len(one[1]))


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:  # noqa: ANN401 - any answer
    if isinstance(value, str):
        yield path, value
    entries = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _texts(entry, (*path, key))


def _value(school: School, path: KeyPath) -> Any:  # noqa: ANN401 - any answer
    value: Any = school.values
    for key in path:
        value = value[key]
    return value
