"""What is looked for in pages and PDFs: anything that lives, and any structure that a school's words have changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import tinyhtml5
from pikepdf import Array, Dictionary, Object, Pdf, Stream

Element: TypeAlias = Any
"""An element of `xml.etree`; tinyhtml5 is published without types."""

_DEADLY = frozenset(
    (
        *("applet", "audio", "base", "embed", "foreignobject", "form", "frame", "iframe", "link", "math", "meta"),
        *("object", "plaintext", "portal", "script", "style", "template", "video"),
    )
)
_HEAD = {
    ("meta", "charset"),
    ("meta", "content", "http-equiv"),
    ("meta", "content", "name"),
    ("link", "href", "rel"),
    ("script", "defer", "src"),
    ("style",),
}
"""What our own pages have of these, in the head alone: names with their attributes."""
_RUNNING = frozenset(("action", "background", "formaction", "ping", "srcdoc", "srcset", "style", "xlink:href"))
_SCHEMES = {"a": ("", "https", "http", "mailto", "tel"), "img": ("", "data"), "link": ("", "data"), "script": ("",)}
PHRASES = frozenset(("a", "del", "em", "ins", "mark", "span", "strong"))
"""Elements inside a clause's words, which Markdown in an amendment may make."""


def parse(path: Path) -> Element:
    """Return a page as a browser reads it."""
    return tinyhtml5.parse(path.read_text(encoding="utf-8"), namespace_html_elements=False)


def living(page: Element) -> list[str]:
    """Return everything in a page that could run, load or send, beyond what our own pages have in their heads."""
    own = set(page.find("head"))
    return [
        f"{element.tag} {dict(element.attrib)}"
        for element in page.iter()
        if isinstance(element.tag, str) and _lives(element, is_own=element in own)
    ]


def _lives(element: Element, *, is_own: bool) -> bool:
    tag, attributes = element.tag.rpartition("}")[2].lower(), sorted(element.attrib)
    if tag in _DEADLY and not (is_own and (tag, *attributes) in _HEAD):
        return True
    if tag == "meta" and element.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
        return True
    if any(name.startswith("on") or name in _RUNNING for name in attributes):
        return True
    addresses = [element.get(name) for name in ("href", "src", "data", "poster") if element.get(name) is not None]
    schemes = _SCHEMES.get(tag, ())
    return any(urlsplit(address.strip()).scheme not in schemes or address.startswith("//") for address in addresses)


def outline(page: Element, ignored: frozenset[str] = frozenset()) -> list[str]:
    """Return every element of a page with its depth, its names and its attributes, without any words."""
    return list(_outline(page, 0, ignored))


def _outline(element: Element, depth: int, ignored: frozenset[str]) -> Iterator[str]:
    is_shown = isinstance(element.tag, str) and element.tag not in ignored
    if is_shown:
        names = " ".join(f"{name}={element.get(name, '')}" for name in ("id", "class"))
        yield f"{depth} {element.tag} {names} {sorted(element.attrib)}"
    for child in element:
        yield from _outline(child, depth + is_shown, ignored)


def words(page: Element) -> str:
    """Return the words that a page shows, with one space wherever there is some."""
    return " ".join("".join(page.find("body").itertext()).split())


_NAMES = (
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/AA",
    "/OpenAction",
    "/RichMedia",
    "/XFA",
)
_ACTIONS = (
    "/JavaScript",
    "/Launch",
    "/GoToR",
    "/GoToE",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/Movie",
    "/Sound",
)


def living_in_pdf(pdf: Pdf) -> list[str]:
    """Return everything in a PDF that could run, load, send or hide another file (ISO 32000-1, 12.6.4 and 7.11.4)."""
    return [found for obj in pdf.objects for found in _living_in(obj)]


def _living_in(obj: Object) -> Iterator[str]:
    """Yield what lives in an object and in what stands directly inside it."""
    if isinstance(obj, Array):
        for entry in obj.as_list():
            if isinstance(entry, Object) and not entry.is_indirect:
                yield from _living_in(entry)
    elif isinstance(obj, Dictionary | Stream):
        yield from (f"{name}" for name in obj.keys() & set(_NAMES))
        for name, value in obj.items():
            if name in ("/S", "/Type", "/Subtype") and str(value) in (*_ACTIONS, "/EmbeddedFile", "/Filespec"):
                yield f"{name} {value}"
            elif name == "/URI" and urlsplit(str(value)).scheme not in ("https", "http", "mailto", "tel"):
                yield f"/URI {value}"
            elif isinstance(value, Object) and not value.is_indirect:
                yield from _living_in(value)
