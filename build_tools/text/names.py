"""Names in a text: of people with a title before them, and of what calls itself a school."""

import collections
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

_TITLES = ("Mrs", "Mr", "Miss", "Ms", "Mx", "Dr", "Professor", "Prof", "Reverend", "Revd", "Rev", "Sir", "Dame", "Cllr")
_ONE_OF_TWO = {"Mr": "he", "Sir": "he", "Mrs": "she", "Miss": "she", "Ms": "she", "Dame": "she"}

_WORD = re.compile(r"\w+")
_JOINED = re.compile(r"[\w’'-]+")
"""A word with all that is joined to it."""
_BLOT = "0"
"""Stands for every character that is blotted out; like those of a name, it belongs to a word."""
_NO_WORD = ""
"""Stands for the words of a name that has none, which may be in any text."""

_NEAR = 40
"""How many characters before a name are looked at: enough for a word."""

_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŞŠŹŻŽ][\w’'-]*)"
_TITLE = rf"(?:{'|'.join(_TITLES)})\b"
_PERSON = re.compile(rf"\b{_TITLE}\.?((?:[ ](?!{_TITLE})(?:[A-Z]\.|{_CAPITAL}))+)")

_KINDS = "School|Academy|College|Nursery|Pre-School|Pre-school|Preschool|Kindergarten|Playgroup"
_BETWEEN = rf"(?:{_CAPITAL}\.?|of|the|and|in|on|upon|&)"
_SCHOOL = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}\.?[ ](?:{_BETWEEN}[ ]){{0,8}}?(?<!of )(?<!the )(?:{_KINDS})\b(?!-\w|[ ][A-Z]|[ ]of\b)"
)
# What tells one school from another is none of these.
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


@dataclasses.dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in its parts."""

    text: str
    title: str
    """Empty if there is none."""
    given: tuple[str, ...]
    """First names or initials, without stops."""
    surname: str

    def may_be(self, other: "PersonName") -> bool:
        """Return whether both can be the name of one person: surnames are the same, and nothing else differs."""
        if self.surname.casefold() != other.surname.casefold():
            return False
        mine, theirs = _ONE_OF_TWO.get(self.title), _ONE_OF_TWO.get(other.title)
        if mine and theirs and mine != theirs:
            return False
        return all(_agree(one, two) for one, two in zip(self.given, other.given, strict=False))


def person_name(text: str) -> PersonName:
    """Return a person's full name, as "Miss Lucy Henderson" or "J. Smith", in its parts."""
    first, *rest = [word.rstrip(".") for word in text.split()] or [""]
    title, words = (first, rest) if first in _TITLES and rest else ("", [first, *rest])
    return PersonName(text, title, tuple(words[:-1]), words[-1])


def people_in(text: str) -> Iterator[tuple[int, PersonName]]:
    """Yield the people whom a text names with a title, each with where the name begins."""
    for match in _PERSON.finditer(text):
        words = match[1].split()
        # "Dr Challoner's Grammar School" and "Sir Roger Manwood's School" name no person
        if not any(re.fullmatch(_KINDS, word) for word in words):
            yield match.start(), person_name(re.sub(r"[’']s?$", "", match[0]))


def schools_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield what looks like the name of a school, each with where it begins; what any school may be called is none."""
    for match in _SCHOOL.finditer(text):
        first = {match[0].split()[0].casefold()} if _begins_sentence(text, match.start()) else set()
        if told_apart(match[0]) - first:
            yield match.start(), match[0]


@dataclasses.dataclass(frozen=True, slots=True)
class SchoolName:
    """What a school is called, and what tells whether a text says it."""

    text: str
    words: frozenset[str]
    """Every word that a text must have to say it, as it is written."""
    told_apart: frozenset[str]
    """The words that tell it from others; none in what any school is called."""
    pattern: str
    """What finds it in a text: with either apostrophe, with or without "The"."""

    @classmethod
    def of(cls, text: str) -> "SchoolName":
        """Return a name with what tells whether a text says it."""
        bare = re.sub(r"^The\s+", "", text)
        loose = re.sub("['’]", "['’]", re.escape(bare))
        return cls(text, frozenset(_WORD.findall(bare)), told_apart(text), rf"(?<![\w’'-]){loose}(?![\w-])")


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """The names of schools, however many, to be looked for in texts: only those are tried whose words a text has."""

    by_word: Mapping[str, tuple[SchoolName, ...]]
    """The names by the rarest word of each; no text has a name without that word."""
    by_mark: Mapping[str, tuple[SchoolName, ...]]
    """The names by every word that tells one from others."""
    left_out: frozenset[str] = frozenset()
    """The names that are not looked for."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Names":
        """Return some names, ready to be looked for; what any school is called is no name."""
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
        """Return these names without some; it takes no longer than those are many."""
        return dataclasses.replace(self, left_out=frozenset(texts))

    def mentions(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where a text says one of the names, with or without "The", the longest names first."""
        words = {_NO_WORD, *_WORD.findall(text)}
        found = [name for word in words for name in self.by_word.get(word, ()) if name.words <= words]
        for name in sorted(found, key=lambda name: (-len(name.text), name.text)):
            if name.text not in self.left_out:
                for match in re.finditer(name.pattern, text):
                    if not _is_part_of_longer(text, match.start()):
                        yield match.start(), match[0]

    def without(self, text: str) -> str:
        """Return a text as long as it was, with the names blotted out, and other forms of the same names."""
        left = _blotted(text, self.mentions(text))
        return _blotted(left, (found for found in schools_in(left) if self._has_form(found[1])))

    def _has_form(self, found: str) -> bool:
        """Return whether what looks like the name of a school says nothing that one of the names does not say."""
        words = told_apart(found)
        alike = min((self.by_mark.get(word, ()) for word in words), key=len)
        return any(words <= name.told_apart and name.text not in self.left_out for name in alike)


@dataclasses.dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some texts, as far as they tell which names the texts cannot have."""

    words: frozenset[str]
    """Every word as it is written."""
    marks: frozenset[str]
    """What tells apart each word with a capital: no form of a name has another."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Return the words of some texts."""
        words = {word for text in texts for word in _JOINED.findall(text)}
        return cls(
            frozenset(part for word in words for part in _WORD.findall(word)),
            frozenset(mark for word in words if re.match(_CAPITAL, word) for mark in told_apart(word)),
        )

    def may_have(self, name: SchoolName) -> bool:
        """Return whether the texts may have a name, or another form of it, even where other names are blotted out."""
        if not name.told_apart:
            return False
        # a name of noughts may be found in blots
        words = (word for word in name.words if word.strip(_BLOT))
        return not self.marks.isdisjoint(name.told_apart) or self.words.issuperset(words)


def told_apart(name: str) -> frozenset[str]:
    """Return the words of a school's name that tell it from others, without regard to capitals and apostrophes."""
    words = _JOINED.findall(name.casefold().replace("’", "'"))
    return frozenset(word.removesuffix("'s") for word in words) - _COMMON


def _blotted(text: str, found: Iterable[tuple[int, str]]) -> str:
    characters = list(text)
    for at, name in found:
        characters[at : at + len(name)] = _BLOT * len(name)
    return "".join(characters)


def _begins_sentence(text: str, at: int) -> bool:
    """Return whether a word has its capital, or may have it, because a sentence begins there."""
    before = text[max(0, at - _NEAR) : at].rstrip(" “\"‘'(")
    return not before or before.endswith((".", ":", "?", "!"))


def _is_part_of_longer(text: str, at: int) -> bool:
    """Return whether the name that begins there is the end of a longer one, as North School in Great North School."""
    start = max(0, at - _NEAR)
    before = re.search(rf"{_CAPITAL}[ ]$", text[start:at])
    return bool(before and told_apart(before[0]) and not _begins_sentence(text, start + before.start()))


def _agree(one: str, two: str) -> bool:
    """Return whether two first names are the same, or one is the initial of the other."""
    short, long = sorted((one.casefold(), two.casefold()), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
