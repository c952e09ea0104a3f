"""Notes of languages (PDF/UA-1, 7.2), and of words that glyphs do not show, for any engine.

Neither engine writes all that a reader needs. WeasyPrint does not write languages. Both write the glyphs of other
scripts as they are drawn: from left to right, and several for one letter or one for several. So a note goes through
the engine as the address of a link. Before the file is finished, the notes become entries of the tags (ISO 32000-1,
14.9.2 and 14.9.4), and the links are removed.
"""

from urllib.parse import quote, unquote

from pikepdf import Array, Object, Page, Pdf, String

from build_tools.outputs.pdf.tree import Element, read_tree, write_tree
from build_tools.policy.scripts import has_other_scripts

_NOTE = "language:"
"""The beginning of a note, before the tag of the language."""
_WORDS = "?"
"""What comes before the words in a note."""


def note(language: str, words: str) -> str:
    """Return the address that notes the language of words, and the words themselves if they are in another script."""
    return f"{_NOTE}{language}{_WORDS + quote(words) if has_other_scripts(words) else ''}"


def use_notes(document: Element) -> None:
    """Give each element of a PDF the language and the words that were noted."""
    for element in document.walk():
        for annotation in element.annotations:
            if annotation.target.startswith(_NOTE):
                language, _, words = annotation.target.removeprefix(_NOTE).partition(_WORDS)
                element.role = "Span"
                element.entries["/Lang"] = String(language)
                element.kids.remove(annotation)
                if words:
                    element.entries["/ActualText"] = String(unquote(words))


def remove_notes(page: Page) -> None:
    """Remove the links that were notes from a page."""
    if "/Annots" in page.obj:
        kept = [annotation for annotation in page.obj.Annots if not _is_note(annotation)]
        if kept:
            page.obj.Annots = Array(kept)
        else:
            del page.obj.Annots


def settle_notes(pdf: Pdf) -> None:
    """Use and remove the notes of a PDF whose tags need no other repair."""
    if any(_is_note(annotation) for page in pdf.pages for annotation in page.obj.get("/Annots", ())):
        document = read_tree(pdf)
        use_notes(document)
        for page in pdf.pages:
            remove_notes(page)
        write_tree(pdf, document)


def _is_note(annotation: Object) -> bool:
    return "/A" in annotation and str(annotation.A.get("/URI", "")).startswith(_NOTE)
