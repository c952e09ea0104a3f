"""The printed form of values in clauses: escaped, marked with their field, and joined by the language's filters."""

from collections.abc import Mapping
from typing import Any, Self

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from build_tools.template import markup


class Markdown(str):
    """Text that is already Markdown."""

    __slots__ = ()


class Value(str):
    """The printed form of a school's answer."""

    __slots__ = ("field", "many")

    field: str
    """The path of the field that has this value."""
    many: bool
    """Whether it is a word in the plural."""

    def __new__(cls, text: str, field: str, *, many: bool = False) -> Self:
        """Return a text with its field."""
        value = super().__new__(cls, text)
        value.field, value.many = field, many
        return value


class ListEntry:
    """Named answers for templates: only what the schema declares is accessible, never a Python method."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Store the values."""
        self._values = values

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any answer
        """Return the value of a name, None if the school gave none."""
        return self._values.get(name)

    def __bool__(self) -> bool:
        """Return whether anything is given."""
        return any(self._values.values())


def print_value(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    """Return the Markdown for a value in a template: the school's text is escaped, and marked with its field."""
    if isinstance(value, Markdown):
        return str(value)
    if isinstance(value, Value):
        return markup.mark_value(value.field, markup.escape(value))
    raise TypeError(f"A clause prints {value!r}, which its check should have refused")


def _join(values: list[str], last: str) -> Markdown:
    return Markdown(values[0] if len(values) == 1 else f"{', '.join(values[:-1])} {last} {values[-1]}")


def _listed(values: tuple[Value, ...], last: str = "and") -> Markdown:
    return _join([print_value(value) for value in values], last)


def _names(people: tuple[ListEntry, ...]) -> Markdown:
    return _join(
        [print_value(p["name"]) + (f" ({print_value(p['role'])})" if p["role"] else "") for p in people], "and"
    )


def _possessive(value: Value) -> Value:
    ending = "’" if value.many and value.rstrip("]").endswith("s") else "’s"
    return Value(f"{value}{ending}", value.field, many=value.many)


def _one_or_many(values: tuple[Any, ...], one: str, many: str) -> Markdown:
    return Markdown(markup.escape(one if len(values) == 1 else many))


def _link(item: Value | ListEntry) -> Markdown:
    if isinstance(item, Value):
        return Markdown(print_value(item))
    return Markdown(markup.link(print_value(item["name"]), item["url"]) if item["url"] else print_value(item["name"]))


ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=jinja2.StrictUndefined,
    finalize=print_value,
    autoescape=False,
    cache_size=0,
)
ENVIRONMENT.filters = {
    "listed": _listed,
    "names": _names,
    "possessive": _possessive,
    "one_or_many": _one_or_many,
    "link": _link,
}
