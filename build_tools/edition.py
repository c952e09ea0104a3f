"""Read an edition of the template, and find everything that can be wrong in it before any school is known."""

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema

from build_tools.dates import is_date
from build_tools.language import Scope
from build_tools.model import Citation, Condition, Provision
from build_tools.number import Label, number_edition
from build_tools.problems import Mistakes, Place, Problem, did_you_mean
from build_tools.schema import Schema, read_schema
from build_tools.sections import SectionReader
from build_tools.source import Document, read_text, read_yaml, relative

SCHEMA_FILE = "school.schema.yml"
EDITION_FILE = "edition.yml"
PRINTED_EVERYWHERE = ("school.name", "school.short_name", "people", "document", "document.title")
"""The fields that pages and messages rely on, whatever an edition asks besides."""

_TEXT = {"type": "string", "minLength": 1}
_EDITION = jsonschema.Draft202012Validator(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["title", "date", "publisher", "authority", "cited"],
        "properties": {
            "title": _TEXT,
            "date": _TEXT,
            "supersedes": _TEXT,
            "publisher": _TEXT,
            "authority": {"type": "object", "additionalProperties": _TEXT},
            "cited": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["title", "by"],
                    "properties": {
                        "title": _TEXT,
                        "by": _TEXT,
                        "year": _TEXT,
                        "url": {"type": "string", "pattern": "^https?://[^ ]+$"},
                        "from": _TEXT,
                        "until": _TEXT,
                    },
                },
            },
        },
    },
)


@dataclasses.dataclass(frozen=True, slots=True)
class Edition:
    """One dated issue of the template."""

    name: str
    title: str
    date: str
    """ISO 8601, to the month or day."""
    supersedes: str | None
    publisher: str
    authority: Mapping[str, str]
    cited: Mapping[str, Citation]
    schema: Schema
    sections: tuple[Provision, ...]
    labels: Mapping[str, Label]
    """The number of every provision, by id."""
    conditions: Mapping[str, frozenset[Condition]]
    """All that must hold for a school to have a provision, what it stands in included, by id."""

    def walk(self) -> Iterator[Provision]:
        """Yield every provision, in reading order."""
        for section in self.sections:
            yield from section.walk()

    @property
    def by_id(self) -> Mapping[str, Provision]:
        """The provisions by id."""
        return {provision.id: provision for provision in self.walk()}

    def scope(self, item: str | None = None, given: Iterable[str] = ()) -> Scope:
        """Return what a text that stands in this edition may speak of."""
        owner = self.schema.lookup(item) if item else None
        return Scope(self.schema, frozenset(self.cited), owner, frozenset(given))


def read_edition(folder: Path, root: Path) -> Edition:
    """Return the edition in a folder; places are told relative to `root`.

    Raises:
        Mistakes: everything that is wrong in it, for all schools at once.
    """
    problems: list[Problem] = []
    document = _attempt(lambda: read_yaml(folder / EDITION_FILE, relative(folder / EDITION_FILE, root)), problems)
    schema = _attempt(lambda: read_schema(folder / SCHEMA_FILE, relative(folder / SCHEMA_FILE, root)), problems)
    if document:
        problems.extend(_edition_problems(document, schema, folder.name))
    if problems or document is None or schema is None:
        raise Mistakes(problems)
    cited = {name: _citation(entry) for name, entry in document.data["cited"].items()}
    reader = SectionReader(schema, frozenset(cited))
    for path in sorted(folder.glob("[0-9]*.md")):
        file = relative(path, root)
        text = _attempt(functools.partial(read_text, path, file), problems)
        if text is not None:
            reader.read(text, file)
    if not reader.sections:
        reader.problems.append(
            Problem(Place(relative(folder, root)), "No section is here: 01-first-section.md and so on.")
        )
    reader.check_refs()
    if problems or reader.problems:
        raise Mistakes([*problems, *reader.problems])
    sections = tuple(reader.sections)
    data = document.data
    return Edition(
        name=folder.name,
        title=data["title"],
        date=data["date"],
        supersedes=data.get("supersedes"),
        publisher=data["publisher"],
        authority=data["authority"],
        cited=cited,
        schema=schema,
        sections=sections,
        labels=number_edition(sections, schema.lists()),
        conditions=reader.conditions,
    )


def _attempt(read: Any, problems: list[Problem]) -> Any:  # noqa: ANN401 - whatever is read
    """Return what is read, or None with its mistakes added to the others."""
    try:
        return read()
    except Mistakes as mistakes:
        problems.extend(mistakes.problems)
        return None


def _edition_problems(document: Document, schema: Schema | None, folder: str) -> Iterator[Problem]:
    for error in _EDITION.iter_errors(document.data):
        path = tuple(error.absolute_path)
        yield Problem(document.place(path), f"{'.'.join(map(str, path)) or 'This file'}: {error.message}.")
    data = document.data if isinstance(document.data, dict) else {}
    if isinstance(data.get("date"), str) and data["date"] != folder:
        yield Problem(
            document.place(("date",)), f"date is {data['date']}, but the folder is named {folder}. They must agree."
        )
    cited = data.get("cited")
    for name, entry in cited.items() if isinstance(cited, dict) else ():
        for key in ("from", "until"):
            if isinstance(entry, dict) and key in entry and not is_date(entry[key]):
                yield Problem(
                    document.place(("cited", name, key)), f'"{entry[key]}" is not a date, as 2018-09-03 or 2018-09.'
                )
    for path in PRINTED_EVERYWHERE if schema else ():
        if not schema.lookup(path):
            yield Problem(
                Place(document.file.replace(EDITION_FILE, SCHEMA_FILE)), f"{path} is missing: every page prints it."
            )
    fields = schema.lookup("authority") if schema else None
    if fields and isinstance(data.get("authority"), dict):
        known = {field.name for field in fields.children}
        for name in data["authority"].keys() - known:
            yield Problem(
                document.place(("authority", name)),
                f"The schema has no field authority.{name}.{did_you_mean(name, known)}",
            )
        for name in known - data["authority"].keys():
            yield Problem(document.place(("authority",)), f"authority.{name} is missing: clauses may speak of it.")


def _citation(entry: Mapping[str, str]) -> Citation:
    return Citation(
        entry["title"], entry["by"], entry.get("year"), entry.get("url"), entry.get("from"), entry.get("until")
    )
