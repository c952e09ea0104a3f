"""A school's answers: coerced to the types of the schema, checked against it, and completed with its defaults."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from build_tools.schema.fields import FORMATS, Field, FieldKind, Schema
from build_tools.schema.json_schema import Checker, Violation
from build_tools.schema.wording import NOTHING_GIVEN, Message, dotted, word_violation
from build_tools.text.problems import Problem
from build_tools.text.yaml_file import KeyPath, Places


def validate(
    schema: Schema,
    document: Places,
    data: Any,  # noqa: ANN401 - any YAML value
    *,
    is_whole: bool = True,
) -> tuple[Any, list[Problem]]:
    """Return a school's answers as the schema types them, and the mistakes in them.

    `data` is what `document` holds, without what the schema does not declare (edition and amendments). Where it
    `is_whole` no answer that must be given may be missing; those that a federation shares are only some of them.
    """
    typed = coerce(schema, data)
    problems = [Problem(document.place(at), message) for at, message in wrong_answers(schema, typed, is_whole=is_whole)]
    for field in schema.fields:
        if field.is_recorded and isinstance(typed, Mapping) and get(typed, field.path) is not None:
            message = f"{field.path}: the record of a ratified version says this (policy ratify). Take the line out."
            problems.append(Problem(document.place(tuple(field.path.split("."))), message))
    return typed, problems


def coerce(schema: Schema, data: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return YAML text as the types that the schema declares: only yes and no are anything but text."""
    return _coerce(data, schema.root)


def wrong_answers(schema: Schema, typed: Any, *, is_whole: bool = True) -> Iterator[Message]:  # noqa: ANN401 - any YAML value
    """Yield what the schema finds wrong in answers of its types: where in them, and what to tell about it."""
    told = set()
    for found in Checker(schema.raw, FORMATS).violations(typed):
        told.add(found.path)
        is_left_to_schools = found.keyword == "required" and not any(isinstance(key, int) for key in found.path)
        if is_left_to_schools and not is_whole:
            continue
        yield from word_violation(found, schema.root)
    # whether or not the schema forbids it, a sentence cannot be filled with nothing
    for at in _blanks(typed, ()):
        if at not in told:
            yield at, f"{dotted(at)}: {NOTHING_GIVEN}"


def wrong_so_far(schema: Schema, field: Field, value: Any) -> Iterator[Message]:  # noqa: ANN401 - any answer
    """Yield what is wrong with an answer to a field of the schema that may still grow: what is missing is not."""
    for found in Checker(schema.raw, FORMATS, part=field.declared).violations(value):
        if not _is_unfinished(found):
            yield from word_violation(found, field)


def _is_unfinished(found: Violation) -> bool:
    """Return whether more of the same answer would keep to the rule."""
    if found.keyword == "oneOf":
        return any(branch and all(map(_is_unfinished, branch)) for branch in found.branches)
    return found.keyword in ("required", "minItems")


def merge(own: Mapping[str, Any], shared: Mapping[str, Any], record: Field) -> dict[str, Any]:
    """Return a school's answers with those of its federation where it gives none: blocks are one, lists are not."""
    merged = dict(shared)
    for name, value in own.items():
        field, other = record.child(name), shared.get(name)
        is_block = field is not None and field.kind.traits.is_block
        both = is_block and isinstance(value, Mapping) and isinstance(other, Mapping)
        merged[name] = merge(value, shared[name], field) if field and both else value
    return merged


def answered(schema: Schema, data: Mapping[str, Any]) -> frozenset[str]:
    """Return the paths of the fields that have an answer in a file."""
    return frozenset(field.path for field in schema.fields if get(data, field.path))


def _blanks(value: Any, at: KeyPath) -> Iterator[KeyPath]:  # noqa: ANN401 - any answer
    """Yield where texts and lists are empty."""
    if value in ("", []):
        yield at
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _blanks(entry, (*at, key))


def complete(schema: Schema, data: Mapping[str, Any], authority: Mapping[str, str]) -> Mapping[str, Any]:
    """Return valid answers with all defaults in place; `authority` holds the edition's own bodies."""
    given = {**data, "authority": {**authority, **data.get("authority", {})}} if schema.lookup("authority") else data
    values = _with_defaults(schema.root, given)
    for field in schema.fields:
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


def _listed(parts: Sequence[str]) -> str:
    """Return several answers in a row; where one has a comma of its own, semicolons keep them apart."""
    return ("; " if any("," in part for part in parts) else ", ").join(parts)


def in_words(field: Field, value: Any) -> str:  # noqa: ANN401 - any answer
    """Return an answer as people read it; empty where there is none."""
    if value is None:
        return ""
    titles = {choice.value: choice.title for choice in field.choices}
    match field.kind:
        case FieldKind.RECORD:
            return str(value)
        case FieldKind.FLAG:
            return "Yes" if value else "No"
        case FieldKind.CHOICES:
            return _listed([titles[one] for one in value])
        case FieldKind.NAMES:
            return _listed(value)
        case FieldKind.RECORDS:
            return _listed([entry["name"] for entry in value])
        case FieldKind.CHOICE:
            return str(value["plural"] if isinstance(value, Mapping) else titles.get(value, value))
        case FieldKind.DATE | FieldKind.TIME | FieldKind.ADDRESS | FieldKind.COLOUR | FieldKind.TEXT:
            return field.kind.traits.printed(value)
        case _:
            assert_never(field.kind)


def _with_defaults(record: Field, data: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in record.children:
        value = data.get(field.name, field.default)
        if field.kind.traits.is_block:
            value = _with_defaults(field, value or {})
        if value is not None:
            values[field.name] = value
    return values


def _coerce(value: Any, field: Field | None) -> Any:  # noqa: ANN401 - any YAML value
    if field is None:
        return value
    match field.kind:
        case FieldKind.FLAG:
            words = {"yes": True, "true": True, "no": False, "false": False}
            return words.get(value.lower(), value) if isinstance(value, str) else _on_one_line(value)
        case FieldKind.RECORD if isinstance(value, dict):
            return {name: _coerce(entry, field.child(name)) for name, entry in value.items()}
        case FieldKind.RECORDS if isinstance(value, list):
            entry_field = dataclasses.replace(field, kind=FieldKind.RECORD)
            return [_coerce(entry, entry_field) for entry in value]
        case (
            FieldKind.RECORD
            | FieldKind.RECORDS
            | FieldKind.NAMES
            | FieldKind.CHOICES
            | FieldKind.CHOICE
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            return _on_one_line(value)
        case _:
            assert_never(field.kind)


def _on_one_line(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return a text, or a list of texts, with one space wherever there is any."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [" ".join(entry.split()) if isinstance(entry, str) else entry for entry in value]
    return value
