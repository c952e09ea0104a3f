"""The PDF engines: their names, their versions, and whether this machine has them. `pdf/` uses them."""

import enum
import importlib
import importlib.metadata

from build_tools.text.problems import Mistakes, Place, Problem


class Engine(enum.StrEnum):
    """What lays a document out on pages."""

    WEASYPRINT = "weasyprint"
    TYPST = "typst"
    """Many times faster, and does not need a system library; installed as an extra."""

    @property
    def software(self) -> str:
        """Its name and version, for a version's record."""
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
    Engine.WEASYPRINT: "WeasyPrint does not find Pango, which it needs. Install Pango, or take --pdf-engine typst.",
    Engine.TYPST: 'Typst is not installed: pip install "schoolpolicy[typst]"',
}
