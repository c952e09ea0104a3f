"""Mistakes of the people who write schools and editions, as located values.

A mistake is something that a user can fix: it has a place and a sentence that says what is wrong and what to type.
Steps collect all mistakes and raise them together as `Mistakes`; any other exception is a bug.
"""

import dataclasses
import difflib
import enum
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is, so that a person can find it."""

    file: str
    """The path as printed in messages: relative to the project, with forward slashes."""
    line: int | None = None
    """The line, counted from 1; None for the whole file."""

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


class Severity(enum.StrEnum):
    """How certain it is that something is wrong."""

    MISTAKE = "mistake"
    """Certainly wrong: what contains it cannot be used."""
    WARNING = "warning"
    """Possibly wrong: a person should look."""


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake, or what looks like one."""

    place: Place
    message: str
    severity: Severity = Severity.MISTAKE

    @property
    def is_warning(self) -> bool:
        """Whether it is only reported and stops nothing."""
        return self.severity is Severity.WARNING

    def __str__(self) -> str:
        return f"{self.place}: {'warning: ' if self.is_warning else ''}{self.message}"


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with part of a text, regardless of its author and place."""

    start: int
    end: int
    message: str
    severity: Severity = Severity.MISTAKE


class Mistakes(Exception):  # noqa: N818 - it carries mistakes; it is not one error
    """All mistakes that were found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Store the problems in the order of their places, each once."""
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["Mistakes"], tuple[tuple[Problem, ...]]]:
        """Return how to make them again in another process, where the text alone would not do."""
        return Mistakes, (self.problems,)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their places, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.place.file, p.place.line or 0, p.message)))


def one_of(choices: Iterable[str]) -> str:
    """Return the choices as a phrase: "a, b or c"."""
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last


def all_of(names: Iterable[str]) -> str:
    """Return the names as a phrase: "a, b and c"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def counted(count: int, one: str) -> str:
    """Return a number with its noun."""
    return f"{count} {one}{'' if count == 1 else 's'}"


def known_names(what: str, names: Iterable[str]) -> str:
    """Return a sentence that lists the names of one kind of thing, with a leading space; nothing if there are none."""
    known = tuple(names)
    if len(known) == 1:
        return f" The only {what} is {known[0]}."
    return f" The {what}s are {all_of(known)}." if known else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a misspelt word most likely means, None if none is similar."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint with the known word most similar to a misspelt one, with a leading space, or an empty text."""
    near = nearest(word, known)
    return f" Did you mean {near}?" if near else ""
