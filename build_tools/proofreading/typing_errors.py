"""Typing errors in a text: repeated words and full stops, brackets and quotation marks without a partner.

The rules are deliberately narrow: a missed error is only one error, but a false alarm costs trust in all the others.
"""

import re
from collections.abc import Iterator, Sequence

from build_tools.text.problems import Finding, Severity

_WORD_TWICE = re.compile(r"(?<![\w'’-])([A-Za-z]+)\s+([a-z]+)(?![\w'’-])")
NEVER_TWICE = frozenset((
    "a", "an", "and", "at", "be", "by", "for", "from", "may", "must", "of", "or", "our", "shall", "the", "their",
    "they", "this", "to", "we", "will", "with", "your",
))  # fmt: skip
"""Words that are certainly wrong twice in a row."""
_NAMES = frozenset(("May", "Will"))
# "what he had had", "gave her her coat", "log on on Monday", "bye bye"
_RIGHTLY_TWICE = frozenset((
    "aye", "bye", "do", "had", "hear", "her", "in", "is", "it", "no", "on", "out", "so", "that", "there", "very",
    "well",
))  # fmt: skip
_STOP_TWICE = re.compile(r"(?<!\.)\.\.(?!\.)|,,|;;|,\.|;\.")
_OPENING = {")": "(", "]": "["}
_BRACKET = re.compile(r"[()\[\]]")
_CURLY = re.compile("[“”]")
# "a) …" is a list letter, and a smiley is not a bracket
_NO_BRACKET = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|[:;]-?[()]")
_QUOTED = re.compile(r"“[^”]{0,500}”|‘[^’]{0,500}’(?!\w)|(?<!\d)\"[^\"]{0,500}\"")
_INCHES = re.compile(r"\d\"")


def find_slips(text: str) -> Iterator[Finding]:
    """Yield the typing errors in a text."""
    yield from _words(text)
    for match in _STOP_TWICE.finditer(text):
        yield Finding(*match.span(), f'"{match[0]}" has a punctuation mark too many.')
    yield from find_unpaired(text)


def find_unpaired(text: str) -> Iterator[Finding]:
    """Yield the brackets and quotation marks of a text that have no match."""
    for at in _lone_brackets(text):
        yield Finding(at, at + 1, f"The bracket {text[at]} has no match. Add the other one, or delete it.")
    for at in _lone_quotation_marks(text):
        message = f"The quotation mark {text[at]} has no match. Add the other one, or delete it."
        yield Finding(at, at + 1, message, Severity.WARNING)


def without_quotations(text: str) -> str:
    """Return a text of the same length, with everything in quotation marks blotted out, as others' words."""
    return _QUOTED.sub(lambda match: "0" * len(match[0]), text)


def _words(text: str) -> Iterator[Finding]:
    at = 0
    while match := _WORD_TWICE.search(text, at):
        # the second word may be the first of the next two
        at = match.start(2)
        word = match[2]
        # "Mrs May may", "Will will"
        if match[1].lower() == word and word not in _RIGHTLY_TWICE and match[1] not in _NAMES:
            severity = Severity.MISTAKE if word in NEVER_TWICE else Severity.WARNING
            yield Finding(*match.span(), f'"{match[0]}" is the same word twice. Delete one.', severity)


def _lone_brackets(text: str) -> Sequence[int]:
    """Return the positions of brackets that are opened and not closed, or closed and not opened."""
    text = _NO_BRACKET.sub(lambda match: " " * len(match[0]), text)
    opened: list[int] = []
    lone: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in _OPENING.values():
            opened.append(match.start())
        elif opened and text[opened[-1]] == _OPENING[match[0]]:
            opened.pop()
        else:
            lone.append(match.start())
    return [*lone, *opened]


def _lone_quotation_marks(text: str) -> Iterator[int]:
    """Yield the positions of double quotation marks without a partner; single ones look like apostrophes."""
    opened: list[int] = []
    for match in _CURLY.finditer(text):
        if match[0] == "“":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            yield match.start()
    yield from opened
    straight = [match.start() for match in re.finditer('"', text)]
    if len(straight) % 2 and not _INCHES.search(text):
        yield straight[-1]
