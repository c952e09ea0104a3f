"""The language of parts of a document that WeasyPrint lays out, and what its glyphs mean."""

import functools
import re
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Pdf
from weasyprint import Document
from weasyprint.formatting_structure.boxes import TextBox

from build_tools.outputs.pdf.notes import note
from build_tools.project import find_template

_TYPEFACE = "+Policy-Sans"
"""How WeasyPrint names the fonts of the text, before the style."""

_NOTHING = b"<200b>"
"""What a glyph means that is only a part of a letter, as each must mean something: a space without width."""


def note_languages(document: Document) -> None:
    """Note the language of each span that has one, in a document that is laid out but not yet written."""
    for page in document.pages:
        boxes = page._page_box.descendants()  # noqa: SLF001 - the only access to the boxes of a page
        spans = [box for box in boxes if box.element_tag == "span" and "lang" in box.element.attrib]
        # a span inside a link, which is active as a whole, would become a second active area
        page.links = [link for link in page.links if link[-1] not in spans]
        for box in spans:
            words = "".join(part.text for part in box.descendants() if isinstance(part, TextBox))
            page.links.append(("external", note(box.element.attrib["lang"], words), (0, 0, 0, 0), box))


def complete_glyphs(pdf: Pdf, templates: tuple[Path, ...]) -> None:
    """Correct what glyphs mean (PDF/UA-1, 7.21.7): WeasyPrint gives each the meaning that it has first.

    Of several glyphs that make one letter, only one has a meaning. A bracket means its mirror image if it is first
    among words from right to left.
    """
    for found in pdf.objects:
        if isinstance(found, Dictionary) and "/ToUnicode" in found:
            meanings = found.ToUnicode.read_bytes()
            complete = meanings.replace(b"<>", _NOTHING)
            _, is_text, style = str(found.BaseFont).partition(_TYPEFACE)
            if is_text:
                for glyph, bracket in _brackets(templates, style.replace("-", "") or "Regular"):
                    complete = re.sub(rb"(?mi)^(<%04x>) <.*>$" % glyph, rb"\1 <%04x>" % ord(bracket), complete)
            if complete != meanings:
                found.ToUnicode.write(complete)


@functools.lru_cache(maxsize=8)
def _brackets(templates: tuple[Path, ...], style: str) -> tuple[tuple[int, str], ...]:
    """Return the glyphs of the text's typeface that are mirrored among words from right to left, each with its sign."""
    with TTFont(find_template(templates, f"fonts/SourceSans3-{style}.ttf"), lazy=True) as font:
        names = font.getBestCmap().items()
        return tuple((font.getGlyphID(name), chr(point)) for point, name in names if unicodedata.mirrored(chr(point)))
