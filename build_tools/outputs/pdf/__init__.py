"""The PDF of one school's policy: PDF/UA-1 for accessibility and PDF/A-2a for archiving, in one file.

Policy --document--> all of its content --engine--> PDF with the engine's own tags --repair--> PDF that makes sense when
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
    """Return the PDF of a school's policy; a version's PDF contains the `seal` of the decision.

    The same inputs and engine give the same bytes, in any folder and with any fonts installed. The time in the file is
    SOURCE_DATE_EPOCH; if that is not set, the file has no time.

    Raises:
        Mistakes: if the school's words have characters that no font of the PDF has (PDF/UA-1, 7.21.7 and 7.21.8).
    """
    if problems := missing_characters(resolved, templates):
        raise Mistakes(problems)
    document = gather_document(resolved, seal)
    # each takes long to load, and either may not be installed
    match engine:
        case Engine.TYPST:
            from build_tools.outputs.pdf.by_typst import print_document  # noqa: PLC0415
        case Engine.WEASYPRINT:
            from build_tools.outputs.pdf.by_weasyprint import print_document  # noqa: PLC0415
        case _:
            assert_never(engine)
    return print_document(document, templates)
