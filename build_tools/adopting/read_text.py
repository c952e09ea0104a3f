"""A policy in plain text, as the lines of a page."""

from collections.abc import Iterator

from build_tools.adopting.document import Spot
from build_tools.adopting.layout import Line

_RULE = "=-_~*"
_TAB = 8
_LONGEST_LINE = 160


def text_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a plain text; a line underlined with characters is a heading, and so counts as bold."""
    rows = text.split("\n")
    page, gap = 1, 0.0
    has_pages = "\f" in text
    # a text without line breaks has one paragraph on each line
    is_broken = max(map(len, rows)) <= _LONGEST_LINE
    for number, row in enumerate(rows, 1):
        page += row.count("\f")
        words = row.replace("\f", "")
        if not words.strip():
            gap = 1.0
            continue
        if not set(words.strip()) - set(_RULE):
            gap = 1.0
            continue
        below = rows[number].strip() if number < len(rows) else ""
        indent = len(words.expandtabs(_TAB)) - len(words.expandtabs(_TAB).lstrip())
        yield Line(
            text=words.strip(),
            spot=Spot(number, page=page if has_pages else None),
            left=float(indent),
            right=float(len(words.expandtabs(_TAB).rstrip())),
            gap=gap if is_broken else 1.0,
            is_strong=len(below) > 2 and not set(below) - set(_RULE),  # noqa: PLR2004 - an underline has at least three characters
        )
        gap = 0.0
