"""What the library of JSON Schema is asked for, and what it tells of data that break a rule."""

from typing import Any

import pytest

from build_tools.schema.json_schema import META_SCHEMA, Checker, Violation, is_linear

SCHEMA: dict[str, Any] = {
    "properties": {"names": {"type": "array", "items": {"$ref": "#/$defs/name"}}},
    "$defs": {"name": {"type": "string", "maxLength": 3}},
}


def only(checker: Checker, data: Any) -> Violation:  # noqa: ANN401 - any data
    (found,) = checker.violations(data)
    return found


@pytest.mark.parametrize("part", [None, {"properties": {"names": {"items": {"$ref": "#/$defs/name"}}}}])
def test_a_broken_rule_is_told_with_its_place_and_its_schema(part: dict[str, Any] | None) -> None:
    found = only(Checker(SCHEMA, part=part), {"names": ["Ann", "Anne"]})
    assert (found.path, found.value) == (("names", 1), "Anne")
    assert (found.keyword, found.rule, found.schema) == ("maxLength", 3, SCHEMA["$defs"]["name"])


def test_a_part_has_no_other_rules_than_its_own() -> None:
    part = {"minItems": 1}
    assert list(Checker(SCHEMA, part=part).violations({"names": ["Anne"]})) == []
    assert only(Checker(SCHEMA, part=part), []).schema == part


def test_each_branch_says_why_it_does_not_fit() -> None:
    found = only(Checker({"oneOf": [{"const": "x"}, {"type": "object", "required": ["y"]}]}), {})
    assert [[inner.keyword for inner in branch] for branch in found.branches] == [["const"], ["required"]]


def test_a_format_that_nobody_gave_is_no_rule() -> None:
    schema = {"properties": {"a": {"format": "email"}, "b": {"format": "loud"}}}
    given = {"a": "nobody", "b": "quiet"}
    assert only(Checker(schema, {"loud": str.isupper}), given).path == ("b",)
    assert list(Checker(schema, {}).violations(given)) == []


@pytest.mark.parametrize("wrong", [{"type": "thing"}, {"maxLength": "3"}, {"pattern": "("}])
def test_what_is_no_schema_breaks_the_rules_of_schemas(wrong: dict[str, Any]) -> None:
    (keyword,) = wrong
    assert only(Checker(META_SCHEMA), {"properties": {"a": wrong}}).path == ("properties", "a", keyword)


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|a)*$", "(a|aa)+$", "^(a*)*$", "(.*a){20}$"])
def test_no_pattern_takes_longer_than_its_text(pattern: str) -> None:
    # an engine that goes back would be at it for longer than the universe
    text = "a" * 100_000 + "!"
    assert is_linear(pattern)
    assert only(Checker({"pattern": pattern}, is_linear=True), text).keyword == "pattern"


@pytest.mark.parametrize("pattern", ["(?=a)b", "(?!a)b", "(?<=a)b", "(?<!a)b", r"(a)\1", r"(?<x>a)\k<x>"])
def test_a_pattern_that_goes_back_is_not_linear(pattern: str) -> None:
    assert not is_linear(pattern)
