"""The fonts of pages: the typeface of the text, and of other scripts only the letters that the pages have."""

import dataclasses
import functools
import io
import re
from pathlib import Path

from build_tools.project import find_template
from build_tools.proofreading.typeface import fonts_for, weights_of

DECLARED = "fonts.css"
_FACE = re.compile(r"@font-face \{.*?\n\}\n", re.DOTALL)
_RANGES = re.compile(r"unicode-range:(?P<ranges>[^;]*);")
_FILE = re.compile(r'url\("(?P<name>[\w.-]+\.woff2)"\)')
_NAMES_OF_THE_FONT = (1, 3, 4, 6, 16, 18, 25)
_SCRIPT_FACE = """
@font-face {{
  font-family: "Policy Sans";
  font-style: normal;
  font-weight: {weight};
  font-display: swap;
  src: url("{name}") format("woff2");
  unicode-range: {points};
}}
"""


@dataclasses.dataclass(frozen=True, slots=True)
class WebFonts:
    """Fonts for browsers."""

    faces: str
    """The style sheet that declares them; a browser fetches each only for a page that has one of its characters."""
    files: dict[str, bytes]
    """The files that it names."""


def all_fonts(templates: tuple[Path, ...], words: str) -> WebFonts:
    """Return the typeface of the text, and the letters of other scripts that some words need."""
    return _declared(templates, _declarations(templates), fonts_for(words, templates))


def needed_fonts(templates: tuple[Path, ...], text: str) -> WebFonts:
    """Return the fonts that a text needs."""
    scripts = fonts_for(text, templates)
    others = frozenset[str]().union(*(characters for _, characters in scripts))
    points = frozenset(map(ord, set(text) - others))
    needed = "".join(face for face in _FACE.findall(_declarations(templates)) if _is_needed(face, points))
    return _declared(templates, needed, scripts)


def _declared(templates: tuple[Path, ...], faces: str, scripts: tuple[tuple[Path, frozenset[str]], ...]) -> WebFonts:
    """Return declared fonts with files, and those for other scripts, each with the characters that it prints."""
    files = {name: find_template(templates, f"fonts/{name}").read_bytes() for name in _FILE.findall(faces)}
    for font, characters in scripts:
        name = f"{font.stem.lower()}.woff2"
        points = ", ".join(f"U+{point:04X}" for point in sorted(map(ord, characters)))
        # a browser joins only faces of exactly the same weight into one typeface
        for weight in weights_of(font, templates):
            faces += _SCRIPT_FACE.format(name=name, weight=weight, points=points)
        files[name] = _part(font, characters)
    return WebFonts(faces, files)


@functools.lru_cache(maxsize=64)
def _part(font: Path, characters: frozenset[str]) -> bytes:
    """Return some characters of a font for the web, under another name, as its licence may reserve its own."""
    # only pages with other scripts need it, and it takes long to load
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    whole = TTFont(font, recalcTimestamp=False)
    options = Options(layout_features=["*"], name_IDs=[0, *_NAMES_OF_THE_FONT, 13, 14], hinting=False)
    # fontTools would drop it too, with a warning
    options.drop_tables.append("meta")
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(characters))
    subsetter.subset(whole)
    for record in whole["name"].names:
        if record.nameID in _NAMES_OF_THE_FONT:
            record.string = "Policy Sans"
    whole.flavor = "woff2"
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()


def _declarations(templates: tuple[Path, ...]) -> str:
    return find_template(templates, f"fonts/{DECLARED}").read_text(encoding="utf-8")


def _is_needed(face: str, points: frozenset[int]) -> bool:
    """Return whether a font face is declared for at least one of the given code points."""
    declared = _RANGES.search(face)
    if declared is None:
        return True
    bounds = [part.strip().removeprefix("U+").split("-") for part in declared["ranges"].split(",")]
    return any(int(low, 16) <= point <= int((high or [low])[0], 16) for low, *high in bounds for point in points)
