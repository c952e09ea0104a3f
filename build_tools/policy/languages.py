"""Find the words that are not in the policy's language, wherever they are shown (WCAG 2.2, 3.1.2).

A school lists the languages of its words. Words in another script than Latin that it does not list get the tag of an
undetermined language in that script (BCP 47), such as `und-Arab`.

A policy is stored without these marks: outputs add them to the words that they are about to write. So comparisons see
the same words, whether or not anybody has listed their language.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from build_tools.policy.model import Phrase, Run, Text, plain
from build_tools.policy.scripts import has_other_scripts, scripts_of
from build_tools.text.differing import DELETED, INSERTED, SAME

Stretch: TypeAlias = tuple[str, Text]
"""`same`, `deleted` or `inserted`, and the words that both texts have or only one of them."""


UNDETERMINED = "und"
"""The code of a language that nobody has named."""


def mark(text: Text, phrases: tuple[Phrase, ...]) -> Text:
    """Return a text with the language of each run that is not in the policy's language; the words do not change.

    Only whole words are found, the longest phrases first, even if they consist of several runs.
    """
    words = plain(text)
    if not phrases and not has_other_scripts(words):
        return text
    scripts = (script for run in text for script in scripts_of(run.text))
    return _divided(text, _languages(words, phrases, scripts))


def mark_stretches(stretches: Iterable[Stretch], phrases: tuple[Phrase, ...]) -> tuple[Stretch, ...]:
    """Return the stretches of two merged texts, marked as in the text that they come from."""
    parts = tuple(stretches)
    before, after = (
        iter(_languages(words, phrases, scripts_of(words)))
        for words in ("".join(plain(text) for kind, text in parts if kind != other) for other in (INSERTED, DELETED))
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
    """Return whether a text contains the words of a phrase."""
    return _pattern((phrase,)).search(words) is not None


def joined(*several: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return all phrases, each once; if two give the same words a language, the first counts."""
    found: dict[str, Phrase] = {}
    for phrase in itertools.chain(*several):
        found.setdefault(phrase.words, phrase)
    return tuple(found.values())


def _languages(words: str, phrases: tuple[Phrase, ...], scripts: Iterable[str | None]) -> list[str | None]:
    """Return the language of each character, None for the policy's own; `scripts` has the script of each."""
    found = [script and f"{UNDETERMINED}-{script}" for script in scripts]
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
    # a clause has curly quotation marks even if its author typed straight ones
    escaped = (re.escape(word).replace("'", "['’]") for word in phrase.words.split())
    return r"\s+".join(escaped)
