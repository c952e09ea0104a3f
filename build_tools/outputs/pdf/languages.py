"""The language of parts of a document (PDF/UA-1, 7.2), which WeasyPrint knows but does not write.

A note of the language goes through WeasyPrint as the address of a link, the only thing that PDF tags can take over from
a box. Before the file is finished, the notes become entries of the tags and the links are removed.
"""

from pikepdf import Array, Object, Page, String
from weasyprint import Document

from build_tools.outputs.pdf.tree import Element

_NOTE = "language:"
"""The beginning of a note, before the tag of the language."""


def note_languages(document: Document) -> None:
    """Note the language of each span that has one, in a document that is laid out but not yet written."""
    for page in document.pages:
        boxes = page._page_box.descendants()  # noqa: SLF001 - the only access to the boxes of a page
        spans = [box for box in boxes if box.element_tag == "span" and "lang" in box.element.attrib]
        # a span inside a link, which is active as a whole, would become a second active area
        page.links = [link for link in page.links if link[-1] not in spans]
        page.links += [("external", _NOTE + box.element.attrib["lang"], (0, 0, 0, 0), box) for box in spans]


def mark_languages(document: Element) -> None:
    """Give each element of a PDF the language that was noted."""
    for element in document.walk():
        for annotation in element.annotations:
            if annotation.target.startswith(_NOTE):
                element.entries["/Lang"] = String(annotation.target.removeprefix(_NOTE))
                element.kids.remove(annotation)


def remove_notes(page: Page) -> None:
    """Remove the links that noted a language from a page."""
    if "/Annots" in page.obj:
        kept = [annotation for annotation in page.obj.Annots if not _is_note(annotation)]
        if kept:
            page.obj.Annots = Array(kept)
        else:
            del page.obj.Annots


def _is_note(annotation: Object) -> bool:
    return "/A" in annotation and str(annotation.A.get("/URI", "")).startswith(_NOTE)
