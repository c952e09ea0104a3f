"""What two sequences share: words inside a text, entries of a list, paragraphs of a policy."""

import dataclasses
import difflib
import itertools
import re
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

SAME, DELETED, INSERTED = "same", "deleted", "inserted"

_Item = TypeVar("_Item", bound=Hashable)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Words that two texts share, or that one of them has."""

    kind: str
    """`same`, `deleted` or `inserted`."""
    text: str


def aligned(before: Sequence[_Item], after: Sequence[_Item]) -> Iterator[tuple[str, Sequence[_Item]]]:
    """Yield two sequences in one: stretches that both share, that only the old has, that only the new has."""
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
    """Return two texts in one: what they share, what only the old has, what only the new has, word by word."""
    before, after = split_words(old), split_words(new)
    old_words, new_words = ([token.strip() for token in tokens] for tokens in (before, after))
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    parts: list[Part] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            # a word brings the space after it, which it may have in one of the texts only
            found = zip(before[start:end], after[new_start:new_end], strict=True)
            parts.append(Part(SAME, "".join(max(pair, key=len) for pair in found)))
            continue
        if end > start:
            parts.append(Part(DELETED, "".join(before[start:end])))
        if new_end > new_start:
            parts.append(Part(INSERTED, "".join(after[new_start:new_end])))
    return tuple(parts)


def spaced(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts for readers: no mark covers a space at its end, and one stands where two marked words would touch."""
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
    """Return a text as its words, each with the space after it, and its punctuation."""
    return re.findall(r"\w+(?:['’\-/.@]\w+)*\s*|[^\w\s]\s*|\s+", text)
