"""The PDF of one school's policy, and the sheet of what it promises.

Each is PDF/UA-1 for accessibility and PDF/A-2a for archiving, in one file.

Policy --document--> all of its content --engine--> PDF with the engine's own tags --repair--> PDF that makes sense when
       it is read aloud --archive--> bytes
"""

from pathlib import Path
from typing import Protocol, assert_never

from build_tools.engine import Engine
from build_tools.outputs.pdf.document import Document, gather_document
from build_tools.outputs.pdf.sheet import Sheet, gather_sheet
from build_tools.proofreading.typeface import missing_characters
from build_tools.resolving.resolve import Resolved
from build_tools.text.problems import Mistakes

__all__ = ["Engine", "render_pdf", "render_sheet"]


class _Printer(Protocol):
    def print_document(self, document: Document, templates: tuple[Path, ...]) -> bytes: ...
    def print_sheet(self, sheet: Sheet, templates: tuple[Path, ...]) -> bytes: ...


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
    return _printer(engine).print_document(gather_document(resolved, seal), templates)


def render_sheet(resolved: Resolved, templates: tuple[Path, ...], *, engine: Engine = Engine.WEASYPRINT) -> bytes:
    """Return the sheet of what a school's draft promises, for the meeting that agrees it; see `render_pdf`."""
    return _printer(engine).print_sheet(gather_sheet(resolved), templates)


def _printer(engine: Engine) -> _Printer:
    """Return the module of an engine."""
    # each takes long to load, and either may not be installed
    match engine:
        case Engine.TYPST:
            from build_tools.outputs.pdf import by_typst  # noqa: PLC0415

            return by_typst
        case Engine.WEASYPRINT:
            from build_tools.outputs.pdf import by_weasyprint  # noqa: PLC0415

            return by_weasyprint
        case _:
            assert_never(engine)
