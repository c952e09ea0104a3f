"""A school's handouts: the lines of the edition's handouts that its policy supports, filled in."""

from collections.abc import Iterable, Mapping

import msgspec

from build_tools.policy.model import Kind, Node, Origin


def supported_handouts(handouts: Iterable[Node], sections: Iterable[Node]) -> tuple[Node, ...]:
    """Return handouts with only the lines whose clauses the policy has, and with the clauses that lines copy.

    A part or handout without lines is left out, as is a handout that does not apply to the school.
    """
    has = {node.id: node for top in sections for node in top.walk() if not node.is_left_out}
    found = (_supported(handout, has) for handout in handouts if handout.origin is not Origin.NOT_CHOSEN)
    return tuple(handout for handout in found if handout.children)


def _supported(part: Node, has: Mapping[str, Node]) -> Node:
    children = []
    for child in part.children:
        if child.kind is Kind.CLAUSE and all(identity in has for identity in child.says):
            is_copy = not child.text and child.blank is None and not child.is_left_out
            children.append(_copy(child, has[child.says[0]]) if is_copy else child)
        elif child.kind is Kind.GROUP and (inner := _supported(child, has)).children:
            children.append(inner)
    return msgspec.structs.replace(part, children=tuple(children))


def _copy(line: Node, clause: Node) -> Node:
    """Return a line with the words of a clause, its number to refer to, and everything printed below it."""
    below = tuple(_copy(line, child) for child in clause.children if not child.is_left_out)
    return msgspec.structs.replace(
        line,
        id=line.id if clause.id in line.says else f"{line.id}-{clause.id}",
        says=(clause.id,),
        text=clause.text,
        origin=clause.origin,
        citation=clause.citation,
        children=below,
    )
