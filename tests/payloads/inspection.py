"""What is looked for in pages and PDFs: anything that lives, and any structure that a school's words have changed."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from folders import ROOT
from pikepdf import Array, Dictionary, Object, Pdf, Stream
from playwright.sync_api import Page

_READ = """text => {
    const read = node => node.nodeType === Node.TEXT_NODE ? node.data : [
        node.tagName,
        Object.fromEntries([...node.attributes].map(attribute => [attribute.name, attribute.value])),
        [...(node instanceof HTMLTemplateElement ? node.content : node).childNodes]
            .filter(child => !(child instanceof Comment)).map(read),
    ];
    return JSON.stringify(read(new DOMParser().parseFromString(text, "text/html").documentElement));
}"""
"""Reads a page without running any of it; comments are left out."""

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
    ("link", "href", "rel", "title", "type"),
    ("script", "defer", "src"),
    ("style",),
}
"""What our own pages have of these, in the head alone: names with their attributes."""
_EMBEDDING = (ROOT / "templates/site/assets/embed.js").read_text(encoding="utf-8")
_RUNNING = frozenset(("action", "background", "formaction", "ping", "srcdoc", "srcset", "style", "xlink:href"))
_SCHEMES = {"a": ("", "https", "http", "mailto", "tel"), "img": ("", "data"), "link": ("", "data"), "script": ("",)}
PHRASES = frozenset(("a", "del", "em", "ins", "mark", "span", "strong"))
"""Elements inside a clause's words, which Markdown in an amendment may make."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element of a page, in lower case as browsers compare names, with the elements and words inside it."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple["Element | str", ...]

    def find(self, tag: str) -> "Element":
        """Return the first child of a name."""
        return next(child for child in self.elements() if child.tag == tag)

    def elements(self) -> Iterator["Element"]:
        """Yield the elements directly inside it."""
        return (child for child in self.children if isinstance(child, Element))

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all inside it."""
        yield self
        for child in self.elements():
            yield from child.walk()

    def texts(self) -> Iterator[str]:
        """Yield all words inside it."""
        for child in self.children:
            yield from (child,) if isinstance(child, str) else child.texts()


def parse(reader: Page, path: Path) -> Element:
    """Return a page as a browser reads it; the reader is any page of that browser."""
    return _element(json.loads(reader.evaluate(_READ, path.read_text(encoding="utf-8"))))


def _element(read: Any) -> Element:  # noqa: ANN401 - as JSON has it
    tag, attributes, children = read
    inside = (child if isinstance(child, str) else _element(child) for child in children)
    return Element(tag.lower(), attributes, tuple(inside))


def living(page: Element) -> list[str]:
    """Return everything in a page that could run, load or send, beyond what our own pages have in their heads."""
    own = {*page.find("head").elements(), *filter(_is_embedding, page.walk())}
    return [f"{element.tag} {element.attributes}" for element in page.walk() if _lives(element, is_own=element in own)]


def _is_embedding(script: Element) -> bool:
    """Return whether an element is the script that tells the page around a policy how high it is."""
    return script.tag == "script" and "".join(script.texts()).strip() == _EMBEDDING.strip()


def _lives(element: Element, *, is_own: bool) -> bool:
    tag, attributes = element.tag, sorted(element.attributes)
    if tag in _DEADLY and not (is_own and ((tag, *attributes) in _HEAD or _is_embedding(element))):
        return True
    if tag == "meta" and element.attributes.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
        return True
    if any(name.startswith("on") or name in _RUNNING for name in attributes):
        return True
    given = [element.attributes.get(name) for name in ("href", "src", "data", "poster")]
    schemes = _SCHEMES.get(tag, ())
    addresses = [address for address in given if address is not None]
    return any(urlsplit(address.strip()).scheme not in schemes or address.startswith("//") for address in addresses)


def outline(page: Element, ignored: frozenset[str] = frozenset()) -> list[str]:
    """Return every element of a page with its depth, its names and its attributes, without any words."""
    return list(_outline(page, 0, ignored))


def _outline(element: Element, depth: int, ignored: frozenset[str]) -> Iterator[str]:
    is_shown = element.tag not in ignored
    if is_shown:
        names = " ".join(f"{name}={element.attributes.get(name, '')}" for name in ("id", "class"))
        yield f"{depth} {element.tag} {names} {sorted(element.attributes)}"
    for child in element.elements():
        yield from _outline(child, depth + is_shown, ignored)


def words(page: Element) -> str:
    """Return the words that a page shows, with one space wherever there is some."""
    return " ".join("".join(page.find("body").texts()).split())


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
