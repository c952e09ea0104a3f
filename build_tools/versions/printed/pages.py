"""What a PDF shows on its pages and says by its tags, read with other libraries than wrote it.

PDFium reads what is drawn: the words of each piece of marked content, and everything else, in the order of drawing.
qpdf reads the tags, which put the pieces in their order. Content outside the tags (running headers and footers, page
numbers) is no part of the words.
"""

import ctypes
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.psexceptions import PSException
from pikepdf import Array, Dictionary, Object, Pdf, PdfError

from build_tools.policy.scripts import has_other_scripts
from build_tools.versions.printed.glyphs import words_as_drawn
from build_tools.versions.printed.same_words import squashed

_INLINE = frozenset(("Span", "Link", "Reference", "Em", "Strong", "Code"))
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that run from right to left (Unicode Standard Annex 9)."""
_DEEPEST = 60
"""No policy has tags as deep; those of a damaged file may have no end."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
_Key: TypeAlias = tuple[int, int]
"""A page, from 1, and the number of marked content on it."""


class NotAPdf(Exception):  # noqa: N818 - what is wrong with a file, not with the program
    """The bytes are not a PDF, or a damaged one."""


class Drawn(NamedTuple):
    """One thing on a page."""

    page: int
    """From 1."""
    kind: int
    """PDFium's number for words, a shape, a picture, a shade or a group."""
    box: Box
    words: str
    content: int
    """The number of the marked content that it belongs to; -1 if it belongs to none."""
    is_visible: bool


class Piece(NamedTuple):
    """Words of one element of the tags, on one page."""

    words: str
    page: int
    role: str
    """The role of the element that is read in one breath around them: P, LBody or TH; TD for all in such a cell."""
    block: int
    """The number of that element."""


class Pages(NamedTuple):
    """The pages of a PDF."""

    drawn: tuple[Drawn, ...]
    """Everything on them, in the order of drawing."""
    pieces: tuple[Piece, ...]
    """The words, in the order of the tags."""
    tagged: frozenset[_Key]
    """The marked content that the tags have."""
    sizes: Mapping[int, Box]
    """The visible part of each page."""
    misread: tuple[tuple[int, str], ...]
    """The pages, and the words, where what is read aloud and copied is not what is drawn."""


NOT_PDF = (
    PSException,
    PdfError,
    pypdfium2.PdfiumError,
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
"""The exceptions of the libraries for a file that is not a valid PDF, whose parts they do not check."""


def read_pages(content: bytes) -> Pages:
    """Return what is on the pages of a PDF.

    Raises:
        NotAPdf: if it cannot be read.
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            drawn = [thing for number in range(len(document)) for thing in _drawn(document[number], number + 1)]
            sizes = {number + 1: document[number].get_bbox() for number in range(len(document))}
        with Pdf.open(BytesIO(content)) as pdf:
            tags = _Tags(pdf, _texts(content, drawn))
    except NOT_PDF as error:
        raise NotAPdf(str(error)) from error
    return Pages(tuple(drawn), tuple(tags.pieces), frozenset(tags.seen), sizes, tuple(tags.misread))


# --- what is drawn ----------------------------------------------------------------------------------------------------


def _drawn(page: pypdfium2.PdfPage, number: int) -> Iterator[Drawn]:
    words = page.get_textpage()
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(thing)
        is_text = kind == pdfium.FPDF_PAGEOBJ_TEXT
        yield Drawn(
            number,
            kind,
            _box(thing),
            _words(thing, words) if is_text else "",
            pdfium.FPDFPageObj_GetMarkedContentID(thing),
            _is_visible(thing, is_text=is_text),
        )


def _words(thing: object, page: pypdfium2.PdfTextPage) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(thing, page, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _box(thing: object) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _is_visible(thing: object, *, is_text: bool) -> bool:
    """Return whether something is filled, and not with a transparent colour (ISO 32000-1, 9.3.6 and 11.6.4.4)."""
    if is_text:
        unseen = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
        if pdfium.FPDFTextObj_GetTextRenderMode(thing) in unseen:
            return False
    elif pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_PATH:
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, filled, stroked)
        if filled.value == pdfium.FPDF_FILLMODE_NONE:
            return False
    colour = [ctypes.c_uint() for _ in range(4)]
    return not pdfium.FPDFPageObj_GetFillColor(thing, *colour) or colour[3].value > 0


def _texts(content: bytes, drawn: Sequence[Drawn]) -> Mapping[_Key, str]:
    """Return the words of each piece of marked content."""
    texts: dict[_Key, str] = {}
    for thing in drawn:
        if thing.words and thing.content >= 0:
            key = thing.page, thing.content
            texts[key] = texts.get(key, "") + thing.words
    return words_as_drawn(content) if any(_LEFTWARDS.search(words) for words in texts.values()) else texts


# --- the tags ---------------------------------------------------------------------------------------------------------


class _Tags:
    """Goes through the tags of a PDF once, in their order."""

    def __init__(self, pdf: Pdf, texts: Mapping[_Key, str]) -> None:
        self.pieces: list[Piece] = []
        self.seen: set[_Key] = set()
        self.misread: list[tuple[int, str]] = []
        self._blocks = 0
        self._texts = texts
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        root = pdf.Root.get("/StructTreeRoot")
        if root is not None:
            self._walk(root, 0, "", 0)

    def _walk(self, element: Object, page: int, role: str, depth: int) -> None:
        if depth > _DEEPEST:
            raise ValueError("The tags are too deep")
        page = self._pages.get(element.Pg.objgen, page) if "/Pg" in element else page
        own = str(element.get("/S", ""))[1:]
        if own not in _INLINE:
            self._blocks += 1
            role = "TD" if "TD" in (role, own) else own
        block, begin = self._blocks, len(self.pieces)
        kids = element.get("/K", ())
        for kid in kids if isinstance(kids, Array | tuple) else (kids,):
            if not isinstance(kid, Object):
                self._add((page, int(str(kid))), role, block)
            elif isinstance(kid, Dictionary) and kid.get("/Type") == "/MCR":
                self._add((self._pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)), role, block)
            elif isinstance(kid, Dictionary) and kid.get("/Type") != "/OBJR":
                self._walk(kid, page, role, depth + 1)
                if str(kid.get("/S", ""))[1:] not in _INLINE:
                    self._blocks += 1
                    block = self._blocks
        if "/ActualText" in element:
            self._say(str(element.ActualText), begin, page, role, block)

    def _add(self, key: _Key, role: str, block: int) -> None:
        if key in self.seen:
            raise ValueError("Words are in the tags twice")
        self.seen.add(key)
        if key in self._texts:
            self.pieces.append(Piece(self._texts[key], key[0], role, block))

    def _say(self, words: str, begin: int, page: int, role: str, block: int) -> None:
        """Put the words that an element is said to have in place of the glyphs that it draws.

        Glyphs of other scripts are not their letters in order, so only the Latin letters and the digits are compared.
        """
        drawn = "".join(piece.words for piece in self.pieces[begin:])
        if _latin(words) != _latin(drawn) or (not has_other_scripts(words) and squashed(words) != squashed(drawn)):
            self.misread.append((page, words))
            return
        at = self.pieces[begin].page if begin < len(self.pieces) else page
        self.pieces[begin:] = [Piece(words, at, role, block)]


def _latin(words: str) -> list[str]:
    return sorted(letter for letter in words if letter.isascii() and letter.isalnum())
