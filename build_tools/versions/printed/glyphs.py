"""What the glyphs of a PDF mean, in the order in which they are drawn, as pdfminer reads them.

PDFium turns every line with letters from right to left round, also the words of other scripts in it. pdfminer leaves
all as it is drawn, but takes ten times as long, so only such files are read with it.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser


def words_as_drawn(content: bytes) -> Mapping[tuple[int, int], str]:
    """Return the words of each piece of marked content, by its page, from 1, and its number."""
    resources = PDFResourceManager()
    device = _Words(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(content)))), 1):
        device.page = number
        interpreter.process_page(page)
    return device.words


class _Words(PDFDevice):
    """Notes the words that are drawn."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = 0
        self.words: dict[tuple[int, int], str] = {}
        self._marks: list[Any] = []

    def begin_tag(self, tag: object, props: Any = None) -> None:  # noqa: ARG002, ANN401 - as pdfminer calls it
        """Note that marked content begins."""
        self._marks.append(props.get("MCID") if isinstance(props, dict) else None)

    def end_tag(self) -> None:
        """Note that it ends."""
        self._marks.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: object, graphicstate: object) -> None:  # noqa: ARG002, ANN401
        """Note the meaning of each glyph of a line."""
        number = next((mark for mark in reversed(self._marks) if mark is not None), None)
        if number is not None:
            font = textstate.font
            codes = (code for part in seq if isinstance(part, bytes) for code in font.decode(part))
            key = self.page, number
            self.words[key] = self.words.get(key, "") + "".join(_meaning(font, code) for code in codes)


def _meaning(font: Any, code: int) -> str:  # noqa: ANN401 - a font of pdfminer
    try:
        return str(font.to_unichr(code))
    except PDFUnicodeNotDefined:
        return ""
