"""The table that is printed: a row for each thing that is measured, with its targets and whether they are met."""

import dataclasses
from collections.abc import Mapping

CONTENDERS = {"peer": "peer", "weasyprint": "WeasyPrint", "typst": "Typst"}
HEAD = "| what | peer | WeasyPrint | target | Typst | target |\n|---|---|---|---|---|---|"


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What one contender took."""

    said: str
    target: str = ""
    is_met: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One thing that is measured."""

    what: str
    cells: Mapping[str, Cell]
    """By contender; one that does not apply is not there."""


def times_as_fast(seconds: float, peer: float, least: float) -> Cell:
    """Return the cell of what is to be so many times as fast as the peer."""
    said = f"{_seconds(seconds)}, {peer / seconds:.1f} times as fast"
    return Cell(said, f"{least:g} times", peer / seconds >= least)


def within(seconds: float, most: float | None = None, note: str = "") -> Cell:
    """Return the cell of what is to take no longer than so many seconds; without them, of what is only told."""
    said = f"{_seconds(seconds)}{note}"
    return Cell(said, f"{most:g} s", seconds <= most) if most is not None else Cell(said)


def render_row(row: Row) -> str:
    """Return a row as a line of Markdown."""
    none = Cell("")
    peer, *ours = (row.cells.get(contender, none) for contender in CONTENDERS)
    told = (text for cell in ours for text in (cell.said, _target(cell)))
    return f"| {' | '.join((row.what, peer.said, *told))} |"


def _target(cell: Cell) -> str:
    return f"{cell.target}: {'met' if cell.is_met else '**not met**'}" if cell.target else ""


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds:.2f} s"
