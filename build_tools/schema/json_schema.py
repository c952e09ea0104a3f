"""JSON Schema 2020-12, by a library: which rules some data break, each with its place and with what the rule asks."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs

from build_tools.text.yaml_file import KeyPath

META_SCHEMA: Mapping[str, Any] = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
"""What every JSON Schema must keep to itself."""

_WHOLE = "urn:schema"
_PART = "x-part"


@dataclasses.dataclass(frozen=True, slots=True)
class Violation:
    """A rule that some data break."""

    path: KeyPath
    """Where in the data."""
    value: Any
    """What stands there."""
    keyword: str
    """Which rule, as `maxLength`."""
    rule: Any
    """What it asks for: 300 of `maxLength: 300`; of `required` the name that is missing, of `type` all that may be."""
    schema: Mapping[str, Any]
    """The schema that has the rule."""
    branches: tuple[tuple["Violation", ...], ...]
    """Of `oneOf` and `anyOf`, why each of the schemas there is not kept to."""
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
    ) -> None:
        """Take a schema that is sound, and a `part` that may refer to what else is in it.

        `formats` tell whether a text has the format of that name; what they do not know is no rule. Without them
        those of the standard hold.
        """
        self._schema = checked = dict(schema)
        registry = None
        if part is not None:
            self._schema, checked = {**schema, _PART: part}, {"$ref": f"{_WHOLE}#/{_PART}"}
            registry = jsonschema_rs.Registry([(_WHOLE, self._schema)])
        self._formats = formats
        self._validator = jsonschema_rs.Draft202012Validator(
            checked, validate_formats=True, formats=dict(formats or {}), registry=registry
        )

    def violations(self, data: Any) -> Iterator[Violation]:  # noqa: ANN401 - any data
        """Yield every rule that some data break; all names in the data are text."""
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


def _at(schema: Mapping[str, Any], path: Iterable[str | int]) -> Mapping[str, Any]:
    """Return the schema at a path; an empty one if it stands in another document."""
    found: Any = schema
    for key in path:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            return {}
    return found if isinstance(found, Mapping) else {}
