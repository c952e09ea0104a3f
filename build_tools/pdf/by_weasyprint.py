"""A policy set by WeasyPrint: HTML with a stylesheet, and then one pass over what became of it."""

from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from build_tools.pages import environment, on_this_page
from build_tools.pdf.archive import save
from build_tools.pdf.document import Document
from build_tools.pdf.engine import print_html
from build_tools.pdf.repair import repair

TEMPLATE = "pdf/policy.html"


def print_document(document: Document, templates: tuple[Path, ...]) -> bytes:
    """Return a policy as a PDF."""
    with Pdf.open(BytesIO(print_html(render_document(document, templates), templates))) as pdf:
        repair(pdf, document.citations)
        return save(pdf, templates, document.seal)


def render_document(document: Document, templates: tuple[Path, ...]) -> str:
    """Return a policy as one HTML document that asks for no other file."""
    return (
        environment(templates)
        .get_template(TEMPLATE)
        .render(
            document=document,
            address=on_this_page,
            mark_values=False,
            numbers_link=False,
            phrases=document.phrases,
        )
    )
