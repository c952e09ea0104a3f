"""A policy in Word's format, as blocks: headings, numbering, tables and text boxes as the author made them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from build_tools.adopting.document import Shape, Spot, TextBlock
from build_tools.adopting.limits import MAX_PARAGRAPHS, TooLong

MAX_UNPACKED = 60_000_000
MAX_PARTS = 3_000
_MOST_ELEMENTS = 10 * MAX_PARAGRAPHS
"""Most documents also have empty paragraphs."""

NOT_WORD = (
    OpcError,
    PythonDocxError,
    etree.LxmlError,
    zipfile.BadZipFile,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""The exceptions of python-docx and its libraries for a file that is not a valid Word document."""

_HEADING_STYLE = re.compile(r"heading\s*(?P<level>[1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|bullet", re.IGNORECASE)
_LIST_LEVEL = re.compile(r"(?P<level>[1-9])\s*$")


def is_too_large(raw: bytes) -> bool:
    """Return whether a file would unpack to more than any policy needs.

    Raises:
        zipfile.BadZipFile: if it is not a zip archive, which every Word document is.
    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    return len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED


def word_blocks(raw: bytes) -> tuple[Iterator[TextBlock], list[str]]:
    """Return the blocks of a Word document, which are read when they are asked for, and its pages' headers and footers.

    Raises:
        TooLong: if it has more paragraphs than any policy has, though they be empty.
        Exception: one of `NOT_WORD`, if it is not a valid Word document.
    """
    document = docx.Document(io.BytesIO(raw))
    furniture = {
        paragraph.text.strip(): None
        for section in document.sections
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer)
        for paragraph in part.paragraphs
    }
    return _blocks(document), [text for text in furniture if text]


def _blocks(document: WordDocument) -> Iterator[TextBlock]:
    for number, element in enumerate(_elements(document), 1):
        if number > _MOST_ELEMENTS:
            raise TooLong(_MOST_ELEMENTS, "paragraphs")
        yield from _block(element, document, number)


def _elements(document: WordDocument) -> Iterator[etree._Element]:
    """Yield the paragraphs and table rows of a document; those in text boxes come after their anchor."""
    for element in document.element.body.iter(qn("w:p"), qn("w:tr")):
        above = {ancestor.tag for ancestor in element.iterancestors()}
        # Word writes a text box twice, the second time for programs from before 2010
        if "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback" in above:
            continue
        if element.tag == qn("w:tr") or qn("w:tr") not in above:
            yield element


def _block(element: etree._Element, document: WordDocument, number: int) -> Iterator[TextBlock]:
    spot = Spot(number, "paragraph")
    if element.tag == qn("w:tr"):
        cells = [_words_of_cell(cell, document) for cell in element.iterchildren(qn("w:tc"))]
        if any(cells):
            yield TextBlock("\t".join(cells), Shape.ROW, spot)
        return
    paragraph = Paragraph(element, document._body)  # noqa: SLF001 - python-docx has no other access to text boxes
    text = _words(paragraph)
    if not text:
        return
    style = str(paragraph.style.name) if paragraph.style is not None else ""
    if style.lower().startswith("toc"):
        return
    is_strong = _is_strong(paragraph)
    level, depth = _heading_level(paragraph, style), _list_depth(paragraph, style)
    shape = Shape.HEADING if level else Shape.ITEM if depth else Shape.PARAGRAPH
    yield TextBlock(text, shape, spot, level or depth, is_strong)


def _words(paragraph: Paragraph) -> str:
    """Return the words of a paragraph, including links and tracked insertions, without its text boxes."""
    found = []
    for node in paragraph._element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):  # noqa: SLF001 - as above
        inside = next(node.iterancestors(qn("w:p")), None)
        if inside is not paragraph._element:  # noqa: SLF001 - as above
            continue
        found.append({qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}.get(node.tag, node.text or ""))
    return "".join(found).strip()


def _words_of_cell(cell: etree._Element, document: WordDocument) -> str:
    paragraphs = (Paragraph(element, document._body) for element in cell.iter(qn("w:p")))  # noqa: SLF001 - as above
    return "\n".join(words for paragraph in paragraphs if (words := _words(paragraph)))


def _heading_level(paragraph: Paragraph, style: str) -> int:
    if style.lower() == "title":
        return 1
    if named := _HEADING_STYLE.search(style):
        return int(named["level"])
    outline = paragraph._element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")  # noqa: SLF001 - python-docx does not provide it
    level = int(outline.get(qn("w:val"), "9")) if outline is not None else 9
    return level + 1 if level < 9 else 0  # noqa: PLR2004 - ECMA-376: level 9 is ordinary text


def _list_depth(paragraph: Paragraph, style: str) -> int:
    # python-docx does not provide numbering
    numbering = paragraph._element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")  # noqa: SLF001 - as above
    if numbering is not None:
        identity, level = (numbering.find(qn(name)) for name in ("w:numId", "w:ilvl"))
        is_taken_off = identity is not None and identity.get(qn("w:val")) == "0"
        return 0 if is_taken_off else int(level.get(qn("w:val"), "0") if level is not None else 0) + 1
    if _LIST_STYLE.search(style):
        named = _LIST_LEVEL.search(style)
        return int(named["level"]) if named else 1
    return 0


def _is_strong(paragraph: Paragraph) -> bool:
    runs: list[Run] = [run for run in paragraph.runs if run.text.strip()]
    of_style = paragraph.style is not None and bool(paragraph.style.font.bold)
    return bool(runs) and all(run.bold if run.bold is not None else of_style for run in runs)
