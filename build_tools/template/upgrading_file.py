"""What became of the edition before: the optional `upgrading.yml` in an edition's folder.

    policy_src/EDITION/upgrading.yml    where its answers belong now, and why questions, sections and clauses ended

`policy upgrade` carries the answers of schools over by it. Nothing of it is printed in a policy, so it is not sealed: a
school that finds a gap can have it closed in a published edition.
"""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.schema.answers import coerce_for, wrong_answer
from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.schema.json_schema import Checker
from build_tools.schema.wording import read_ruled
from build_tools.template.markup import inline_mistakes
from build_tools.text.problems import Mistakes, Place, Problem, did_you_mean
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, Key

UPGRADING_FILE = "upgrading.yml"
"""A file in an edition's folder that can still be corrected after the edition is published."""

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: Mapping[str, Any] = {"type": "array", "minItems": 1, "uniqueItems": True, "items": _TEXT}
_UPGRADING = Checker(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "answers": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["from"],
                    "properties": {
                        "from": _TEXT,
                        "to": _TEXT,
                        "values": {"type": "object", "minProperties": 1},
                        "check": _TEXT,
                        "because": _TEXT,
                    },
                },
            },
            "ended": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["clauses", "because"],
                    "properties": {"clauses": _TEXTS, "because": _TEXT, "see": _TEXTS},
                },
            },
        },
    },
)


@dataclasses.dataclass(frozen=True, slots=True)
class Successor:
    """What became of one question of the edition before."""

    old: str
    """Its path there."""
    new: str | None
    """The path of the field that has its answers now; None if nothing is asked instead."""
    values: Mapping[str, Any]
    """The answers that have another form now, by what a school typed; other answers are carried over as they are."""
    check: str | None
    """What a person must look at, because the question does not ask for quite the same; None if nothing."""
    because: str | None
    """Why nothing is asked instead; None if something is."""
    place: Place = dataclasses.field(default=Place(""), compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Ended:
    """Why sections and clauses of the edition before ended."""

    clauses: tuple[str, ...]
    """Their ids. It is the reason for everything inside them that ended, even if they are still there themselves."""
    because: str
    see: tuple[str, ...]
    """The ids of what the new edition says instead."""
    place: Place = dataclasses.field(default=Place(""), compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Upgrading:
    """What became of the edition before."""

    answers: tuple[Successor, ...] = ()
    ended: tuple[Ended, ...] = ()


def read_upgrading(folder: Path, root: Path, schema: Schema, clauses: Collection[str] | None) -> Upgrading:
    """Return what an edition says of the one before, nothing without such a file; places are relative to `root`.

    `clauses` are the ids of the edition's provisions, None if some of these cannot be read.

    Raises:
        Mistakes: everything that is wrong in the file, or does not fit the schema and the clauses of the edition.
    """
    path = folder / UPGRADING_FILE
    if not path.exists():
        return Upgrading()
    document = read_ruled(path, relative(path, root), _UPGRADING, "answers: and ended:")
    if problems := [*_problems(document, schema, clauses)]:
        raise Mistakes(problems)
    data = document.data
    return Upgrading(
        tuple(_successor(document, at, entry, schema) for at, entry in enumerate(data.get("answers", ()))),
        tuple(
            Ended(tuple(entry["clauses"]), entry["because"], tuple(entry.get("see", ())), document.place(("ended", at)))
            for at, entry in enumerate(data.get("ended", ()))
        ),
    )


def _successor(document: Document, at: int, entry: Mapping[str, Any], schema: Schema) -> Successor:
    path = None if "because" in entry else entry.get("to", entry["from"])
    field = schema.lookup(path) if path else None
    values = {typed: _typed(field, value) for typed, value in entry.get("values", {}).items()} if field else {}
    place = document.place(("answers", at))
    return Successor(entry["from"], path, values, entry.get("check"), entry.get("because"), place)


def _typed(field: Field, value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return one answer as the field has it; for a list, one entry of it."""
    answer = _answer(field, value)
    return answer[0] if field.kind in _LISTS else answer


def _answer(field: Field, value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return a whole answer to a field that gives this value; for a list, as its only entry."""
    return coerce_for(field, [value] if field.kind in _LISTS else value)


_LISTS = (FieldKind.NAMES, FieldKind.CHOICES)


def _problems(document: Document, schema: Schema, clauses: Collection[str] | None) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for at, entry in enumerate(document.data.get("answers", ())):
        for key, message in _wrong_entry(entry, schema):
            yield Problem(document.place(("answers", at, *key)), message)
        for name in ("from", "to"):
            if name in entry and seen.setdefault((name, entry[name]), at) != at:
                message = f"{name}: another entry is already about {entry[name]}. Delete one of the two."
                yield Problem(document.place(("answers", at, name)), message)
    for at, entry in enumerate(document.data.get("ended", ())):
        for index, identity in enumerate(entry.get("see", ())):
            if clauses is not None and identity not in clauses:
                message = f"see: no section or clause has the id {identity}.{did_you_mean(identity, clauses)}"
                yield Problem(document.place(("ended", at, "see", index)), message)
        for message in inline_mistakes(entry["because"]):
            yield Problem(document.text_place(("ended", at, "because")), f"because: {message}")


def _wrong_entry(entry: Mapping[str, Any], schema: Schema) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield what is wrong in saying what became of one question, each with the place in the entry."""
    old = entry["from"]
    given = [key for key in ("to", "values", "check") if key in entry]
    if "because" in entry:
        if given:
            yield (given[0],), f"{given[0]}: because: says that nothing is asked instead. Delete one of the two."
        elif schema.lookup(old):
            yield ("from",), f"from: this edition still asks {old}. Delete this entry, or write check: for because:."
        return
    if not given:
        yield ("from",), f"from: say what became of {old}: to: with its new path, or because: with a reason."
        return
    path, key = (entry["to"], "to") if "to" in entry else (old, "from")
    field = schema.lookup(path)
    if field is None:
        paths = [other.path for other in schema.fields]
        yield (key,), f"{key}: unknown field {path}.{did_you_mean(path, paths)}"
    elif field.kind.traits.is_block or field.is_recorded:
        yield (key,), f"{key}: schools do not answer {path} itself. Name a question."
    elif "to" in entry and schema.lookup(old):
        yield ("from",), f"from: this edition still asks {old}, so its answers belong there. Delete to:."
    else:
        for typed, value in entry.get("values", {}).items():
            for _, why in wrong_answer(schema, field, _answer(field, value)):
                yield ("values", typed), f"values: {why}"
