"""One pass over a finished PDF for what WeasyPrint does not do, so that it makes sense when it is read aloud.

WeasyPrint writes the tags page by page and supports only HTML's own elements. Here, a list, clause or table that a page
break divided is joined again; headers, footers and invisible content are removed from the tree (PDF/UA-1, 7.1: they are
artifacts); the contents become a TOC, numbers become labels, and row headers get their direction (PDF/UA-1, 7.5 and
7.6). Words in other languages are marked.
"""

from collections.abc import Mapping
from typing import TypeGuard

from pikepdf import Dictionary, Name, Pdf, String

from build_tools.outputs.pdf.content import PageContent
from build_tools.outputs.pdf.links import describe_links
from build_tools.outputs.pdf.notes import remove_notes, use_notes
from build_tools.outputs.pdf.tree import Content, Element, Kid, dissolve, read_tree, write_tree
from build_tools.policy.scripts import has_other_scripts, is_right_to_left

_SPACE = String(" ")
_INLINE = frozenset(("Span", "Link"))
_HEADINGS = frozenset(("H1", "H2", "H3", "H4", "H5", "H6"))
_UNDIVIDED = _HEADINGS | {"TR", "TH", "TD", "Caption", "TOCI", "Figure", "Link"}
"""Elements that page breaks never divide; links are joined separately, line by line."""


def repair(pdf: Pdf, citations: Mapping[str, str]) -> None:
    """Repair the tags of a PDF in place; `citations` has the number of each section and clause by id, for its links."""
    document = read_tree(pdf)
    drawn = [PageContent(page) for page in pdf.pages]
    use_notes(document)
    _mark_spaces(document, [content.painted for content in drawn])
    dissolve(document, "NonStruct")
    for part in document.elements:
        dissolve(part, "Div")
    _keep_spaces_between_words(document, but_not_in=_INLINE)
    _mark_contents(document)
    _join_pages(document)
    _mark_labels(document)
    dissolve(document, "Span")
    _join_links(document)
    _keep_spaces_between_words(document)
    _mark_headers(document)
    describe_links(document, citations)
    held: list[set[int]] = [set() for _ in drawn]
    for content in document.contents():
        held[content.page].add(content.mcid)
    words = _words_of_content(document)
    for number, (page, on_page, kept) in enumerate(zip(pdf.pages, drawn, held, strict=True)):
        remove_notes(page)
        on_page.mark_artifacts(kept)
        on_page.mark_words(words.get(number, {}))
        on_page.write()
    write_tree(pdf, document)


# --- words and spaces -------------------------------------------------------------------------------------------------


def _mark_spaces(element: Element, painted: list[set[int]]) -> None:
    """Keep invisible content as a space: WeasyPrint does not draw text that is only spaces, as between two links.

    Elements without visible content are removed, except empty table cells.
    """
    kids: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Content) and kid.mcid not in painted[kid.page]:
            kids.append(Element("Span", [kid], {"/ActualText": _SPACE}))
            continue
        if isinstance(kid, Element):
            _mark_spaces(kid, painted)
        if not isinstance(kid, Element) or kid.kids or kid.role == "TD":
            kids.append(kid)
    element.kids = kids


def _keep_spaces_between_words(document: Element, but_not_in: frozenset[str] = frozenset()) -> None:
    """Remove the spaces that are not between words of one element."""
    for element in document.walk():
        if element.role not in but_not_in:
            kids = element.kids
            element.kids = [kid for at, kid in enumerate(kids) if not _is_space(kid) or _is_between_words(kids, at)]


def _is_between_words(kids: list[Kid], at: int) -> bool:
    return 0 < at < len(kids) - 1 and _is_words(kids[at - 1]) and _is_words(kids[at + 1])


def _is_words(kid: Kid) -> bool:
    return not isinstance(kid, Element) or kid.role in _INLINE


def _is_space(kid: Kid) -> bool:
    return isinstance(kid, Element) and kid.entries.get("/ActualText") == _SPACE


def _words_of_content(document: Element) -> Mapping[int, Mapping[int, str]]:
    """Return the words of marked content by page and number, where the glyphs of a script are not its letters in order.

    Programs that copy words from a page expect those from right to left as they are drawn, which needs no help.
    """
    found: dict[int, dict[int, str]] = {}
    for element in document.walk():
        words = str(element.entries.get("/ActualText", ""))
        if has_other_scripts(words) and not is_right_to_left(words):
            for at, content in enumerate(element.contents()):
                found.setdefault(content.page, {})[content.mcid] = "" if at else words
    return found


# --- structure --------------------------------------------------------------------------------------------------------


def _mark_contents(document: Element) -> None:
    """Make each list of internal links a TOC: each TOCI has the number as Lbl, the link and page as Reference."""
    for element in document.walk():
        if element.role == "L" and all(_is_entry(item) for item in element.elements):
            element.role = "TOC"
            for item in element.elements:
                number, *others = [kid for kid in item.elements[0].elements if not _is_space(kid)]
                inner = [kid for kid in others if kid.role == "L"]
                reference = Element("Reference", [kid for kid in others if kid.role != "L"])
                item.role, item.kids = "TOCI", [_label(number), reference, *inner]


def _is_entry(item: Element) -> bool:
    body = item.elements[0].kids
    return (
        len(body) > 1
        and _is_number(body[0])
        and isinstance(body[1], Element)
        and body[1].role == "Link"
        and all(annotation.is_internal for annotation in body[1].annotations)
    )


def _mark_labels(document: Element) -> None:
    """Move the number of a clause out of its body; the number of a heading or paragraph is its first words."""
    for element in document.walk():
        if element.role == "LI" and element.elements and element.elements[0].role == "LBody":
            body = element.elements[0]
            if body.kids and _is_number(number := body.kids[0]):
                body.kids.pop(0)
                element.kids.insert(0, _label(number))
        elif element.kids and (_is_heading(element) or element.role == "P") and _is_number(number := element.kids[0]):
            element.kids[:1] = number.kids


def _label(number: Element) -> Element:
    return Element("Lbl", number.kids)


def _is_number(kid: Kid) -> TypeGuard[Element]:
    """Return whether this is a number in the margin: an HTML `a` without an address."""
    return isinstance(kid, Element) and kid.role == "Link" and not kid.annotations


def _begins_with_number(body: Element) -> bool:
    first = body.kids[0] if body.kids else None
    if isinstance(first, Element) and first.role == "P" and first.kids:
        first = first.kids[0]
    return first is not None and _is_number(first)


def _is_heading(element: Element) -> bool:
    return element.role in _HEADINGS


def _mark_headers(document: Element) -> None:
    """Give each header cell its scope (ISO 32000-1, table 349): a row if data cells are next to it, else a column."""
    for row in document.walk():
        if row.role == "TR":
            scope = Name.Row if any(cell.role == "TD" for cell in row.elements) else Name.Column
            for cell in row.elements:
                if cell.role == "TH":
                    cell.entries.setdefault("/A", Dictionary(O=Name.Table)).Scope = scope


# --- page breaks ------------------------------------------------------------------------------------------------------


def _join_pages(document: Element) -> None:
    """Join the parts of an element that a page break divided."""
    joined: list[Kid] = []
    for part in document.elements:
        if joined and isinstance(joined[-1], Element) and _continues(joined[-1], part):
            _join(joined[-1], part)
        else:
            joined.append(part)
    document.kids = joined


def _join(before: Element, after: Element) -> None:
    last, first = before.kids[-1] if before.kids else None, after.kids[0] if after.kids else None
    if isinstance(last, Element) and isinstance(first, Element) and _continues(last, first):
        _join(last, first)
        before.kids.extend(after.kids[1:])
    else:
        before.kids.extend(after.kids)


def _continues(before: Element, after: Element) -> bool:
    """Return whether the first element of a page continues the last one of the page before.

    It does, unless it has the beginning of its kind: a section a heading, a clause its number, a table a caption.
    The stylesheet never divides headings, rows, cells and entries of the contents.
    """
    if before.role != after.role or after.role in _UNDIVIDED or _is_space(before) or _is_space(after):
        return False
    first = after.kids[0] if after.kids else None
    match after.role:
        case "Sect" | "Div":
            return not (isinstance(first, Element) and _is_heading(first))
        case "Table":
            return not (isinstance(first, Element) and first.role == "Caption")
        case "LI":
            return not (isinstance(first, Element) and _begins_with_number(first))
    return True


# --- links ------------------------------------------------------------------------------------------------------------


def _join_links(document: Element) -> None:
    """Join the lines of a link into one link."""
    for element in document.walk():
        kids: list[Kid] = []
        for kid in element.kids:
            last = kids[-1] if kids else None
            if isinstance(last, Element) and isinstance(kid, Element) and _is_same_link(last, kid):
                last.kids.extend(kid.kids)
            else:
                kids.append(kid)
        element.kids = kids


def _is_same_link(one: Element, other: Element) -> bool:
    targets = {annotation.target for annotation in one.annotations}
    return bool(targets) and targets == {annotation.target for annotation in other.annotations}
