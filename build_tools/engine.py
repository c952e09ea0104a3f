"""The PDF engines: their names, their versions, and whether this machine has them. `pdf/` uses them."""

import dataclasses
import enum
import importlib
import importlib.metadata
from typing import assert_never

from build_tools.text.problems import Mistakes, Place, Problem


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EngineTraits:
    """Everything that the program knows about one engine, except the module of `outputs/pdf/` that uses it."""

    package: str
    """How a version's record calls its Python package, whose version it has."""
    missing: str
    """The message if the computer does not have it, or something that it needs."""


class Engine(enum.StrEnum):
    """The program that lays out a PDF; its value is the name of the Python package."""

    WEASYPRINT = "weasyprint"
    TYPST = "typst"
    """Many times faster, and does not need a system library; installed as an extra."""

    @property
    def traits(self) -> EngineTraits:
        """What the program knows about it."""
        match self:
            case Engine.WEASYPRINT:
                return EngineTraits(
                    package="weasyprint",
                    missing="WeasyPrint needs Pango, which was not found. Install Pango, or use --pdf-engine typst.",
                )
            case Engine.TYPST:
                return EngineTraits(
                    # the version of Typst itself, which the PDF names, can be another
                    package="typst for Python",
                    missing='Typst is not installed: pip install "schoolpolicy[typst]"',
                )
            case _:
                assert_never(self)

    @property
    def software(self) -> str:
        """Its name and version, for a version's record."""
        return f"{self.traits.package} {importlib.metadata.version(self)}"

    def require(self) -> None:
        """Do nothing if this machine has the engine and what it needs.

        Raises:
            Mistakes: if it does not.
        """
        try:
            importlib.import_module(self)
        except (ImportError, OSError) as error:
            raise Mistakes([Problem(Place(f"--pdf-engine {self}"), self.traits.missing)]) from error
