"""The content of pages (ISO 32000-1, 14.6): its marked pieces that are visible, and its artifacts."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pikepdf import ContentStreamInlineImage as InlineImage
from pikepdf import ContentStreamInstruction as Instruction
from pikepdf import Dictionary, Name, Operator, Page, String, parse_content_stream, unparse_content_stream

Stream: TypeAlias = list[Instruction | InlineImage]

_PAINTS = {"Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "EI"}


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of content."""

    mcid: int
    """Its number on the page."""
    begin: int
    """The index of its first instruction."""
    paints: bool
    """Whether it is visible."""


class PageContent:
    """What is drawn on one page."""

    def __init__(self, page: Page) -> None:
        """Read the content of a page and find its marked pieces."""
        self._page = page
        self._stream: Stream = parse_content_stream(page)
        self._marks = tuple(_marks(self._stream))

    @property
    def painted(self) -> set[int]:
        """The numbers of the marked pieces that are visible."""
        return {mark.mcid for mark in self._marks if mark.paints}

    def mark_artifacts(self, held: set[int]) -> None:
        """Turn the marked content that is not in the tree into pagination artifacts (ISO 32000-1, 14.8.2.2)."""
        kind = Dictionary(Type=Name.Pagination)
        for mark in self._marks:
            if mark.mcid not in held:
                self._stream[mark.begin] = Instruction([Name.Artifact, kind], Operator("BDC"))

    def mark_words(self, words: Mapping[int, str]) -> None:
        """Write the words of marked content, by its number, next to its glyphs (ISO 32000-1, 14.9.4)."""
        for mark in self._marks:
            if mark.mcid in words:
                self._stream[mark.begin].operands[1]["/ActualText"] = String(words[mark.mcid])

    def write(self) -> None:
        """Write the content into the page."""
        # with a new stream, the old one would remain in memory and be compressed for nothing
        self._page.Contents.write(unparse_content_stream(self._stream))


def _marks(stream: Stream) -> Iterator[Mark]:
    opened: list[tuple[int, int | None, int]] = []
    painted = 0
    for index, instruction in enumerate(stream):
        match str(instruction.operator):
            case "BMC":
                opened.append((index, None, painted))
            case "BDC":
                properties = instruction.operands[1]
                opened.append((index, int(properties["/MCID"]) if "/MCID" in properties else None, painted))
            case "EMC":
                begin, mcid, before = opened.pop()
                if mcid is not None:
                    yield Mark(mcid, begin, painted > before)
            case operator if operator in _PAINTS:
                painted += 1
