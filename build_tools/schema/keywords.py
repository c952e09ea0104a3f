"""The keywords of a schema: those of JSON Schema 2020-12 and our own, and those that somebody misspelt.

JSON Schema ignores a keyword that it does not know, so that a rule with a misspelt name would silently not exist.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.schema.json_schema import DIALECT, Violation, is_linear
from build_tools.text.problems import all_of, did_you_mean, nearest
from build_tools.text.yaml_file import KeyPath

_TYPES = ("string", "boolean", "object", "array", "integer", "number", "null")

# the keywords whose value is a schema, a list of schemas, or schemas by name
_ONE = frozenset((
    "items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "unevaluatedItems",
    "unevaluatedProperties", "contentSchema",
))  # fmt: skip
_SEVERAL = frozenset(("oneOf", "anyOf", "allOf", "prefixItems"))
_BY_NAME = frozenset(("properties", "$defs", "patternProperties", "dependentSchemas"))
_OTHERS = frozenset((
    "$comment", "$ref", "$schema", "const",
    "contentEncoding", "contentMediaType", "default", "dependentRequired", "deprecated", "description", "enum",
    "examples", "exclusiveMaximum", "exclusiveMinimum", "format", "maxContains", "maxItems", "maxLength",
    "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties", "minimum", "multipleOf",
    "pattern", "readOnly", "required", "title", "type", "uniqueItems", "writeOnly",
))  # fmt: skip
_STANDARD = _ONE | _SEVERAL | _BY_NAME | _OTHERS


def corrected(raw: Mapping[str, Any], ours: frozenset[str]) -> tuple[Mapping[str, Any], list[tuple[KeyPath, str]]]:
    """Return a schema with its misspelt keywords put right, and each of them with its path and what to type.

    `ours` are the keywords that only this program knows. What was meant by a keyword is used, so that one misspelling
    is one mistake; a keyword that resembles none is left out.
    """
    wrong: list[tuple[KeyPath, str]] = []
    if raw.get("$schema", DIALECT) != DIALECT:
        wrong.append((("$schema",), f"$schema: this program knows only one. Write $schema: {DIALECT}"))
        raw = {**raw, "$schema": DIALECT}
    return _corrected(raw, (), ours, wrong), wrong


def _corrected(raw: Any, at: KeyPath, ours: frozenset[str], wrong: list[tuple[KeyPath, str]]) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(raw, dict):
        return raw
    found: dict[str, Any] = {}
    for name, value in raw.items():
        keyword: str | None = name
        if name not in _STANDARD | ours:
            keyword = _meant(name, value, ours)
            is_text = " " in name and value in ("", None)
            wrong.append(((*at, name), _cut_off(name) if is_text else _unknown(name, keyword, ours)))
        if keyword and (keyword == name or keyword not in raw):
            found[keyword] = _inside(keyword, value, (*at, name), ours, wrong)
    return found


def _inside(keyword: str, value: Any, at: KeyPath, ours: frozenset[str], wrong: list[tuple[KeyPath, str]]) -> Any:  # noqa: ANN401 - any JSON
    if keyword in _ONE:
        return _corrected(value, at, ours, wrong)
    if keyword in _SEVERAL and isinstance(value, list):
        return [_corrected(entry, (*at, index), ours, wrong) for index, entry in enumerate(value)]
    if keyword in _BY_NAME and isinstance(value, dict):
        return {name: _corrected(entry, (*at, name), ours, wrong) for name, entry in value.items()}
    return value


def _meant(name: str, value: Any, ours: frozenset[str]) -> str | None:  # noqa: ANN401 - any JSON
    """Return the keyword that a misspelt one most likely means, None if it resembles none with such a value."""
    fitting = _ONE | _BY_NAME | ours if isinstance(value, dict) else _STANDARD | ours
    alike = {keyword.lower(): keyword for keyword in sorted(fitting)}
    return alike.get(nearest(name.lower().replace("_", ""), alike) or "")


def _cut_off(text: str) -> str:
    return f'There is a comma before "{text}". Put the whole text in quotation marks, because a comma ends it.'


def _unknown(name: str, meant: str | None, ours: frozenset[str]) -> str:
    if meant:
        return f"{name} is not a keyword of a schema. Did you mean {meant}?"
    if name.startswith("x-"):
        return f"{name} is not one of our keywords: {all_of(sorted(ours))}."
    return f"{name} is not a keyword of a schema. If it is a question, write it under properties:."


def broken(found: Violation) -> tuple[KeyPath, str]:
    """Return where something is not JSON Schema or not a field of ours, and why."""
    name = str(found.path[-1]) if found.path else "the schema"
    holder = found.path[-2] if len(found.path) > 1 else None
    if found.keyword == "propertyNames" and (quoted := _QUOTED.search(found.said)):
        return (*found.path, quoted[1]), _no_name(quoted[1])
    if found.keyword == "pattern" and found.rule == NAME_PATTERN:
        return found.path, _no_name(str(found.value))
    return found.path, _of_keyword(found, name, is_keyword=holder not in _BY_NAME)


def _of_keyword(found: Violation, name: str, *, is_keyword: bool) -> str:
    value = found.value
    if name == "type" and is_keyword and isinstance(value, str):
        return f"type: {value} is unknown.{did_you_mean(value, _TYPES)} The types are {all_of(_TYPES[:4])}"
    if found.keyword == "format" and found.rule == "regex":
        return f"pattern: {value} is not a regular expression. A bracket may be open; put a \\ before a sign"
    if found.keyword == "required":
        return f"{name}: {found.rule} is missing. Add it"
    if found.keyword == "type":
        wanted = found.rule if isinstance(found.rule, list | tuple) else [found.rule]
        kinds = " or ".join(_KINDS.get(str(kind), str(kind)) for kind in wanted)
        return f"{name} must be {kinds}, but it is {_shown(value)}"
    return f"{name}: {found.said}"


def _no_name(text: str) -> str:
    return f'"{text}" is not a name. Use lower-case letters, digits and _, and begin with a letter'


_QUOTED = re.compile(r'"([^"]+)"')
NAME_PATTERN = "^[a-z][a-z0-9_]*$"
"""How the name of a field, and a word for its value, is written."""
_KINDS: Mapping[str, str] = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a block of lines below it, indented",
    "string": "text",
}


def _shown(value: object) -> str:
    match value:
        case dict():
            return "a block"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
        case None:
            return "empty"
        case _:
            return f'"{value}"' if value else "empty"


def contradictions(raw: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield what no answer could satisfy, and the answers that are offered twice, in a valid schema."""
    for at, sub in _sub_schemas(raw, ()):
        for least, most in (("minLength", "maxLength"), ("minItems", "maxItems")):
            if sub.get(least, 0) > sub.get(most, sub.get(least, 0)):
                yield (
                    (*at, least),
                    f"{least} is {sub[least]} and {most} is {sub[most]}, so no answer fits. Correct one.",
                )
        seen: set[object] = set()
        for index, branch in enumerate(sub.get("oneOf", ())):
            value = branch.get("const")
            if value == "":
                yield (*at, "oneOf", index), "This answer has no name. Write a word after const:."
            elif value is not None and value in seen:
                yield (*at, "oneOf", index), f"The answer {value} is here twice. Give each answer a const of its own."
            seen.add(value)


def endless_patterns(raw: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the regular expressions of a valid schema that some answers could make take for ever to match."""
    for at, sub in _sub_schemas(raw, ()):
        patterns = (
            (("pattern",), sub.get("pattern")),
            *((("patternProperties", p), p) for p in sub.get("patternProperties", ())),
        )
        for where, pattern in patterns:
            if pattern is not None and not is_linear(pattern):
                why = "refers to what a bracket found" if re.search(r"\\[1-9k]", pattern) else "looks ahead or back"
                message = f"{where[0]}: {pattern} {why}, and a long answer could take for ever to check."
                yield (
                    (*at, *where),
                    f"{message} Write which characters there are, in their order: ^[A-Z]{{2}}[0-9]{{4}}$.",
                )


def _sub_schemas(raw: Any, at: KeyPath) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:  # noqa: ANN401 - any JSON
    """Yield a schema and every schema inside it, with its path."""
    if isinstance(raw, dict):
        yield at, raw
        for keyword, value in raw.items():
            inside = {None: value} if keyword in _ONE else dict(enumerate(value)) if keyword in _SEVERAL else {}
            for key, entry in (value if keyword in _BY_NAME else inside).items():
                yield from _sub_schemas(entry, (*at, keyword) if key is None else (*at, keyword, key))
