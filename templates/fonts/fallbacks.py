"""Compute the figures with which fonts.css scales another font to ours; README.md says when and how."""

import argparse
from collections import Counter
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent
WORDS = FOLDER.parents[1] / "policy_src/2026-09"
"""English as policies have it: how often a letter is used decides how wide a line is."""


def figures(other: TTFont, ours: TTFont) -> dict[str, str]:
    """Return what `@font-face` says of a font that is shown until ours has arrived."""
    scale = _width(ours) / _width(other)
    height, units = ours["hhea"], ours["head"].unitsPerEm
    return {
        "size-adjust": f"{scale:.2%}",
        "ascent-override": f"{height.ascent / units / scale:.2%}",
        "descent-override": f"{-height.descent / units / scale:.2%}",
        "line-gap-override": f"{height.lineGap / units / scale:.0%}",
    }


def _width(font: TTFont) -> float:
    """Return the width of an average letter, in sizes of the font."""
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted(WORDS.glob("[01]*.md")))
    letters = Counter(letter for letter in texts if letter == " " or (letter.isascii() and letter.isalpha()))
    names, widths = font.getBestCmap(), font["hmtx"]
    wide = sum(widths[names[ord(letter)]][0] * count for letter, count in letters.items())
    return float(wide / letters.total() / font["head"].unitsPerEm)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ours", help="the style of ours: Regular or Bold")
    parser.add_argument("other", type=Path, help="the other font, of the same style")
    given = parser.parse_args()
    for name, value in figures(TTFont(given.other), TTFont(FOLDER / f"SourceSans3-{given.ours}.ttf")).items():
        print(f"  {name}: {value};")
