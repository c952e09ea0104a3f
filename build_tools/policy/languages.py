"""Which words are in another language than the policy's, found wherever they are shown (WCAG 2.2, 3.1.2).

A policy is kept without these marks: outputs set them on the words that they are about to write. So words mean the
same to every comparison, whether or not anybody has said in which language they are.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from build_tools.policy.model import Phrase, Run, Text, plain
from build_tools.text.differing import DELETED, INSERTED, SAME

Stretch: TypeAlias = tuple[str, Text]
"""Words that two texts share, or that one of them has: `same`, `deleted` or `inserted`, and the words."""


def mark(text: Text, phrases: tuple[Phrase, ...]) -> Text:
    """Return a text whose runs say which of them are in another language; its words stay the same.

    Whole words are found, the longest first, also where runs of different looks make them up.
    """
    return _divided(text, _languages(plain(text), phrases)) if phrases else text


def mark_stretches(stretches: Iterable[Stretch], phrases: tuple[Phrase, ...]) -> tuple[Stretch, ...]:
    """Return the stretches of two texts in one, marked as in the text that they come from."""
    parts = tuple(stretches)
    before, after = (
        iter(_languages("".join(plain(text) for kind, text in parts if kind != other), phrases))
        for other in (INSERTED, DELETED)
    )
    marked = []
    for kind, text in parts:
        count = len(plain(text))
        of_old = itertools.islice(before, count) if kind in (SAME, DELETED) else ()
        of_new = itertools.islice(after, count) if kind in (SAME, INSERTED) else ()
        languages = [new or old for old, new in itertools.zip_longest(of_old, of_new)]
        marked.append((kind, _divided(text, languages)))
    return tuple(marked)


def is_said(phrase: Phrase, words: str) -> bool:
    """Return whether a text holds the words of a phrase."""
    return _pattern((phrase,)).search(words) is not None


def joined(*several: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return all phrases, each once; the first to name the language of some words is right."""
    found: dict[str, Phrase] = {}
    for phrase in itertools.chain(*several):
        found.setdefault(phrase.words, phrase)
    return tuple(found.values())


def _languages(words: str, phrases: tuple[Phrase, ...]) -> list[str | None]:
    """Return for each character the language that it is in, None for that of the policy."""
    found: list[str | None] = [None] * len(words)
    for match in _pattern(phrases).finditer(words) if phrases else ():
        phrase = phrases[int(str(match.lastgroup)[1:])]
        found[match.start() : match.end()] = [phrase.language] * len(match[0])
    return found


def _divided(text: Text, languages: Sequence[str | None]) -> Text:
    return tuple(_pieces(text, iter(languages))) if any(languages) else text


def _pieces(text: Text, languages: Iterator[str | None]) -> Iterator[Run]:
    for run in text:
        if not run.text:
            yield run
        for language, piece in itertools.groupby(zip(run.text, languages, strict=False), key=lambda pair: pair[1]):
            words = "".join(character for character, _ in piece)
            yield msgspec.structs.replace(run, text=words, language=language or run.language)


@functools.lru_cache(maxsize=256)
def _pattern(phrases: tuple[Phrase, ...]) -> re.Pattern[str]:
    """Return what matches any of the phrases as a group `pN`, N being its index."""
    indexed = sorted(enumerate(phrases), key=lambda pair: -len(pair[1].words))
    return re.compile("|".join(rf"(?P<p{index}>(?<!\w){_words(phrase)}(?!\w))" for index, phrase in indexed))


def _words(phrase: Phrase) -> str:
    # a clause has curly quotation marks where its author typed straight ones
    escaped = (re.escape(word).replace("'", "['’]") for word in phrase.words.split())
    return r"\s+".join(escaped)
