"""Read `school.schema.yml` into fields.

The file is standard JSON Schema 2020-12 and is validated by a standard library. The additional rules for our fields
(words, one shape for choices) are a JSON Schema too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import yaml

from build_tools.schema.answers import wrong_given
from build_tools.schema.fields import (
    KINDS_OF_FORMATS,
    NOT_ANSWERS,
    Choice,
    Field,
    FieldKind,
    Schema,
    Suggested,
    capital,
)
from build_tools.schema.json_schema import META_SCHEMA, Checker
from build_tools.schema.keywords import NAME_PATTERN, broken, contradictions, corrected, endless_patterns
from build_tools.text.blanks import is_blank
from build_tools.text.problems import Mistakes, Problem, did_you_mean, known_names, one_of
from build_tools.text.source import read_unchecked
from build_tools.text.yaml_file import Document, KeyPath, parse_yaml

RESERVED = (*NOT_ANSWERS, "item", "cite", "ref")
"""Names that have another meaning in a school's file or in a clause."""

_JSON_SCHEMA = Checker(META_SCHEMA)
_TEXT = {"type": "string"}
_NAME = {"pattern": NAME_PATTERN}
SUGGESTED: Mapping[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"when": _TEXT, "value": {}, "examples": {"type": "array", "minItems": 1}},
    },
}
"""What suggestions with conditions look like, in a schema or in a file of their own."""
_FIELDS = {"additionalProperties": {"$ref": "#/$defs/field"}}
_OUR_SCHEMA: Mapping[str, Any] = {
    "allOf": [{"$ref": "#/$defs/field"}, {"properties": {"$defs": _FIELDS}}],
    "$defs": {
        "field": {
            "type": "object",
            "properties": {
                "properties": {"propertyNames": _NAME, **_FIELDS},
                "items": {"$ref": "#/$defs/field"},
                "oneOf": {"items": {"$ref": "#/$defs/field"}},
                "const": _TEXT,
                "x-singular": _TEXT,
                "x-same-as": _TEXT,
                "x-invented": {"type": "boolean"},
                "x-suggested": {
                    "if": {"type": "array"},
                    "then": SUGGESTED,
                    "else": {"type": "object", "additionalProperties": {"type": "object"}},
                },
                "x-label": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["one", "many"],
                    "properties": {"one": _TEXT, "many": _TEXT},
                },
                "x-words": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"one": _TEXT | _NAME, "many": _TEXT | _NAME},
                },
            },
        },
    },
}
_OURS = Checker(_OUR_SCHEMA)
_OUR_KEYWORDS = frozenset(name for name in _OUR_SCHEMA["$defs"]["field"]["properties"] if name.startswith("x-"))

# Replaces a broken reference, so that it is reported only once.
_BROKEN: Mapping[str, Any] = {"title": "", "type": "string"}


class _JsonLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # either of two
    """Reads only values that JSON has: `no`, `off`, 3.10 and 2018-05-23 are text, as an author means them."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - as it is inherited
        """Return a block; its names are always text."""
        return {name.value: self.construct_object(value, deep=deep) for name, value in node.value}


_JsonLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), ["t", "f"])
_JsonLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(0|[1-9][0-9]*)\Z"), list("0123456789"))


def read_schema(path: Path, file: str) -> Schema:
    """Return the fields that a `school.schema.yml` declares.

    Raises:
        Mistakes: if it is not YAML, not JSON Schema, or declares something that no school could answer.
    """
    return parse_schema(read_unchecked(path, file), file)


def parse_schema(text: str, file: str) -> Schema:
    """Return the fields that the text of a `school.schema.yml` declares.

    Raises:
        Mistakes: if it is not YAML, not JSON Schema, or declares something that no school could answer.
    """
    document = parse_yaml(text, file)
    raw = yaml.load(text, Loader=_JsonLoader)  # noqa: S506 - it is safe: it creates only plain data
    if not isinstance(raw, dict):
        raise Mistakes([Problem(document.place(), "A schema must have lines such as properties: and required:.")])
    raw, misspelt = corrected(raw, _OUR_KEYWORDS)
    problems = [Problem(document.place(at), message) for at, message in misspelt]
    for checker, says in ((_JSON_SCHEMA, "This is not JSON Schema"), (_OURS, "No field is declared like this")):
        wrong = [broken(one) for one in checker.violations(raw)]
        found = [Problem(document.place(at), f"{says}: {message}.") for at, message in wrong]
        if found:
            raise Mistakes([*problems, *found])
    if endless := [Problem(document.place(at), message) for at, message in endless_patterns(raw)]:
        raise Mistakes([*problems, *endless])
    problems += [Problem(document.place(at), message) for at, message in contradictions(raw)]
    reader = _SchemaReader(raw, document)
    reader.problems += problems
    schema = Schema(reader.field(raw, "", required=True, at=(), around=frozenset()), raw, document, reader.declared_at)
    if reader.problems == problems:
        reader.check_given()
        for path, message in _between_fields(schema):
            keyword = message.partition(" ")[0].rstrip(":")
            reader.problems.append(Problem(schema.place(path, keyword), f"{path}: {message}"))
    if reader.problems:
        raise Mistakes(reader.problems)
    return schema


def suggested_in(document: Document, at: KeyPath, entries: Iterable[Mapping[str, Any]]) -> tuple[Suggested, ...]:
    """Return the suggestions with conditions at a path of a file."""
    return tuple(
        Suggested(entry.get("when"), entry.get("value"), tuple(entry.get("examples", ())), document.place((*at, index)))
        for index, entry in enumerate(entries)
    )


def _between_fields(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the contradictions between fields that are each valid: the path of the field, and the reason."""
    for field in schema.root.children:
        if field.name in RESERVED:
            yield field.path, "this name already has another meaning. Choose another."
    taken = dict.fromkeys(RESERVED, "") | {field.name: field.path for field in schema.root.children}
    for field in schema.fields:
        if field.same_as:
            yield from ((field.path, message) for message in _wrong_source(schema, field, field.same_as))
        for message in _wrong_suggestions(schema, field):
            yield field.path, message
        yield from ((field.path, message) for message in _blanks_offered(field))
        for _form, word in field.words:
            for form in dict.fromkeys((word, capital(word))):
                if taken.setdefault(form, field.path) != field.path:
                    yield field.path, f"the word {form} already has another meaning. Choose another."


def _blanks_offered(field: Field) -> Iterator[str]:
    """Yield which of the answers that the schema itself gives to a field are blanks."""
    offered = [("default", field.default), *(("suggestion", suggested.value) for suggested in field.suggested)]
    for what, value in offered if field.kind.traits.is_wording else ():
        if any(is_blank(text) for text in (value if isinstance(value, list) else [value]) if text):
            yield f"the {what} is a blank, which no school can have as its answer. Delete it."


def _wrong_source(schema: Schema, field: Field, path: str) -> Iterator[str]:
    """Yield why a field cannot take the value of another one, at a path."""
    source = schema.lookup(path)
    if source is None or not source.always:
        yield f"x-same-as names {path}, but not every school has that field. Require it, or give it a default."
    elif source.kind is not field.kind or source.choices != field.choices:
        yield f"x-same-as names {path}, which takes {source.kind.value}. It must take the same as {field.path}."
    seen = {field.path}
    while source and source.same_as and source.path not in seen:
        seen.add(source.path)
        source = schema.lookup(source.same_as)
    if source and source.path in seen:
        yield f"x-same-as names {path}, which refers back to it."


def _wrong_suggestions(schema: Schema, field: Field) -> Iterator[str]:
    """Yield what is wrong with the answers on which the suggestions of a field depend."""
    by_answer = field.declared.get("x-suggested")
    for path, answers in by_answer.items() if isinstance(by_answer, Mapping) else ():
        option = schema.lookup(path)
        if option is None or option.kind is not FieldKind.CHOICE:
            yield f"x-suggested names {path}, which is not an option with one answer."
            continue
        known = [choice.value for choice in option.choices]
        for answer in answers:
            if answer not in known:
                yield f"x-suggested: {answer} is not one of the answers to {path}: {one_of(known)}."


class _SchemaReader:
    """Reads sub-schemas into fields, following references inside the file."""

    def __init__(self, raw: Mapping[str, Any], document: Document) -> None:
        self.raw = raw
        self.document = document
        self.problems: list[Problem] = []
        self.declared_at: dict[str, KeyPath] = {}
        self._given: list[tuple[str, KeyPath, Mapping[str, Any], str, Any]] = []

    def field(
        self, declared: Mapping[str, Any], path: str, *, required: bool, at: KeyPath, around: frozenset[str]
    ) -> Field:
        """Return the field that a sub-schema declares; `around` has the references that led to it."""
        sub, around = self._expand(declared, at, around)
        items, around = self._expand(sub.get("items", {}), (*at, "items"), around)
        kind = self._kind(sub, items, path, at)
        self.declared_at.setdefault(path, at)
        traits = kind.traits
        holder = items if traits.is_list else sub
        names = holder.get("properties", {}) if traits.has_fields else {}
        needed = holder.get("required", ()) if traits.has_fields else ()
        if path and not sub.get("title") and sub is not _BROKEN:
            self._problem((*at, "title"), f"{path} has no title. Give it one, so that schools know what is asked.")
        for example in sub.get("examples", ()):
            self._given.append((path, (*at, "examples"), sub, f"example {example}", example))
        if "default" in sub:
            self._given.append((path, (*at, "default"), sub, "default", sub["default"]))
        self._check_required(needed, names, at)
        prefix = "" if not path else f"{path}[]." if traits.is_list else f"{path}."
        # every school has what a block requires only if it has the block; every entry has what an entry requires
        is_there = required or traits.is_list
        return Field(
            path=path,
            kind=kind,
            title=sub.get("title", ""),
            labels=tuple(sub["x-label"][number] for number in ("one", "many")) if "x-label" in sub else None,
            description=sub.get("description", ""),
            required=required,
            is_recorded=sub.get("readOnly", False),
            default=sub.get("default"),
            same_as=sub.get("x-same-as"),
            words=tuple(sorted(sub.get("x-words", {}).items(), reverse=True)),
            choices=_choices(holder),
            other=self._other(sub, path, at, around) if kind is FieldKind.CHOICE else None,
            suggested=self._suggested(sub, path, at),
            children=tuple(
                self.field(
                    child,
                    f"{prefix}{name}",
                    required=is_there and name in needed,
                    at=(*at, "properties", name),
                    around=around,
                )
                for name, child in names.items()
            ),
            declared={**sub, "items": items} if items else sub,
        )

    def check_given(self) -> None:
        """Check that every default and suggestion is a possible answer; all references must be valid."""
        for path, at, sub, what, value in self._given:
            for why in wrong_given(self.raw, sub, value):
                self._problem(at, f"{path}: the {what} could not be an answer: {why}.")

    def _suggested(self, sub: Mapping[str, Any], path: str, at: KeyPath) -> tuple[Suggested, ...]:
        suggested, where = sub.get("x-suggested", {}), (*at, "x-suggested")
        if isinstance(suggested, list):
            return suggested_in(self.document, where, suggested)
        for answers in suggested.values():
            self._given += [(path, where, sub, f"suggestion for {answer}", value) for answer, value in answers.items()]
        return tuple(
            Suggested(f"{option}={answer}", value, place=self.document.place((*where, option, answer)))
            for option, answers in suggested.items()
            for answer, value in answers.items()
        )

    def _other(self, sub: Mapping[str, Any], path: str, at: KeyPath, around: frozenset[str]) -> Field | None:
        """Return the record that an option accepts instead of one of its choices, None if there is none."""
        for index, branch in enumerate(sub["oneOf"]):
            if branch.get("type") == "object":
                return self.field(branch, path, required=True, at=(*at, "oneOf", index), around=around)
        return None

    def _check_required(self, needed: Iterable[str], names: Mapping[str, Any], at: KeyPath) -> None:
        for name in needed:
            if name not in names:
                self._problem((*at, "required"), f"required names the unknown field {name}.{did_you_mean(name, names)}")

    def _expand(
        self, sub: Mapping[str, Any], at: KeyPath, around: frozenset[str]
    ) -> tuple[Mapping[str, Any], frozenset[str]]:
        """Return a sub-schema merged with what it refers to, and all references so far; its own keywords win."""
        while "$ref" in sub:
            reference = sub["$ref"]
            rest = {key: value for key, value in sub.items() if key != "$ref"}
            target: Any = self.raw if reference.startswith("#/") else None
            for name in reference.removeprefix("#/").split("/"):
                target = target.get(name) if isinstance(target, dict) else None
            if not isinstance(target, dict):
                hint = did_you_mean(reference, [f"#/$defs/{known}" for known in self.raw.get("$defs", ())])
                self._problem((*at, "$ref"), f"{reference} is not in this file.{hint}")
                return _BROKEN, around
            if reference in around:
                self._problem((*at, "$ref"), f"{reference} refers back to itself.")
                return _BROKEN, around
            around |= {reference}
            sub = {**target, **rest}
        return sub, around

    def _kind(self, sub: Mapping[str, Any], items: Mapping[str, Any], path: str, at: KeyPath) -> FieldKind:
        """Return the kind of a sub-schema; `items` is the sub-schema of a list's entries."""
        if _has_choices(sub):
            others = [branch for branch in sub["oneOf"] if "const" not in branch]
            if [branch.get("type") for branch in others] not in ([], ["object"]):
                message = "oneOf can have choices with const, and at most one group of fields."
                self._problem((*at, "oneOf", sub["oneOf"].index(others[-1])), f"{path}: {message}")
            return FieldKind.CHOICE
        match sub.get("type"), items.get("type"):
            case "object", _:
                return FieldKind.RECORD
            case "boolean", _:
                return FieldKind.FLAG
            case "string", _:
                return self._kind_of_text(sub, path, at)
            case "array", _ if _has_choices(items) and len(_choices(items)) == len(items["oneOf"]):
                return FieldKind.CHOICES
            case "array", "string":
                return FieldKind.NAMES
            case "array", "object":
                return FieldKind.RECORDS
        if sub.get("type") == "array":
            self._problem(at, f"{path}: say what an entry of this list is, such as items: {{type: string}}.")
            return FieldKind.NAMES
        keyword = next((name for name in ("enum", "anyOf") if name in sub), "type")
        self._problem((*at, keyword), f"{path}: {_how_to_ask(sub)}")
        return FieldKind.TEXT

    def _kind_of_text(self, sub: Mapping[str, Any], path: str, at: KeyPath) -> FieldKind:
        if "format" not in sub:
            return FieldKind.TEXT
        name = sub["format"]
        if name not in KINDS_OF_FORMATS:
            hint = did_you_mean(name, KINDS_OF_FORMATS)
            self._problem(
                (*at, "format"), f"{path}: unknown format {name}.{hint}{known_names('format', KINDS_OF_FORMATS)}"
            )
        return KINDS_OF_FORMATS.get(name, FieldKind.TEXT)

    def _problem(self, at: KeyPath, message: str) -> None:
        self.problems.append(Problem(self.document.place(at), message))


def _how_to_ask(sub: Mapping[str, Any]) -> str:
    """Return how to declare a field whose kind cannot be known."""
    if "enum" in sub or "anyOf" in sub:
        return "list the answers under oneOf, each with a const and a title."
    return "say what it takes: type string, boolean, object or array, or oneOf with choices."


def _has_choices(sub: Mapping[str, Any]) -> bool:
    return any("const" in branch for branch in sub.get("oneOf", ()))


def _choices(sub: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(branch["const"], branch.get("title", branch["const"]), branch.get("x-singular"))
        for branch in sub.get("oneOf", ())
        if "const" in branch
    )
