"""The blocks of a Markdown text with their ids: headings, clauses, notes to authors.

They are read before any value is known, so that no value can add or hide a block.
"""

import dataclasses
import re
from collections.abc import Iterator

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown_it.token import Token

from build_tools.template.markup import MARKDOWN
from build_tools.text.problems import Place, Problem

_ATTRIBUTES = re.compile(r"\s*\{:(?P<inside>[^\n]*)\}\s*$")
_CURLY = re.compile("[“”‘’]")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_COMMA = re.compile(r"([#.][\w-]+|[\"']),")
_SPACED = re.compile(r"\b(when|each)(?:\s+=\s*|=\s+)(?=[\"'])")
_BARE = re.compile(r"\b(when|each)=([^\s\"'#]+(?:\s+(?![#.\w-]*=|[#.])[^\s\"'#]+)+)")
_LOST_CLAUSE = "A clause is read as part of the guidance above it. Leave a line empty between them."
_UNWANTED = {
    "fence": "Code is not allowed here. Delete it, or indent the line less.",
    "code_block": "This line is indented, but it is not below a list item. Indent it less.",
    "hr": "A horizontal rule is not allowed here. Delete it.",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A heading, a clause (a paragraph or list item) or a note to authors, as it is in a file."""

    kind: str
    """`heading`, `clause` or `guidance`."""
    text: str
    """Its own Markdown, without the attribute list."""
    level: int
    """1 to 6 for a heading; otherwise 0."""
    attributes: tuple[tuple[str, str], ...]
    """In order: ("id", x), (".", class) and (name, value)."""
    children: tuple["Block", ...]
    place: Place
    is_item: bool = False
    """Whether a clause is a list item rather than a paragraph."""

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute, None if it is missing."""
        return dict(self.attributes).get(name)


def parse_blocks(text: str, file: str, first_line: int = 1) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the blocks of a Markdown text and what is wrong with its structure.

    `first_line` is the line of the file on which the text begins.
    """
    reader = _BlockReader(MARKDOWN.parse(text), file, first_line)
    return tuple(reader.blocks()), reader.problems


def _put_right(inside: str) -> tuple[str, str | None]:
    """Return the inside of an attribute list as it was meant, and what is wrong with it; None if nothing is."""
    if quoted := _CURLY.search(inside):
        straight = inside.translate(_STRAIGHT)
        return straight, f'Use straight quotation marks in the attribute list: " instead of {quoted[0]}'
    if inside.count('"') % 2:
        return inside.replace('"', ""), "A quotation mark in the attribute list is not closed."
    if _COMMA.search(inside):
        return _COMMA.sub(r"\1", inside), "The parts of an attribute list are separated by spaces. Delete the comma."
    if _SPACED.search(inside):
        return _SPACED.sub(r"\1=", inside), "Delete the spaces around the equals sign in the attribute list."
    if spread := _BARE.search(inside):
        quoted_value = f'{spread[1]}="{spread[2]}"'
        return _BARE.sub(quoted_value, inside), f"Put quotation marks around what has spaces: {quoted_value}"
    return inside, None


def _why_no_list(after: str) -> str:
    """Return what is wrong with an attribute list that does not end a text; `after` is what follows `{:`."""
    if "}" not in after:
        return "The attribute list is not closed. End it with }"
    inside, _, rest = after.partition("}")
    if "\n" in inside:
        return "Write the whole attribute list on one line."
    return (
        f"The attribute list {{: … }} must be at the end of the clause's own text. Move this before it: {rest.strip()}"
    )


class _BlockReader:
    """Walks the flat tokens of the Markdown library once."""

    def __init__(self, tokens: list[Token], file: str, first_line: int) -> None:
        self.tokens = tokens
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.at = 0

    def blocks(self, until: str | None = None) -> Iterator[Block]:
        while self.at < len(self.tokens) and self.tokens[self.at].type != until:
            token = self.tokens[self.at]
            self.at += 1
            match token.type:
                case "heading_open":
                    if not token.markup.startswith("#"):
                        message = f"The line of {token.markup} makes this paragraph a heading."
                        self._problem(token, f"{message} Leave a line empty above it, or delete it.")
                    yield self._leaf("heading", token, int(token.tag[1:]))
                case "paragraph_open":
                    yield self._leaf("clause", token, 0)
                case "bullet_list_open" | "ordered_list_open":
                    if token.type == "ordered_list_open":
                        self._problem(token, "The program adds the numbers. Begin each item with a hyphen.")
                    yield from self._items()
                case "blockquote_open":
                    yield from self._guidance(token)
                case _:
                    self._problem(token, _UNWANTED[token.type])
        self.at += 1

    def _leaf(self, kind: str, token: Token, level: int) -> Block:
        inline = self.tokens[self.at]
        self.at += 2
        text, attributes = self._split(inline.content, token)
        return Block(kind, text, level, attributes, (), self._place(token))

    def _items(self) -> Iterator[Block]:
        while self.tokens[self.at].type == "list_item_open":
            token = self.tokens[self.at]
            self.at += 1
            parts = list(self.blocks("list_item_close"))
            own = next((part for part in parts if part.kind == "clause"), None)
            if own is None or parts[0] is not own:
                self._problem(token, "A list item must begin with the clause's own words.")
                continue
            nested = []
            for part in parts[1:]:
                if part.kind != "clause":
                    self._problem_at(part.place, "Headings and guidance cannot be in a list. Do not indent them.")
                elif not part.is_item:
                    self._problem_at(
                        part.place,
                        "A list item can have one paragraph, and none after a nested list. Make this a new item.",
                    )
                else:
                    nested.append(part)
            yield dataclasses.replace(own, children=tuple(nested), is_item=True)
        self.at += 1

    def _guidance(self, token: Token) -> Iterator[Block]:
        parts = list(self.blocks("blockquote_close"))
        text = "\n\n".join(part.text for part in parts)
        if any(part.kind != "clause" or part.is_item for part in parts) or not text.startswith("Guidance:"):
            self._problem(
                token, 'A quotation is a note to authors: begin it with "Guidance:" and write plain paragraphs.'
            )
            return
        for part in parts:
            if part.attributes:
                self._problem_at(part.place, _LOST_CLAUSE)
        yield Block("guidance", text.removeprefix("Guidance:").strip(), 0, (), (), self._place(token))

    def _split(self, content: str, token: Token) -> tuple[str, tuple[tuple[str, str], ...]]:
        match = _ATTRIBUTES.search(content)
        if match is None:
            if "{:" in content:
                self._problem(token, _why_no_list(content.rpartition("{:")[2]))
            return content.partition("{:")[0], ()
        inside, wrong = _put_right(match["inside"].strip())
        attributes, rest = get_attrs_and_remainder(inside)
        if wrong or rest.strip():
            self._problem(token, wrong or f"Nothing may follow the attribute list. Delete this: {rest.strip()}")
        return content[: match.start()].rstrip(), tuple((name, value or "") for name, value in attributes)

    def _place(self, token: Token) -> Place:
        line = token.map[0] if token.map else 0
        return Place(self.file, self.first_line + line)

    def _problem(self, token: Token, message: str) -> None:
        self._problem_at(self._place(token), message)

    def _problem_at(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, message))
