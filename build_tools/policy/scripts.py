"""The scripts of words (Unicode Standard Annex 24): which letters are not Latin, and which run from right to left.

A school may give its name or motto in any script. Outputs mark such words, so that programs that read aloud recognise
them, and they are printed in the right direction in the middle of an English sentence.
"""

import functools
import re
import unicodedata

_OTHERS = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c80-\ud7ff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufefc\U00010000-\U0003ffff]"
)
"""What may be of another script than Latin; `_script` knows exactly."""

_BRACKETS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”"}
_LATIN = "Latn"
_COMMON = "Zyyy"
"""The code of what belongs to no script, such as digits and punctuation."""
_UNKNOWN = "Zzzz"
_INHERITED = "Zinh"
"""The code of marks that belong to the letter before them."""


def has_other_scripts(words: str) -> bool:
    """Return whether a text may have letters that are not Latin; if not, `scripts_of` finds none."""
    return _OTHERS.search(words) is not None


def scripts_of(words: str) -> list[str | None]:
    """Return the script of each character by its ISO 15924 code, None for Latin and for what has no script.

    Spaces, digits and punctuation between letters of one script belong to it. If all letters of a text are of one
    script, so does everything around them.
    """
    if not has_other_scripts(words):
        return [None] * len(words)
    scripts = _scripts(words)
    letters = {*scripts} - {_COMMON}
    found: list[str] = []
    between, last = 0, ""
    for script in scripts:
        if script == _COMMON:
            between += 1
        else:
            found += [script if script == last else _LATIN] * between + [script]
            between, last = 0, script
    found += [_LATIN] * between
    if len(letters) == 1:
        found = [*letters] * len(words)
    else:
        _pair_brackets(words, found)
    return [None if script == _LATIN else script for script in found]


def _pair_brackets(words: str, found: list[str]) -> None:
    """Give both brackets of a pair to the same script, as only one of them would look mirrored."""
    opened: list[int] = []
    for at, sign in enumerate(words):
        if sign in _BRACKETS:
            opened.append(at)
        elif opened and sign == _BRACKETS[words[opened[-1]]]:
            begin = opened.pop()
            if found[begin] != found[at]:
                script, inside = (found[at], begin + 1) if found[begin] == _LATIN else (found[begin], at - 1)
                found[begin] = found[at] = script if found[inside] == script else _LATIN


def _scripts(words: str) -> list[str]:
    found: list[str] = []
    for script in map(_script, words):
        found.append(found[-1] if script == _INHERITED and found else script)
    return found


def is_right_to_left(words: str) -> bool:
    """Return whether words run from right to left: whether their first letter does (Unicode Standard Annex 9, P2)."""
    kinds = (unicodedata.bidirectional(character) for character in words)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


@functools.lru_cache(maxsize=4096)
def _script(character: str) -> str:
    from fontTools import unicodedata as scripts  # noqa: PLC0415 - most policies have only Latin letters

    code: str = scripts.script(character)
    return _COMMON if code == _UNKNOWN else code
