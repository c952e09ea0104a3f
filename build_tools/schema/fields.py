"""The fields and options of an edition, as its `school.schema.yml` declares them for the rest of the program."""

import dataclasses
import enum
import functools
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.text.problems import Place

NOT_ANSWERS = ("edition", "federation", "partners", "amendments", "languages")
"""What a school's file contains besides its answers."""
AUTHORITY_GROUP = "authority"
"""The group of fields that an edition answers itself."""


class FieldKind(enum.Enum):
    """The shape of a field's value."""

    RECORD = "a group of answers"
    RECORDS = "a list of entries, each with its own answers"
    NAMES = "a list"
    CHOICES = "a list of choices"
    CHOICE = "one of the choices"
    FLAG = "yes or no"
    DATE = "a date, such as 2018-05-23 or 2018-10"
    ADDRESS = "a web address that begins with https:// or http://"
    COLOUR = 'a colour, such as "#7a1f3d"'
    TEXT = "text"

    @property
    def is_option(self) -> bool:
        """Whether its answer selects clauses, instead of being printed in them."""
        return self in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.FLAG)


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One answer that an option offers."""

    value: str
    title: str
    singular: str | None = None
    """The singular, if the answer is a word in the plural."""


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A value that the school supplies, or an option that it answers."""

    path: str
    """Its name after the names of the blocks around it: `school.phase`; in a list's entries: `people.dsl[].name`."""
    kind: FieldKind
    title: str
    description: str
    required: bool
    is_recorded: bool = False
    """Whether ratification sets the value, so that a school must not."""
    default: Any = None
    """None if there is none."""
    same_as: str | None = None
    """The field whose value is used if this one is not given."""
    labels: tuple[str, ...] | None = None
    """The labels on the pages for one value and for several: Markdown with the schema's words."""
    words: tuple[tuple[str, str], ...] = ()
    """("one", word) and ("many", word): the words that clauses use for it."""
    choices: tuple[Choice, ...] = ()
    other: "Field | None" = None
    """The record that may be given instead of one of the choices: the forms of the school's own word."""
    children: tuple["Field", ...] = ()
    """The fields of a record, or of each entry of a list of records."""
    suggested: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """The paths of other options with, for each of their answers, the answer that most schools give here."""
    declared: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """The JSON Schema keywords that declare it, with all references followed."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the fields that are required inside this one, or inside each of its entries."""
        holder = self.declared.get("items", {}) if self.kind is FieldKind.RECORDS else self.declared
        return tuple(holder.get("required", ()))

    @property
    def always(self) -> bool:
        """Whether every school has a value for it, given or by default."""
        return self.required or self.default is not None or self.same_as is not None

    def child(self, name: str) -> "Field | None":
        """Return the field of that name inside this one."""
        return next((field for field in self.children if field.name == name), None)

    def walk(self) -> Iterator["Field"]:
        """Yield this field and every field inside it."""
        yield self
        for field in self.children:
            yield from field.walk()


@dataclasses.dataclass(frozen=True)
class Schema:
    """All fields of an edition, with cached results for frequent questions."""

    root: Field
    raw: Mapping[str, Any]
    """The JSON Schema itself."""
    places: Mapping[str, Place] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """Where each field is declared, by path; the whole is at the empty path."""

    def lookup(self, path: str) -> Field | None:
        """Return the field at a dotted path, or None."""
        field: Field | None = self.root
        for name in path.split("."):
            field = field.child(name) if field and field.kind is FieldKind.RECORD else None
        return field

    def place(self, path: str) -> Place:
        """Return where a field is declared, or the nearest field around it."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places[path]

    def title_of(self, path: str) -> str:
        """Return the title of a field, or its path if the edition has no such field."""
        field = self.lookup(path)
        return field.title if field else path

    @functools.cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field except those inside lists' entries; records come before their contents."""
        return tuple(field for field in self.root.walk() if field.path and "[]" not in field.path)

    @functools.cached_property
    def words(self) -> Mapping[str, Field]:
        """The words that clauses may use, in every form, with their fields."""
        found = {}
        for field in self.fields:
            for _form, word in field.words:
                found[word] = found[capital(word)] = field
        return found

    @functools.cached_property
    def lists(self) -> frozenset[str]:
        """The paths of the options that may have several answers at once."""
        return frozenset(field.path for field in self.fields if field.kind is FieldKind.CHOICES)


def capital(word: str) -> str:
    """Return a word with its first letter in upper case."""
    return word[:1].upper() + word[1:]
