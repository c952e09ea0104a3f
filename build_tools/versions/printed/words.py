"""A ratified PDF is held against the policy.json next to it, by its words.

Strictly, letter by letter: the sections, from the first heading to the last clause, with every number and reason.
Nothing may be missing, changed, added or out of order among them. Spaces, hyphens and the forms of letters may differ,
because layouts and readers treat them differently. So may punctuation, if the policy has words in another script than
Latin: next to words from right to left, signs are drawn in another order, and some have no meaning in the file.

Around the sections (cover, key facts, contents, table of law) a layout, perhaps that of a later program or a council's
own, may print words that policy.json does not know: labels, headings, an address. So only this is held against it: the
school's name, the title and the date of ratification must be there; every number and capitalised word in a cell of a
table must be in policy.json; and nothing but the table of law may follow the last clause. Other words added to the
cover, the key facts and the contents are not found here.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from build_tools.policy.commencement import on_day
from build_tools.policy.model import Kind, Node, Policy, plain
from build_tools.policy.scripts import has_other_scripts
from build_tools.policy.sources import LAW_LEAD, LAW_TITLE
from build_tools.policy.tree import is_printed
from build_tools.text.dates import first_day, is_date, long_date
from build_tools.text.times import is_time, spoken_time
from build_tools.versions.printed.long_text import LongText, Reduce, differences, shortened
from build_tools.versions.printed.pages import Piece
from build_tools.versions.printed.same_words import letters, squashed

_CELLS = ("TH", "TD")
_KNOWN = ("", letters(LAW_TITLE), letters(LAW_LEAD))
"""What is printed above the table of law."""


def wrong_words(pieces: Sequence[Piece], policy: Policy, data: Mapping[str, Any]) -> Iterator[str]:
    """Yield, in a sentence each, where the words of a PDF are not those of a version.

    `policy` is the one in `data`, which has the decision in the form of `freezing.decided`.
    """
    said = on_day(policy, first_day(data["record"]["ratified"]))
    expected = [part for section in said.sections for part in _said(section)]
    reduce = letters if any(has_other_scripts(words) for words, _ in expected) else squashed
    wanted = LongText(expected, reduce)
    printed = LongText([(piece.words, piece.page) for piece in pieces], reduce)
    before, is_there, after = printed.letters.partition(wanted.letters)
    if not is_there:
        yield from differences(wanted, printed)
        return
    yield from _missing(letters(before + after), policy, data)
    yield from _added_after(pieces, len(after), reduce)
    yield from _unknown_values(pieces, data)


def _said(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the words that are printed for a part and those below it, each with its place in the policy."""
    where = f"clause {node.citation}" if node.kind is Kind.CLAUSE else f"the heading {node.number}".rstrip()
    yield f"{node.number} {plain(node.text)}", where
    if node.is_left_out:
        yield node.reason or "", where
        return
    for child in node.children:
        if is_printed(child):
            yield from _said(child)


# --- around the sections ----------------------------------------------------------------------------------------------


def _missing(around: str, policy: Policy, data: Mapping[str, Any]) -> Iterator[str]:
    ratified = long_date(data["record"]["ratified"])
    for what, words in (("the school’s name", data["school"]), ("the title", policy.title), ("the date", ratified)):
        if letters(words) not in around:
            yield f"Before its first section it does not say {what}: “{words}”."


def _added_after(pieces: Sequence[Piece], count: int, reduce: Reduce) -> Iterator[str]:
    """Yield what follows the last clause and is not in the table of law; `count` is the number of letters there."""
    last: list[Piece] = []
    for piece in reversed(pieces):
        if count <= 0:
            break
        count -= len(reduce(piece.words))
        last.insert(0, piece)
    blocks = itertools.groupby((piece for piece in last if piece.role not in _CELLS), key=lambda piece: piece.block)
    for _, block in blocks:
        lines = list(block)
        words = " ".join(piece.words.strip() for piece in lines)
        if letters(words) not in _KNOWN:
            yield f"Page {lines[0].page}: “{shortened(words)}” follows the last clause, but is not in policy.json."


def _unknown_values(pieces: Sequence[Piece], data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the numbers and the words with a capital letter in tables that are nowhere in policy.json."""
    cells: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.role == "TD":
            cells.setdefault(piece.block, []).append(piece)
    known = {word for text in _texts(data) for word in _parts(text)} if cells else set()
    for cell in cells.values():
        lines = [piece.words for piece in cell]
        unknown = [
            [word for index, word in enumerate(_parts(text)) if _is_value(word, index) and word not in known]
            # a line ends between two words or, if an address is long, inside one
            for text in (" ".join(lines), "".join(lines))
        ]
        if all(unknown):
            yield f"Page {cell[0].page}: “{' '.join(lines)}” has “{unknown[0][0]}”, which is not in policy.json."


def _is_value(word: str, index: int) -> bool:
    return any(letter.isdigit() for letter in word) or (index > 0 and word[0].isupper())


def _parts(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def _texts(data: object) -> Iterator[str]:
    """Yield all texts in JSON values, and the words that are printed for dates and times."""
    if isinstance(data, str):
        yield data
        if is_date(data):
            yield long_date(data)
        elif is_time(data):
            yield spoken_time(data)
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, Sequence):
        for value in data:
            yield from _texts(value)
