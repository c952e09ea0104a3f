"""Read, set and delete answers at paths; the given answers are not modified."""

from collections.abc import Mapping
from typing import Any

from build_tools.text.yaml_file import KeyPath


def value_at(values: Any, path: KeyPath) -> Any:  # noqa: ANN401 - any answer
    """Return the answer at a path, None if there is none."""
    for key in path:
        if isinstance(values, list) and isinstance(key, int):
            values = values[key] if key < len(values) else None
        else:
            values = values.get(key) if isinstance(values, Mapping) else None
    return values


def key_path(path: str) -> KeyPath:
    """Return a dotted path as its keys."""
    return tuple(path.split("."))


def with_value(values: Any, path: KeyPath, value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return answers with a value at a path; missing blocks and lists are created."""
    if not path:
        return value
    key, below = path[0], path[1:]
    if isinstance(key, int):
        entries = list(values or ())
        return [*entries[:key], with_value(value_at(entries, (key,)), below, value), *entries[key + 1 :]]
    known = values if isinstance(values, Mapping) else {}
    return {**known, key: with_value(known.get(key), below, value)}


def without_value(values: Any, path: KeyPath) -> Any:  # noqa: ANN401 - any answer
    """Return answers without the one at a path; a block or list that becomes empty is removed too."""
    key, below = path[0], path[1:]
    if value_at(values, (key,)) is None:
        return values
    left = without_value(value_at(values, (key,)), below) if below else None
    if isinstance(values, list) and isinstance(key, int):
        return [*values[:key], *((left,) if left else ()), *values[key + 1 :]]
    return {name: left if name == key else value for name, value in values.items() if name != key or left}


def without_blanks(values: Any) -> Any:  # noqa: ANN401 - any answer
    """Return answers without empty ones, such as `product:`."""
    if isinstance(values, Mapping):
        return {name: without_blanks(value) for name, value in values.items() if value != ""}
    return [without_blanks(value) for value in values if value != ""] if isinstance(values, list) else values
