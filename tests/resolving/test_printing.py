"""Values as clauses print them: escaped and marked, or refused."""

import jinja2
import pytest

from build_tools.resolving.printing import ENVIRONMENT, ListEntry, Markdown, Value, print_value


def test_a_value_is_escaped_and_marked() -> None:
    assert print_value(Value("a*b", "x.y")) == "\ue000x.y\ue001a&#42;b\ue003"


def test_markdown_is_printed_as_it_is() -> None:
    assert print_value(Markdown("a*b")) == "a*b"


@pytest.mark.parametrize("value", [None, True, 1, "text of nobody", [], ListEntry({})])
def test_anything_else_is_a_bug_of_the_check(value: object) -> None:
    with pytest.raises(TypeError, match="which its check should have refused"):
        print_value(value)


def test_a_record_shows_its_values_and_nothing_of_python() -> None:
    render = ENVIRONMENT.from_string("{{ record.name }}").render
    assert render(record=ListEntry({"name": Markdown("x")})) == "x"
    for name in ("_values", "__class__", "__init__"):
        with pytest.raises((jinja2.exceptions.SecurityError, TypeError)):
            ENVIRONMENT.from_string(f"{{{{ record.{name} }}}}").render(record=ListEntry({}))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, False),
        ({"a": None}, False),
        ({"a": ()}, False),
        ({"a": ListEntry({})}, False),
        ({"a": None, "b": "x"}, True),
    ],
)
def test_a_record_is_true_if_anything_is_given(values: dict[str, object], *, expected: bool) -> None:
    assert bool(ListEntry(values)) is expected


def test_a_name_that_nobody_gave_is_an_error() -> None:
    with pytest.raises((jinja2.UndefinedError, TypeError)):
        ENVIRONMENT.from_string("{{ nobody }}").render()


def test_only_our_filters_are_there() -> None:
    assert sorted(ENVIRONMENT.filters) == ["link", "listed", "names", "one_or_many", "possessive"]
