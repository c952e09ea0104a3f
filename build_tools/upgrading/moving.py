"""A school's answers under the paths and in the words of a new edition, as the edition itself says."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from build_tools.schema.answers import get
from build_tools.schema.fields import Field
from build_tools.schema.paths import key_path, with_value
from build_tools.template.edition import Edition
from build_tools.template.upgrading_file import Successor


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    """One answer that is carried over to another path, or has another form now, or must be looked at."""

    old: Field
    field: Field
    """The field that has the answer in the new edition."""
    was: Any
    value: Any
    values: Mapping[str, str]
    """The answers that have another form now, as they are typed in a file."""
    check: str | None
    """What a person must look at; None if nothing."""


def moves(old: Edition, new: Edition, answers: Mapping[str, Any]) -> Iterator[Moved]:
    """Yield the answers of a school that the new edition carries over; `answers` are those that it typed.

    An answer that the school has already given under the new path is not replaced.
    """
    for successor in new.upgrading.answers:
        before = old.schema.lookup(successor.old)
        after = new.schema.lookup(successor.new) if successor.new else None
        was = get(answers, successor.old)
        if before is None or after is None or was is None:
            continue
        is_given = before.path != after.path and get(answers, after.path) is not None
        value = _renewed(was, before, successor)
        if not is_given and (before.path != after.path or value != was or successor.check):
            written = {typed: say(one, after) for typed, one in successor.values.items()}
            # an answer that has its other form is as the new question asks
            check = successor.check if value == was else None
            yield Moved(before, after, was, value, written, check)


def moved_answers(answers: Mapping[str, Any], moved: Collection[Moved]) -> Mapping[str, Any]:
    """Return a school's answers with those that are carried over under their new paths."""
    found: Mapping[str, Any] = without(answers, {one.old.path for one in moved})
    for one in moved:
        found = with_value(found, key_path(one.field.path), one.value)
    return found


def without(answers: Mapping[str, Any], paths: Collection[str], around: str = "") -> Mapping[str, Any]:
    """Return answers without those at some paths; a block that becomes empty stays."""
    left = {}
    for name, value in answers.items():
        path = f"{around}{name}"
        if path not in paths:
            left[name] = without(value, paths, f"{path}.") if isinstance(value, dict) else value
    return left


def renewed(value: Any, field: Field, new: Edition) -> Any:  # noqa: ANN401 - any answer
    """Return a value of a field of the old edition in the words of the new one."""
    successor = next((one for one in new.upgrading.answers if one.old == field.path), None)
    return _renewed(value, field, successor) if successor else value


def why_ended(path: str, new: Edition) -> str | None:
    """Return why a new edition no longer asks a question; None if it does not say."""
    return next((one.because for one in new.upgrading.answers if one.old == path), None)


def say(value: Any, field: Field) -> str:  # noqa: ANN401 - any answer
    """Return an answer in words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case list():
            return ", ".join(say(entry, field) for entry in value) or "nothing"
    return ", ".join(f"{key}: {entry}" for key, entry in value.items())


def _renewed(value: Any, field: Field, successor: Successor) -> Any:  # noqa: ANN401 - any answer
    if isinstance(value, list):
        entries = [successor.values.get(entry, entry) if isinstance(entry, str) else entry for entry in value]
        return [entry for at, entry in enumerate(entries) if entry not in entries[:at]]
    return successor.values.get(say(value, field), value)
