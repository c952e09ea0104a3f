"""The fields and options of an edition, as its `school.schema.yml` declares them.

The file is standard JSON Schema 2020-12 and is validated by a standard library. This module turns it into a tree of `Field`
that the rest of the program asks, coerces YAML text to the declared types, fills in defaults, and words the mistakes.
"""

import dataclasses
import datetime
import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from build_tools.problems import Mistakes, Place, Problem, did_you_mean, one_of
from build_tools.source import Document, KeyPath, parse_yaml, read_text

WEB_SCHEMES = ("https://", "http://")


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
        Problem(document.place(), f'{field.path}: x-same-as names {field.same_as}, but there is no such field.')
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
            Problem(self.document.place(at), f"required names {name}, but there is no such field.{did_you_mean(name, names)}")
            for name in needed
            if name not in names and kind in (FieldKind.RECORD, FieldKind.RECORDS)
        )
        if path and "title" not in sub:
            self.problems.append(Problem(self.document.place(at), f"{path} has no title. Authors would not know what is asked."))
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
                f"{path}: say what it takes: type string, boolean, object or array (of text or of objects), or oneOf with choices.",
            ),
        )
        return FieldKind.TEXT, {}


def _choices(sub: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(
        Choice(branch["const"], branch.get("title", branch["const"]), branch.get("x-singular"))
        for branch in sub.get("oneOf", ())
        if "const" in branch
    )


# --- a school's answers --------------------------------------------------------------------------------------------------

_FORMATS = jsonschema.FormatChecker(formats=())
_MONTH = re.compile(r"\d{4}-\d{2}")


@_FORMATS.checks("date-or-month")
def is_date(value: object) -> bool:
    """Return whether a text is a day (2018-05-23) or a month (2018-10) of the calendar."""
    text = f"{value}-01" if _MONTH.fullmatch(str(value)) else str(value)
    try:
        return len(text) == len("2018-05-23") and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


@_FORMATS.checks("web-address")
def is_web_address(value: object) -> bool:
    """Return whether a text is an absolute http or https address without spaces."""
    return re.fullmatch(r"https?://[^\s<>\"'`\\{}|^]+", str(value)) is not None


@_FORMATS.checks("colour")
def is_colour(value: object) -> bool:
    """Return whether a text is a colour of six hexadecimal digits."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)) is not None


def validate(schema: Schema, document: Document, data: Any) -> tuple[Any, list[Problem]]:  # noqa: ANN401 - any YAML value
    """Return a school's answers as the schema types them, and the mistakes in them.

    `data` is what `document` holds, without what the schema does not declare (edition and amendments).
    """
    typed = _coerce(data, schema.root)
    checker = jsonschema.Draft202012Validator(schema.raw, format_checker=_FORMATS)
    problems = []
    for error in checker.iter_errors(typed):
        path = tuple(error.absolute_path)
        field = _field_at(schema.root, path)
        problems.extend(
            Problem(document.place(where), message) for where, message in _messages(error, path, field)
        )
    return typed, problems


def complete(schema: Schema, data: Mapping[str, Any], authority: Mapping[str, str]) -> Mapping[str, Any]:
    """Return valid answers with all defaults in place; `authority` holds the edition's own bodies."""
    given = {**data, "authority": {**authority, **data.get("authority", {})}} if schema.lookup("authority") else data
    values = _with_defaults(schema.root, given)
    for field in schema.fields():
        if field.same_as and get(values, field.path) is None:
            parent, _, name = field.path.rpartition(".")
            get(values, parent)[name] = get(values, field.same_as)
    return values


def get(values: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any answer
    """Return the answer at a path of names with dots, None if there is none."""
    found: Any = values
    for name in path.split(".") if path else ():
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _with_defaults(record: Field, data: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in record.children:
        value = data.get(field.name, field.default)
        if field.kind is FieldKind.RECORD:
            value = _with_defaults(field, value or {})
        if value is not None:
            values[field.name] = value
    return values


def _coerce(value: Any, field: Field | None) -> Any:  # noqa: ANN401 - any YAML value
    """Return YAML text as the types that the fields declare: only yes and no are anything but text."""
    if field is None:
        return value
    if field.kind is FieldKind.FLAG and isinstance(value, str):
        return {"yes": True, "true": True, "no": False, "false": False}.get(value.lower(), value)
    if field.kind is FieldKind.RECORD and isinstance(value, dict):
        return {name: _coerce(entry, field.child(name)) for name, entry in value.items()}
    if field.kind is FieldKind.RECORDS and isinstance(value, list):
        entry_field = dataclasses.replace(field, kind=FieldKind.RECORD)
        return [_coerce(entry, entry_field) for entry in value]
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [" ".join(entry.split()) if isinstance(entry, str) else entry for entry in value]
    return value


def _field_at(root: Field, path: KeyPath) -> Field | None:
    field: Field | None = root
    for key in path:
        if isinstance(key, str):
            field = field.child(key) if field else None
    return field


def _dotted(path: KeyPath) -> str:
    """Return a path as people write it: people.dsl, entry 2."""
    out = ""
    for key in path:
        out += f", entry {key + 1}" if isinstance(key, int) else f".{key}" if out and ", entry" not in out else f"{', ' if out else ''}{key}"
    return out


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else "This"


def _messages(error: jsonschema.ValidationError, path: KeyPath, field: Field | None) -> Iterable[tuple[KeyPath, str]]:
    """Yield where each mistake of a validation error stands, and what to tell about it."""
    name = _dotted(path)
    label = f"{name}: " if name else ""
    value = error.instance
    match error.validator:
        case "additionalProperties":
            known = list(error.schema.get("properties", {}))
            for extra in value:
                if extra not in known:
                    hint = did_you_mean(str(extra), known) or f" The fields here are {one_of(known)}."
                    yield (*path, extra), f"{_dotted((*path, extra))}: there is no field of this name.{hint}"
        case "required":
            missing = [key for key in error.validator_value if key not in value]
            for key in missing:
                # one error is reported for each missing name
                if f"'{key}'" in error.message:
                    child = field.child(key) if field else None
                    what = f" ({child.title})" if child and child.title else ""
                    yield path, f"{_dotted((*path, key))} is missing{what}. It must be given{_as(child)}."
        case "oneOf" | "const" if field and field.choices:
            if isinstance(value, list | dict):
                yield path, f"{label}one of {one_of(c.value for c in field.choices)} is expected here{_other_word(field)}."
            else:
                choices = "; ".join(f"{c.value}: {c.title}" for c in field.choices)
                said = value if value else "nothing"
                yield (
                    path,
                    f'{label}"{said}" is not one of {one_of(c.value for c in field.choices)}.'
                    f"{did_you_mean(str(value), [c.value for c in field.choices])} ({choices}.)",
                )
        case "type" | "format" if field and not (error.validator == "type" and isinstance(path[-1] if path else "", int)):
            yield path, f"{label}{_nothing_or(value)} is not {field.kind.value}.{_write_as(field)}"
        case "type":
            yield path, f"{label}{_nothing_or(value)} is not what is expected here: {error.validator_value}."
        case "minLength":
            yield path, f"{label}nothing is given. Give a value or take the line out."
        case "maxLength":
            yield path, f"{label}this is longer than {error.validator_value} characters. Shorten it."
        case "minItems":
            yield path, f"{label}the list is empty. Give at least {error.validator_value} or take the line out."
        case "maxItems":
            yield path, f"{label}the list has more than {error.validator_value} entries. Shorten it."
        case "uniqueItems":
            yield path, f"{label}the same entry stands twice. Keep one."
        case "pattern":
            examples = (error.schema or {}).get("examples", ())
            like = f" It is written as {one_of(map(str, examples))}." if examples else ""
            yield path, f"{label}{_shown(value)} is not in the expected form.{like}"
        case _:
            yield path, f"{label}{error.message}."


def _as(field: Field | None) -> str:
    if field is None or field.kind is FieldKind.TEXT:
        return ""
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return f", as {one_of(choice.value for choice in field.choices)}"
    return f", as {field.kind.value}"


def _other_word(field: Field) -> str:
    return ", or another word with its singular and plural" if field.words else ""


def _nothing_or(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value else "nothing"
    return "a list" if isinstance(value, list) else "a block of fields" if isinstance(value, dict) else f"{value}"


def _write_as(field: Field) -> str:
    match field.kind:
        case FieldKind.NAMES | FieldKind.CHOICES | FieldKind.RECORDS:
            return " Write each entry on a line of its own after a hyphen and a space."
        case FieldKind.RECORD:
            return " Write its fields below it, indented."
    return ""
