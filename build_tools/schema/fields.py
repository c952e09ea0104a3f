"""The fields and options of an edition, as its `school.schema.yml` declares them for the rest of the program."""

import dataclasses
import enum
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, assert_never

from build_tools.text.dates import is_date, long_date
from build_tools.text.problems import Place
from build_tools.text.reaching import (
    EMAIL,
    TELEPHONE,
    email_link,
    is_at_example,
    is_email,
    is_telephone,
    telephone_link,
)
from build_tools.text.times import PATTERN, is_time, spoken_time
from build_tools.text.typed_dates import no_date
from build_tools.text.yaml_file import Document, Key, KeyPath

NOT_ANSWERS = ("edition", "federation", "partners", "amendments", "languages")
"""What a school's file contains besides its answers."""
AUTHORITY_GROUP = "authority"
"""The group of fields that an edition answers itself."""
PEOPLE_GROUP = "people"
"""The group of fields with the names of people."""
SCHOOL_GROUP = "school"
"""The group of fields with the school's own names."""


def is_web_address(value: object) -> bool:
    """Return whether a text is an absolute http or https address without spaces."""
    return re.fullmatch(r"https?://[^\s<>\"'`\\{}|^]+", str(value)) is not None


def is_colour(value: object) -> bool:
    """Return whether a text is a colour of six hexadecimal digits."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)) is not None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """How a text is written that may not be just any text, such as a date."""

    format: str
    """The `format` with which a schema asks for it."""
    is_right: Callable[[object], bool]
    """Tells whether a text is written so."""
    pattern: str
    """What editors check while a person types, which is less: a regular expression that every right text matches."""
    example: str
    printed: Callable[[str], str] = str
    """Gives a right text as policies print it."""
    link: Callable[[str], str] | None = None
    """Gives the address to which a right text is linked."""
    is_invented: Callable[[str], bool] = lambda _text: False
    """Tells whether a right text is only an example, which can be true of no school."""
    is_number: bool = False
    """Whether an editor may read it as a number."""
    refused: Callable[[str], str] | None = None
    """Says why another text is not right and what to write, if there is more to say than how it is written."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FieldTraits:
    """All that the program knows about one kind of field, except what higher packages do with its values."""

    name: str
    """What it takes, as people read it: "a date"."""
    written: str | None = None
    """How its value is written where its name does not say it: "2018-05-23 or 2018-10"."""
    type: str = "string"
    """Its `type` in a schema."""
    how_to_write: str = ""
    """Advice for anyone who wrote something else, if the name of the kind is not enough."""
    is_block: bool = False
    """Whether it only groups other fields, each with its own question."""
    is_list: bool = False
    """Whether its value is a list."""
    has_fields: bool = False
    """Whether its value, or each entry of it, is a block of fields."""
    is_option: bool = False
    """Whether its answer selects clauses, instead of being printed in them."""
    is_contact: bool = False
    """Whether its value is a way to reach somebody."""
    is_wording: bool = False
    """Whether its value is the school's own words, which are proofread."""
    form: TextForm | None = None
    """How its value is written, where it is a text and may not be any."""

    @property
    def takes(self) -> str:
        """What it takes and how that is written: "a date, such as 2018-05-23 or 2018-10"."""
        return f"{self.name}, such as {self.written}" if self.written else self.name

    @property
    def declared(self) -> str:
        """How a schema declares it: "type: string, format: date-or-month"."""
        return f"type: {self.type}, format: {self.form.format}" if self.form else f"type: {self.type}"

    @property
    def advice(self) -> str:
        """What to type instead of something else; empty if the name of the kind says it."""
        return self.how_to_write or (f"Write it as {self.written}." if self.written else "")

    @property
    def has_entries(self) -> bool:
        """Whether it is a list that the school itself writes: a clause can be repeated for each entry."""
        return self.is_list and not self.is_option

    @property
    def has_own_words(self) -> bool:
        """Whether its value is the school's own words, or a list of entries that have them."""
        return self.is_wording or self.has_entries

    def printed(self, text: str) -> str:
        """Return a text that is its value as policies print it; any other text as it is."""
        return self.form.printed(text) if self.form and self.form.is_right(text) else text

    def link(self, text: str) -> str | None:
        """Return the address to which a text that is its value is linked, None if it is not linked."""
        return self.form.link(text) if self.form and self.form.link else None


class FieldKind(enum.Enum):
    """The shape of a field's value."""

    RECORD = "record"
    RECORDS = "records"
    NAMES = "names"
    CHOICES = "choices"
    CHOICE = "choice"
    FLAG = "flag"
    DATE = "date"
    TIME = "time"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    EMAIL = "email"
    COLOUR = "colour"
    TEXT = "text"

    @property
    def traits(self) -> FieldTraits:
        """What the program knows about it."""
        return _traits(self)


_ENTRY_BY_ENTRY = "Write each entry on a line of its own after a hyphen and a space."


@functools.cache
def _traits(kind: FieldKind) -> FieldTraits:  # noqa: C901, PLR0912 - a case for each kind
    match kind:
        case FieldKind.RECORD:
            return FieldTraits(
                name="a group of answers",
                type="object",
                how_to_write="Write its answers below it, indented.",
                is_block=True,
                has_fields=True,
            )
        case FieldKind.RECORDS:
            return FieldTraits(
                name="a list of entries, each with its own answers",
                type="array",
                how_to_write=_ENTRY_BY_ENTRY,
                is_list=True,
                has_fields=True,
            )
        case FieldKind.NAMES:
            return FieldTraits(name="a list", type="array", how_to_write=_ENTRY_BY_ENTRY, is_list=True, is_wording=True)
        case FieldKind.CHOICES:
            return FieldTraits(
                name="a list of choices", type="array", how_to_write=_ENTRY_BY_ENTRY, is_list=True, is_option=True
            )
        case FieldKind.CHOICE:
            return FieldTraits(name="one of the choices", is_option=True)
        case FieldKind.FLAG:
            return FieldTraits(name="yes or no", type="boolean", is_option=True)
        case FieldKind.DATE:
            form = TextForm(
                format="date-or-month",
                is_right=is_date,
                pattern="^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$",
                example="2018-05-23",
                printed=long_date,
                refused=no_date,
            )
            return FieldTraits(name="a date", written="2018-05-23 or 2018-10", form=form)
        case FieldKind.TIME:
            form = TextForm(
                format="time-of-day", is_right=is_time, pattern=PATTERN, example="14:30", printed=spoken_time
            )
            return FieldTraits(name="a time", written="14:30", form=form)
        case FieldKind.ADDRESS:
            form = TextForm(
                format="web-address",
                is_right=is_web_address,
                pattern=r"^https?://[^\s<>\"'`\\{}|^]+$",
                example="https://www.example.org",
                link=str,
                is_invented=is_at_example,
            )
            return FieldTraits(name="a web address that begins with https:// or http://", form=form)
        case FieldKind.TELEPHONE:
            form = TextForm(
                format="telephone",
                is_right=is_telephone,
                pattern=TELEPHONE,
                example="01632 960000",
                link=telephone_link,
                is_invented=lambda text: telephone_link(text).startswith("tel:+441632960000"),
                is_number=True,
            )
            written = "01632 960000 or 01632 960000 ext 12"
            return FieldTraits(name="a telephone number", written=written, is_contact=True, form=form)
        case FieldKind.EMAIL:
            form = TextForm(
                format="email",
                is_right=is_email,
                pattern=EMAIL,
                example="office@example.org",
                link=email_link,
                is_invented=is_at_example,
            )
            return FieldTraits(name="an email address", written="office@example.org", is_contact=True, form=form)
        case FieldKind.COLOUR:
            form = TextForm(format="colour", is_right=is_colour, pattern="^#[0-9a-fA-F]{6}$", example="#7a1f3d")
            return FieldTraits(name="a colour", written='"#7a1f3d"', form=form)
        case FieldKind.TEXT:
            return FieldTraits(name="text", is_wording=True)
        case _:
            assert_never(kind)


KINDS_OF_FORMATS: Mapping[str, FieldKind] = MappingProxyType(
    {kind.traits.form.format: kind for kind in FieldKind if kind.traits.form}
)
"""The kinds of text that are written in a certain way, by the `format` with which a schema asks for each."""
FORMATS: Mapping[str, Callable[[object], bool]] = MappingProxyType(
    {kind.traits.form.format: kind.traits.form.is_right for kind in FieldKind if kind.traits.form}
)
"""The checks of whether a text is written so, by the same."""


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One answer that an option offers."""

    value: str
    title: str
    singular: str | None = None
    """The singular, if the answer is a word in the plural."""


@dataclasses.dataclass(frozen=True, slots=True)
class Suggested:
    """What an edition suggests as the answer of some schools, as it is written."""

    when: str | None
    """The conditions for a school to be offered it, written as for clauses; None if there are none."""
    value: Any = None
    """The suggested answer; None if only examples are given."""
    examples: tuple[Any, ...] = ()
    """The examples that these schools see instead of those of the field."""
    place: Place = dataclasses.field(default=Place(""), compare=False)


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
    suggested: tuple[Suggested, ...] = ()
    """What the schema suggests, in order: the first that fits a school's answers is offered."""
    declared: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """The JSON Schema keywords that declare it, with all references followed."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the fields that are required inside this one, or inside each of its entries."""
        holder = self.declared.get("items", {}) if self.kind.traits.is_list else self.declared
        return tuple(holder.get("required", ()))

    @property
    def always(self) -> bool:
        """Whether every school has a value for it, given or by default."""
        return self.required or self.default is not None or self.same_as is not None

    @property
    def in_turn(self) -> tuple["Field", ...]:
        """The fields inside this one in the order of asking: those that are required come first."""
        return tuple(sorted(self.children, key=lambda child: child.name not in self.needs))

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
    document: Document | None = dataclasses.field(default=None, compare=False, repr=False)
    """The file that declares them; None for a schema that was made."""
    declared_at: Mapping[str, KeyPath] = dataclasses.field(default_factory=dict, compare=False, repr=False)
    """Where in the file each field is declared, by path; the whole is at the empty path."""

    def lookup(self, path: str) -> Field | None:
        """Return the field at a dotted path, or None."""
        return self._in_blocks.get(path)

    @functools.cached_property
    def _in_blocks(self) -> Mapping[str, Field]:
        """The fields by path, except those inside the entries of lists and inside words."""
        return {field.path: field for field in self.fields}

    def place(self, path: str, *within: Key) -> Place:
        """Return where a field, or one of its keywords, is declared, or the nearest field around it.

        Raises:
            ValueError: if the schema was made, not read.
        """
        if self.document is None:
            raise ValueError("This schema is in no file.")
        while path and path not in self.declared_at:
            path, within = path.rpartition(".")[0], ()
        return self.document.place((*self.declared_at[path], *within))

    def place_of_answer(self, path: str, answer: str) -> Place:
        """Return where an answer to an option is declared."""
        field = self.lookup(path)
        holder = ("items",) if field and field.kind.traits.is_list else ()
        values = [choice.value for choice in field.choices] if field else []
        return self.place(path, *holder, "oneOf", values.index(answer))

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
        return frozenset(
            field.path for field in self.fields if field.kind.traits.is_option and field.kind.traits.is_list
        )


def capital(word: str) -> str:
    """Return a word with its first letter in upper case."""
    return word[:1].upper() + word[1:]
