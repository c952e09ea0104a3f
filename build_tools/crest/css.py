"""The styles of an SVG crest, turned into plain attributes, so that the cleaning has one place to check."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import cssselect2
import tinycss2
from lxml import etree

PROPERTIES = frozenset(
    (
        *("clip-path", "clip-rule", "color", "display", "fill", "fill-opacity", "fill-rule", "mask", "opacity"),
        *("overflow", "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset"),
        *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "visibility"),
    )
)
"""The style properties that a crest keeps."""

_FUNCTIONS = frozenset(
    (
        *("hsl", "hsla", "rgb", "rgba", "url"),
        *("matrix", "rotate", "scale", "skewx", "skewy", "translate"),
    )
)
_PLAIN = frozenset(("whitespace", "ident", "number", "percentage", "dimension", "hash", "comment"))

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's name for it
Complaint: TypeAlias = tuple[Element, str]
"""An element, and what is wrong with it."""
_Declaration: TypeAlias = tuple[str, str, bool]
"""A property, its value, and whether it is important."""
_Node: TypeAlias = Any  # tinycss2 and cssselect2 are published without types
_Selector: TypeAlias = Any


def inline_styles(root: Element, namespace: str) -> list[Complaint]:
    """Turn the styles in the tree into attributes of the elements; return what cannot be read in the styles.

    Stronger declarations win, as in CSS Cascading and Inheritance; `style` elements and attributes are removed.
    """
    complaints: list[Complaint] = []
    matcher = cssselect2.Matcher()
    for sheet in list(root.iter(f"{{{namespace}}}style")):
        for selector, declarations in _rules(sheet, namespace, complaints):
            matcher.add_selector(selector, declarations)
    for wrapper in list(cssselect2.ElementWrapper.from_xml_root(root).iter_subtree()):
        element: Element = wrapper.etree_element
        found = [declaration for *_, declarations in matcher.match(wrapper) for declaration in declarations]
        own = tinycss2.parse_blocks_contents(element.attrib.pop("style", ""))
        found += _declarations(element, own, complaints)
        for name, value, _ in sorted(found, key=lambda declaration: declaration[2]):
            element.set(name, value)
    return complaints


def is_plain_value(value: str) -> bool:
    """Return whether a value has only numbers, words, colours and references inside the file."""
    return all(map(_is_plain, _tokens(tinycss2.parse_component_value_list(value))))


def is_reference(address: str) -> bool:
    """Return whether an address refers to an element in the same file."""
    name = address.removeprefix("#").replace("-", "").replace(".", "")
    return address.startswith("#") and name.isidentifier()


def _rules(
    sheet: Element, namespace: str, complaints: list[Complaint]
) -> Iterator[tuple[_Selector, tuple[_Declaration, ...]]]:
    for rule in tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            complaints.append((sheet, "A crest's styles are rules such as .a { fill: #123456 }. Delete all others."))
            continue
        declarations = tuple(_declarations(sheet, tinycss2.parse_blocks_contents(rule.content), complaints))
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude, namespaces={None: namespace})
        except cssselect2.SelectorError:
            complaints.append(
                (
                    sheet,
                    f"{tinycss2.serialize(rule.prelude).strip()[:80]} is not a CSS selector. Export it as plain SVG.",
                )
            )
            continue
        yield from ((selector, declarations) for selector in selectors)


def _declarations(element: Element, nodes: Iterable[_Node], complaints: list[Complaint]) -> Iterator[_Declaration]:
    for node in nodes:
        if node.type == "declaration" and node.lower_name in PROPERTIES:
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important
        elif node.type in ("error", "at-rule", "qualified-rule"):
            complaints.append((element, "This style cannot be read. Write properties such as fill: #123456;"))


def _tokens(nodes: Iterable[_Node]) -> Iterator[_Node]:
    """Yield the parts of a value, including those inside functions."""
    for node in nodes:
        yield node
        if node.type == "function":
            yield from _tokens(node.arguments)


def _is_plain(token: _Node) -> bool:
    match token.type:
        case "url" | "string":
            return is_reference(token.value)
        case "function":
            return token.lower_name in _FUNCTIONS
        case "literal":
            return token.value in (",", "/")
    return token.type in _PLAIN
