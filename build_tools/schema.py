"""The fields and options of an edition, as its `school.schema.yml` declares them.

The file is standard JSON Schema 2020-12 and is validated by a standard library. This module turns
it into a tree of `Field` that the rest of the program asks.
"""

import dataclasses
import enum
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from build_tools.problems import Mistakes, Problem, did_you_mean
from build_tools.source import Document, KeyPath, parse_yaml, read_text


class FieldKind(enum.Enum):
    """What shape of value a field takes."""

    RECORD = "a block of fields"
    RECORDS = "a list of entries, each with its own fields"
    NAMES = "a list"
    CHOICES = "a list of choices"
    CHOICE = "one of the choices"
    FLAG = "yes or no"
    DATE = "a date, as 2018-05-23 or 2018-10"
    ADDRESS = "a web address that begins with https:// or http://"
    COLOUR = 'a colour, as "#7a1f3d"'
    TEXT = "text"


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One answer that an option offers."""

    value: str
    title: str
    singular: str | None = None
    """The singular, where the answer is a word in the plural."""


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A value that the school supplies, or an option that it answers."""

    path: str
    """Its name with the names of what it stands in: `phones.learners`. A field of a list's entry: `platforms[].url`."""
    kind: FieldKind
    title: str
    title_one: str
    """The title where a list has one entry."""
    description: str
    required: bool
    default: Any = None
    """None where there is none."""
    same_as: str | None = None
    """The field whose value is taken when this one is not given."""
    words: tuple[tuple[str, str], ...] = ()
    """("one", word) and ("many", word): the words that clauses use for it."""
    choices: tuple[Choice, ...] = ()
    children: tuple["Field", ...] = ()
    """The fields of a record, or of each entry of a list of records."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def always(self) -> bool:
        """Whether every school has a value for it, given or by default."""
        return self.required or self.default is not None or self.same_as is not None

    def label(self, count: int) -> str:
        """Return the title for a list of so many entries."""
        return self.title_one if count == 1 else self.title

    def child(self, name: str) -> "Field | None":
        """Return the field of that name inside this one."""
        return next((field for field in self.children if field.name == name), None)

    def walk(self) -> Iterator["Field"]:
        """Yield this field and all inside it."""
        yield self
        for field in self.children:
            yield from field.walk()


@dataclasses.dataclass(frozen=True, slots=True)
class Schema:
    """All fields of an edition."""

    root: Field
    raw: Mapping[str, Any]
    """The JSON Schema itself."""

    def lookup(self, path: str) -> Field | None:
        """Return the field at a path of names with dots, or None."""
        field: Field | None = self.root
        for name in path.split("."):
            field = field.child(name) if field and field.kind is FieldKind.RECORD else None
        return field

    def fields(self) -> Iterator[Field]:
        """Yield every field but the fields of lists' entries, with records before what is in them."""
        yield from (field for field in self.root.walk() if field.path and "[]" not in field.path)

    def words(self) -> Mapping[str, Field]:
        """Return the words that clauses may use, in every form, with their fields."""
        found = {}
        for field in self.fields():
            for _form, word in field.words:
                found[word] = found[capital(word)] = field
        return found

    def lists(self) -> frozenset[str]:
        """Return the paths of the options that hold several answers at once."""
        return frozenset(field.path for field in self.fields() if field.kind is FieldKind.CHOICES)


def capital(word: str) -> str:
    """Return a word with its first letter in upper case."""
    return word[:1].upper() + word[1:]


def read_schema(path: Path, file: str) -> Schema:
    """Return the fields that a `school.schema.yml` declares.

    Raises:
        Mistakes: if it is not YAML, not JSON Schema, or declares what a school could not answer.
    """
    text = read_text(path, file)
    document = parse_yaml(text, file)
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    return parse_schema(raw, document)


def parse_schema(raw: Any, document: Document) -> Schema:  # noqa: ANN401 - any YAML value
    """Return the fields that a JSON Schema declares; `document` gives the lines of its mistakes.

    Raises:
        Mistakes: if it is not JSON Schema, or declares what a school could not answer.
    """
    if not isinstance(raw, dict):
        raise Mistakes([Problem(document.place(), "A schema is a block of fields: properties, required and so on.")])
    validator = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    problems = [
        Problem(document.place(tuple(error.absolute_path)), f"This is not JSON Schema: {error.message}.")
        for error in validator.iter_errors(raw)
    ]
    if problems:
        raise Mistakes(problems)
    reader = _SchemaReader(raw, document)
    root = reader.field(raw, "", required=True, at=())
    if reader.problems:
        raise Mistakes(reader.problems)
    schema = Schema(root, raw)
    stray = [
        Problem(document.place(), f"{field.path}: x-same-as names {field.same_as}, but there is no such field.")
        for field in schema.fields()
        if field.same_as and not schema.lookup(field.same_as)
    ]
    if stray:
        raise Mistakes(stray)
    return schema


class _SchemaReader:
    """Reads sub-schemas into fields, following references inside the file."""

    def __init__(self, raw: Mapping[str, Any], document: Document) -> None:
        self.raw = raw
        self.document = document
        self.problems: list[Problem] = []

    def field(self, declared: Mapping[str, Any], path: str, *, required: bool, at: KeyPath) -> Field:
        sub = self._expand(declared, at)
        kind, items = self._kind(sub, path, at)
        prefix = "" if not path else f"{path}[]." if kind is FieldKind.RECORDS else f"{path}."
        holder = items if kind is FieldKind.RECORDS else sub
        needed = holder.get("required", ())
        names = holder.get("properties", {}) if kind in (FieldKind.RECORD, FieldKind.RECORDS) else {}
        self.problems.extend(
            Problem(
                self.document.place(at),
                f"required names {name}, but there is no such field.{did_you_mean(name, names)}",
            )
            for name in needed
            if name not in names and kind in (FieldKind.RECORD, FieldKind.RECORDS)
        )
        if path and "title" not in sub:
            self.problems.append(
                Problem(self.document.place(at), f"{path} has no title. Authors would not know what is asked.")
            )
        return Field(
            path=path,
            kind=kind,
            title=sub.get("title", ""),
            title_one=sub.get("x-title-one", sub.get("title", "")),
            description=sub.get("description", ""),
            required=required,
            default=sub.get("default"),
            same_as=sub.get("x-same-as"),
            words=tuple(sorted(sub.get("x-words", {}).items(), reverse=True)),
            choices=_choices(items if kind is FieldKind.CHOICES else sub),
            children=tuple(
                self.field(child, f"{prefix}{name}", required=name in needed, at=(*at, "properties", name))
                for name, child in names.items()
            ),
        )

    def _expand(self, sub: Mapping[str, Any], at: KeyPath) -> Mapping[str, Any]:
        """Return a sub-schema with what it refers to; what stands beside the reference wins."""
        while "$ref" in sub:
            rest = {key: value for key, value in sub.items() if key != "$ref"}
            target: Any = self.raw
            for name in sub["$ref"].removeprefix("#/").split("/"):
                target = target.get(name) if isinstance(target, dict) else None
            if not isinstance(target, dict):
                self.problems.append(Problem(self.document.place(at), f"{sub['$ref']} is not in this file."))
                return rest
            sub = {**target, **rest}
        return sub

    def _kind(self, sub: Mapping[str, Any], path: str, at: KeyPath) -> tuple[FieldKind, Mapping[str, Any]]:
        """Return what a sub-schema takes and, of a list, the sub-schema of its entries."""
        formats = {"date-or-month": FieldKind.DATE, "web-address": FieldKind.ADDRESS, "colour": FieldKind.COLOUR}
        if any("const" in branch for branch in sub.get("oneOf", ())):
            return FieldKind.CHOICE, {}
        match sub.get("type"):
            case "object":
                return FieldKind.RECORD, {}
            case "boolean":
                return FieldKind.FLAG, {}
            case "string":
                return formats.get(sub.get("format", ""), FieldKind.TEXT), {}
            case "array":
                items = self._expand(sub.get("items", {}), at)
                if any("const" in branch for branch in items.get("oneOf", ())):
                    return FieldKind.CHOICES, items
                if items.get("type") == "string":
                    return FieldKind.NAMES, items
                if items.get("type") == "object":
                    return FieldKind.RECORDS, items
        self.problems.append(
            Problem(
                self.document.place(at),
                f"{path}: say what it takes: type string, boolean, object or array, or oneOf with choices.",
            ),
        )
        return FieldKind.TEXT, {}


def _choices(sub: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(branch["const"], branch.get("title", branch["const"]), branch.get("x-singular"))
        for branch in sub.get("oneOf", ())
        if "const" in branch
    )
