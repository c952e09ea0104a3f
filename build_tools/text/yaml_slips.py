"""What is said about a slip in a line of a YAML file, and how the line is shown as it was meant."""

import re
import unicodedata
from typing import TypeAlias

Slip: TypeAlias = tuple[str, str] | None
"""What to say about a line and the line as it was meant; None if nothing is wrong."""

WORD = r"[a-z][A-Za-z0-9_-]*"
"""The name of a question, as a regular expression."""
OPENING, CLOSING = "“”„‟«‘’‚＂″", "”“‟»’‘\"'＂″"
"""Quotation marks that begin and end a quotation in print, in either direction, as in a class."""

_LONGEST_SHOWN = 100
_SHOWN_ENDS = 40
_NAMES = {"zero width space": "zero-width space"}


def quoted(text: str) -> str:
    """Return a text as YAML in quotation marks, by the kind that can contain it as it is."""
    if not re.search(r'["\\]', text):
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def written(text: str) -> str:
    """Return a line as a message shows it, shortened in the middle if it is long."""
    bare = text.strip()
    if len(bare) <= _LONGEST_SHOWN:
        return bare
    return f"{bare[:_SHOWN_ENDS].rstrip()} … {bare[-_SHOWN_ENDS:].lstrip()}"


def write(meant: str) -> str:
    """Return the advice to write a line as it was meant."""
    return f"Write: {written(meant)}"


def character_name(character: str) -> str:
    """Return the name of a character with its number: "no-break space (U+00A0)"."""
    name = unicodedata.name(character).lower()
    return f"{_NAMES.get(name, name)} (U+{ord(character):04X})"
