"""Where two long texts that should be the same are not, in the words of both, with their places."""

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeAlias, TypeVar

_MOST = 5
"""More differences than these are not listed: it is another text."""
_SHOWN = 12
"""No more words of a difference are shown."""
_PROBE = 24
"""So many letters in a row are taken to be the same place in both texts."""
_AHEAD = 120
"""In this number of words after a difference, a place is looked for from which both texts agree again."""
_FURTHEST = 20_000
"""In this number of letters the same is looked for in the other text."""

_P = TypeVar("_P")

Reduce: TypeAlias = Callable[[str], str]
"""Returns what is compared of a text: its letters, in a sense."""


class _Word(NamedTuple):
    words: str
    begins: int
    """The number of letters before it in the whole text."""
    part: int


class LongText(Generic[_P]):
    """A text in several parts, each with its place."""

    def __init__(self, parts: Sequence[tuple[str, _P]], reduce: Reduce) -> None:
        """Join the parts; `reduce` gives what is compared of each."""
        self._parts, self._reduce = parts, reduce
        self.letters = "".join(reduce(words) for words, _ in parts)

    @functools.cached_property
    def words(self) -> list[_Word]:
        """Every word with something to compare."""
        found: list[_Word] = []
        begins = 0
        for part, (text, _) in enumerate(self._parts):
            for word in text.split():
                if reduced := self._reduce(word):
                    found.append(_Word(word, begins, part))
                    begins += len(reduced)
        return found

    def word_at(self, letter: int) -> _Word:
        """Return the word that has a letter of the whole text."""
        return next((word for word in reversed(self.words) if word.begins <= letter), self.words[0])

    def place_of(self, letter: int) -> _P:
        """Return the place of a letter of the whole text."""
        return self._parts[self.word_at(letter).part][1]

    def between(self, begin: int, end: int) -> str:
        """Return the first words between two letters."""
        return shortened(" ".join(word.words for word in self.words if begin <= word.begins < end))


def shortened(text: str) -> str:
    """Return the first words of a text."""
    words = text.split()
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def differences(wanted: LongText[str], printed: LongText[int]) -> Iterator[str]:
    """Yield, in a sentence each, where a text is not in a printed one, which may have other words around it.

    The places of the one are its clauses, and those of the other its pages.
    """
    if not printed.letters:
        yield "It has no words that programs can read."
        return
    at, here = 0, _beginning(wanted, printed)
    if here < 0:
        yield "Its words are those of another document: the sections of policy.json are not in it."
        return
    for _ in range(_MOST):
        same = _same_letters(wanted.letters[at:], printed.letters[here:])
        if at + same == len(wanted.letters):
            return
        back = at + same - wanted.word_at(at + same).begins
        at, here = at + same - back, here + same - back
        then, there = _next_agreement(wanted, printed, at, here)
        if there < 0:
            yield _difference(wanted, printed, (at, len(wanted.letters)), (here, len(printed.letters)))
            return
        yield _difference(wanted, printed, (at, then), (here, there))
        at, here = then, there
    yield "There are more differences after these."


def _beginning(wanted: LongText[str], printed: LongText[int]) -> int:
    """Return where a text begins in a printed one, even if one of its first words differs; -1 if it is not in it."""
    found = printed.letters.find(wanted.letters[: 2 * _PROBE])
    if found >= 0:
        return found
    then, there = _next_agreement(wanted, printed, 0, 0)
    if there < 0 or then == 0:
        return there
    lowest = max(0, there - 2 * then - _PROBE)
    tried = (printed.letters.rfind(wanted.letters[:count], lowest, there) for count in range(2 * _PROBE, 0, -1))
    return next((place for place in tried if place >= 0), max(0, there - then))


def _same_letters(one: str, other: str) -> int:
    """Return the number of letters with which both texts begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _next_agreement(wanted: LongText[str], printed: LongText[int], at: int, here: int) -> tuple[int, int]:
    """Return the nearest places after a difference from which both texts are the same; -1 if there are none."""
    best, nearest = (at, -1), _FURTHEST
    begins = [word.begins for word in wanted.words if word.begins >= at][:_AHEAD]
    for begin in begins:
        if begin - at >= nearest:
            break
        probe = wanted.letters[begin : begin + _PROBE]
        there = printed.letters.find(probe, here, here + nearest + len(probe))
        if there >= 0 and begin - at + there - here < nearest:
            best, nearest = (begin, there), begin - at + there - here
    return best


def _difference(wanted: LongText[str], printed: LongText[int], lacking: tuple[int, int], added: tuple[int, int]) -> str:
    """Return the sentence about one difference, from where it begins and ends in both texts."""
    said, shown = wanted.between(*lacking), printed.between(*added)
    place = f"Page {printed.place_of(added[0])}, {wanted.place_of(lacking[0])}"
    if not said:
        return f"{place}: “{shown}” is not in policy.json."
    if not shown:
        return f"{place}: “{said}” is in policy.json, but not in the PDF."
    return f"{place}: “{shown}” should be “{said}”, as in policy.json."
