"""A policy in Markdown, as blocks."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.adopting.document import Shape, Spot, TextBlock

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_HEADING = re.compile(r"^#{1,6}\s+\S", re.MULTILINE)
_TAG = re.compile(r"<[^<>]{0,200}>")


def is_markdown(text: str) -> bool:
    """Return whether a text has Markdown headings, regardless of its file's name."""
    return len(_HEADING.findall(text)) > 1


def markdown_blocks(text: str) -> Iterator[TextBlock]:
    """Yield the blocks of a Markdown text."""
    tokens = _MARKDOWN.parse(text)
    lists, number = 0, 1
    heading: int | None = None
    cells: list[str] | None = None
    for token in tokens:
        number = token.map[0] + 1 if token.map else number
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists += 1
            case "bullet_list_close" | "ordered_list_close":
                lists -= 1
            case "heading_open":
                heading = int(token.tag[1:])
            case "tr_open":
                cells = []
            case "tr_close":
                yield TextBlock("\t".join(cells or ()), Shape.ROW, Spot(number))
                cells = None
            case "html_block":
                yield from _paragraph(_TAG.sub(" ", token.content), number)
            case "inline" if cells is not None:
                cells.append(_plain(token.children or ()))
            case "inline":
                shape = Shape.HEADING if heading else Shape.ITEM if lists else Shape.PARAGRAPH
                yield from _inline(token, shape, heading or lists, number)
                heading = None


def _inline(token: Token, shape: Shape, depth: int, number: int) -> Iterator[TextBlock]:
    children = token.children or ()
    text = _plain(children).strip()
    if text:
        yield TextBlock(text, shape, Spot(number), depth, _is_strong(children))


def _paragraph(text: str, number: int) -> Iterator[TextBlock]:
    if text.strip():
        yield TextBlock(text.strip(), Shape.PARAGRAPH, Spot(number))


def _plain(tokens: Sequence[Token]) -> str:
    words = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                words.append("\n")
            case "html_inline":
                words.append("\n" if token.content.lower().startswith("<br") else "")
            case "image":
                pass
            case _:
                words.append(token.content)
    return "".join(words)


def _is_strong(tokens: Sequence[Token]) -> bool:
    """Return whether all words are in bold."""
    depth, found = 0, False
    for token in tokens:
        depth += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        if token.type == "text" and token.content.strip():
            if not depth:
                return False
            found = True
    return found
