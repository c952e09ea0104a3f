"""What lays out a PDF: its name, its version, and whether this machine has it. `pdf/` makes use of it."""

import enum
import importlib
import importlib.metadata

from build_tools.text.problems import Mistakes, Place, Problem


class Engine(enum.StrEnum):
    """What lays a document out on pages."""

    WEASYPRINT = "weasyprint"
    TYPST = "typst"
    """Many times as fast, and needs no library of the machine; it comes as an extra."""

    @property
    def software(self) -> str:
        """Its name and version, as a record tells them."""
        return f"{self} {importlib.metadata.version(self)}"

    def require(self) -> None:
        """Do nothing if this machine has the engine and what it needs.

        Raises:
            Mistakes: if it does not.
        """
        try:
            importlib.import_module(self)
        except (ImportError, OSError) as error:
            raise Mistakes([Problem(Place(f"--pdf-engine {self}"), _MISSING[self])]) from error


_MISSING = {
    Engine.WEASYPRINT: "WeasyPrint needs Pango, which was not found. Install Pango, or use --pdf-engine typst.",
    Engine.TYPST: 'Typst is not installed: pip install "schoolpolicy[typst]"',
}
