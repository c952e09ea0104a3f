"""Which texts say the same, whatever lines, spaces, hyphens and joined letters a layout gave them."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\\s\\-\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2010\u2011\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffe\x00-\x1f\U000e0000-\U000e0fff]+"
)
"""Spaces, hyphens, and what has no form of its own (Default_Ignorable_Code_Point of Unicode)."""

_ALIKE = str.maketrans("˭〜∆\u0338", "=~Δ\u0337")
"""Signs that the typefaces of the PDF draw with one glyph, which means only one of them when it is read."""


def squashed(text: str) -> str:
    """Return the letters, digits and signs of a text, each in the form that Unicode calls compatible (NFKC)."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_ALIKE)


def letters(text: str) -> str:
    """Return only the letters and digits of a squashed text."""
    return "".join(filter(str.isalnum, squashed(text)))
