"""JSON Schema 2020-12, checked by a library: the rules that some data break, each with its place and its value."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from build_tools.text.yaml_file import KeyPath

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The only kind of schema that is read."""
META_SCHEMA: Mapping[str, Any] = {"$ref": DIALECT}
"""The schema that every JSON Schema must satisfy."""

_WHOLE = "urn:schema"
_PART = "x-part"
_LINEAR = jsonschema_rs.RegexOptions()
"""The engine without backtracking: https://docs.rs/regex/latest/regex/#untrusted-input."""


@dataclasses.dataclass(frozen=True, slots=True)
class Violation:
    """A rule that some data break."""

    path: KeyPath
    """Where in the data."""
    value: Any
    """The value there."""
    keyword: str
    """The rule, such as `maxLength`."""
    rule: Any
    """The value of the rule: 300 for `maxLength: 300`, the missing name for `required`, all types for `type`."""
    schema: Mapping[str, Any]
    """The schema that contains the rule."""
    branches: tuple[tuple["Violation", ...], ...]
    """For `oneOf` and `anyOf`: the violations of each of their schemas."""
    said: str
    """The library's own message."""


class Checker:
    """Checks data against one schema, or against one part of it."""

    def __init__(
        self,
        schema: Mapping[str, Any],
        formats: Mapping[str, Callable[[str], bool]] | None = None,
        *,
        part: Mapping[str, Any] | None = None,
        is_linear: bool = False,
    ) -> None:
        """Use a valid schema, or a `part` that may refer to the rest of it.

        A schema that a stranger may have written must be `is_linear`: each of its patterns must satisfy `is_linear`,
        and no text takes longer to match than its length warrants.

        `formats` has, by name, a function that returns whether a text has that format; unknown formats are ignored.
        Without `formats`, those of the standard apply.
        """
        self._schema = checked = dict(schema)
        registry = None
        if part is not None:
            self._schema, checked = {**schema, _PART: part}, {"$ref": f"{_WHOLE}#/{_PART}"}
            registry = jsonschema_rs.Registry([(_WHOLE, self._schema)])
        self._formats = formats
        self._validator = jsonschema_rs.Draft202012Validator(
            checked,
            validate_formats=True,
            formats=dict(formats or {}),
            registry=registry,
            pattern_options=_LINEAR if is_linear else None,
        )

    def violations(self, data: Any) -> Iterator[Violation]:  # noqa: ANN401 - any data
        """Yield every rule that some data break; all names in the data must be text."""
        return self._violations(self._validator.iter_errors(data))

    def _violations(self, errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[Violation]:
        for error in errors:
            if self._formats is None or error.kind.name != "format" or error.kind.value in self._formats:
                yield self._violation(error)

    def _violation(self, error: jsonschema_rs.ValidationError) -> Violation:
        return Violation(
            path=tuple(error.instance_path),
            value=error.instance,
            keyword=error.kind.name,
            rule=error.kind.value,
            schema=_at(self._schema, error.schema_path[:-1]),
            branches=tuple(tuple(self._violations(errors)) for errors in getattr(error.kind, "context", ())),
            said=error.message,
        )


def is_linear(pattern: str) -> bool:
    """Return whether a regular expression can be matched in linear time, which excludes look-around and references."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=_LINEAR)
    except jsonschema_rs.ValidationError:
        return False
    return True


def _at(schema: Mapping[str, Any], path: Iterable[str | int]) -> Mapping[str, Any]:
    """Return the schema at a path; an empty one if it is in another document."""
    found: Any = schema
    for key in path:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            return {}
    return found if isinstance(found, Mapping) else {}
