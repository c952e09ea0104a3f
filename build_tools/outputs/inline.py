"""Put what a page loads into the page itself, for self-contained files."""

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

from build_tools.outputs.site.pages import render_colours
from build_tools.outputs.web_fonts import needed_fonts
from build_tools.project import find_template


def render_styles(templates: tuple[Path, ...], colour: str | None, text: str) -> Markup:
    """Return the styles of the site as one sheet that loads nothing, with the font files that a text needs."""
    fonts = needed_fonts(templates, text)
    faces = fonts.faces
    for name, content in fonts.files.items():
        faces = faces.replace(f'url("{name}")', f'url("{_address(content)}")')
    site = find_template(templates, "site/assets/site.css").read_text(encoding="utf-8")
    return Markup(f"\n{faces}{render_colours(colour)}{site}")  # noqa: S704 - our own files, and a checked colour


def render_script(templates: tuple[Path, ...], name: str) -> Markup:
    """Return a script to put into a page."""
    return Markup(find_template(templates, f"site/assets/{name}").read_text(encoding="utf-8"))  # noqa: S704 - our own file


def content_hash(content: str) -> str:
    """Return the hash of these styles, or of a script, for a Content-Security-Policy, so that no others are applied."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode('ascii')}'"


def _address(font: bytes) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(font).decode('ascii')}"
