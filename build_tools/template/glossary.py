"""The glossary of an edition: words that a reader may not know, and where a text uses them."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from build_tools.text.problems import Place
from build_tools.text.yaml_file import Document

TERM = "term:"
"""What the ids of terms on pages begin with; no id of a clause has a colon."""
_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_WORD: Mapping[str, Any] = {"type": "string", "pattern": r"^\w(.*\w)?$", "examples": ["DSL"]}
RULES: Mapping[str, Any] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["term", "meaning"],
        "properties": {
            "term": _WORD,
            "also": {"type": "array", "minItems": 1, "items": _WORD},
            "stands_for": _TEXT,
            "meaning": _TEXT,
        },
    },
}
"""What the list may have, as JSON Schema."""
WORDED = ("stands_for", "meaning")
"""The texts of an entry that may contain values, as in clauses."""


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """A word, or several, with its meaning in plain English."""

    name: str
    meaning: str
    """Not yet filled in."""
    stands_for: str | None = None
    """The words of which its letters are the first; not yet filled in."""
    also: tuple[str, ...] = ()
    """Its other forms, such as the plural."""
    place: Place = dataclasses.field(default=Place(""), compare=False)

    @property
    def id(self) -> str:
        """Its id on pages."""
        return TERM + _key(self.name)

    @property
    def forms(self) -> tuple[str, ...]:
        """All its forms."""
        return self.name, *self.also


def read_terms(document: Document) -> tuple[Term, ...]:
    """Return the terms of a file without mistakes, in its order."""
    return tuple(
        Term(
            entry["term"],
            entry["meaning"],
            entry.get("stands_for"),
            tuple(entry.get("also", ())),
            document.place(("glossary", at)),
        )
        for at, entry in enumerate(document.data.get("glossary", ()))
    )


def explained_twice(terms: Iterable[Term]) -> Iterator[tuple[Place, str]]:
    """Yield the forms that an earlier term, or the same one, has too, each with the place of the later term."""
    seen = set[str]()
    for term in terms:
        for form in term.forms:
            if _key(form) in seen:
                yield term.place, form
            seen.add(_key(form))


def uses(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int, Term]]:
    """Yield where a text uses a term, in its order: only whole words, the longest first.

    A form in small letters is also found with a capital at the beginning of a sentence.
    """
    if not terms:
        return
    pattern, by_form = _finder(tuple(terms))
    for match in pattern.finditer(text):
        found = match[0]
        yield match.start(), match.end(), by_form.get(found) or by_form[found[0].lower() + found[1:]]


@functools.lru_cache(maxsize=8)
def _finder(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], Mapping[str, Term]]:
    by_form = {form: term for term in terms for form in term.forms}
    longest = sorted(by_form, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_written, longest))})(?!\w)"), by_form


def _written(form: str) -> str:
    first, rest = form[0], re.escape(form[1:])
    return f"[{first}{first.upper()}]{rest}" if first.islower() else re.escape(form)


def _key(form: str) -> str:
    return re.sub(r"[\W_]+", "-", form.casefold())
