"""A PDF by WeasyPrint: HTML with a stylesheet, and then one pass repairs the tags."""

import functools
import gc
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from build_tools.outputs.html import environment, nowhere, on_this_page
from build_tools.outputs.pdf.archive import opened, save
from build_tools.outputs.pdf.document import LAW_COLUMNS, Document
from build_tools.outputs.pdf.handout import PrintedHandout
from build_tools.outputs.pdf.languages import complete_glyphs, note_languages
from build_tools.outputs.pdf.repair import repair
from build_tools.outputs.pdf.sheet import LINES, Sheet
from build_tools.policy.sources import LAW_LEAD, LAW_TITLE
from build_tools.project import find_template
from build_tools.proofreading.typeface import family_of, fonts_for, weights_of

TEMPLATE = "pdf/policy.html"
STYLESHEETS = ("fonts/print.css", "pdf/policy.css")
SHEET_STYLESHEETS = (*STYLESHEETS, "pdf/sheet.css")
SHEET, HANDOUT = "pdf/promises", "pdf/handout"
VARIANT = "pdf/ua-1"
"""What WeasyPrint writes in one run; `archive` adds PDF/A-2a."""


@contextmanager
def collection_put_off() -> Iterator[None]:
    """Stop the garbage collector from walking the layout tree repeatedly, which takes a fifth of a render."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def print_document(document: Document, templates: tuple[Path, ...]) -> bytes:
    """Return a policy as a PDF."""
    return print_tagged(render_document(document, templates), templates, document.citations, seal=document.seal)


def print_sheet(sheet: Sheet, templates: tuple[Path, ...]) -> bytes:
    """Return the sheet of a policy's promises as a PDF."""
    return print_tagged(render_sheet(sheet, templates), templates, {}, sheets=(*SHEET_STYLESHEETS, f"{SHEET}.css"))


def print_handout(handout: PrintedHandout, templates: tuple[Path, ...]) -> bytes:
    """Return a summary, agreement or form as a PDF."""
    layout = environment(templates).get_template(f"{HANDOUT}.html")
    html = layout.render(sheet=handout, address=nowhere, mark_values=False, phrases=handout.phrases)
    return print_tagged(html, templates, {}, sheets=(*SHEET_STYLESHEETS, f"{HANDOUT}.css"))


@collection_put_off()
def print_tagged(
    html: str,
    templates: tuple[Path, ...],
    citations: Mapping[str, str],
    *,
    sheets: tuple[str, ...] = STYLESHEETS,
    seal: str | None = None,
) -> bytes:
    """Return HTML as a PDF for both standards; `citations` has the numbers of its sections and clauses, for links."""
    with opened(print_html(html, templates, sheets)) as pdf:
        repair(pdf, citations)
        if fonts_for(html, templates):
            complete_glyphs(pdf, templates)
        return save(pdf, templates, seal)


def render_document(document: Document, templates: tuple[Path, ...]) -> str:
    """Return a policy as one HTML document that needs no other file."""
    return (
        environment(templates)
        .get_template(TEMPLATE)
        .render(
            document=document,
            law_heading=LAW_TITLE,
            law_caption=LAW_LEAD,
            law_columns=LAW_COLUMNS,
            address=on_this_page,
            mark_values=False,
            numbers_link=False,
            phrases=document.phrases,
        )
    )


def render_sheet(sheet: Sheet, templates: tuple[Path, ...]) -> str:
    """Return the sheet of a policy's promises as one HTML document that needs no other file."""
    layout = environment(templates).get_template(f"{SHEET}.html")
    return layout.render(sheet=sheet, lines=LINES, address=nowhere, mark_values=False, phrases=sheet.phrases)


def print_html(html: str, templates: tuple[Path, ...], sheets: tuple[str, ...] = STYLESHEETS) -> bytes:
    """Return HTML as a PDF. Only `data:` addresses and files in the template folders are fetched."""
    fonts, stylesheets = _styles(templates, sheets, tuple(file for file, _ in fonts_for(html, templates)))
    source = HTML(string=html, url_fetcher=OwnFilesOnly(templates))
    document = source.render(stylesheets=stylesheets, font_config=fonts, pdf_variant=VARIANT)
    note_languages(document)
    # `archive` compresses the result after the tags are repaired
    made: bytes = document.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)
    return made


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # published without types
    """Fetches `data:` addresses and files in the template folders; any other address is refused."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        """Allow files inside the folders, after following symbolic links."""
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False)
        self._folders = tuple(folder.resolve() for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content of an address.

        Raises:
            ValueError: if it may not be read. WeasyPrint then leaves out the image or attachment.
        """
        parts = urlsplit(url)
        if parts.scheme == "file":
            path = Path(url2pathname(parts.path)).resolve()
            if parts.netloc or not any(path.is_relative_to(folder) for folder in self._folders):
                raise ValueError(f"{url} is outside the template folders")
        return super().fetch(url, headers)


@functools.lru_cache(maxsize=8)
def _styles(
    templates: tuple[Path, ...], names: tuple[str, ...], scripts: tuple[Path, ...]
) -> tuple[FontConfiguration, tuple[CSS, ...]]:
    """Return the fonts and stylesheets, which are read once for all documents of a run.

    `scripts` has the fonts for other scripts than that of the text's typeface.
    """
    fonts = FontConfiguration()
    options = {"font_config": fonts, "url_fetcher": OwnFilesOnly(templates)}
    sheets = [CSS(filename=find_template(templates, name), **options) for name in names]
    if scripts:
        sheets.append(CSS(string=_other_fonts(scripts, templates), **options))
    return fonts, tuple(sheets)


def _other_fonts(files: tuple[Path, ...], templates: tuple[Path, ...]) -> str:
    """Return the style sheet that declares fonts and prints with them what the text's typeface does not have.

    Each is declared for every style, so that no system slants or thickens its letters.
    """
    stack = ", ".join(f'"{family}"' for family in dict.fromkeys(("Policy Sans", *map(family_of, files))))
    faces = (
        f'@font-face {{ font-family: "{family_of(file)}"; font-weight: {weight}; font-style: {slant};'
        f' src: url("{file.as_uri()}") }}\n'
        for file in files
        for weight, slant in itertools.product(weights_of(file, templates), ("normal", "italic"))
    )
    return "".join((f"html {{ font-family: {stack} }}\n@page {{ font-family: {stack} }}\n", *faces))
