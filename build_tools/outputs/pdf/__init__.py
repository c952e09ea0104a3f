"""The PDF of one school's policy: PDF/UA-1 for readers of every kind and PDF/A-2a for the archive, in one file.

Policy --document--> all that is said --engine--> PDF with the engine's own tags --mended--> PDF that makes sense when
       it is read aloud --archive--> bytes
"""

from pathlib import Path
from typing import assert_never

from build_tools.engine import Engine
from build_tools.outputs.pdf.document import gather_document
from build_tools.proofreading.typeface import missing_characters
from build_tools.resolving.resolve import Resolved
from build_tools.text.problems import Mistakes

__all__ = ["Engine", "render_pdf"]


def render_pdf(
    resolved: Resolved, templates: tuple[Path, ...], *, engine: Engine = Engine.WEASYPRINT, seal: str | None = None
) -> bytes:
    """Return the PDF of a school's policy; that of a version bears the `seal` of what was decided.

    The same inputs and engine give the same bytes, in any folder and with any fonts installed. The time that the file
    bears is that of SOURCE_DATE_EPOCH; where that is not set, it bears none.

    Raises:
        Mistakes: if the school's words hold characters that the typeface lacks (PDF/UA-1, 7.21.7 and 7.21.8).
    """
    if problems := missing_characters(resolved, templates):
        raise Mistakes(problems)
    document = gather_document(resolved, seal)
    # each takes long to load, and either may be missing
    match engine:
        case Engine.TYPST:
            from build_tools.outputs.pdf.by_typst import print_document  # noqa: PLC0415
        case Engine.WEASYPRINT:
            from build_tools.outputs.pdf.by_weasyprint import print_document  # noqa: PLC0415
        case _:
            assert_never(engine)
    return print_document(document, templates)
