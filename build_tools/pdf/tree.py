"""The structure tree of a PDF (ISO 32000-1, 14.7) as plain objects: read whole, changed freely, written anew."""

import dataclasses
from collections.abc import Iterator
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page that the tree holds: the marked content of that number."""

    page: int
    mcid: int


@dataclasses.dataclass(frozen=True, slots=True)
class Annotation:
    """A link's active area."""

    page: int
    dictionary: Object

    @property
    def target(self) -> str:
        """Where it leads: the name of a destination in the document, or an address."""
        if "/Dest" in self.dictionary:
            return str(self.dictionary.Dest)
        return str(self.dictionary.A.URI)

    @property
    def is_internal(self) -> bool:
        """Whether it leads to a place in the document."""
        return "/Dest" in self.dictionary


@dataclasses.dataclass(slots=True)
class Element:
    """An element of the structure tree."""

    role: str
    """Its standard type: `P`, `LI`, `Link`."""
    kids: list["Kid"] = dataclasses.field(default_factory=list)
    entries: dict[str, Object] = dataclasses.field(default_factory=dict)
    """What else the file says of it: attributes, alternative text, the name that table cells call it by."""

    @property
    def elements(self) -> list["Element"]:
        """The elements directly inside it."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def annotations(self) -> list[Annotation]:
        """The active areas directly inside it."""
        return [kid for kid in self.kids if isinstance(kid, Annotation)]

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in reading order."""
        yield self
        for element in self.elements:
            yield from element.walk()

    def contents(self) -> Iterator[Content]:
        """Yield the marked content in it and below it, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.contents()
            elif isinstance(kid, Content):
                yield kid


Kid: TypeAlias = Element | Content | Annotation

_PageNumbers: TypeAlias = dict[tuple[int, int], int]
"""The index of each page by the number and generation of its object."""
_OWN_KEYS = {"/Type", "/S", "/K", "/P", "/Pg"}


def dissolve(element: Element, role: str) -> None:
    """Put in the place of each element of a role, unless more is said of it, what is in it."""
    for child in element.elements:
        dissolve(child, role)
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element) and kid.role == role and not kid.entries:
            kids.extend(kid.kids)
        else:
            kids.append(kid)
    element.kids = kids


# --- reading ----------------------------------------------------------------------------------------------------------


def read_tree(pdf: Pdf) -> Element:
    """Return the document element of a tagged PDF."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    kids = pdf.Root.StructTreeRoot.K
    return _element(kids[0] if isinstance(kids, Array) else kids, pages, 0)


def _element(found: Object, pages: _PageNumbers, page: int) -> Element:
    page = pages[found.Pg.objgen] if "/Pg" in found else page
    kids = found.get("/K", Array())
    entries = {key: value for key, value in found.items() if key not in _OWN_KEYS}
    listed = kids if isinstance(kids, Array) else [kids]
    return Element(str(found.S)[1:], [_kid(kid, pages, page) for kid in listed], entries)


def _kid(found: object, pages: _PageNumbers, page: int) -> Kid:
    if not isinstance(found, Object):
        return Content(page, int(found))  # type: ignore[call-overload]
    here = pages[found.Pg.objgen] if "/Pg" in found else page
    match found.get("/Type"):
        case Name.OBJR:
            return Annotation(here, found.Obj)
        case Name.MCR:
            return Content(here, int(found.MCID))
    return _element(found, pages, page)


# --- writing ----------------------------------------------------------------------------------------------------------


def write_tree(pdf: Pdf, document: Element) -> None:
    """Give a PDF this structure tree in place of the one it has, with its parent tree and its names."""
    _Writer(pdf).write(document)


class _Writer:
    """Writes one tree and gathers what the file must know of it besides."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages: list[Page] = list(pdf.pages)
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
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.role}"), P=parent))
        for key, value in element.entries.items():
            made[key] = value
        if "/ID" in element.entries:
            self.names[bytes(element.entries["/ID"])] = made
        first = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        if first is not None:
            made.Pg = self.pages[first].obj
        made.K = Array([self._kid(kid, made, first) for kid in element.kids])
        return made

    def _kid(self, kid: Kid, parent: Object, page: int | None) -> Object | int:
        match kid:
            case Element():
                return self._element(kid, parent)
            case Content():
                self.parents[kid.page][kid.mcid] = parent
                if kid.page == page:
                    return kid.mcid
                return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page].obj, MCID=kid.mcid)
            case Annotation():
                kid.dictionary.StructParent = len(self.pages) + len(self.links)
                self.links.append(parent)
                return Dictionary(Type=Name.OBJR, Obj=kid.dictionary, Pg=self.pages[kid.page].obj)

    def _parent_tree(self) -> Array:
        numbers = Array()
        for index, page in enumerate(self.pages):
            page.obj.StructParents = index
            held = self.parents[index]
            owners = Array([held.get(mcid) for mcid in range(max(held, default=-1) + 1)])
            numbers.append(index)
            numbers.append(self.pdf.make_indirect(owners))
        for index, owner in enumerate(self.links, len(self.pages)):
            numbers.append(index)
            numbers.append(owner)
        return numbers
