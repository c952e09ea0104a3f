"""PDFs read back with other libraries than made them, beside what their HTML says that they should hold.

Both become trees of `Tag`: what a reading program hears. A link stands in brackets inside the words around it, and
words in another language stand with its tag in angle brackets: <cy: Ysgol>.
"""

import dataclasses
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import pdfplumber
import pikepdf
from lxml import html

Foreign: TypeAlias = Any
"""What comes from a library without types."""


@dataclasses.dataclass
class Tag:
    """An element of the tag tree: words and other elements in order."""

    role: str
    kids: list["Tag | str"] = dataclasses.field(default_factory=list)
    pages: set[int] = dataclasses.field(default_factory=set)
    """The pages, from 1, on which its own words stand."""
    entries: dict[str, Any] = dataclasses.field(default_factory=dict)
    """What else the file says of it: A, ID, Alt."""
    links: list["Link"] = dataclasses.field(default_factory=list)

    def walk(self) -> Iterator["Tag"]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def find(self, *roles: str) -> list["Tag"]:
        return [tag for tag in self.walk() if tag.role in roles]

    def all_pages(self) -> set[int]:
        return set[int]().union(*(tag.pages for tag in self.walk()))

    def texts(self) -> Iterator[str]:
        """Yield the words of each element, in reading order: what one element holds is heard in one breath."""
        for is_inline, kids in itertools.groupby(self.kids, key=_is_inline):
            if is_inline:
                yield from _words(_heard(kids))
            else:
                for kid in kids:
                    yield from kid.texts() if isinstance(kid, Tag) else ()

    def outline(self, depth: int = 0) -> Iterator[str]:
        """Yield a line for each element and for its words."""
        yield f"{'  ' * depth}{self.role}"
        own = dataclasses.replace(self, kids=[])
        for kid in self.kids:
            if isinstance(kid, Tag) and not _is_inline(kid):
                yield from (f"{'  ' * depth}  {text}" for text in own.texts())
                own.kids.clear()
                yield from kid.outline(depth + 1)
            else:
                own.kids.append(kid)
        yield from (f"{'  ' * depth}  {text}" for text in own.texts())


@dataclasses.dataclass
class Link:
    """The active area of a link."""

    target: str
    is_internal: bool
    description: str


@dataclasses.dataclass
class Reading:
    """What a reading program knows of a PDF."""

    document: Tag
    artifacts: dict[int, str]
    """The text outside the tree, by page from 1."""
    lowest: dict[int, str]
    """The role of the element in which the lowest words of each page stand."""
    destinations: dict[str, int]
    """The page of each place that links can name."""


def _is_inline(kid: Tag | str) -> bool:
    return isinstance(kid, str) or kid.role in ("Link", "Span")


def _heard(kids: Iterable[Tag | str]) -> str:
    """Return what stands on one line or several: a link in brackets, and words of another language with its tag."""
    heard = ""
    for language, group in itertools.groupby((kid for kid in kids if kid != ""), key=_language):
        words = "".join(_heard_of(kid) for kid in group)
        heard += f"<{language}: {words}>" if language else words
    return heard


def _heard_of(kid: Tag | str) -> str:
    if isinstance(kid, str):
        return kid
    return f"[{_heard(kid.kids)}]" if kid.role == "Link" else _heard(kid.kids)


def _language(kid: Tag | str) -> str | None:
    return kid.entries.get("Lang") if isinstance(kid, Tag) and kid.role == "Span" else None


def _words(text: str) -> Iterator[str]:
    if words := re.sub(r"\s+", " ", text).strip():
        yield words


# --- the file ---------------------------------------------------------------------------------------------------------


def read_pdf(data: bytes) -> Reading:
    """Return the tags of a PDF with their words, and the words that have none."""
    texts: dict[tuple[int, int], str] = {}
    bottoms: dict[tuple[int, int], float] = {}
    artifacts: dict[int, str] = {}
    with pdfplumber.open(io.BytesIO(data)) as plumber:
        for number, page in enumerate(plumber.pages, 1):
            for char in page.chars:
                if char["mcid"] is None:
                    artifacts[number] = artifacts.get(number, "") + char["text"]
                else:
                    key = number, char["mcid"]
                    texts[key] = texts.get(key, "") + char["text"]
                    bottoms[key] = max(bottoms.get(key, 0.0), char["bottom"])
            page.close()
    reader = _Reader(texts)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        reader.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        reader.languages, reader.language = dict(_languages(pdf)), str(pdf.Root.Lang)
        document = reader.tag(pdf.Root.StructTreeRoot.K[0], 0)
        names = list(pdf.Root.Names.Dests.Names) if "/Names" in pdf.Root else []
        places = {str(name): reader.pages[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}
    assert reader.seen == texts.keys(), "words that are neither in the tree nor artifacts"
    lowest = {page: max((bottoms[p, m], reader.roles[p, m]) for p, m in bottoms if p == page)[1] for page, _ in bottoms}
    return Reading(document, artifacts, lowest, places)


class _Reader:
    def __init__(self, texts: Mapping[tuple[int, int], str]) -> None:
        self.texts = texts
        self.pages: dict[Any, int] = {}
        self.languages: Mapping[tuple[int, int], str] = {}
        self.language = ""
        self.roles: dict[tuple[int, int], str] = {}
        self.seen: set[tuple[int, int]] = set()

    def tag(self, found: Foreign, page: int, language: str | None = None) -> Tag:
        """Return an element; `language` is that of what it stands in, where it is not the document's."""
        page = self.pages[found.Pg.objgen] if "/Pg" in found else page
        entries = {key[1:]: value for key, value in found.items() if key in ("/A", "/ID", "/Alt", "/Lang")}
        tag = Tag(str(found.S)[1:], entries={key: _plain(value) for key, value in entries.items()})
        if tag.role != "Span":
            language = tag.entries.get("Lang", language)
        for kid in found.K:
            if not isinstance(kid, pikepdf.Object):
                self._words(tag, page, int(kid), language)
            elif kid.get("/Type") == "/MCR":
                self._words(tag, self.pages[kid.Pg.objgen], int(kid.MCID), language)
            elif kid.get("/Type") == "/OBJR":
                annotation = kid.Obj
                target = annotation.Dest if "/Dest" in annotation else annotation.A.URI
                tag.links.append(Link(str(target), "/Dest" in annotation, str(annotation.Contents)))
            elif "/ActualText" in kid:
                tag.kids.append(self._said(kid, page))
            else:
                assert kid.P.objgen == found.objgen
                tag.kids.append(self.tag(kid, page, language))
        return tag

    def _said(self, found: Foreign, page: int) -> Tag | str:
        """Return the words that take the place of all that is drawn in an element."""
        drawn = self.tag(pikepdf.Dictionary({key: found[key] for key in ("/S", "/K", "/Pg") if key in found}), page)
        assert not drawn.find("P", "LI"), "words in place of more than words"
        words = str(found.ActualText)
        return Tag("Span", [words], entries={"Lang": str(found.Lang)}) if "/Lang" in found else words

    def _words(self, tag: Tag, page: int, mcid: int, language: str | None) -> None:
        assert (page, mcid) not in self.seen, "words that are read twice"
        if (page, mcid) in self.texts:  # a picture has none
            self.seen.add((page, mcid))
            self.roles[page, mcid] = tag.role
            text, language = self.texts[page, mcid], self.languages.get((page, mcid), language)
            is_foreign = language not in (None, self.language)
            tag.kids.append(Tag("Span", [text], entries={"Lang": language}) if is_foreign else text)
        tag.pages.add(page)


def _languages(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the language of each piece of content that names its own (ISO 32000-1, 14.9.2.2)."""
    for number, page in enumerate(pdf.pages, 1):
        for marked in pikepdf.parse_content_stream(page, "BDC"):
            said = marked.operands[1] if str(marked.operator) == "BDC" else None
            if isinstance(said, pikepdf.Dictionary) and "/Lang" in said:
                yield (number, int(said.MCID)), str(said.Lang)


def _plain(value: Foreign) -> Foreign:
    if isinstance(value, pikepdf.Dictionary):
        return {key[1:]: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, pikepdf.Array) else str(value)


# --- its HTML ---------------------------------------------------------------------------------------------------------

_ROLES = {"section": "Sect", "div": "Div", "main": "Part", "ol": "L", "ul": "L", "li": "LI", "table": "Table"}
_ROLES |= {"tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "p": "P", "img": "Figure"}


def expect_from_html(text: str, destinations: Mapping[str, int]) -> Tag:
    """Return the tags that an HTML document should become; `destinations` gives the page numbers in its contents."""
    body = html.document_fromstring(text).body
    return Tag("Document", [kid for kid in _kids(body, destinations) if isinstance(kid, Tag)])


def _kids(element: Foreign, destinations: Mapping[str, int]) -> list["Tag | str"]:
    kids: list[Tag | str] = [element.text or ""]
    for child in element:
        kids += _expected(child, destinations)
        kids.append(child.tail or "")
    return kids


def _expected(element: Foreign, destinations: Mapping[str, int]) -> list["Tag | str"]:
    if element.get("class") == "page":
        return [f" {destinations[element.get('data-target')[1:]]}"]
    kids = _kids(element, destinations)
    match element.tag:
        case "div" if element.getparent().tag == "div":
            return kids
        case "a" if element.get("href"):
            return [Tag("Link", kids)]
        case "span" if element.get("lang"):
            return [Tag("Span", kids, entries={"Lang": element.get("lang")})]
        case "a" | "span" | "em" | "strong" | "code":
            return kids
        case "li":
            return [_item(element, kids)]
        case "ol" if element.get("class") == "contents" or element.getparent().getparent().get("class") == "contents":
            return [Tag("TOC", kids)]
    return [Tag(_ROLES.get(element.tag) or element.tag.upper(), kids)]


def _item(element: Foreign, kids: list["Tag | str"]) -> Tag:
    numbers = element.findall("a[@class='number']")
    if not numbers:
        return Tag("LI", [Tag("LBody", kids)])
    assert isinstance(kids[1], str)
    label, rest = Tag("Lbl", [kids[1]]), kids[2:]
    if any("contents" in (outer.get("class") or "") for outer in element.iterancestors("ol")):
        deeper = [kid for kid in rest if isinstance(kid, Tag) and kid.role == "TOC"]
        return Tag("TOCI", [label, Tag("Reference", [kid for kid in rest if kid not in deeper]), *deeper])
    return Tag("LI", [label, Tag("LBody", rest)])
