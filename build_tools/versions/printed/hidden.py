"""What a PDF shows that its words do not say, or says that it does not show.

The words of a PDF are those of its tags. This looks for what a reader would see instead of them: words outside the tags
among those inside, pictures and shapes over words, words that are not drawn, notes and files, and programs.

It cannot find letters whose drawing in the embedded typeface was exchanged, words in the colour of the paper, or
anything that only looks different. A person who reads the PDF next to the page of the version sees those.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Object, Pdf

from build_tools.versions.printed.pages import Box, Drawn, Pages
from build_tools.versions.printed.same_words import squashed

_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING)
_HALF = 0.5
_PROGRAMS = ("/OpenAction", "/AA")
_FOLLOWED = ("/URI", "/GoTo")
"""What a link may do: lead to an address, or to another place in the file."""

_Band: TypeAlias = tuple[float, float]
"""The lowest and the highest point of something."""


def hidden_on(pages: Pages) -> Iterator[str]:
    """Yield, in a sentence each, what is on the pages of a PDF and not in its words, and the other way round."""
    for page, said in pages.misread:
        yield f"Page {page}: “{said.strip()}” is what programs read, but not what is drawn there."
    bands = _bands(pages)
    words: dict[int, list[Drawn]] = {page: [] for page in pages.sizes}
    for thing in pages.drawn:
        if thing.kind == pdfium.FPDF_PAGEOBJ_TEXT and (thing.page, thing.content) in pages.tagged:
            words[thing.page].append(thing)
            if squashed(thing.words) and not (thing.is_visible and _overlap(thing.box, pages.sizes[thing.page])):
                yield f"Page {thing.page}: “{thing.words.strip()}” is in the file, but cannot be seen."
        elif thing.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if squashed(thing.words) and _is_inside(thing.box, bands.get(thing.page)):
                yield f"Page {thing.page}: “{thing.words.strip()}” is drawn among the words, but is not one of them."
        elif thing.is_visible:
            yield from _covering(thing, words[thing.page], bands.get(thing.page))


def _bands(pages: Pages) -> Mapping[int, _Band]:
    """Return between which heights each page has words, running headers and footers being outside.

    The cover has its own. On all other pages it is the same, as the last one may have few words.
    """
    found: dict[int, _Band] = {}
    for thing in pages.drawn:
        if thing.words and (thing.page, thing.content) in pages.tagged:
            page = min(thing.page, 2)
            low, high = found.get(page, (thing.box[1], thing.box[3]))
            found[page] = min(low, thing.box[1]), max(high, thing.box[3])
    return {page: found[min(page, 2)] for page in pages.sizes if min(page, 2) in found}


def _is_inside(box: Box, band: _Band | None) -> bool:
    return band is not None and band[0] < (box[1] + box[3]) / 2 < band[1]


def _overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes share more than half of the height of the first."""
    height = min(one[3], other[3]) - max(one[1], other[1])
    return min(one[2], other[2]) > max(one[0], other[0]) and height > _HALF * (one[3] - one[1])


def _covering(thing: Drawn, before: list[Drawn], band: _Band | None) -> Iterator[str]:
    """Yield what covers words that were drawn before it, and pictures among the words after the cover."""
    covered = next((words for words in before if squashed(words.words) and _overlap(words.box, thing.box)), None)
    if covered:
        yield f"Page {thing.page}: something is drawn over “{covered.words.strip()}”."
    elif thing.page > 1 and thing.kind in _PICTURES and _is_inside(thing.box, band):
        yield f"Page {thing.page}: there is a picture among the words."


def hidden_in(pdf: Pdf) -> Iterator[str]:
    """Yield, in a sentence each, what is in a PDF besides its pages and what is on them besides links."""
    root = pdf.Root
    names = root.get("/Names", Dictionary())
    if "/EmbeddedFiles" in names or "/AF" in root or "/Collection" in root:
        yield "It contains other files."
    if "/JavaScript" in names or any(
        key in part for part in (root, *(page.obj for page in pdf.pages)) for key in _PROGRAMS
    ):
        yield "It contains a program, which runs when the file is opened."
    if "/OCProperties" in root:
        yield "It contains layers, which programs can show and hide."
    for number, page in enumerate(pdf.pages, 1):
        for annotation in page.obj.get("/Annots", ()):
            if not _is_harmless(annotation):
                yield f"Page {number}: there is a note or a field on top of the page."


def _is_harmless(annotation: Object) -> bool:
    """Return whether an annotation is a link, or the invisible field of a signature."""
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Widget":
        left, bottom, right, top = (float(side) for side in annotation.Rect)
        return str(annotation.get("/FT", "")) == "/Sig" and (left == right or bottom == top or right <= 0 or top <= 0)
    does = annotation.A.get("/S") if "/A" in annotation else "/GoTo"
    return kind == "/Link" and "/AP" not in annotation and str(does) in _FOLLOWED
