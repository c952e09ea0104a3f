"""Tables as CSV for spreadsheets (RFC 4180)."""

import csv
import io
from collections.abc import Iterable


def render_csv(rows: Iterable[Iterable[str | int | None]]) -> str:
    """Return rows as CSV; an unknown value is an empty cell."""
    stream = io.StringIO()
    csv.writer(stream).writerows([_safe(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _safe(cell: str | int | None) -> str:
    """Return a cell that spreadsheets never read as a formula, whatever a school has typed."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
