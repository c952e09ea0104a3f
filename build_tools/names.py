"""Names in a text: of people with a title before them, and of what calls itself a school."""

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator

_TITLES = ("Mrs", "Mr", "Miss", "Ms", "Mx", "Dr", "Professor", "Prof", "Reverend", "Revd", "Rev", "Sir", "Dame", "Cllr")
_ONE_OF_TWO = {"Mr": "he", "Sir": "he", "Mrs": "she", "Miss": "she", "Ms": "she", "Dame": "she"}

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
        if _told_apart(match[0]) - first:
            yield match.start(), match[0]


def mentions(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield where a text says one of some schools' names, with or without "The"; what any school is called is none."""
    for name in sorted(filter(_told_apart, names), key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w’'-]){_loose(name)}(?![\w-])", text):
            if not _is_part_of_longer(text, match.start()):
                yield match.start(), match[0]


def without(text: str, names: Collection[str]) -> str:
    """Return a text as long as it was, with some schools' names blotted out, and other forms of the same names."""
    left = _blotted(text, mentions(text, names))
    known = [_told_apart(name) for name in names]
    forms = (found for found in schools_in(left) if any(_told_apart(found[1]) <= own for own in known))
    return _blotted(left, forms)


def _blotted(text: str, found: Iterable[tuple[int, str]]) -> str:
    characters = list(text)
    for at, name in found:
        characters[at : at + len(name)] = "0" * len(name)
    return "".join(characters)


def _begins_sentence(text: str, at: int) -> bool:
    """Return whether a word has its capital, or may have it, because a sentence begins there."""
    before = text[max(0, at - _NEAR) : at].rstrip(" “\"‘'(")
    return not before or before.endswith((".", ":", "?", "!"))


def _is_part_of_longer(text: str, at: int) -> bool:
    """Return whether the name that begins there is the end of a longer one, as North School in Great North School."""
    start = max(0, at - _NEAR)
    before = re.search(rf"{_CAPITAL}[ ]$", text[start:at])
    return bool(before and _told_apart(before[0]) and not _begins_sentence(text, start + before.start()))


def _loose(name: str) -> str:
    """Return a pattern for a name with either apostrophe, with or without "The"."""
    bare = re.escape(re.sub(r"^The\s+", "", name)).replace("’", "'")
    return re.sub("'", "['’]", bare)


def _told_apart(name: str) -> set[str]:
    """Return the words of a school's name that tell it from others."""
    words = re.findall(r"[\w’'-]+", name.casefold().replace("’", "'"))
    return {word.removesuffix("'s") for word in words} - _COMMON


def _agree(one: str, two: str) -> bool:
    """Return whether two first names are the same, or one is the initial of the other."""
    short, long = sorted((one.casefold(), two.casefold()), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
