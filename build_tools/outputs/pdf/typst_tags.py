"""One pass over the tags of a PDF by Typst: they become the same as those of the other engine.

Typst joins what a page break divides, and keeps headers and footers out of the tree. It has no sections or row headers,
puts a nested list next to the clause that it belongs to, and puts the number and page of a line of the contents inside
its link.
"""

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, Pdf, String

from build_tools.outputs.pdf.links import describe_links
from build_tools.outputs.pdf.notes import remove_notes, use_notes
from build_tools.outputs.pdf.tree import Annotation, Element, Kid, dissolve, read_tree, write_tree

_ONLY_LAYOUT = ("Span", "Div")
"""Elements that are only layout, unless they have a language."""


def repair(pdf: Pdf, citations: Mapping[str, str], targets: Sequence[str], *, front: int, has_law: bool) -> None:
    """Repair the tags of a PDF in place; `citations` has the number of each section and clause by id, for its links.

    `targets` has where its links lead, `front` is the number of second-level headings before the policy, and `has_law`
    is whether the table of law and guidance follows it.
    """
    document = read_tree(pdf)
    use_notes(document)
    for page in pdf.pages:
        remove_notes(page)
    for element in document.walk():
        if element.role in _ONLY_LAYOUT:
            element.entries.pop("/A", None)
    dissolve(document, *_ONLY_LAYOUT)
    # inner elements first, because lists include other lists
    for element in reversed(list(document.walk())):
        match element.role:
            case "L":
                _mend_list(element)
            case "TOC":
                _mend_contents(element)
            case "Table":
                _mend_table(element)
    _move_captions(document)
    _name_headers(document)
    _name_targets(document, targets)
    describe_links(document, citations)
    document.kids = _grouped(document.kids, front, has_law=has_law)
    write_tree(pdf, document)


# --- lists and contents -----------------------------------------------------------------------------------------------


def _mend_list(found: Element) -> None:
    """Move each nested list into the clause before it; a list without labels has none."""
    items: list[Kid] = []
    for kid in found.elements:
        if kid.role == "L":
            _body(items[-1]).kids.append(kid)
        else:
            kid.kids = [part for part in kid.elements if part.kids or part.role != "Lbl"]
            dissolve(_body(kid), "P")
            items.append(kid)
    found.kids = items


def _body(item: Kid) -> Element:
    """Return the words of an item and everything below them."""
    if not isinstance(item, Element) or item.elements[-1].role != "LBody":
        raise ValueError("A list holds something other than items")
    return item.elements[-1]


def _mend_contents(found: Element) -> None:
    """Turn each line into a number and a reference (its link and page), with the lines below it inside it."""
    lines: list[Kid] = []
    for kid in found.elements:
        if kid.role == "TOCI":
            lines.append(_line(kid))
        elif lines and isinstance(lines[-1], Element):
            lines[-1].kids.append(kid)
        else:
            # the first level of headings is empty; its list contains that of the second level
            lines += kid.kids
    found.kids = lines


def _line(found: Element) -> Element:
    reference = found.elements[0]
    link = reference.elements[0]
    label = link.elements[0]
    areas: list[Kid] = [kid for kid in link.kids if isinstance(kid, Annotation)]
    *title, page = (kid for kid in link.kids if kid is not label and kid not in areas)
    # a language of the whole line is that of the title
    said = found.entries | reference.entries | link.entries
    language = {key: value for key, value in said.items() if key == "/Lang"}
    return Element("TOCI", [label, Element("Reference", [Element("Link", [*title, *areas], language), page])])


# --- links ------------------------------------------------------------------------------------------------------------


def _name_targets(document: Element, targets: Sequence[str]) -> None:
    """Set the provision that each link leads to: Typst names a destination only where it is a heading."""
    listed = {id(below) for element in document.walk() if element.role == "TOC" for below in element.walk()}
    inside = [
        element
        for element in document.walk()
        if id(element) not in listed and any(area.is_internal for area in element.annotations)
    ]
    for element, target in zip(inside, targets, strict=True):
        for area in element.annotations:
            at = element.kids.index(area)
            element.kids[at] = dataclasses.replace(area, known_target=target)


# --- tables -----------------------------------------------------------------------------------------------------------


def _mend_table(found: Element) -> None:
    """Make the first cell of each row its header (PDF/UA-1, 7.5); the headings of columns are rows like others."""
    dissolve(found, "THead", "TBody", "TFoot")
    for row in found.elements:
        row.elements[0].role = "TH"
    found.kids = [Element("TBody", found.kids)]


def _move_captions(document: Element) -> None:
    """Move the caption before each table into it."""
    kids: list[Kid] = []
    for kid in document.kids:
        if isinstance(kid, Element) and kid.role == "Table":
            kid.kids.insert(0, kids.pop())
        kids.append(kid)
    document.kids = kids


def _name_headers(document: Element) -> None:
    """Let each cell refer to the headers of its row and, if it has one, its column (ISO 32000-1, table 349)."""
    columns: Sequence[String] = ()
    for at, row in enumerate(element for element in document.walk() if element.role == "TR"):
        if all(cell.role == "TH" for cell in row.elements):
            columns = [String(f"column{at}-{index}") for index in range(len(row.elements))]
            for cell, name in zip(row.elements, columns, strict=True):
                cell.entries |= {"/ID": name, "/A": Dictionary(O=Name.Table, Scope=Name.Column)}
            continue
        header, *cells = row.elements
        name = String(f"row{at}")
        header.entries |= {"/ID": name, "/A": Dictionary(O=Name.Table, Scope=Name.Row)}
        for cell, column in itertools.zip_longest(cells, columns[1:]):
            cell.entries["/A"] = Dictionary(O=Name.Table, Headers=Array([name, *([column] if column else [])]))


# --- sections ---------------------------------------------------------------------------------------------------------


def _grouped(kids: Sequence[Kid], front: int, *, has_law: bool) -> list[Kid]:
    """Return the parts of a document: the cover, what comes before the policy, the policy, and its law."""
    begins = [at for at, kid in enumerate(kids) if _level(kid) == 2]  # noqa: PLR2004 - the level below the title
    *before, policy = begins[: front + 1]
    parts = zip([0, *before], [*before, policy], strict=True)
    divisions = [Element("Div", list(kids[begin:end])) for begin, end in parts]
    law = begins[-1] if has_law else len(kids)
    after = [Element("Div", list(kids[law:]))] if has_law else []
    return [*divisions, Element("Part", list(_sections(kids[policy:law]))), *after]


def _sections(kids: Sequence[Kid]) -> Iterator[Kid]:
    """Yield parts of a policy, each heading with everything below it in a section."""
    while kids:
        first, *rest = kids
        level = _level(first)
        if level is None:
            yield first
            kids = rest
            continue
        end = next((at for at, kid in enumerate(rest) if (_level(kid) or level + 1) <= level), len(rest))
        yield Element("Sect", [first, *_sections(rest[:end])])
        kids = rest[end:]


def _level(kid: Kid) -> int | None:
    """Return the level of a heading, None for anything else."""
    is_heading = isinstance(kid, Element) and len(kid.role) == 2 and kid.role[0] == "H"  # noqa: PLR2004 - as H2
    return int(kid.role[1]) if is_heading and isinstance(kid, Element) else None
