"""A school's answers: coerced to the types of the schema, checked against it, and completed with its defaults."""

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any

import jsonschema

from build_tools.dates import is_date
from build_tools.problems import Problem, did_you_mean, one_of
from build_tools.schema import Field, FieldKind, Schema
from build_tools.source import Document, KeyPath

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
    typed = _coerce(data, schema.root)
    checker = jsonschema.Draft202012Validator(schema.raw, format_checker=_FORMATS)
    problems = []
    for error in checker.iter_errors(typed):
        path = tuple(error.absolute_path)
        field = _field_at(schema.root, path)
        problems.extend(Problem(document.place(where), message) for where, message in _messages(error, path, field))
    return typed, problems


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
    """Return YAML text as the types that the fields declare: only yes and no are anything but text."""
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


def _field_at(root: Field, path: KeyPath) -> Field | None:
    field: Field | None = root
    for key in path:
        if isinstance(key, str):
            field = field.child(key) if field else None
    return field


def _dotted(path: KeyPath) -> str:
    """Return a path as people write it: people.dsl, entry 2."""
    out = ""
    for key in path:
        out += (
            f", entry {key + 1}"
            if isinstance(key, int)
            else f".{key}"
            if out and ", entry" not in out
            else f"{', ' if out else ''}{key}"
        )
    return out


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else "This"


def _messages(error: jsonschema.ValidationError, path: KeyPath, field: Field | None) -> Iterable[tuple[KeyPath, str]]:
    """Yield where each mistake of a validation error stands, and what to tell about it."""
    name = _dotted(path)
    label = f"{name}: " if name else ""
    value = error.instance
    match error.validator:
        case "additionalProperties":
            known = list(error.schema.get("properties", {}))
            for extra in value:
                if extra not in known:
                    hint = did_you_mean(str(extra), known) or f" The fields here are {one_of(known)}."
                    yield (*path, extra), f"{_dotted((*path, extra))}: there is no field of this name.{hint}"
        case "required":
            missing = [key for key in error.validator_value if key not in value]
            for key in missing:
                # one error is reported for each missing name
                if f"'{key}'" in error.message:
                    child = field.child(key) if field else None
                    what = f" ({child.title})" if child and child.title else ""
                    yield path, f"{_dotted((*path, key))} is missing{what}. It must be given{_as(child)}."
        case "oneOf" | "const" if field and field.choices:
            if isinstance(value, list | dict):
                yield (
                    path,
                    f"{label}one of {one_of(c.value for c in field.choices)} is expected here{_other_word(field)}.",
                )
            else:
                choices = "; ".join(f"{c.value}: {c.title}" for c in field.choices)
                said = value if value else "nothing"
                yield (
                    path,
                    f'{label}"{said}" is not one of {one_of(c.value for c in field.choices)}.'
                    f"{did_you_mean(str(value), [c.value for c in field.choices])} ({choices}.)",
                )
        case "type" | "format" if field and not (
            error.validator == "type" and isinstance(path[-1] if path else "", int)
        ):
            yield path, f"{label}{_nothing_or(value)} is not {field.kind.value}.{_write_as(field)}"
        case "type":
            yield path, f"{label}{_nothing_or(value)} is not what is expected here: {error.validator_value}."
        case "minLength":
            yield path, f"{label}nothing is given. Give a value or take the line out."
        case "maxLength":
            yield path, f"{label}this is longer than {error.validator_value} characters. Shorten it."
        case "minItems":
            yield path, f"{label}the list is empty. Give at least {error.validator_value} or take the line out."
        case "maxItems":
            yield path, f"{label}the list has more than {error.validator_value} entries. Shorten it."
        case "uniqueItems":
            yield path, f"{label}the same entry stands twice. Keep one."
        case "pattern":
            examples = (error.schema or {}).get("examples", ())
            like = f" It is written as {one_of(map(str, examples))}." if examples else ""
            yield path, f"{label}{_shown(value)} is not in the expected form.{like}"
        case _:
            yield path, f"{label}{error.message}."


def _as(field: Field | None) -> str:
    if field is None or field.kind is FieldKind.TEXT:
        return ""
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return f", as {one_of(choice.value for choice in field.choices)}"
    return f", as {field.kind.value}"


def _other_word(field: Field) -> str:
    return ", or another word with its singular and plural" if field.words else ""


def _nothing_or(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value else "nothing"
    return "a list" if isinstance(value, list) else "a block of fields" if isinstance(value, dict) else f"{value}"


def _write_as(field: Field) -> str:
    match field.kind:
        case FieldKind.NAMES | FieldKind.CHOICES | FieldKind.RECORDS:
            return " Write each entry on a line of its own after a hyphen and a space."
        case FieldKind.RECORD:
            return " Write its fields below it, indented."
    return ""
