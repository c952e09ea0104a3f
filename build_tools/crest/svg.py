"""An SVG crest with nothing left in it but shapes and colours.

An SVG file can do what a page can: run scripts, load files, show other pages. The crest is on every page of a school
and in its PDF, so it is rebuilt only from the elements and attributes listed here. Leftovers of an editor (names of
layers, notes, its own attributes) are silently removed; anything whose removal would change the picture is a mistake.
"""

import graphlib
import math
import re
from collections.abc import Iterator

from lxml import etree

from build_tools.crest.css import PROPERTIES, Complaint, Element, inline_styles, is_plain_value, is_reference
from build_tools.text.problems import Mistakes, Place, Problem

_SVG = "http://www.w3.org/2000/svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
MOST_DRAWN = 50_000
"""The maximum number of elements that a crest draws, counting repeated ones each time."""
WIDEST = 10
"""The maximum ratio of a crest's longer side to its shorter side."""

_ELEMENTS = frozenset(
    (
        *("g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"),
    )
)
_DROPPED = ("title", "desc", "metadata", "style")
_HINTS = {
    "text": "Its letters would look different on every machine. Turn them into paths.",
    "image": "A picture inside the picture is not shown. Export the whole as PNG.",
    "filter": "Effects such as shadows are not printed. Remove them, or export the whole as PNG.",
}
_GEOMETRY = frozenset(
    (
        *("cx", "cy", "fr", "fx", "fy", "height", "offset", "r", "rx", "ry", "width", "x", "x1", "x2", "y", "y1", "y2"),
        *("clipPathUnits", "gradientUnits", "maskContentUnits", "maskUnits", "patternContentUnits", "patternUnits"),
        *("gradientTransform", "patternTransform", "preserveAspectRatio", "spreadMethod", "transform", "viewBox"),
        *("d", "id", "points"),
    )
)
_PATH = re.compile(r"[\sMmZzLlHhVvCcSsQqTtAaEe0-9.,+-]*")


def clean_svg(text: str, file: str) -> tuple[bytes, float]:
    """Return an SVG file with nothing but shapes and colours, and its width divided by its height.

    Raises:
        Mistakes: if it is not an SVG file, or contains anything active.
    """
    root = _parse(text, file)
    complaints = inline_styles(root, _SVG)
    made = _clean(root, complaints)
    left, top, width, height = _box(root)
    if not width > 0 or not height > 0:
        complaints.append((root, 'The size is missing. Give it in <svg>, for example with viewBox="0 0 120 160".'))
    elif not 1 / WIDEST <= width / height <= WIDEST:
        complaints.append(
            (
                root,
                f"The picture is more than {WIDEST} times wider than it is high, or higher than it is wide. Crop it.",
            )
        )
    if not complaints:
        complaints += _repetition(root, made)
    if complaints:
        raise Mistakes(Problem(Place(file, element.sourceline), message) for element, message in complaints)
    made.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    made.set("width", f"{width:g}")
    made.set("height", f"{height:g}")
    return etree.tostring(made), width / height


def _parse(text: str, file: str) -> Element:
    """Return the root of an XML text, without comments and instructions; entities are refused, not expanded."""
    if declared := re.search("<!(?:ENTITY|ATTLIST)", text):
        line = text.count("\n", 0, declared.start()) + 1
        raise Mistakes(
            [Problem(Place(file, line), f"{declared[0]} is not allowed in a crest. Export it as plain SVG.")]
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        message = f"This is not an SVG file that can be read: {error.msg}. Export it again."
        raise Mistakes([Problem(Place(file, error.lineno), message)]) from None
    if (entity := next(root.iter(etree.Entity), None)) is not None:
        message = f"The entity {entity.text} is not allowed in a crest. Export it as plain SVG."
        raise Mistakes([Problem(Place(file, entity.sourceline), message)])
    if root.tag != f"{{{_SVG}}}svg":
        message = f'This is not an SVG file: it begins with <svg xmlns="{_SVG}">.'
        raise Mistakes([Problem(Place(file, root.sourceline), message)])
    return root


def _clean(element: Element, complaints: list[Complaint]) -> Element:
    """Return a copy of an element with only what is allowed in it."""
    made = etree.Element(element.tag, nsmap={None: _SVG})
    for name, value in _attributes(element, complaints):
        made.set(name, value)
    for child in element:
        child_name = etree.QName(child).localname
        if etree.QName(child).namespace != _SVG or child_name in _DROPPED:
            continue
        if child_name in _ELEMENTS:
            made.append(_clean(child, complaints))
        else:
            hint = _HINTS.get(child_name, "A crest is shapes and colours. Export it as plain SVG, or as PNG.")
            complaints.append((child, f"<{child_name}> is not allowed in a crest. {hint}"))
    return made


def _attributes(element: Element, complaints: list[Complaint]) -> Iterator[tuple[str, str]]:
    for key, value in sorted((str(key), str(value).strip()) for key, value in element.attrib.items()):
        if key.startswith("on"):
            complaints.append((element, f"{key} would run a script. Delete it."))
        elif key in _HREFS:
            if is_reference(value):
                yield "href", value
            else:
                complaints.append(
                    (
                        element,
                        f"The address {value[:80]} is outside the picture, and a crest loads no files. Delete it.",
                    )
                )
        elif key in PROPERTIES or key in _GEOMETRY:
            if _is_allowed(key, value):
                yield key, value
            else:
                complaints.append((element, f"{key}: {value[:80]} is not allowed in a crest. Export it as plain SVG."))


def _is_allowed(name: str, value: str) -> bool:
    match name:
        case "d" | "points":
            return bool(_PATH.fullmatch(value))
        case "id":
            return is_reference(f"#{value}")
    return is_plain_value(value)


def _box(root: Element) -> tuple[float, ...]:
    """Return left, top, width and height of the picture, from its view box or else from its size in pixels."""
    told = root.get("viewBox", "").replace(",", " ").split()
    if len(told) != 4:  # noqa: PLR2004 - the four
        told = ["0", "0", root.get("width", "0"), root.get("height", "0")]
    try:
        box = tuple(float(length.removesuffix("px")) for length in told)
    except ValueError:
        return (0, 0, 0, 0)
    return box if all(map(math.isfinite, box)) else (0, 0, 0, 0)


def _repetition(root: Element, made: Element) -> Iterator[Complaint]:
    """Yield a complaint about a reference that repeats for ever, or too often to wait for."""
    try:
        drawn = _count_drawn(made)
    except graphlib.CycleError:
        yield root, "A part of the picture repeats itself endlessly. Export it as plain SVG, or as PNG."
        return
    if drawn > MOST_DRAWN:
        yield root, f"The picture draws more than {MOST_DRAWN:,} shapes, counting repetitions. Export it as PNG."


def _count_drawn(root: Element) -> int:
    """Return the number of elements that are drawn, counting those that are referred to each time.

    Raises:
        graphlib.CycleError: if a reference refers back to itself.
    """
    by_id: dict[str, list[Element]] = {}
    for element in root.iter():
        by_id.setdefault(element.get("id", ""), []).append(element)
    below = {
        element: [*element, *(other for name in _references(element) for other in by_id.get(name, ()))]
        for element in root.iter()
    }
    counts: dict[Element, int] = {}
    for element in graphlib.TopologicalSorter(below).static_order():
        counts[element] = 1 + sum(counts[other] for other in below[element])
    return counts[root]


def _references(element: Element) -> Iterator[str]:
    """Yield the ids that an element refers to; a colour such as #123456 may look like one."""
    for value in element.attrib.values():
        yield from re.findall(r"#([\w.-]+)", str(value))
