"""Names in a text: of people with a title before their name, and of schools."""

import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from build_tools.text.person_name import TITLES, PersonName, person_name

_WORD = re.compile(r"\w+")
_JOINED = re.compile(r"[\w’'-]+")
"""A word with everything that is joined to it."""
_BLOT = "0"
"""Replaces every character that is blotted out; like the characters of a name, it is part of a word."""
_NO_WORD = ""
"""Represents the words of a name without any, which may be in any text."""

_NEAR = 40
"""The number of characters before a name that are examined: enough for a word."""

_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŞŠŹŻŽ][\w’'-]*)"
_TITLE = rf"(?:{'|'.join(TITLES)})\b"
_PERSON = re.compile(rf"\b{_TITLE}\.?((?:[ ](?!{_TITLE})(?:[A-Z]\.|{_CAPITAL}))+)")

_KINDS = "School|Academy|College|Nursery|Pre-School|Pre-school|Preschool|Kindergarten|Playgroup"
_BETWEEN = rf"(?:{_CAPITAL}\.?|of|the|and|in|on|upon|&)"
_SCHOOL = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}\.?[ ](?:{_BETWEEN}[ ]){{0,8}}?(?<!of )(?<!the )(?:{_KINDS})\b(?!-\w|[ ][A-Z]|[ ]of\b)"
)
# None of these words distinguishes one school from another.
_COMMON = frozenset((
    "a", "academy", "all", "an", "and", "any", "at", "boarding", "catholic", "ce", "cep", "chapel", "children",
    "church", "co-educational", "cofe", "college", "community", "each", "england", "every", "federation", "first",
    "for", "foundation", "free", "friends", "governors", "grammar", "high", "home", "in", "independent", "infant",
    "infants", "its", "junior", "kindergarten", "learners", "lower", "middle", "new", "no", "nursery", "of", "on",
    "our", "parents", "park", "playgroup", "pre-school", "preparatory", "preschool", "primary", "pupils", "rc",
    "school", "schools", "secondary", "sixth-form", "special", "staff", "students", "studio", "summer", "sunday",
    "teachers", "technical", "that", "the", "their", "these", "this", "training", "upon", "upper", "va", "vc",
    "voluntary", "whole", "your",
))  # fmt: skip


def people_in(text: str) -> Iterator[tuple[int, PersonName]]:
    """Yield the people whose names have a title in a text, each with the position of the name."""
    for match in _PERSON.finditer(text):
        words = match[1].split()
        # "Dr Challoner's Grammar School" and "Sir Roger Manwood's School" do not name a person
        if not any(re.fullmatch(_KINDS, word) for word in words):
            yield match.start(), person_name(re.sub(r"[’']s?$", "", match[0]))


def schools_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield everything that looks like the name of a school, with its position; generic names do not count."""
    for match in _SCHOOL.finditer(text):
        first = {match[0].split()[0].casefold()} if _begins_sentence(text, match.start()) else set()
        if told_apart(match[0]) - first:
            yield match.start(), match[0]


@dataclasses.dataclass(frozen=True, slots=True)
class SchoolName:
    """A school's name, and what is needed to find it in a text."""

    text: str
    words: frozenset[str]
    """Every word that a text must contain to mention it, as written."""
    told_apart: frozenset[str]
    """The words that distinguish it from other schools; empty for a generic name."""
    pattern: str
    """The regular expression that finds it: with either apostrophe, with or without "The"."""

    @classmethod
    def of(cls, text: str) -> "SchoolName":
        """Return a name with what is needed to find it in a text."""
        bare = re.sub(r"^The\s+", "", text)
        loose = re.sub("['’]", "['’]", re.escape(bare))
        return cls(text, frozenset(_WORD.findall(bare)), told_apart(text), rf"(?<![\w’'-]){loose}(?![\w-])")


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """Any number of school names to search for in texts: a name is tried only if its words are in the text."""

    by_word: Mapping[str, tuple[SchoolName, ...]]
    """The names by the rarest word of each; a text with the name must contain that word."""
    by_mark: Mapping[str, tuple[SchoolName, ...]]
    """The names by every word that distinguishes one from others."""
    left_out: frozenset[str] = frozenset()
    """The names that are not searched for."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Names":
        """Return names, ready to search for; generic names are left out."""
        names = [name for name in map(SchoolName.of, sorted(set(texts))) if name.told_apart]
        often = collections.Counter(word for name in names for word in name.words)
        by_word: dict[str, list[SchoolName]] = {}
        by_mark: dict[str, list[SchoolName]] = {}
        for name in names:
            rarest = min(name.words, key=lambda word: (often[word], word), default=_NO_WORD)
            by_word.setdefault(rarest, []).append(name)
            for word in name.told_apart:
                by_mark.setdefault(word, []).append(name)
        return cls({word: tuple(found) for word, found in by_word.items()}, {w: tuple(f) for w, f in by_mark.items()})

    def but(self, texts: Iterable[str]) -> "Names":
        """Return these names without some; the time depends only on the number of names that are left out."""
        return dataclasses.replace(self, left_out=frozenset(texts))

    def mentions(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the positions where a text mentions one of the names, with or without "The", longest names first."""
        words = {_NO_WORD, *_WORD.findall(text)}
        found = [name for word in words for name in self.by_word.get(word, ()) if name.words <= words]
        for name in sorted(found, key=lambda name: (-len(name.text), name.text)):
            if name.text not in self.left_out:
                for match in re.finditer(name.pattern, text):
                    if not _is_part_of_longer(text, match.start()):
                        yield match.start(), match[0]

    def without(self, text: str) -> str:
        """Return a text of the same length, with the names and other forms of them blotted out."""
        left = _blotted(text, self.mentions(text))
        return _blotted(left, (found for found in schools_in(left) if self._has_form(found[1])))

    def _has_form(self, found: str) -> bool:
        """Return whether what looks like the name of a school has no word that one of the names does not have."""
        words = told_apart(found)
        alike = min((self.by_mark.get(word, ()) for word in words), key=len)
        return any(words <= name.told_apart and name.text not in self.left_out for name in alike)


@dataclasses.dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some texts, used to rule out names that the texts cannot contain."""

    words: frozenset[str]
    """Every word as written."""
    marks: frozenset[str]
    """The distinguishing form of each word with a capital; a form of a name has no other words."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Return the words of some texts."""
        words = {word for text in texts for word in _JOINED.findall(text)}
        return cls(
            frozenset(part for word in words for part in _WORD.findall(word)),
            frozenset(mark for word in words if re.match(_CAPITAL, word) for mark in told_apart(word)),
        )

    def may_have(self, name: SchoolName) -> bool:
        """Return whether the texts may contain a name, or another form of it, even if other names are blotted out."""
        if not name.told_apart:
            return False
        # a name made of zeros may be found in blotted text
        words = (word for word in name.words if word.strip(_BLOT))
        return not self.marks.isdisjoint(name.told_apart) or self.words.issuperset(words)


def mentions_words(text: str, words: str) -> bool:
    """Return whether a text has some words next to one another, regardless of capitals; a hyphen joins words."""
    return re.search(rf"(?<![\w-]){re.escape(words.casefold())}(?![\w-])", text.casefold()) is not None


def told_apart(name: str) -> frozenset[str]:
    """Return the words of a school's name that distinguish it, ignoring capitals and apostrophes."""
    words = _JOINED.findall(name.casefold().replace("’", "'"))
    return frozenset(word.removesuffix("'s") for word in words) - _COMMON


def _blotted(text: str, found: Iterable[tuple[int, str]]) -> str:
    characters = list(text)
    for at, name in found:
        characters[at : at + len(name)] = _BLOT * len(name)
    return "".join(characters)


def _begins_sentence(text: str, at: int) -> bool:
    """Return whether a word may have its capital only because a sentence begins there."""
    before = text[max(0, at - _NEAR) : at].rstrip(" “\"‘'(")
    return not before or before.endswith((".", ":", "?", "!"))


def _is_part_of_longer(text: str, at: int) -> bool:
    """Return whether the name at a position is the end of a longer one, such as North School in Great North School."""
    start = max(0, at - _NEAR)
    before = re.search(rf"{_CAPITAL}[ ]$", text[start:at])
    return bool(before and told_apart(before[0]) and not _begins_sentence(text, start + before.start()))
