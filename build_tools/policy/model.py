"""The main types of the program, as frozen values that all steps and outputs share.

Types of which a policy has hundreds are msgspec structures, which are created in a tenth of the time of a data class.
"""

import base64
import dataclasses
import enum
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, Self, TypeAlias, TypeVar, assert_never

import msgspec

from build_tools.text.dates import is_date, long_date, passes_years
from build_tools.text.problems import Place


class Kind(enum.StrEnum):
    """What a part of a policy is."""

    SECTION = "section"
    GROUP = "group"
    CLAUSE = "clause"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OriginTraits:
    """Everything that the program knows about one origin, except what higher packages do with it."""

    words: str
    """Its words for people."""
    meaning: str | None
    """Its explanation on pages that highlight the school's own wording; None if it is not highlighted."""
    is_amendment: bool = False
    """Whether an amendment of the school, or of its federation, made the part."""
    is_own: bool = False
    """Whether the school, or its federation, wrote its words."""
    is_left_out: bool = False
    """Whether the school does not have it."""
    is_added: bool = False
    """Whether the edition does not have the part."""


class Origin(enum.StrEnum):
    """Where a part of a school's policy comes from."""

    TEMPLATE = "template"
    FILLED = "filled"
    CHOSEN = "chosen"
    REPLACED = "replaced"
    INSERTED = "inserted"
    OMITTED = "omitted"
    NOT_CHOSEN = "not-chosen"
    """The school's answers leave out the section, but its heading is kept."""

    @property
    def traits(self) -> OriginTraits:
        """What the program knows about it."""
        return _traits(self)


@functools.cache
def _traits(origin: Origin) -> OriginTraits:
    match origin:
        case Origin.TEMPLATE:
            return OriginTraits(words="as in the template", meaning=None)
        case Origin.FILLED:
            return OriginTraits(words="filled in", meaning="the template’s clause, with the school’s words filled in")
        case Origin.CHOSEN:
            meaning = "one of several that the template offers, and the answer that chose it"
            return OriginTraits(words="chosen", meaning=meaning)
        case Origin.REPLACED:
            meaning = "reworded by the school"
            return OriginTraits(words="replaced", meaning=meaning, is_amendment=True, is_own=True)
        case Origin.INSERTED:
            meaning = "added by the school"
            return OriginTraits(words="inserted", meaning=meaning, is_amendment=True, is_own=True, is_added=True)
        case Origin.OMITTED:
            meaning = "left out by the school"
            return OriginTraits(words="omitted", meaning=meaning, is_amendment=True, is_left_out=True)
        case Origin.NOT_CHOSEN:
            return OriginTraits(words="not chosen", meaning=None, is_left_out=True)
        case _:
            assert_never(origin)


class Action(enum.StrEnum):
    """What an amendment does."""

    REPLACE = "replace"
    INSERT = "insert"
    OMIT = "omit"


class Run(msgspec.Struct, frozen=True):
    """A stretch of text that looks and means the same throughout."""

    text: str
    """Plain characters: never markup, never escaped."""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str | None = None
    """An address outside the policy (http, https, mailto or tel)."""
    target: str | None = None
    """The id of the section or clause that this run cites."""
    field: str | None = None
    """The path of the field that has this value, such as `school.short_name`."""
    language: str | None = None
    """The tag of its language (BCP 47) if an output marked it; None for the policy's language."""


Text: TypeAlias = tuple[Run, ...]


def plain(text: Text) -> str:
    """Return the words of a text without any marks."""
    return "".join(run.text for run in text)


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """One test on a school's answers."""

    field: str
    """The path of the field or option."""
    answers: frozenset[str] | None = None
    """The answers that satisfy it; None if any non-empty value does."""

    def excludes(self, other: "Condition", lists: frozenset[str]) -> bool:
        """Return whether no school can satisfy both; `lists` has the fields that may have several answers."""
        return (
            self.field == other.field
            and self.field not in lists
            and self.answers is not None
            and other.answers is not None
            and self.answers.isdisjoint(other.answers)
        )


class Interval(enum.StrEnum):
    """How often something is done, the most frequent first; each value is also the word after "every"."""

    WEEK = "week"
    MONTH = "month"
    HALF_TERM = "half-term"
    TERM = "term"
    YEAR = "year"
    TWO_YEARS = "two years"
    THREE_YEARS = "three years"


@dataclasses.dataclass(frozen=True, slots=True)
class PromiseMark:
    """What marks a clause as a promise, independent of any school."""

    who: str
    """Who does it: Markdown with Jinja."""
    every: Interval | None = None
    by: str | None = None
    """The date by which it is done, or the path of the field with that date."""


class Promise(msgspec.Struct, frozen=True):
    """What a school promises with a clause: without an interval and a date, that it is so now."""

    who: Text
    """Who does it."""
    every: Interval | None = None
    by: str | None = None
    """The date by which it is done; on the template, the name of the field if a school gives the date."""

    @property
    def due(self) -> str:
        """When it is due, in words: "every term", "by 1 September 2026" or "now"."""
        if self.every:
            return f"every {self.every}"
        if self.by:
            return f"by {long_date(self.by) if is_date(self.by) else self.by}"
        return "now"

    @property
    def words(self) -> str:
        """What is promised besides the words of the clause: "the headteacher, every term"."""
        return f"{plain(self.who)}, {self.due}"


class Freedom(enum.StrEnum):
    """How free a school is to change a clause, as the edition's author judged it; the least free first."""

    FIXED = "fixed"
    AGREED = "agreed"
    FREE = "free"

    @property
    def words(self) -> str:
        """Its words for people."""
        match self:
            case Freedom.FIXED:
                return "fixed by law"
            case Freedom.AGREED:
                return "agreed locally"
            case Freedom.FREE:
                return "free to change"
            case _:
                assert_never(self)

    @property
    def meaning(self) -> str:
        """What it means for a school that amends the clause, in sentences."""
        match self:
            case Freedom.FIXED:
                return "Law or statutory guidance leaves no choice. A school can add to it, but not take from it."
            case Freedom.AGREED:
                return "A school settles it with the people whom it concerns. It consults them once, before the change."
            case Freedom.FREE:
                return "A school can change it for any reason of its own."
            case _:
                assert_never(self)


def degrees(found: Iterable[Freedom | None]) -> tuple[Freedom, ...]:
    """Return each degree of freedom that is found, the least free first."""
    present = set(found)
    return tuple(freedom for freedom in Freedom if freedom in present)


GOOD_PRACTICE = "good-practice"
"""What a clause rests on if no law or guidance asks for it."""


class Basis(msgspec.Struct, frozen=True):
    """What a clause rests on: law or guidance that the edition lists, or good practice."""

    source: str
    """Its name in `cited` of the edition, or `good-practice`."""
    at: str | None = None
    """Where in it, such as "part five"; None for all of it."""


class Blank(enum.StrEnum):
    """What is left blank on a handout, to be filled in by hand."""

    LINE = "line"
    BOX = "box"
    CHOICE = "choice"
    """A box to tick before the words."""
    CHOICES = "choices"
    """Several boxes to tick after the words."""
    SIGNATURE = "signature"
    """Space for a signature and a date."""

    @property
    def words(self) -> str:
        """Its words for people."""
        match self:
            case Blank.LINE:
                return "a line to write on"
            case Blank.BOX:
                return "a box to write in"
            case Blank.CHOICE:
                return "a box to tick"
            case Blank.CHOICES:
                return "boxes to tick"
            case Blank.SIGNATURE:
                return "a line to sign, with the date"
            case _:
                assert_never(self)


class _Tree(Protocol):
    @property
    def children(self) -> "tuple[Self, ...]": ...


_T = TypeVar("_T", bound=_Tree)


def _in_reading_order(top: _T) -> Iterator[_T]:
    """Yield a part and everything below it; not with nested generators, which are slow for deep parts."""
    waiting = [top]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += reversed(part.children)


@dataclasses.dataclass(frozen=True, slots=True)
class Provision:
    """A section, group or clause of the edition, independent of any school."""

    kind: Kind
    id: str
    source: str
    """The title or text: Markdown with Jinja."""
    when: tuple[Condition, ...] = ()
    """All must be true for a school to have it."""
    each: str | None = None
    """The path of the list that repeats it."""
    guidance: tuple[str, ...] = ()
    """Notes to authors above it, in Markdown."""
    children: tuple["Provision", ...] = ()
    place: Place = dataclasses.field(default=Place(""), compare=False)
    promise: PromiseMark | None = None
    """What it promises; None if it is not marked as a promise."""
    rests_on: tuple[Basis, ...] = ()
    """The law and guidance that it rests on; what is around it rests on the same if it does not say."""
    freedom: Freedom | None = None
    """How free a school is to change it; None if the edition says so of nothing."""
    begins: str | None = None
    """The day or month from which it is in force; None if it is from the beginning."""
    says: tuple[str, ...] = ()
    """For a line of a handout, the ids of the clauses that it says in other words, or copies if it has no source."""
    blank: Blank | None = None
    """For a line of a handout, what is to be filled in; None if nothing is."""
    choices: tuple[str, ...] = ()
    """The words next to the boxes of `Blank.CHOICES`."""

    def walk(self) -> Iterator["Provision"]:
        """Yield this provision and everything below it, in reading order."""
        return _in_reading_order(self)


@dataclasses.dataclass(frozen=True, slots=True)
class Citation:
    """Law or guidance that the edition cites."""

    title: str
    by: str
    """Who issued it."""
    year: str | None = None
    url: str | None = None
    in_force_from: str | None = None
    """A day, or a month if only that is known, as ISO 8601 text."""
    in_force_until: str | None = None
    successor: str | None = None
    """The title of what replaced it, or will."""


@dataclasses.dataclass(frozen=True, slots=True)
class LookedUp:
    """How long ago the law and guidance of an edition was looked up."""

    until: str
    """The last day to which the law was followed, or its month, as ISO 8601 text."""
    again_by: str
    """Who is to look it up again: a role."""

    @property
    def words(self) -> str:
        """Both in a sentence."""
        return f"Law and guidance looked up to {long_date(self.until)}; to be looked up again by {self.again_by}."

    def is_stale_on(self, date: str, years: int = 1) -> bool:
        """Return whether more than a year, or several, certainly passed from then to a date."""
        return passes_years(self.until, date, years)


@dataclasses.dataclass(frozen=True, slots=True)
class Amendment:
    """A change that a school, or its federation, makes to the edition's text."""

    action: Action
    target: str
    """The id that is replaced or left out, or after which something is inserted."""
    because: str
    inserted: tuple[Provision, ...] = ()
    """What is inserted: one clause, or one section with its clauses."""
    source: str = ""
    """The new words of a replacement: Markdown with Jinja."""
    by: str | None = None
    """The name of the federation that makes it for its schools; None if the school does."""
    place: Place = dataclasses.field(default=Place(""), compare=False)
    reason_place: Place = dataclasses.field(default=Place(""), compare=False)

    @property
    def subject(self) -> str:
        """The id of what is replaced, left out or inserted."""
        return self.inserted[0].id if self.inserted else self.target


@dataclasses.dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are not in the policy's language, wherever they appear."""

    words: str
    language: str
    """Its tag (BCP 47), such as `cy`."""
    by: str | None = dataclasses.field(default=None, compare=False)
    """The name of the federation that lists it for its schools; None if the school does."""
    place: Place = dataclasses.field(default=Place(""), compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Crest:
    """A school's crest, rebuilt from the safe and necessary parts of its file."""

    media_type: str
    """`image/svg+xml` or `image/png`."""
    data: bytes
    ratio: float
    """Its width divided by its height."""

    @property
    def file_name(self) -> str:
        """Its file name."""
        return "crest.svg" if self.media_type == "image/svg+xml" else "crest.png"

    @property
    def address(self) -> str:
        """A `data:` address with its contents, for outputs that do not load files."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class School:
    """The data of one school. It is read once, as one value, so that results made from it can be kept."""

    name: str
    """The name of its folder."""
    edition: str
    values: Mapping[str, Any]
    """Its answers with all defaults: text, bool, list or mapping, according to the edition's schema."""
    amendments: tuple[Amendment, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    """Its names and words in other languages."""
    crest: Crest | None = None
    federation: str | None = None
    """The title of its federation."""
    shared: frozenset[str] = frozenset()
    """The paths of the fields that its federation answers."""
    partners: tuple[str, ...] = ()
    """The names of other schools that its policy may mention."""
    place: Place = dataclasses.field(default=Place(""), compare=False)
    places: Mapping[tuple[str | int, ...], Place] = dataclasses.field(default_factory=dict, compare=False)
    """The place of each of its answers, by path; a default has no place."""


class Node(msgspec.Struct, frozen=True):
    """A section, group or clause of a policy."""

    kind: Kind
    id: str
    text: Text
    """The title of a section or group, or the words of a clause."""
    origin: Origin
    provision: str | None = None
    """The id of the provision of the edition that it comes from; None for an insertion."""
    number: str = ""
    """The number in the margin: `9.5`, `(4)`, `(b)`; empty for a group."""
    citation: str = ""
    """The number in full: `9.5(4)(b)`."""
    reason: str | None = None
    """Why the school amended it."""
    was: Text | None = None
    """The edition's wording with this school's values, if the school replaced or omitted it."""
    when: tuple[Condition, ...] = ()
    """The conditions that the school's answers satisfied."""
    by: str | None = None
    """The name of the federation that amended it, or whose answers selected or filled it; None if the school's did."""
    guidance: tuple[Text, ...] = ()
    """Notes to authors; only the template has them, not a school's policy."""
    children: tuple["Node", ...] = ()
    place: Place = Place("")
    promise: Promise | None = None
    """What the school promises with it; None if it is not marked as a promise, or left out."""
    rests_on: tuple[Basis, ...] = ()
    """The law and guidance that the edition's clause rests on."""
    freedom: Freedom | None = None
    """How free the school is to change it; None if the edition says so of nothing."""
    begins: str | None = None
    """The day or month from which the edition's clause is in force; None if it is from the beginning."""
    says: tuple[str, ...] = ()
    """For a line of a handout, the ids of the clauses that it says."""
    blank: Blank | None = None
    """For a line of a handout, what is to be filled in; None if nothing is."""
    choices: tuple[str, ...] = ()
    """The words next to the boxes of `Blank.CHOICES`."""

    @property
    def is_left_out(self) -> bool:
        """Whether the school does not have it."""
        return self.origin.traits.is_left_out

    @property
    def is_own(self) -> bool:
        """Whether the school, or its federation, wrote its words."""
        return self.origin.traits.is_own

    @property
    def own_reason(self) -> str | None:
        """The reason of the school or its federation.

        Versions that were ratified with an early program also have its words under what their answers left out.
        """
        return self.reason if self.origin.traits.is_amendment else None

    def walk(self) -> Iterator["Node"]:
        """Yield this node and everything below it, in reading order."""
        return _in_reading_order(self)


@dataclasses.dataclass(frozen=True, slots=True)
class Policy:
    """An edition resolved: a numbered tree."""

    name: str
    """Its name in commands: `trottiscliffe`, or `template:2018-09` for an edition without a school."""
    edition: str
    title: str
    sections: tuple[Node, ...]
    phrases: tuple[Phrase, ...] = ()
    """Its words in other languages."""
    sources: Mapping[str, Citation] = dataclasses.field(default_factory=dict)
    """The law and guidance that its clauses rest on, by name, in the order of the edition."""
    handouts: tuple[Node, ...] = ()
    """Summaries, agreements and forms made of its clauses; they have no numbers."""

    def walk(self) -> Iterator[Node]:
        """Yield every node of its sections, in reading order."""
        for section in self.sections:
            yield from section.walk()

    def walk_all(self) -> Iterator[Node]:
        """Yield every node of its sections, then every part and line of its handouts."""
        for top in (*self.sections, *self.handouts):
            yield from top.walk()


class Unnumbered(msgspec.Struct, frozen=True):
    """A part of a policy that is chosen and amended, but not yet filled and numbered."""

    kind: Kind
    id: str
    source: str
    origin: Origin
    provision: Provision | None = None
    """The provision of the edition that it comes from; None for an insertion."""
    entry: tuple[str, int] | None = None
    """The list entry that it is for: the list's path, and the index from 0."""
    reason: str | None = None
    children: tuple["Unnumbered", ...] = ()
    place: Place = Place("")
    by: str | None = None
    """The name of the federation that amended it; None if the school did, or nobody."""
    promise: PromiseMark | None = None
    """What an insertion promises; the mark of a provision is with the provision."""
    blank: Blank | None = None
    """For an insertion into a handout, what is to be filled in; that of a provision is with the provision."""
    choices: tuple[str, ...] = ()

    @property
    def is_left_out(self) -> bool:
        """Whether the school does not have it."""
        return self.origin.traits.is_left_out

    def walk(self) -> Iterator["Unnumbered"]:
        """Yield this draft and everything below it, in reading order."""
        return _in_reading_order(self)
