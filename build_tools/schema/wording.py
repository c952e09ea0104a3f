"""Explain broken JSON Schema rules to people who do not know it: what is wrong, and what to type."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from build_tools.schema.fields import NOT_ANSWERS, Field, FieldKind
from build_tools.schema.json_schema import Checker, Violation
from build_tools.text.problems import Mistakes, Problem, all_of, did_you_mean, nearest, one_of
from build_tools.text.yaml_file import Document, KeyPath, read_yaml

Message: TypeAlias = tuple[KeyPath, str]
"""The path of the mistake in the file's data, and the message."""
_Words: TypeAlias = Callable[[Violation, Field | None], Iterator[Message]]


NOTHING_GIVEN = "this is empty. Give an answer or delete the line."


def word_violation(found: Violation, root: Field | None = None) -> Iterator[Message]:
    """Yield the mistakes that one broken rule means; `root` has the fields, if there are any."""
    yield from _WORDING.get(found.keyword, _as_said)(found, field_at(root, found.path))


def broken_rules(document: Document, checker: Checker) -> Iterator[Problem]:
    """Yield the mistakes in a file that has rules of its own, such as those of an edition."""
    broken = list(checker.violations(document.data))
    meant = {near for found in broken for near in _meant(found)}
    for found in broken:
        if found.keyword != "required" or (found.path, found.rule) not in meant:
            for at, message in word_violation(found):
                yield Problem(document.place(at), message)


def read_ruled(path: Path, file: str, checker: Checker, lines: str) -> Document:
    """Return a file that has rules of its own; `lines` are some that it can have, in words.

    Raises:
        Mistakes: if it cannot be read, has no lines with names, or breaks a rule.
    """
    document = read_yaml(path, file)
    if not isinstance(document.data, dict):
        raise Mistakes([Problem(document.place(), f"This file must have lines such as {lines}.")])
    if broken := [*broken_rules(document, checker)]:
        raise Mistakes(broken)
    return document


def _meant(found: Violation) -> Iterator[tuple[KeyPath, str]]:
    """Yield the names that were misspelt, which are not missing."""
    for extra in found.value if found.keyword == "additionalProperties" else ():
        known = found.schema.get("properties", {})
        if extra not in known and (near := nearest(str(extra), known)):
            yield found.path, near


def dotted(path: KeyPath) -> str:
    """Return a path in readable form: `people.dsl, entry 2, name`."""
    words = ""
    for key in path:
        if isinstance(key, int):
            words += f", entry {key + 1}"
        elif words:
            words += f", {key}" if ", entry" in words else f".{key}"
        else:
            words = key
    return words


def named(path: KeyPath, field: Field | None) -> str:
    """Return the dotted path with the title of its question."""
    return f"{dotted(path)} ({field.title})" if field and field.title else dotted(path)


def label(path: KeyPath, field: Field | None) -> str:
    """Return the dotted path with the title of its question, to begin a message with; nothing for the whole answer."""
    return f"{named(path, field)}: " if path else ""


def field_at(root: Field | None, path: KeyPath) -> Field | None:
    """Return the field that a path of keys leads to, that of the list for its entries; None if there is none."""
    field = root
    for key in path:
        if isinstance(key, str):
            field = field.child(key) if field else None
    return field


# --- one function for each keyword ---------------------------------------------------------------


def _unknown_fields(found: Violation, field: Field | None) -> Iterator[Message]:
    known = [*found.schema.get("properties", {}), *(NOT_ANSWERS if field and not found.path else ())]
    what = "question" if field else "name"
    for extra in found.value:
        if extra not in known:
            hint = did_you_mean(str(extra), known) or (f" The {what}s here are {all_of(known)}." if known else "")
            path = (*found.path, extra)
            yield path, f"{dotted(path)}: unknown {what}.{hint}"


def _missing(found: Violation, field: Field | None) -> Iterator[Message]:
    child = field.child(found.rule) if field else None
    yield found.path, f"{named((*found.path, found.rule), child)} is missing. Add it{_as(child)}."


def _no_choice(found: Violation, field: Field | None) -> Iterator[Message]:
    if field is None or not field.choices:
        yield from _as_said(found, field)
        return
    values = [choice.value for choice in field.choices]
    if isinstance(found.value, list | dict):
        other = ", or with another word, its singular and plural" if field.other else ""
        yield found.path, f"{label(found.path, field)}answer with one of {one_of(values)}{other}."
        return
    titles = "; ".join(f"{choice.value}: {choice.title}" for choice in field.choices)
    hint = did_you_mean(str(found.value), values)
    yield (
        found.path,
        f"{label(found.path, field)}{_shown(found.value)} is not one of {one_of(values)}.{hint} ({titles}.)",
    )


def _wrong_kind(found: Violation, field: Field | None) -> Iterator[Message]:
    is_entry = bool(found.path) and isinstance(found.path[-1], int)
    if field is not None and not is_entry:
        traits = field.kind.traits
        if traits.form and traits.form.refused and isinstance(found.value, str) and found.value:
            yield found.path, f"{label(found.path, field)}{traits.form.refused(found.value)}"
            return
        advice = f" {traits.advice}" if traits.advice else ""
        yield found.path, f"{label(found.path, field)}{_shown(found.value)} is not {traits.name}.{advice}"
        return
    hint = f" Write {field.children[0].name}: before it." if field and field.children and found.value else ""
    wanted = " or ".join(_TYPES.get(name, name) for name in found.rule)
    yield found.path, f"{label(found.path, field)}{_shown(found.value)} is not {wanted}.{hint}"


def _wrong_form(found: Violation, field: Field | None) -> Iterator[Message]:
    examples = found.schema.get("examples", ())
    like = f" Write it as {one_of(map(str, examples))}." if examples else ""
    yield found.path, f"{label(found.path, field)}{_shown(found.value)} is not in the expected form.{like}"


def _as_said(found: Violation, field: Field | None) -> Iterator[Message]:
    yield found.path, f"{label(found.path, field)}{found.said}."


def _told(message: str) -> _Words:
    """Return the wording of a keyword whose message needs only its rule."""

    def word(found: Violation, field: Field | None) -> Iterator[Message]:
        yield found.path, label(found.path, field) + message.format(rule=found.rule)

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
    "minItems": _told("the list is empty. Give at least {rule} or delete the line."),
    "maxItems": _told("give at most {rule}, and delete the others."),
    "uniqueItems": _told("the same entry is here twice. Keep one."),
}


_TYPES = {"object": "a group of answers", "array": "a list", "string": "text"}
"""Words for the JSON Schema types, if no field says more."""


def _as(field: Field | None) -> str:
    if field is None or field.kind is FieldKind.TEXT:
        return ""
    return f": {one_of(choice.value for choice in field.choices) if field.choices else field.kind.traits.takes}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value else "nothing"
    return "a list" if isinstance(value, list) else "a group of answers" if isinstance(value, dict) else f"{value}"
