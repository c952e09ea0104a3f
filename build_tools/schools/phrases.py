"""Read which words of a school's file are in another language, and those of its federation.

    languages:
      cy: [Ysgol y Garn]
      la:
        - Floreat

Codes are BCP 47 tags. The Unicode Consortium's names, which are part of Babel, show whether a tag is well formed and
its language, script, place and variant exist.
"""

import functools
from collections.abc import Iterable

from babel import Locale
from babel.core import get_global, parse_locale

from build_tools.policy.model import Phrase
from build_tools.text.problems import Problem, nearest
from build_tools.text.yaml_file import Document

KEY = "languages"

_EXAMPLE = "cy: [Ysgol y Garn]"
_NO_PART_OF_A_TAG = frozenset(".@_")
"""Characters that Babel would read as part of a locale's name."""


def read_phrases(document: Document, by: str | None = None) -> tuple[tuple[Phrase, ...], list[Problem]]:
    """Return the phrases of a file that have no mistakes, and what is wrong with the others.

    `by` is the federation's name if the file is a federation's, None if it is a school's.
    """
    data = document.data.get(KEY, {})
    if not isinstance(data, dict):
        message = f"{KEY} must have lines with the code of a language and its words, such as {_EXAMPLE}."
        return (), [Problem(document.place((KEY,)), message)]
    problems: list[Problem] = []
    phrases: dict[str, Phrase] = {}
    for tag, said in data.items():
        place = document.place((KEY, tag))
        if not is_language(tag):
            problems.append(Problem(place, f"{KEY}: {tag} is not the code of a language.{_hint(tag)}"))
        if not isinstance(said, list) or not said:
            problems.append(Problem(place, f"{KEY}.{tag}: its words must be a list, such as {_EXAMPLE}."))
            continue
        for index, entry in enumerate(said):
            place = document.place((KEY, tag, index))
            words = " ".join(entry.split()) if isinstance(entry, str) else ""
            if not any(map(str.isalpha, words)):
                problems.append(Problem(place, f"{KEY}.{tag}: each entry of the list must be words."))
            elif words in phrases:
                first = phrases[words].place.line
                message = f'{KEY}.{tag}: "{words}" is here twice; it is also on line {first}.'
                problems.append(Problem(place, f"{message} Keep one of them."))
            else:
                phrases[words] = Phrase(words, tag, by, place)
    return tuple(phrases.values()), problems


def combine_phrases(shared: Iterable[Phrase], own: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """Return the phrases of a federation and of a school in it; for the same words the school's win."""
    said = {phrase.words for phrase in own}
    return (*own, *(phrase for phrase in shared if phrase.words not in said))


def is_language(tag: str) -> bool:
    """Return whether a text is the tag of a language (BCP 47), such as `cy` or `zh-Hant`."""
    try:
        language, place, script, variant, *_ = parse_locale(tag, sep="-")
    except ValueError:
        return False
    names = _names()
    return not set(tag) & _NO_PART_OF_A_TAG and (
        language in names.languages
        and (place is None or place in names.territories)
        and (script is None or script in names.scripts)
        and (variant is None or variant in names.variants)
    )


def usual_language(script: str) -> tuple[str, str]:
    """Return the code and the name of the language that is most often written in a script (ISO 15924).

    It is the likely one of the Unicode Consortium's data; words in the script may still be in another language. A
    script of a language without an English name, as some ancient ones, gets Latin as an example.
    """
    code = get_global("likely_subtags").get(f"und_{script}", "la").partition("_")[0]
    languages = _names().languages
    return (code, languages[code]) if code in languages else ("la", languages["la"])


@functools.lru_cache(maxsize=1)
def _names() -> Locale:
    return Locale("en", "GB")


def _hint(typed: str) -> str:
    """Return a hint: the code of the language that was named, or a similar code."""
    codes = {name.lower(): code.replace("_", "-") for code, name in _names().languages.items()}
    near = nearest(typed.lower(), codes)
    if near:
        return f" Did you mean {codes[near]}?"
    hyphened = typed.replace("_", "-")
    return (
        f" Did you mean {hyphened}?"
        if is_language(hyphened)
        else " Write cy for Welsh, pl for Polish, fr for French; every language has a code (BCP 47)."
    )
