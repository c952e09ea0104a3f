"""What is on each sheet of a PDF: its words, and how much of it they fill."""

import dataclasses

import pypdfium2


@dataclasses.dataclass(frozen=True)
class Sheet:
    """One sheet of paper."""

    words: str
    filled: float
    """How far down the last words are, as a share of the height; a foot in the margin does not count."""


def sheets_of(pdf: bytes, *, foot: float = 0) -> list[Sheet]:
    """Return the sheets of a PDF; `foot` is the height of the lower margin as a share of the sheet."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text, height = page.get_textpage(), page.get_height()
        bottoms = [text.get_rect(at)[1] / height for at in range(text.count_rects())]
        lowest = min((bottom for bottom in bottoms if bottom >= foot), default=1)
        found.append(Sheet(" ".join(text.get_text_range().split()), 1 - lowest))
    return found
