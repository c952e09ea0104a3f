"""Write the font files of this folder from published packages; README.md says when and how."""

import argparse
import shutil
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent
FAMILIES = {
    "Arab": "IBMPlexSansArabic",
    "Beng": "NotoSansBengali",
    "Deva": "NotoSansDevanagari",
    "Gujr": "NotoSansGujarati",
    "Guru": "NotoSansGurmukhi",
    "Hebr": "NotoSansHebrew",
    "Taml": "NotoSansTamil",
}
"""The family for each script (ISO 15924).

Noto has an Arabic font too, but it draws letters and their dots apart, so that words copied from a PDF have too many.
"""
STYLES = {"Regular": "400Regular", "Bold": "700Bold"}
CHINESE = (("gb2312", 0xB0, 0xF7), ("big5", 0xA4, 0xC6))
"""The common characters of mainland China, and those of Hong Kong and Taiwan, as lead bytes of an encoding."""


def write_fonts(packages: Path) -> None:
    """Copy each font as it is published, and of the Chinese one the common characters."""
    for script, family in FAMILIES.items():
        for style, inside in STYLES.items():
            shutil.copyfile(packages / script / inside / f"{family}_{inside}.ttf", FOLDER / f"{family}-{style}.ttf")
    font = TTFont(packages / "Hani/400Regular/NotoSansSC_400Regular.ttf", recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=common_chinese())
    subsetter.subset(font)
    font.save(FOLDER / "NotoSansSC-Regular.ttf")


def common_chinese() -> set[int]:
    """Return the characters of the two encodings, and the punctuation and full-width forms that go with them."""
    found = {*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F)}
    for encoding, first, last in CHINESE:
        for lead in range(first, last + 1):
            pairs = (bytes((lead, trail)).decode(encoding, "ignore") for trail in range(0x40, 0xFF))
            found |= {ord(pair) for pair in pairs if len(pair) == 1 and ord(pair) >= 0x3400}  # noqa: PLR2004 - ideographs
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "packages", type=Path, help="the folder with the unpacked packages, each named after its script"
    )
    write_fonts(parser.parse_args().packages)
