"""A policy set by WeasyPrint: HTML with a stylesheet, and then one pass over what became of it."""

from collections.abc import Mapping
from pathlib import Path

from build_tools.pages import environment, on_this_page
from build_tools.pdf.archive import save
from build_tools.pdf.document import Document
from build_tools.pdf.engine import STYLESHEETS, collection_put_off, print_html
from build_tools.pdf.opening import opened
from build_tools.pdf.repair import repair

TEMPLATE = "pdf/policy.html"


def print_document(document: Document, templates: tuple[Path, ...]) -> bytes:
    """Return a policy as a PDF."""
    return print_tagged(render_document(document, templates), templates, document.citations, seal=document.seal)


@collection_put_off()
def print_tagged(
    html: str,
    templates: tuple[Path, ...],
    citations: Mapping[str, str],
    *,
    sheets: tuple[str, ...] = STYLESHEETS,
    seal: str | None = None,
) -> bytes:
    """Return HTML as a PDF that keeps to both standards; `citations` names its sections and clauses, for its links."""
    with opened(print_html(html, templates, sheets)) as pdf:
        repair(pdf, citations)
        return save(pdf, templates, seal)


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
