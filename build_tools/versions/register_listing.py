"""The lines of the register for people and for programs."""

from collections.abc import Iterable, Mapping
from typing import Any

from build_tools.versions.register_lines import Entry, Event, entry_data


def render_entries(entries: Iterable[Entry]) -> str:
    """Return lines of the register for people; lines that are not written yet have no number."""
    return "".join(map(_rendered, entries))


def register_data(entries: Iterable[Entry]) -> list[Mapping[str, Any]]:
    """Return lines of the register as JSON values, with the SHA-256 of those that are written."""
    return [
        {**({"line": entry.line, "sha256": entry.digest} if entry.line else {}), **entry_data(entry)}
        for entry in entries
    ]


def _rendered(entry: Entry) -> str:
    number = f"{entry.line:4}  " if entry.line else ""
    digests = {"record": entry.record, "PDF": entry.pdf, "record before": entry.was, "line above": entry.after}
    indent = " " * len(number)
    shown = [f"{indent}  SHA-256 of the {name}: {value}\n" for name, value in digests.items() if value]
    return f"{number}{entry.version}: {_said(entry)}.\n{''.join(shown)}"


def _said(entry: Entry) -> str:
    because = (entry.because or "").removesuffix(".")
    match entry.event:
        case Event.RATIFIED:
            return f"ratified by {entry.by}, on edition {entry.edition}"
        case Event.ENTERED:
            return f"ratified by {entry.by}, on edition {entry.edition}, entered later"
        case Event.WITHDRAWN:
            return f"withdrawn{f' by {entry.by}' if entry.by else ''} on {entry.on}: {because}"
        case Event.REPAIRED:
            return f"record repaired: {because}"
        case Event.MERGED:
            return f"order of the merged lines kept: {because}"
