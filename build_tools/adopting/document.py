"""A policy that some school wrote in some program, as headings and passages in reading order."""

import dataclasses
import enum
import re
from collections.abc import Iterable, Iterator


class Shape(enum.StrEnum):
    """What a block looks like on the page."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ROW = "row"
    """A row of a table, its cells parted by tabs."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in the file, as a person would look for it."""

    number: int
    """Counted from 1; on its page, where there are pages."""
    unit: str = "line"
    """`line` or, in a file without fixed lines, `paragraph`."""
    page: int | None = None

    def __str__(self) -> str:
        return f"{self.unit} {self.number}" if self.page is None else f"page {self.page}, {self.unit} {self.number}"


@dataclasses.dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, paragraph, list item or row of a table."""

    text: str
    """Plain words. A line break that the author typed is kept, one that the page forced is not."""
    shape: Shape
    spot: Spot
    depth: int = 0
    """Of a heading, 1 for the highest; of a list item, how many lists it stands in."""
    is_strong: bool = False
    """Whether all of it is in bold."""

    @property
    def words(self) -> str:
        """The text in one line."""
        return " ".join(self.text.split())


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A policy as its file has it, without what every page repeats."""

    file: str
    blocks: tuple[TextBlock, ...]
    furniture: tuple[str, ...] = ()
    """What stood at the head or foot of the pages, each once: a motto, a name."""

    @property
    def front(self) -> tuple[TextBlock, ...]:
        """What stands before the first clause: title, names and dates."""
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
    """A sentence or two that may be a clause, with the headings and the lead-in that it stands under."""

    index: int
    block: int
    """Which block of the document it is part of."""
    text: str
    shape: Shape
    spot: Spot
    headings: tuple[str, ...] = ()
    """The headings above it, the highest first."""
    lead_in: str = ""
    """What introduces the list that it stands in: "The school will:"."""


_SENTENCE = re.compile(r"(?<=[.;!?])[\s]+(?=[A-Z“\"'‘(\[]|[a-z]+\b[^.;]{25,})|\n+")
_NUMBERING = re.compile(
    r"^\s*(?:section\s+)?(?:\(?\d{1,2}(?:\.\d{1,2})*[.):]?|\(?[a-z][.)]|[ivx]{1,5}[.)])\s+", re.IGNORECASE
)
_LEAST_WORDS = 4
_LEAST_IN_FRONT = 9


def without_number(text: str) -> str:
    """Return words without the number or letter that stands before them."""
    bare = _NUMBERING.sub("", text)
    return bare if bare.strip() else text


def passages(document: Document) -> tuple[Passage, ...]:
    """Return what may be clauses, in reading order: blocks cut into sentences, each with what it stands under.

    Of the front only whole sentences may be some.
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
        if block.shape is Shape.HEADING:
            headings = [(depth, title) for depth, title in headings if depth < block.depth]
            if words.endswith(":"):
                # "The leadership team will:" is a heading that is also the lead-in of the clauses below it
                yield Passage(0, at, words, block.shape, block.spot, tuple(title for _, title in headings))
            headings.append((block.depth, words))
            leads = [(-1, words)] if words.endswith(":") else []
            continue
        depth = block.depth if block.shape is Shape.ITEM else 0
        if block.shape is not Shape.ITEM:
            leads = []
        above = [(level, lead) for level, lead in leads if level < depth]
        lead_in = above[-1][1] if above else ""
        for part in _sentences(without_number(block.text)):
            yield Passage(0, at, part, block.shape, block.spot, tuple(title for _, title in headings), lead_in)
        leads = [*above, (depth if block.shape is Shape.ITEM else -1, words)] if words.endswith(":") else above


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text; what is too short to be one stays with the one before it."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        words = " ".join(part.split())
        if found and len(words.split()) < _LEAST_WORDS:
            found[-1] += f" {words}"
        elif words:
            found.append(words)
    return found
