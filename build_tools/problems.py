"""Mistakes of the people who write schools and editions, as located values.

A mistake is what a user can mend: it has a place and a sentence that says what is wrong and what would be right.
Steps gather all that they find and raise them together as `Mistakes`; anything else that is raised is a bug.
"""

import dataclasses
import difflib
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands, so that a person can find it."""

    file: str
    """The path as messages print it: relative to the project, with forward slashes."""
    line: int | None = None
    """The line, counted from 1; None where the file as a whole is meant."""

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Mistakes(Exception):  # noqa: N818 - it carries mistakes; it is not one error
    """What was found wrong, all of it at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Hold the problems in the order of their places, each once."""
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.place.file, p.place.line or 0, p.message)))
        super().__init__("\n".join(map(str, self.problems)))


def one_of(choices: Iterable[str]) -> str:
    """Return the choices as a phrase: "a, b or c"."""
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a misspelt one most likely means, None if none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint at the known word nearest to a misspelt one, with a leading space, or nothing."""
    near = nearest(word, known)
    return f" Did you mean {near}?" if near else ""
