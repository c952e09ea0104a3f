"""The rules of JSON Schema in words for people who do not know it: what is wrong, and what would be right."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from build_tools.schema.fields import NOT_ANSWERS, Field, FieldKind
from build_tools.schema.json_schema import Violation
from build_tools.text.problems import did_you_mean, one_of
from build_tools.text.yaml_file import KeyPath

Message: TypeAlias = tuple[KeyPath, str]
"""Where the mistake stands in the file's data, and what to tell about it."""
_Words: TypeAlias = Callable[[Violation, Field | None], Iterator[Message]]


NOTHING_GIVEN = "nothing is given. Give a value or take the line out."


def word_violation(found: Violation, root: Field | None = None) -> Iterator[Message]:
    """Yield the mistakes that one broken rule stands for; `root` has the fields, where there are some."""
    yield from _WORDING.get(found.keyword, _as_said)(found, _field_at(root, found.path))


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


def _label(path: KeyPath) -> str:
    """Return the dotted path, to begin a message with."""
    return f"{dotted(path)}: " if path else ""


def _field_at(root: Field | None, path: KeyPath) -> Field | None:
    field = root
    for key in path:
        if isinstance(key, str):
            field = field.child(key) if field else None
    return field


# --- one function for each keyword ---------------------------------------------------------------


def _unknown_fields(found: Violation, field: Field | None) -> Iterator[Message]:
    known = [*found.schema.get("properties", {}), *(NOT_ANSWERS if field and not found.path else ())]
    for extra in found.value:
        if extra not in known:
            hint = did_you_mean(str(extra), known) or (f" The fields here are {one_of(known)}." if known else "")
            path = (*found.path, extra)
            yield path, f"{dotted(path)}: there is no field of this name.{hint}"


def _missing(found: Violation, field: Field | None) -> Iterator[Message]:
    child = field.child(found.rule) if field else None
    what = f" ({child.title})" if child and child.title else ""
    yield found.path, f"{dotted((*found.path, found.rule))} is missing{what}. It must be given{_as(child)}."


def _no_choice(found: Violation, field: Field | None) -> Iterator[Message]:
    if field is None or not field.choices:
        yield from _as_said(found, field)
        return
    values = [choice.value for choice in field.choices]
    if isinstance(found.value, list | dict):
        other = ", or another word with its singular and plural" if field.other else ""
        yield found.path, f"{_label(found.path)}one of {one_of(values)} is expected here{other}."
        return
    titles = "; ".join(f"{choice.value}: {choice.title}" for choice in field.choices)
    hint = did_you_mean(str(found.value), values)
    yield found.path, f"{_label(found.path)}{_shown(found.value)} is not one of {one_of(values)}.{hint} ({titles}.)"


def _wrong_kind(found: Violation, field: Field | None) -> Iterator[Message]:
    is_entry = bool(found.path) and isinstance(found.path[-1], int)
    if field is not None and not is_entry:
        traits = field.kind.traits
        advice = f" {traits.advice}" if traits.advice else ""
        yield found.path, f"{_label(found.path)}{_shown(found.value)} is not {traits.name}.{advice}"
        return
    hint = f" Write {field.children[0].name}: before it." if field and field.children and found.value else ""
    wanted = " or ".join(_TYPES.get(name, name) for name in found.rule)
    yield found.path, f"{_label(found.path)}{_shown(found.value)} is not {wanted}.{hint}"


def _wrong_form(found: Violation, _field: Field | None) -> Iterator[Message]:
    examples = found.schema.get("examples", ())
    like = f" It is written as {one_of(map(str, examples))}." if examples else ""
    yield found.path, f"{_label(found.path)}{_shown(found.value)} is not in the expected form.{like}"


def _as_said(found: Violation, _field: Field | None) -> Iterator[Message]:
    yield found.path, f"{_label(found.path)}{found.said}."


def _told(message: str) -> _Words:
    """Return the wording of a keyword whose message needs nothing but its rule."""

    def word(found: Violation, _field: Field | None) -> Iterator[Message]:
        yield found.path, _label(found.path) + message.format(rule=found.rule)

    return word


_WORDING: Mapping[str, _Words] = {
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
    return f", as {one_of(choice.value for choice in field.choices) if field.choices else field.kind.traits.takes}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value else "nothing"
    return "a list" if isinstance(value, list) else "a block of fields" if isinstance(value, dict) else f"{value}"
