"""Make the font files of this folder anew from a published package of Source Sans 3; README.md says when and how."""

import argparse
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent
NAME = "Policy Sans"
STYLES = {
    "Regular": "400Regular/SourceSans3_400Regular.ttf",
    "Italic": "400Regular_Italic/SourceSans3_400Regular_Italic.ttf",
    "Bold": "700Bold/SourceSans3_700Bold.ttf",
    "BoldItalic": "700Bold_Italic/SourceSans3_700Bold_Italic.ttf",
}
LATIN = "0-FF,131,152-153,2BB-2BC,2C6,2DA,2DC,304,308,329,2000-206F,20AC,2122,2190-2193,2212,2215,FEFF,FFFD"
"""What English pages need, arrows included; the same set stands as unicode-range in fonts.css."""
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "case"]
_NAMES_OF_THE_FONT = (1, 3, 4, 6, 16, 18, 25)


def write_fonts(package: Path) -> None:
    """Write whole TTFs as they are published, and for the web two WOFF2 of each, which together lose no character."""
    for style, inside in STYLES.items():
        whole = FOLDER / f"SourceSans3-{style}.ttf"
        shutil.copyfile(package / inside, whole)
        latin = set(parse_unicodes(LATIN))
        every = set(TTFont(whole).getBestCmap())
        for part, characters in (("latin", latin & every), ("more", every - latin)):
            _write_web_font(whole, characters, FOLDER / f"policy-sans-{style.lower()}-{part}.woff2")


def _write_web_font(whole: Path, characters: set[int], to: Path) -> None:
    font = TTFont(whole, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for record in font["name"].names:
        # the licence reserves the name "Source" for the unchanged font, and a part is a change
        if record.nameID in _NAMES_OF_THE_FONT:
            record.string = str(record).replace("Source Sans 3", NAME).replace("SourceSans3", NAME.replace(" ", ""))
    font.flavor = "woff2"
    font.save(to)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the unpacked package: the folder that holds 400Regular/ and others")
    write_fonts(parser.parse_args().package)
