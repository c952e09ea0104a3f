"""A school's existing policy, as headings and passages in reading order."""

import dataclasses
import enum
import re
from collections.abc import Iterable, Iterator


class Shape(enum.StrEnum):
    """The appearance of a block on the page."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ROW = "row"
    """A row of a table, with tabs between its cells."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """A place in the file, as a person would look for it."""

    number: int
    """Counted from 1; on its page, if there are pages."""
    unit: str = "line"
    """`line` or, in a file without fixed lines, `paragraph`."""
    page: int | None = None

    def __str__(self) -> str:
        return f"{self.unit} {self.number}" if self.page is None else f"page {self.page}, {self.unit} {self.number}"


@dataclasses.dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, paragraph, list item or row of a table."""

    text: str
    """Plain words. Line breaks that the author typed are kept, but not those of the page layout."""
    shape: Shape
    spot: Spot
    depth: int = 0
    """For a heading, its level from 1; for a list item, the number of lists around it."""
    is_strong: bool = False
    """Whether all of it is in bold."""

    @property
    def words(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A policy as in its file, without headers and footers."""

    file: str
    blocks: tuple[TextBlock, ...]
    furniture: tuple[str, ...] = ()
    """The headers and footers of the pages, each once: a motto, a name."""

    @property
    def front(self) -> tuple[TextBlock, ...]:
        """The blocks before the first clause: title, names and dates."""
        first = self.blocks[:_FRONT_AT_MOST]
        heading = (at for at, block in enumerate(first) if _begins_policy(block))
        text = (at for at, block in enumerate(first) if len(block.words.split()) >= _LONG)
        return self.blocks[: next(heading, next(text, 0))]


_FRONT_AT_MOST = 60
_LONG = 25
_FIRST_SECTION = re.compile(
    r"\W*(1\b|section 1\b|introduction|aims?\b|policy aims|purpose|scope|overview)", re.IGNORECASE
)


def _begins_policy(block: TextBlock) -> bool:
    return block.shape is Shape.HEADING and _FIRST_SECTION.match(block.words) is not None


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """One or two sentences that may be a clause, with the headings and the lead-in above."""

    index: int
    block: int
    """The index of its block in the document."""
    text: str
    shape: Shape
    spot: Spot
    headings: tuple[str, ...] = ()
    """The headings above it, the highest first."""
    lead_in: str = ""
    """The words that introduce its list: "The school will:"."""


_SENTENCE = re.compile(r"(?<=[.;!?])[\s]+(?=[A-Z“\"'‘(\[]|[a-z]+\b[^.;]{25})|\n+")
_NUMBERING = re.compile(
    r"^\s*(?:section\s+)?(?:\(?\d{1,2}(?:\.\d{1,2})*[.):]?|\(?[a-z][.)]|[ivx]{1,5}[.)])\s+", re.IGNORECASE
)
_LONGEST_BLOCK = 5_000
_LONGEST_ABOVE = 500
"""The part of a heading or lead-in that says what is below it."""
_LEAST_WORDS = 4
_LEAST_IN_FRONT = 9


def without_number(text: str) -> str:
    """Return words without the number or letter before them."""
    bare = _NUMBERING.sub("", text)
    return bare if bare.strip() else text


def in_pieces(block: TextBlock) -> Iterator[TextBlock]:
    """Yield a block, in pieces if it is longer than any paragraph, so that nothing has to search pages of words.

    Each piece ends with a line, a sentence or a word if there is one in its second half.
    """
    text = block.text
    while len(text) > _LONGEST_BLOCK:
        half = _LONGEST_BLOCK // 2
        ends = (text.rfind(mark, half, _LONGEST_BLOCK) for mark in ("\n", ". ", " "))
        end = next((at + 1 for at in ends if at >= 0), _LONGEST_BLOCK)
        yield dataclasses.replace(block, text=text[:end])
        text = text[end:]
    yield dataclasses.replace(block, text=text) if text != block.text else block


def passages(document: Document) -> tuple[Passage, ...]:
    """Return the possible clauses in reading order: blocks split into sentences, each with the headings above it.

    From the front matter, only whole sentences are included.
    """
    front = len(document.front)
    found = (
        passage
        for passage in _passages(document.blocks)
        if passage.block >= front or len(passage.text.split()) >= _LEAST_IN_FRONT
    )
    return tuple(dataclasses.replace(passage, index=index) for index, passage in enumerate(found))


def _passages(blocks: Iterable[TextBlock]) -> Iterator[Passage]:
    headings: list[tuple[int, str]] = []
    leads: list[tuple[int, str]] = []
    for at, block in enumerate(blocks):
        words = without_number(block.words)
        title = words[:_LONGEST_ABOVE]
        if block.shape is Shape.HEADING:
            headings = [(depth, name) for depth, name in headings if depth < block.depth]
            if words.endswith(":"):
                # "The leadership team will:" is a heading that is also the lead-in of the clauses below it
                yield Passage(0, at, words, block.shape, block.spot, tuple(name for _, name in headings))
            headings.append((block.depth, title))
            leads = [(-1, title)] if words.endswith(":") else []
            continue
        depth = block.depth if block.shape is Shape.ITEM else 0
        if block.shape is not Shape.ITEM:
            leads = []
        above = [(level, lead) for level, lead in leads if level < depth]
        lead_in = above[-1][1] if above else ""
        for part in _sentences(without_number(block.text)):
            yield Passage(0, at, part, block.shape, block.spot, tuple(name for _, name in headings), lead_in)
        leads = [*above, (depth if block.shape is Shape.ITEM else -1, title)] if words.endswith(":") else above


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; a part that is too short is joined to the one before it."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        words = " ".join(part.split())
        if found and len(words.split()) < _LEAST_WORDS:
            found[-1] += f" {words}"
        elif words:
            found.append(words)
    return found
