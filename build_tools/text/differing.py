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
    """Return two texts merged word by word: parts that both have, only the old has, or only the new has."""
    before, after = split_words(old), split_words(new)
    old_words, new_words = ([token.strip() for token in tokens] for tokens in (before, after))
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    parts: list[Part] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            # a word includes the space after it, which may be in only one of the texts
            found = zip(before[start:end], after[new_start:new_end], strict=True)
            parts.append(Part(SAME, "".join(max(pair, key=len) for pair in found)))
            continue
        if end > start:
            parts.append(Part(DELETED, "".join(before[start:end])))
        if new_end > new_start:
            parts.append(Part(INSERTED, "".join(after[new_start:new_end])))
    return tuple(parts)


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
    """Yield parts for readers: no marked part ends in a space, and a space separates marked words that would touch."""
    for part, following in itertools.zip_longest(parts, parts[1:]):
        bare = part.text.rstrip()
        if part.kind == SAME or not bare:
            yield part
            continue
        yield Part(part.kind, bare)
        if bare != part.text:
            yield Part(SAME, part.text[len(bare) :])
        elif following and following.kind == INSERTED:
            yield Part(SAME, " ")


def split_words(text: str) -> list[str]:
    """Return a text as its words, each with the space after it, and its punctuation marks."""
    return re.findall(r"\w+(?:['’\-/.@]\w+)*\s*|[^\w\s]\s*|\s+", text)
