"""Put what a page loads into the page itself, for self-contained files."""

import base64
import hashlib
import re
from pathlib import Path

from markupsafe import Markup

from build_tools.outputs.site.pages import render_colours
from build_tools.project import find_template

_FACE = re.compile(r"@font-face \{.*?\n\}\n", re.DOTALL)
_RANGES = re.compile(r"unicode-range:(?P<ranges>[^;]*);")
_FILE = re.compile(r'url\("(?P<name>[\w.-]+\.woff2)"\)')


def render_styles(templates: tuple[Path, ...], colour: str | None, text: str) -> Markup:
    """Return the styles of the site as one sheet that loads nothing, with the font files that a text needs."""
    fonts, site = (
        find_template(templates, name).read_text(encoding="utf-8")
        for name in ("fonts/fonts.css", "site/assets/site.css")
    )
    points = frozenset(map(ord, text))
    needed = "".join(face for face in _FACE.findall(fonts) if _is_needed(face, points))
    faces = _FILE.sub(lambda match: f'url("{_font_address(templates, match["name"])}")', needed)
    return Markup(f"\n{faces}{render_colours(colour)}{site}")  # noqa: S704 - our own files, and a checked colour


def content_hash(styles: str) -> str:
    """Return the hash of these styles for a Content-Security-Policy, so that no others are applied."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode('ascii')}'"


def _is_needed(face: str, points: frozenset[int]) -> bool:
    """Return whether a font face is declared for at least one of the given code points."""
    declared = _RANGES.search(face)
    if declared is None:
        return True
    bounds = [part.strip().removeprefix("U+").split("-") for part in declared["ranges"].split(",")]
    return any(int(low, 16) <= point <= int((high or [low])[0], 16) for low, *high in bounds for point in points)


def _font_address(templates: tuple[Path, ...], name: str) -> str:
    font = find_template(templates, f"fonts/{name}").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(font).decode('ascii')}"
