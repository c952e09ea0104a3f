"""The errors of JSON Schema in words for people who do not know it: what is wrong, and what would be right."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import jsonschema

from build_tools.problems import did_you_mean, one_of
from build_tools.schema import Field, FieldKind
from build_tools.source import KeyPath

Message: TypeAlias = tuple[KeyPath, str]
"""Where the mistake stands in the file's data, and what to tell about it."""


NOTHING_GIVEN = "nothing is given. Give a value or take the line out."


@dataclasses.dataclass(frozen=True, slots=True)
class _Found:
    """An error with what is known of its place."""

    path: KeyPath
    value: Any
    """What the school wrote."""
    rule: Any
    """What the broken keyword asks for: 300 of `maxLength: 300`."""
    schema: Mapping[str, Any]
    field: Field | None
    said: str
    """The library's own message."""

    @property
    def label(self) -> str:
        """The dotted path, to begin a message with."""
        return f"{dotted(self.path)}: " if self.path else ""


def word_error(error: jsonschema.ValidationError, root: Field | None = None) -> Iterator[Message]:
    """Yield the mistakes that one error of the library stands for; `root` has the fields, where there are some."""
    path = tuple(error.absolute_path)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    found = _Found(path, error.instance, error.validator_value, schema, _field_at(root, path), error.message)
    yield from _WORDING.get(str(error.validator), _as_said)(found)


def dotted(path: KeyPath) -> str:
    """Return a path as people write it: `people.dsl, entry 2, name`."""
    words = ""
    for key in path:
        if isinstance(key, int):
            words += f", entry {key + 1}"
        elif words:
            words += f", {key}" if ", entry" in words else f".{key}"
        else:
            words = key
    return words


def _field_at(root: Field | None, path: KeyPath) -> Field | None:
    field = root
    for key in path:
        if isinstance(key, str):
            field = field.child(key) if field else None
    return field


# --- one function for each keyword ---------------------------------------------------------------


def _unknown_fields(found: _Found) -> Iterator[Message]:
    known = list(found.schema.get("properties", {}))
    for extra in found.value:
        if extra not in known:
            hint = did_you_mean(str(extra), known) or (f" The fields here are {one_of(known)}." if known else "")
            path = (*found.path, extra)
            yield path, f"{dotted(path)}: there is no field of this name.{hint}"


def _missing(found: _Found) -> Iterator[Message]:
    for key in found.rule:
        # the library reports one error for each missing name
        if key not in found.value and f"'{key}'" in found.said:
            child = found.field.child(key) if found.field else None
            what = f" ({child.title})" if child and child.title else ""
            yield found.path, f"{dotted((*found.path, key))} is missing{what}. It must be given{_as(child)}."


def _no_choice(found: _Found) -> Iterator[Message]:
    field = found.field
    if field is None or not field.choices:
        yield from _as_said(found)
        return
    values = [choice.value for choice in field.choices]
    if isinstance(found.value, list | dict):
        other = ", or another word with its singular and plural" if field.other else ""
        yield found.path, f"{found.label}one of {one_of(values)} is expected here{other}."
        return
    titles = "; ".join(f"{choice.value}: {choice.title}" for choice in field.choices)
    hint = did_you_mean(str(found.value), values)
    yield found.path, f"{found.label}{_shown(found.value)} is not one of {one_of(values)}.{hint} ({titles}.)"


def _wrong_kind(found: _Found) -> Iterator[Message]:
    field = found.field
    is_entry = bool(found.path) and isinstance(found.path[-1], int)
    if field is not None and not is_entry:
        yield found.path, f"{found.label}{_shown(found.value)} is not {field.kind.value}.{_write_as(field)}"
        return
    hint = f" Write {field.children[0].name}: before it." if field and field.children and found.value else ""
    yield found.path, f"{found.label}{_shown(found.value)} is not {_TYPES.get(str(found.rule), found.rule)}.{hint}"


def _wrong_form(found: _Found) -> Iterator[Message]:
    examples = found.schema.get("examples", ())
    like = f" It is written as {one_of(map(str, examples))}." if examples else ""
    yield found.path, f"{found.label}{_shown(found.value)} is not in the expected form.{like}"


def _as_said(found: _Found) -> Iterator[Message]:
    yield found.path, f"{found.label}{found.said}."


def _told(message: str) -> Callable[[_Found], Iterator[Message]]:
    """Return the wording of a keyword whose message needs nothing but its rule."""

    def word(found: _Found) -> Iterator[Message]:
        yield found.path, found.label + message.format(rule=found.rule)

    return word


_WORDING: Mapping[str, Callable[[_Found], Iterator[Message]]] = {
    "additionalProperties": _unknown_fields,
    "required": _missing,
    "oneOf": _no_choice,
    "type": _wrong_kind,
    "format": _wrong_kind,
    "pattern": _wrong_form,
    "minLength": _told(NOTHING_GIVEN),
    "maxLength": _told("this is longer than {rule} characters. Shorten it."),
    "minItems": _told("the list is empty. Give at least {rule} or take the line out."),
    "maxItems": _told("the list has more than {rule} entries. Shorten it."),
    "uniqueItems": _told("the same entry stands twice. Keep one."),
}


_TYPES = {"object": "a block of fields", "array": "a list", "string": "text"}
"""The types of JSON Schema where no field says more."""


def _as(field: Field | None) -> str:
    if field is None or field.kind is FieldKind.TEXT:
        return ""
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return f", as {one_of(choice.value for choice in field.choices)}"
    return f", as {field.kind.value}"


def _shown(value: object) -> str:
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
