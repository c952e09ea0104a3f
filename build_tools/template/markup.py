"""Inline Markdown as runs, and values written into it.

A library parses a clause's Markdown, with raw HTML, images and code blocks switched off. Values are written into it as
character references between private-use marks, so that no value can be markup, and every stretch of text keeps its
field.
"""

import functools
import html
import re
import string
from collections.abc import Iterator

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from build_tools.policy.model import Run, Text, plain
from build_tools.text.source import unwanted

SCHEMES = ("https:", "http:", "mailto:", "tel:")

# A value is FIELD path VALUE text END, a citation CITE id END. `source` refuses these characters in all input.
_FIELD, _VALUE, _CITE, _END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile(f"{_FIELD}(?P<field>[^{_VALUE}]*){_VALUE}|{_CITE}(?P<cite>[^{_END}]*){_END}|(?P<end>{_END})")
_ESCAPES = {ord(character): f"&#{ord(character)};" for character in string.punctuation}
_SPACES = str.maketrans("\t\n", "  ")  # a tab, typed or as a reference, is shown as a space
_IN_ADDRESS = {ord(character): f"%{ord(character):02X}" for character in "<>\\ "} | {ord("&"): "&amp;"}
# Characters that addresses keep and texts do not contain, to find out where a value would be.
_STAND_IN = "0value0"
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
"""A value or a condition in a text."""
# What browsers read as HTML, whatever follows (HTML Standard, 13.2.5.6), except <https://x.example> and <a@b.c>.
_ADDRESS = r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|[^\s<>@]+@[^\s<>@]+>"
_HTML = re.compile(rf"(?<!\\)(?:\\\\)*<(?!{_ADDRESS})(?:/?[A-Za-z]|[!?])")

MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
    .disable(["image", "html_block", "html_inline", "reference"])
    .enable("smartquotes")  # only for the edition's words: values are still character references at this point
)
"""The parser for all Markdown."""
# Addresses are checked below, so that a wrong one gets a message instead of silently becoming text.
MARKDOWN.validateLink = bool  # type: ignore[method-assign,assignment]


# --- writing values into Markdown ----------------------------------------------------------------


def escape(value: str) -> str:
    """Return Markdown that shows exactly these characters."""
    return value.translate(_ESCAPES)


def mark_value(field: str, markdown: str) -> str:
    """Return Markdown that is marked with the field that it shows."""
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
    """Return one paragraph of Markdown as runs; a link whose scheme is not in `SCHEMES` loses its address."""
    tokens = MARKDOWN.parseInline(markdown)[0].children or []
    return tuple(_merge(_runs(tokens)))


def inline_mistakes(markdown: str, *, is_note: bool = False) -> Iterator[str]:
    """Yield what is wrong with one paragraph of Markdown; a note to authors may name fields in backquotes."""
    # a value may have no spaces, so {{ … }} can be an address, although it has spaces itself
    shown = JINJA.sub(_STAND_IN, markdown)
    for token in MARKDOWN.parseInline(shown)[0].children or []:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            if _STAND_IN in address:
                yield "A field cannot be inside a link's address. Use the link filter."
            elif not _allowed(address):
                yield f"The link to {html.unescape(address)} must begin with https:, http:, mailto: or tel:."
        # a character reference (&#xe000;) can bring in a character that the file may not contain
        yield from unwanted(token.content)
        if token.type == "code_inline" and (not is_note or _STAND_IN in token.content):
            yield "Backquotes mark the names of fields in notes to authors; delete them from this clause."
    if re.search(r"!\[[^\]]*\]\(", shown):
        yield "Images are not allowed in a clause. Delete it."
    if _HTML.search(shown):
        yield (
            "HTML is not allowed in a clause. Use **strong**, *emphasis* and [links](https://…)."
            r" For the sign itself, write \<."
        )


def has_words(markdown: str) -> bool:
    """Return whether one paragraph of Markdown prints a letter or digit, or a value."""
    return any(map(str.isalnum, plain(parse_inline(JINJA.sub(_STAND_IN, markdown)))))


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
                    yield msgspec.structs.replace(look, text=text[at : match.start()], field=field)
                    at = match.end()
                    if match["cite"] is not None:
                        yield msgspec.structs.replace(look, target=match["cite"])
                    else:
                        field = match["field"]
                yield msgspec.structs.replace(look, text=text[at:], field=field)


def _merge(runs: Iterator[Run]) -> Iterator[Run]:
    """Join neighbouring runs that differ only in their words, and drop empty ones."""
    held: Run | None = None
    for run in runs:
        if not run.text and run.target is None:
            continue
        if held and run.target is None and held.target is None and msgspec.structs.replace(held, text=run.text) == run:
            held = msgspec.structs.replace(held, text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held
