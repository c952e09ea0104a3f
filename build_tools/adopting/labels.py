"""The pairs on the first pages of a policy: a label and the value next to it or below it."""

import dataclasses
import re
from collections.abc import Iterator, Sequence

from build_tools.adopting.answer import Evidence
from build_tools.adopting.document import Document, Shape, TextBlock

_LONGEST_LABEL = 90
_LONGEST_VALUE = 400
_MOST_BELOW = 6
_PAIR = re.compile(r"^\s*(?P<label>[^:\t\n]{3,90}?)\s*(?::\s*\t?|\t+|\s[–—-]\s)\s*(?P<value>\S.*)$", re.DOTALL)
_INSIDE = re.compile(
    r"(?P<value>:\s[^:\n]*?)[ \t]+(?=(?:Named|Designated|Deputy|Date|Next review|Review|Policy)\b[^:\n]{2,50}:\s)"
)
"""A value followed by another label, which a program has put on the same line."""
_ONLY_LABEL = re.compile(r"^\s*(?P<label>[^:\t\n]{3,90}?)\s*:\s*$")


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value."""

    label: str
    value: str
    evidence: Evidence
    is_front: bool
    """Whether it is before the first clause."""


def pairs_of(document: Document) -> tuple[Pair, ...]:
    """Return the pairs in a document, those of its front matter first; a value may have several lines."""
    front = len(document.front)
    found = [
        pair
        for at, block in enumerate(document.blocks)
        for pair in _pairs(block, document.blocks[at + 1 : at + 1 + _MOST_BELOW], at < front)
    ]
    return tuple(sorted(found, key=lambda pair: not pair.is_front))


def _pairs(block: TextBlock, after: Sequence[TextBlock], is_front: bool) -> Iterator[Pair]:  # noqa: FBT001 - where it is
    evidence = Evidence(block.spot, block.words)
    found = (
        _of_row(block)
        if block.shape is Shape.ROW
        else [*_of_lines(block, is_front), *_of_below(block, after, is_front)]
    )
    for label, value in found:
        if label and value and len(label) <= _LONGEST_LABEL and len(value) <= _LONGEST_VALUE:
            yield Pair(label, value, evidence, is_front)


def _of_row(block: TextBlock) -> Iterator[tuple[str, str]]:
    """Yield the cells of a row two by two."""
    cells = [cell.strip() for cell in block.text.split("\t")]
    yield from ((label.rstrip(": "), value) for label, value in zip(cells[::2], cells[1::2], strict=False))


def _of_lines(block: TextBlock, is_front: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001 - as above
    """Yield the pairs whose labels begin a block's lines; in the front matter a value may continue below."""
    held: tuple[str, list[str]] | None = None
    text = _INSIDE.sub(r"\g<value>\n", block.text) if is_front else block.text
    for line in text.split("\n"):
        match = _PAIR.match(line)
        if match:
            if held:
                yield held[0], "\n".join(held[1])
            held = (match["label"].strip(), [match["value"].strip()])
        elif held and is_front and line.strip():
            held[1].append(line.strip())
    if held:
        yield held[0], "\n".join(held[1])


def _of_below(block: TextBlock, after: Sequence[TextBlock], is_front: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001 - as above
    """Yield a label on its own line, with the short lines below it."""
    alone = _ONLY_LABEL.match(block.text)
    if is_front and (alone or block.shape is Shape.HEADING):
        yield alone["label"] if alone else block.words, "\n".join(_below(after))


def _below(after: Sequence[TextBlock]) -> Iterator[str]:
    """Yield the lines below a label on its own line, as long as they are short and not labels themselves."""
    for block in after:
        is_value = (
            block.shape is not Shape.HEADING and not _PAIR.match(block.text) and len(block.words) <= _LONGEST_LABEL
        )
        if not is_value or block.words.endswith(":"):
            return
        yield block.text
