"""A policy in PDF, as the lines of its pages."""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from build_tools.adopting.document import Spot
from build_tools.adopting.layout import Line
from build_tools.adopting.limits import TooLong, need_characters
from build_tools.adopting.watching import Watch, unwatched

MAX_PAGES = 250
MAX_CONTENT = 10_000_000
"""The bytes that draw all pages; a page of words has some ten thousand."""

ENCRYPTED = (PDFEncryptionError, PDFPasswordIncorrect)
NOT_PDF = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""The exceptions of pdfplumber and its libraries for a file that is not a valid PDF, whose parts they do not check."""

_EDGE = 0.09
"""The share of a page, at its top and bottom, where headers and footers may be."""

_SELDOM_TWICE = 0.97
_COLUMN, _SPACE = 1.6, 0.16
"""The width of a space between columns, and between words, relative to the font size."""


def pdf_lines(raw: bytes, watch: Watch = unwatched) -> tuple[list[Line], list[Line]]:
    """Return the lines of a PDF in reading order, and separately those at the top and bottom of its pages.

    Raises:
        TooLong: if it has more pages or characters than any policy has.
        Exception: one of `NOT_PDF`, if it is not a valid PDF.
    """
    lines: list[Line] = []
    edges: list[Line] = []
    content = characters = 0
    with pdfplumber.open(io.BytesIO(raw)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise TooLong(MAX_PAGES, "pages")
        for page in pdf.pages:
            watch((page.page_number - 1) / len(pdf.pages))
            content += _length(page)
            if content > MAX_CONTENT:
                raise TooLong(MAX_CONTENT, "bytes of text and drawings")
            characters += len(page.chars)
            need_characters(characters)
            for line, is_edge in _lines(page):
                (edges if is_edge else lines).append(line)
            page.close()
    return lines, edges


def _length(page: Any) -> int:  # noqa: ANN401 - a page of pdfplumber, which has no public type for it
    """Return the number of bytes that draw a page, before it is drawn."""
    streams = (resolve1(content) for content in page.page_obj.contents)
    return sum(len(stream.get_data()) for stream in streams if isinstance(stream, PDFStream))


def _lines(page: Any) -> Iterator[tuple[Line, bool]]:  # noqa: ANN401 - as above
    above: float | None = None
    found = _once(page).extract_text_lines(return_chars=True)
    for number, row in enumerate(found, 1):
        letters = [char for char in row["chars"] if char["text"].strip()]
        if not letters:
            continue
        height = max(row["bottom"] - row["top"], 1.0)
        middle = (row["top"] + row["bottom"]) / 2
        gap = (row["top"] - above) / height if above is not None else 0.0
        yield (
            Line(
                text=_with_tabs(row["chars"]),
                spot=Spot(number, page=page.page_number),
                left=row["x0"],
                right=row["x1"],
                gap=gap,
                size=sorted(char["size"] for char in letters)[len(letters) // 2],
                is_strong=sum(_is_bold(char["fontname"]) for char in letters) > 0.9 * len(letters),
            ),
            middle < page.height * _EDGE or middle > page.height * (1 - _EDGE),
        )
        above = row["bottom"]


def _with_tabs(chars: Sequence[Any]) -> str:
    """Return the words of a line, with a tab for each space that is wide enough to separate columns."""
    words = ""
    before: Any = None
    for char in chars:
        # a ligature is listed once for each of its letters, each time with all of them
        if before and (char["text"], char["x0"]) == (before["text"], before["x0"]):
            continue
        gap = char["x0"] - before["x1"] if before else 0.0
        if gap > _COLUMN * char["size"]:
            words = words.rstrip() + "\t"
        elif gap > _SPACE * char["size"] and not words.endswith(" "):
            words += " "
        words += char["text"]
        before = char
    return words


def _once(page: Any) -> Any:  # noqa: ANN401 - as above
    """Return a page with each letter once: some programs print it twice, slightly offset, for bold."""
    seen = {(char["text"], round(char["x0"] / 2), round(char["top"] / 2)) for char in page.chars}
    return page.dedupe_chars(tolerance=1.5) if len(seen) < len(page.chars) * _SELDOM_TWICE else page


def _is_bold(font: str) -> bool:
    return any(word in font.lower() for word in ("bold", "black", "heavy", "semibold", "demi"))
