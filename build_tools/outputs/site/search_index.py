"""The index of a site's search, as a script, because a page without a server cannot fetch data.

`templates/site/assets/search.js` reads it. Words are stemmed here; the browser stems only what people type, with the
same stemmer. What stands nowhere in the site needs no stem.
"""

import itertools
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from build_tools.outputs.site.pages import Entry, Site
from build_tools.policy.languages import mark
from build_tools.policy.model import Phrase, Run
from build_tools.text.stems import stem

_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_NOT_FOUND, _SECTION, _GROUP = range(3)
"""The levels of headings in the index; the first is only shown above what has no heading of its own."""


def render_search_index(site: Site) -> str:
    """Return the search index of a site as a script.

    A row of a heading has its address, number, words and level; a row of a clause has its id, the end of its number
    and its words. Words in other languages are separate from those around them, each with its language.
    """
    index = {
        "rows": list(_rows(site.entries, site.phrases)),
        "stems": list(_stems(f"{entry.heading} {entry.text}" for entry in site.entries)),
        "synonyms": site.synonyms,
    }
    return f"window.policyIndex = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n"


def _rows(entries: Iterable[Entry], phrases: tuple[Phrase, ...]) -> Iterator[list[Any]]:
    heading = number = page = None
    for entry in entries:
        path, _, identity = entry.path.partition("#")
        if not entry.text:
            if not entry.is_group:
                heading, number = entry.heading, entry.number
            level = _GROUP if entry.is_group else _SECTION
            yield [entry.path, entry.number, _stretches(entry.heading, phrases), level]
        else:
            if entry.heading != heading:
                heading, number = entry.heading, ""
                yield [path, "", _stretches(heading, phrases), _NOT_FOUND]
            rest = entry.number.removeprefix(number or "")
            is_within = path == page and rest.startswith("(")
            yield [
                identity if path == page else entry.path,
                rest if is_within else entry.number,
                _stretches(entry.text, phrases),
            ]
        page = path


def _stretches(words: str, phrases: tuple[Phrase, ...]) -> str | list[list[str]]:
    """Return words, or the stretches of them in different languages, each with its language."""
    runs = mark((Run(words),), phrases)
    if all(run.language is None for run in runs):
        return words
    return [[run.text, run.language] if run.language else [run.text] for run in runs]


def _stems(texts: Iterable[str]) -> Iterator[str]:
    """Yield each stem with the words that it is not, each as what follows the stem.

    What begins with a digit replaces that many of the stem's last letters: `bulli 1y ed` are bully and bullied.
    """
    found: dict[str, set[str]] = {}
    for text in texts:
        for word in _words(text):
            if (short := stem(word)) != word:
                found.setdefault(short, set()).add(word)
    for short, words in sorted(found.items()):
        yield " ".join((short, *(_ending(short, word) for word in sorted(words))))


def _ending(short: str, word: str) -> str:
    common = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(short, word, strict=False)))
    cut = len(short) - common
    return f"{cut or ''}{word[common:]}"


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text as the browser compares them; a word with a hyphen also without it, and in parts."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    for match in _WORD.finditer("".join(letter for letter in letters if not unicodedata.combining(letter))):
        parts = match[0].split("-")
        yield "".join(parts)
        yield from parts
