"""The PDF of one school's policy: PDF/UA-1 for readers of every kind and PDF/A-2a for the archive, in one file.

Policy --document--> HTML --engine--> PDF as WeasyPrint makes it --repair--> PDF that makes sense when read aloud
       --archive--> bytes
"""

from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from build_tools.pdf.archive import save
from build_tools.pdf.document import render_document
from build_tools.pdf.engine import print_html
from build_tools.pdf.repair import repair
from build_tools.problems import Mistakes
from build_tools.resolve import Resolved
from build_tools.typeface import missing_characters


def render_pdf(resolved: Resolved, templates: tuple[Path, ...], seal: str | None = None) -> bytes:
    """Return the PDF of a school's policy; that of a version bears the `seal` of what was decided.

    The same inputs give the same bytes, in any folder and with any fonts installed. The time that the file bears is
    that of SOURCE_DATE_EPOCH; where that is not set, it bears none.

    Raises:
        Mistakes: if the school's words hold characters that the typeface lacks (PDF/UA-1, 7.21.7 and 7.21.8).
    """
    if problems := missing_characters(resolved, templates):
        raise Mistakes(problems)
    made = print_html(render_document(resolved, templates), templates)
    with Pdf.open(BytesIO(made)) as pdf:
        repair(pdf, {node.id: node.citation for node in resolved.policy.walk()})
        return save(pdf, templates, seal)
