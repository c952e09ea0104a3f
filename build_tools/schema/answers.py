"""A school's answers, converted to the types of the schema, checked against it, and completed with its defaults."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from build_tools.schema.blanks import blank_answers
from build_tools.schema.fields import AUTHORITY_GROUP, FORMATS, Field, FieldKind, Schema
from build_tools.schema.json_schema import Checker, Violation
from build_tools.schema.wording import NOTHING_GIVEN, Message, field_at, named, word_violation
from build_tools.text.problems import Problem, one_of
from build_tools.text.yaml_file import KeyPath, Places


def validate(
    schema: Schema,
    document: Places,
    data: Any,  # noqa: ANN401 - any YAML value
    *,
    is_whole: bool = True,
) -> tuple[Any, list[Problem]]:
    """Return a school's answers with the types of the schema, and the mistakes in them.

    `data` is the content of `document` without the parts that the schema does not declare (edition and amendments).
    If it `is_whole`, no required answer may be missing; a federation shares only some of the answers.
    """
    typed = coerce(schema, data)
    problems = [Problem(document.place(at), message) for at, message in wrong_answers(schema, typed, is_whole=is_whole)]
    for field in schema.fields:
        if field.is_recorded and isinstance(typed, Mapping) and get(typed, field.path) is not None:
            message = f"{field.path} ({field.title}): policy ratify records this. Delete the line."
            problems.append(Problem(document.place(tuple(field.path.split("."))), message))
    return typed, problems


def coerce(schema: Schema, data: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return YAML text with the types that the schema declares: all values are text except yes and no."""
    return _coerce(data, schema.root)


def coerce_for(field: Field, value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return one answer with the type that its field declares."""
    return _coerce(value, field)


def wrong_answers(schema: Schema, typed: Any, *, is_whole: bool = True) -> Iterator[Message]:  # noqa: ANN401 - any YAML value
    """Yield the places and messages of everything that is wrong, by the schema, in answers with its types."""
    blanks = dict(blank_answers(schema.root, typed))
    yield from blanks.items()
    told = set(blanks)
    for found in _checker(schema.raw).violations(typed):
        if found.path in blanks:
            continue
        told.add(found.path)
        is_left_to_schools = found.keyword == "required" and not any(isinstance(key, int) for key in found.path)
        if is_left_to_schools and not is_whole:
            continue
        yield from word_violation(found, schema.root)
    # even if the schema allows it, an empty value would leave a gap in a sentence
    for at in _empty(typed, ()):
        if at not in told:
            yield at, f"{named(at, field_at(schema.root, at))}: {NOTHING_GIVEN}"


def wrong_so_far(schema: Schema, field: Field, value: Any) -> Iterator[Message]:  # noqa: ANN401 - any answer
    """Yield what is wrong with an answer that is not complete yet: missing parts are not mistakes."""
    blanks = dict(blank_answers(field, value))
    yield from blanks.items()
    for found in _checker(schema.raw, field.declared).violations(value):
        if found.path not in blanks and not _is_unfinished(found):
            yield from word_violation(found, field)


def wrong_answer(schema: Schema, field: Field, value: Any) -> Iterator[Message]:  # noqa: ANN401 - any answer
    """Yield everything that is wrong with a complete answer to one field."""
    found = [*_checker(schema.raw, field.declared).violations(value)]
    for violation in found:
        yield from word_violation(violation, field)
    if not found:
        yield from ((at, NOTHING_GIVEN) for at in _empty(value, ()))


def wrong_given(schema: Mapping[str, Any], declared: Mapping[str, Any], value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any value
    """Return why no school could answer a field with a value; `schema` is that around what is `declared`."""
    broken = tuple(map(_why_wrong, _checker(schema, declared).violations(value)))
    is_empty = next(_empty(value, ()), None) is not None
    return broken or (("it has nothing in it",) if is_empty else ())


def _checker(schema: Mapping[str, Any], part: Mapping[str, Any] | None = None) -> Checker:
    return Checker(schema, FORMATS, part=part, is_linear=True)


def _why_wrong(found: Violation) -> str:
    known = [branch["const"] for branch in found.schema.get("oneOf", ()) if "const" in branch]
    if found.keyword == "oneOf" and known and isinstance(found.value, str):
        return f'"{found.value}" is not one of {one_of(known)}'
    return found.said


def _is_unfinished(found: Violation) -> bool:
    """Return whether a longer answer could satisfy the rule."""
    if found.keyword == "oneOf":
        return any(branch and all(map(_is_unfinished, branch)) for branch in found.branches)
    return found.keyword in ("required", "minItems")


def merge(own: Mapping[str, Any], shared: Mapping[str, Any], record: Field) -> dict[str, Any]:
    """Return a school's answers, completed with its federation's; blocks are merged, lists are replaced."""
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


def _empty(value: Any, at: KeyPath) -> Iterator[KeyPath]:  # noqa: ANN401 - any answer
    """Yield the paths of empty texts and lists."""
    if value in ("", []):
        yield at
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from _empty(entry, (*at, key))


def complete(schema: Schema, data: Mapping[str, Any], authority: Mapping[str, str]) -> Mapping[str, Any]:
    """Return valid answers completed with all defaults; `authority` has the edition's own bodies."""
    given = dict(data)
    if schema.lookup(AUTHORITY_GROUP):
        given[AUTHORITY_GROUP] = {**authority, **data.get(AUTHORITY_GROUP, {})}
    values = _with_defaults(schema.root, given)
    for field in schema.fields:
        source: Field | None = field
        while source and source.same_as and get(values, source.path) is None:
            source = schema.lookup(source.same_as)
        if source and source is not field:
            parent, _, name = field.path.rpartition(".")
            get(values, parent)[name] = get(values, source.path)
    return values


def get(values: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any answer
    """Return the answer at a dotted path, None if there is none."""
    found: Any = values
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _listed(parts: Sequence[str]) -> str:
    """Return several answers in one line, separated by commas, or by semicolons if one contains a comma."""
    return ("; " if any("," in part for part in parts) else ", ").join(parts)


def in_words(field: Field, value: Any) -> str:  # noqa: ANN401 - any answer
    """Return an answer in words; empty if there is none."""
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
            return _listed([entry_in_words(field, entry) for entry in value])
        case FieldKind.CHOICE:
            return str(value["plural"] if isinstance(value, Mapping) else titles.get(value, value))
        case (
            FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            return field.kind.traits.printed(value)
        case _:
            assert_never(field.kind)


def entry_in_words(field: Field, entry: Mapping[str, Any]) -> str:
    """Return the name of an entry in a list of blocks, or all of its answers if it has no name."""
    told = (in_words(child, entry.get(child.name)) for child in field.children)
    return str(entry.get("name") or _listed([words for words in told if words]))


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
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            return _on_one_line(value)
        case _:
            assert_never(field.kind)


def _on_one_line(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return a text, or a list of texts, with single spaces."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [" ".join(entry.split()) if isinstance(entry, str) else entry for entry in value]
    return value
