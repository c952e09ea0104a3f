"""The differences between two sequences: words in a text, entries in a list, paragraphs in a policy."""

import dataclasses
import difflib
import itertools
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

SAME, DELETED, INSERTED = "same", "deleted", "inserted"

_WORD = re.compile(r"\w+(?:['’\-/.@]\w+)*")
_LONG_ENOUGH = 6
"""The number of words of the shorter text from which merged words are hard to read."""
_Item = TypeVar("_Item", bound=Hashable)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Words that both texts have, or only one of them."""

    kind: str
    """`same`, `deleted` or `inserted`."""
    text: str


def aligned(before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[tuple[str, Sequence[_Item]]]:
    """Yield two sequences merged: stretches that both have, only the old has, or only the new has."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield SAME, after[new_start:new_end]
            continue
        if end > start:
            yield DELETED, before[start:end]
        if new_end > new_start:
            yield INSERTED, after[new_start:new_end]


def diff_words(old: str, new: str) -> tuple[Part, ...]:
    """Return two texts merged word by word: parts that both have, only the old has, or only the new has.

    Without what only one of them has it is the other, to the last space.
    """
    before, after = split_words(old), split_words(new)
    old_words, new_words = ([token.strip() for token in tokens] for tokens in (before, after))
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    parts: list[Part] = []
    lost = gained = ""
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            lost, gained = lost + "".join(before[start:end]), gained + "".join(after[new_start:new_end])
            continue
        for was, now in zip(before[start:end], after[new_start:new_end], strict=True):
            parts += _swapped(lost, gained)
            # a word includes the space after it, which may be in only one of the texts
            shared = min(was, now, key=len)
            parts.append(Part(SAME, shared))
            lost, gained = was.removeprefix(shared), now.removeprefix(shared)
    parts += _swapped(lost, gained)
    alike = itertools.groupby(parts, key=lambda part: part.kind)
    return tuple(Part(kind, "".join(part.text for part in found)) for kind, found in alike)


def _swapped(lost: str, gained: str) -> Iterator[Part]:
    """Yield words that others replaced, without the spaces around them that stayed."""
    before = _shared(_indent(lost), _indent(gained))
    lost, gained = lost.removeprefix(before), gained.removeprefix(before)
    after = _shared(_indent(lost[::-1]), _indent(gained[::-1]))[::-1]
    swapped = ((DELETED, lost.removesuffix(after)), (INSERTED, gained.removesuffix(after)))
    yield from (Part(kind, text) for kind, text in ((SAME, before), *swapped, (SAME, after)) if text)


def _shared(one: str, other: str) -> str:
    """Return the shorter of two texts if the other begins with it."""
    shorter, longer = sorted((one, other), key=len)
    return shorter if longer.startswith(shorter) else ""


def _indent(text: str) -> str:
    """Return the spaces at the beginning of a text."""
    return text[: len(text) - len(text.lstrip())]


def is_rewritten(parts: Iterable[Part]) -> bool:
    """Return whether two merged texts share so few words that they are easier to read one after the other.

    That is where each has more words of its own than the two share. In a heading or another short text every change is
    easy to see.
    """
    counts = Counter[str]()
    for part in parts:
        counts[part.kind] += len(_WORD.findall(part.text))
    own = min(counts[DELETED], counts[INSERTED])
    return own > counts[SAME] and own + counts[SAME] >= _LONG_ENOUGH


def spaced(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts for readers: no space is marked, and a space separates marked words that would touch."""
    for part, following in itertools.zip_longest(parts, parts[1:]):
        bare = part.text.strip()
        if part.kind == SAME or not bare:
            yield Part(SAME, part.text)
            continue
        before, _, after = part.text.partition(bare)
        touching = following and following.kind == INSERTED and _WORD.match(following.text)
        marked = (Part(SAME, before), Part(part.kind, bare), Part(SAME, after or (" " if touching else "")))
        yield from (piece for piece in marked if piece.text)


def split_words(text: str) -> list[str]:
    """Return a text as its words, each with the space after it, and its punctuation marks."""
    return re.findall(r"\w+(?:['’\-/.@]\w+)*\s*|[^\w\s]\s*|\s+", text)
