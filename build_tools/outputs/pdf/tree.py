"""The structure tree of a PDF (ISO 32000-1, 14.7) as plain objects: read completely, changed, and rewritten."""

import dataclasses
import functools
from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec
from pikepdf import Array, Dictionary, Name, Object, Pdf, String


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page in the tree: the marked content with this number."""

    page: int
    mcid: int


@dataclasses.dataclass(frozen=True, slots=True)
class Annotation:
    """A link's active area."""

    page: int
    dictionary: Object
    known_target: str | None = None
    """Where it leads, where the file itself says only the place on a page."""

    @property
    def target(self) -> str:
        """Its target: the name of a destination in the document, or an address."""
        if self.known_target:
            return self.known_target
        if "/Dest" in self.dictionary:
            return str(self.dictionary.Dest)
        return str(self.dictionary.A.URI)

    @property
    def is_internal(self) -> bool:
        """Whether its target is in the document."""
        return "/Dest" in self.dictionary


@dataclasses.dataclass(slots=True)
class Element:
    """An element of the structure tree."""

    role: str
    """Its standard type: `P`, `LI`, `Link`."""
    kids: list["Kid"] = dataclasses.field(default_factory=list)
    entries: dict[str, Object] = dataclasses.field(default_factory=dict)
    """Its other entries: attributes, alternative text, the id to which table cells refer."""

    @property
    def elements(self) -> list["Element"]:
        """The elements directly inside it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def annotations(self) -> list[Annotation]:
        """The active areas directly inside it."""
        return [kid for kid in self.kids if isinstance(kid, Annotation)]

    def walk(self) -> Iterator["Element"]:
        """Yield this element and everything below it, in reading order."""
        ahead = [self]
        while ahead:
            element = ahead.pop()
            yield element
            ahead += reversed(element.elements)

    def contents(self) -> Iterator[Content]:
        """Yield the marked content in it and below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.contents()
            elif isinstance(kid, Content):
                yield kid


Kid: TypeAlias = Element | Content | Annotation

_Said: TypeAlias = dict[str, Any]
_REFERENCES = {"/MCR", "/OBJR"}
_OWN_KEYS = {"/Type", "/S", "/K", "/P", "/Pg"}
_decode = msgspec.json.Decoder().decode


def dissolve(element: Element, *roles: str) -> None:
    """Replace each element with one of these roles by its contents, unless it has other entries."""
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            dissolve(kid, *roles)
            if kid.role in roles and not kid.entries:
                kids += kid.kids
                continue
        kids.append(kid)
    element.kids = kids


# --- reading ----------------------------------------------------------------------------------------------------------


def read_tree(pdf: Pdf) -> Element:
    """Return the document element of a tagged PDF."""
    kids = pdf.Root.StructTreeRoot.K
    return _Reader(pdf).element(kids[0] if isinstance(kids, Array) else kids)


class _Reader:
    """Reads one tree, each object completely as JSON, which is as fast as reading one of its values with pikepdf."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = {page.obj.unparse().decode(): index for index, page in enumerate(pdf.pages)}

    def element(self, found: Object) -> Element:
        """Return an element with everything in it."""
        return self._element(found, _said(found), 0)

    def _element(self, found: Object, said: _Said, page: int) -> Element:
        page = self.pages[said["/Pg"]] if "/Pg" in said else page
        kids = said.get("/K", ())
        entries = {key: found[key] for key in said if key not in _OWN_KEYS}
        listed = kids if isinstance(kids, list | tuple) else [kids]
        return Element(said["/S"][1:], [self._kid(kid, page) for kid in listed], entries)

    def _kid(self, said: int | str | _Said, page: int) -> Kid:
        if isinstance(said, int):
            return Content(page, said)
        if isinstance(said, str):
            found = self._object(said)
            said = _said(found)
            if said.get("/Type") not in _REFERENCES:
                return self._element(found, said, page)
        here = self.pages[said["/Pg"]] if "/Pg" in said else page
        return Content(here, said["/MCID"]) if "/MCID" in said else Annotation(here, self._object(said["/Obj"]))

    def _object(self, reference: str) -> Object:
        number, generation, _ = reference.split()
        return self.pdf.get_object(int(number), int(generation))


def _said(found: Object) -> _Said:
    """Return an object as JSON: a name or a reference is text."""
    said: _Said = _decode(found.to_json(dereference=True))
    return said


# --- writing ----------------------------------------------------------------------------------------------------------


def write_tree(pdf: Pdf, document: Element) -> None:
    """Replace a PDF's structure tree by this one, with its parent tree and its names."""
    _Writer(pdf).write(document)


_STRUCT_ELEM = Name.StructElem


@functools.cache
def _name(role: str) -> Name:
    return Name(f"/{role}")


class _Writer:
    """Writes one tree and collects the other data that the file needs about it."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages: list[Object] = [page.obj for page in pdf.pages]
        self.parents: list[dict[int, Object]] = [{} for _ in self.pages]
        self.links: list[Object] = []
        self.names: dict[bytes, Object] = {}

    def write(self, document: Element) -> None:
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([self._element(document, root)])
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self._parent_tree()))
        root.ParentTreeNextKey = len(self.pages) + len(self.links)
        if self.names:
            # a name tree is sorted by the bytes of its keys (ISO 32000-1, 7.9.6)
            pairs = [item for name in sorted(self.names) for item in (String(name), self.names[name])]
            limits = Array([String(min(self.names)), String(max(self.names))])
            leaf = self.pdf.make_indirect(Dictionary(Names=Array(pairs), Limits=limits))
            root.IDTree = self.pdf.make_indirect(Dictionary(Kids=Array([leaf])))
        self.pdf.Root.StructTreeRoot = root

    def _element(self, element: Element, parent: Object) -> Object:
        first = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        entries = {"/Type": _STRUCT_ELEM, "/S": _name(element.role), "/P": parent, **element.entries}
        if first is not None:
            entries["/Pg"] = self.pages[first]
        made: Object = self.pdf.make_indirect(entries)  # type: ignore[call-overload]  # it also accepts a plain dictionary
        if "/ID" in element.entries:
            self.names[bytes(element.entries["/ID"])] = made
        made.K = [self._kid(kid, made, first) for kid in element.kids]
        return made

    def _kid(self, kid: Kid, parent: Object, page: int | None) -> Object | int:
        match kid:
            case Element():
                return self._element(kid, parent)
            case Content():
                self.parents[kid.page][kid.mcid] = parent
                if kid.page == page:
                    return kid.mcid
                return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mcid)
            case Annotation():
                kid.dictionary.StructParent = len(self.pages) + len(self.links)
                self.links.append(parent)
                return Dictionary(Type=Name.OBJR, Obj=kid.dictionary, Pg=self.pages[kid.page])

    def _parent_tree(self) -> Array:
        numbers = Array()
        for index, page in enumerate(self.pages):
            page.StructParents = index
            held = self.parents[index]
            owners = Array([held.get(mcid) for mcid in range(max(held, default=-1) + 1)])
            numbers.append(index)
            numbers.append(self.pdf.make_indirect(owners))
        for index, owner in enumerate(self.links, len(self.pages)):
            numbers.append(index)
            numbers.append(owner)
        return numbers
