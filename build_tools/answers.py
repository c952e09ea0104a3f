"""A school's answers: coerced to the types of the schema, checked against it, and completed with its defaults."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema

from build_tools.dates import is_date
from build_tools.problems import Problem
from build_tools.schema import Field, FieldKind, Schema
from build_tools.source import Document
from build_tools.wording import Message, word_error

_FORMATS = jsonschema.FormatChecker(formats=())
_FORMATS.checks("date-or-month")(is_date)


@_FORMATS.checks("web-address")
def is_web_address(value: object) -> bool:
    """Return whether a text is an absolute http or https address without spaces."""
    return re.fullmatch(r"https?://[^\s<>\"'`\\{}|^]+", str(value)) is not None


@_FORMATS.checks("colour")
def is_colour(value: object) -> bool:
    """Return whether a text is a colour of six hexadecimal digits."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)) is not None


def validate(schema: Schema, document: Document, data: Any) -> tuple[Any, list[Problem]]:  # noqa: ANN401 - any YAML value
    """Return a school's answers as the schema types them, and the mistakes in them.

    `data` is what `document` holds, without what the schema does not declare (edition and amendments).
    """
    typed = coerce(schema, data)
    problems = [Problem(document.place(at), message) for at, message in wrong_answers(schema, typed)]
    for field in schema.fields():
        if field.is_recorded and isinstance(typed, Mapping) and get(typed, field.path) is not None:
            message = f"{field.path}: the record of a ratified version says this (policy ratify). Take the line out."
            problems.append(Problem(document.place(tuple(field.path.split("."))), message))
    return typed, problems


def coerce(schema: Schema, data: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return YAML text as the types that the schema declares: only yes and no are anything but text."""
    return _coerce(data, schema.root)


def wrong_answers(schema: Schema, typed: Any) -> Iterator[Message]:  # noqa: ANN401 - any YAML value
    """Yield what the schema finds wrong in answers of its types: where in them, and what to tell about it."""
    checker = jsonschema.Draft202012Validator(schema.raw, format_checker=_FORMATS)
    for error in checker.iter_errors(typed):
        yield from word_error(error, schema.root)


def complete(schema: Schema, data: Mapping[str, Any], authority: Mapping[str, str]) -> Mapping[str, Any]:
    """Return valid answers with all defaults in place; `authority` holds the edition's own bodies."""
    given = {**data, "authority": {**authority, **data.get("authority", {})}} if schema.lookup("authority") else data
    values = _with_defaults(schema.root, given)
    for field in schema.fields():
        if field.same_as and get(values, field.path) is None:
            parent, _, name = field.path.rpartition(".")
            get(values, parent)[name] = get(values, field.same_as)
    return values


def get(values: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any answer
    """Return the answer at a path of names with dots, None if there is none."""
    found: Any = values
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _with_defaults(record: Field, data: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in record.children:
        value = data.get(field.name, field.default)
        if field.kind is FieldKind.RECORD:
            value = _with_defaults(field, value or {})
        if value is not None:
            values[field.name] = value
    return values


def _coerce(value: Any, field: Field | None) -> Any:  # noqa: ANN401 - any YAML value
    if field is None:
        return value
    if field.kind is FieldKind.FLAG and isinstance(value, str):
        return {"yes": True, "true": True, "no": False, "false": False}.get(value.lower(), value)
    if field.kind is FieldKind.RECORD and isinstance(value, dict):
        return {name: _coerce(entry, field.child(name)) for name, entry in value.items()}
    if field.kind is FieldKind.RECORDS and isinstance(value, list):
        entry_field = dataclasses.replace(field, kind=FieldKind.RECORD)
        return [_coerce(entry, entry_field) for entry in value]
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [" ".join(entry.split()) if isinstance(entry, str) else entry for entry in value]
    return value
