"""The sentence around some words of a text."""

import itertools
import re
from collections.abc import Iterable, Iterator

_END = re.compile(r"[.!?][\"”’)\]]*\s+")
_BEGINS = re.compile(r"[^\W\d_]|[\d“\"‘(\[]")


def sentence_around(text: str, words: range, values: Iterable[range] = ()) -> range:
    """Return where the sentence with some words begins and ends.

    `values` are the positions of words that were filled in: a full stop inside them ends no sentence, since it may
    belong to a name, and a sentence may begin with them in small letters.
    """
    begin, end = 0, len(text.rstrip())
    for at in _ends(text, tuple(values)):
        if at <= words.start:
            begin = at
        elif at >= words.stop:
            end = len(text[:at].rstrip())
            break
    return range(begin, end)


def sentences_in(text: str, values: Iterable[range] = ()) -> tuple[str, ...]:
    """Return the sentences of a text."""
    ends = [0, *_ends(text, tuple(values)), len(text)]
    return tuple(text[begin:end].strip() for begin, end in itertools.pairwise(ends) if text[begin:end].strip())


def _ends(text: str, values: tuple[range, ...]) -> Iterator[int]:
    """Yield where each sentence but the first begins."""
    begins = {span.start for span in values}
    for match in _END.finditer(text):
        after = match.end()
        is_filled = any(match.start() in span for span in values)
        first = _BEGINS.match(text, after)
        if not is_filled and first and (after in begins or not first[0].islower()):
            yield after
