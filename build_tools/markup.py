"""Markdown in and out of our own hands: blocks with identity, and inline text as runs.

A clause's Markdown is parsed by a library with raw HTML, images and code blocks off. Values are
written into it as character references between private-use marks, so that no value can be markup,
and every stretch of text remembers its field.
"""

import dataclasses
import functools
import html
import re
import string
from collections.abc import Iterator

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.model import Run, Text, plain
from build_tools.problems import Place, Problem
from build_tools.source import unwanted

SCHEMES = ("https:", "http:", "mailto:", "tel:")

# A value is FIELD path VALUE text END, a citation CITE id END. `source` refuses these characters in all input.
_FIELD, _VALUE, _CITE, _END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile(f"{_FIELD}(?P<field>[^{_VALUE}]*){_VALUE}|{_CITE}(?P<cite>[^{_END}]*){_END}|(?P<end>{_END})")
_ESCAPES = {ord(character): f"&#{ord(character)};" for character in string.punctuation}
_SPACES = str.maketrans("\t\n", "  ")  # a tab, typed or as a reference, is a space wherever words are shown
_IN_ADDRESS = {ord(character): f"%{ord(character):02X}" for character in "<>\\ "} | {ord("&"): "&amp;"}
# What no address changes and no text holds, to find out where a value would stand.
_STAND_IN = "0value0"
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# What browsers take for HTML, however it goes on (HTML Standard, 13.2.5.6), but for <https://x.example> and <a@b.c>.
_ADDRESS = r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|[^\s<>@]+@[^\s<>@]+>"
_HTML = re.compile(rf"(?<!\\)(?:\\\\)*<(?!{_ADDRESS})(?:/?[A-Za-z]|[!?])")
_ATTRIBUTES = re.compile(r"\s*\{:(?P<inside>[^\n]*)\}\s*$")

_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
    .disable(["image", "html_block", "html_inline", "reference"])
    .enable("smartquotes")  # of the edition's words alone: a value's are character references until this is done
)
# Which addresses may stand is checked below, so that a wrong one is a message and not silently text.
_MARKDOWN.validateLink = bool  # type: ignore[method-assign,assignment]


# --- writing values into Markdown ----------------------------------------------------------------


def escape(value: str) -> str:
    """Return Markdown that shows exactly these characters."""
    return value.translate(_ESCAPES)


def mark_value(field: str, markdown: str) -> str:
    """Return Markdown that remembers which field it shows."""
    return f"{_FIELD}{field}{_VALUE}{markdown}{_END}"


def mark_citation(provision: str) -> str:
    """Return Markdown that becomes the number of a section or clause."""
    return f"{_CITE}{provision}{_END}"


def link(text: str, address: str) -> str:
    """Return a Markdown link; text is Markdown, the address is escaped."""
    return f"[{text}](<{address.translate(_IN_ADDRESS)}>)" if _allowed(address) else text


def _allowed(address: str) -> bool:
    return address.lower().startswith(SCHEMES)


# --- inline text ---------------------------------------------------------------------------------


@functools.lru_cache(maxsize=8192)  # most clauses are the same in every school
def parse_inline(markdown: str) -> Text:
    """Return one paragraph of Markdown as runs; a link to anything but `SCHEMES` loses its address."""
    tokens = _MARKDOWN.parseInline(markdown)[0].children or []
    return tuple(_merge(_runs(tokens)))


def inline_mistakes(markdown: str, *, is_note: bool = False) -> Iterator[str]:
    """Yield what is wrong with one paragraph of Markdown; a note to authors may name fields in backquotes."""
    # a value may have no spaces, so {{ … }} can be an address even where its own spaces forbid it
    shown = _JINJA.sub(_STAND_IN, markdown)
    for token in _MARKDOWN.parseInline(shown)[0].children or []:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            if _STAND_IN in address:
                yield "A value stands inside a link's address. Use the link filter."
            elif not _allowed(address):
                yield f"The link to {html.unescape(address)} must begin with https:, http:, mailto: or tel:."
        # a character reference (&#xe000;) brings what the file itself may not hold
        yield from unwanted(token.content)
        if token.type == "code_inline" and (not is_note or _STAND_IN in token.content):
            yield "Backquotes mark the names of fields in notes to authors; a clause has no use for them."
    if re.search(r"!\[[^\]]*\]\(", shown):
        yield "Images have no place in a clause."
    if _HTML.search(shown):
        yield (
            "HTML has no place in a clause. Markdown has **strong**, *emphasis* and [links](https://…)."
            r" The sign itself is written \<."
        )


def has_words(markdown: str) -> bool:
    """Return whether one paragraph of Markdown prints a letter or digit, or a value."""
    return any(map(str.isalnum, plain(parse_inline(_JINJA.sub(_STAND_IN, markdown)))))


def _runs(tokens: list[Token]) -> Iterator[Run]:
    strong = emphasis = 0
    href: str | None = None
    field: str | None = None
    for token in tokens:
        match token.type:
            case "strong_open":
                strong += 1
            case "strong_close":
                strong -= 1
            case "em_open":
                emphasis += 1
            case "em_close":
                emphasis -= 1
            case "link_open":
                address = str(token.attrs["href"])
                href = address if _allowed(address) else None
            case "link_close":
                href = None
            case _:
                text = " " if token.type in ("softbreak", "hardbreak") else token.content.translate(_SPACES)
                at = 0
                look = Run("", strong > 0, emphasis > 0, token.type == "code_inline", href)
                for match in _MARKS.finditer(text):
                    yield dataclasses.replace(look, text=text[at : match.start()], field=field)
                    at = match.end()
                    if match["cite"] is not None:
                        yield dataclasses.replace(look, target=match["cite"])
                    else:
                        field = match["field"]
                yield dataclasses.replace(look, text=text[at:], field=field)


def _merge(runs: Iterator[Run]) -> Iterator[Run]:
    """Join neighbours that differ in nothing but their words, and drop empty ones."""
    held: Run | None = None
    for run in runs:
        if not run.text and run.target is None:
            continue
        if held and run.target is None and held.target is None and dataclasses.replace(held, text=run.text) == run:
            held = dataclasses.replace(held, text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


# --- blocks --------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A heading, a clause (a paragraph or list item) or a note to authors, as it stands in a file."""

    kind: str
    """`heading`, `clause` or `guidance`."""
    text: str
    """Its own Markdown, without the attribute list."""
    level: int
    """Of a heading, 1 to 6; otherwise 0."""
    attributes: tuple[tuple[str, str], ...]
    """In order: ("id", x), (".", class) and (name, value)."""
    children: tuple["Block", ...]
    place: Place
    is_item: bool = False
    """Whether a clause is a list item rather than a paragraph."""

    def attribute(self, name: str) -> str | None:
        """Return the value of an attribute, None if it is not there."""
        return dict(self.attributes).get(name)


def parse_blocks(text: str, file: str, first_line: int = 1) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the blocks of a Markdown text and what is wrong with its structure.

    `first_line` is the line of the file on which the text begins.
    """
    reader = _BlockReader(_MARKDOWN.parse(text), file, first_line)
    return tuple(reader.blocks()), reader.problems


_UNWANTED = {
    "fence": "Code has no place here.",
    "code_block": "This line is indented, but no list item stands above it to hold it.",
    "hr": "A rule has no place here.",
}


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
                    yield self._leaf("heading", token, int(token.tag[1:]))
                case "paragraph_open":
                    yield self._leaf("clause", token, 0)
                case "bullet_list_open" | "ordered_list_open":
                    if token.type == "ordered_list_open":
                        self._problem(token, "Numbers are given by the program. Begin each item with a hyphen.")
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
                self._problem(token, "A list item begins with the clause's own words.")
                continue
            nested = []
            for part in parts[1:]:
                if part.kind != "clause":
                    self._problem_at(part.place, "Headings and guidance stand outside lists.")
                elif not part.is_item:
                    self._problem_at(
                        part.place,
                        "A list item has one paragraph, and none after a nested list. Make this an item of its own.",
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
        yield Block("guidance", text.removeprefix("Guidance:").strip(), 0, (), (), self._place(token))

    def _split(self, content: str, token: Token) -> tuple[str, tuple[tuple[str, str], ...]]:
        match = _ATTRIBUTES.search(content)
        if match is None:
            if "{:" in content:
                self._problem(token, "The attribute list {: … } must close the clause's own text.")
            return content, ()
        attributes, rest = get_attrs_and_remainder(match["inside"].strip())
        if rest.strip():
            self._problem(token, f"The attribute list has something after it that cannot be read: {rest.strip()}")
        return content[: match.start()].rstrip(), tuple((name, value or "") for name, value in attributes)

    def _place(self, token: Token) -> Place:
        line = token.map[0] if token.map else 0
        return Place(self.file, self.first_line + line)

    def _problem(self, token: Token, message: str) -> None:
        self._problem_at(self._place(token), message)

    def _problem_at(self, place: Place, message: str) -> None:
        self.problems.append(Problem(place, message))
