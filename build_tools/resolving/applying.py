"""The law and guidance that applies to a school: what a clause of the edition rests on, for this school."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from build_tools.policy.model import GOOD_PRACTICE, Basis, Freedom, Node
from build_tools.schema.answers import get
from build_tools.template.conditions import holds
from build_tools.template.edition import Edition


def applying(nodes: Iterable[Node], edition: Edition, values: Mapping[str, Any]) -> tuple[Node, ...]:
    """Return the nodes without law and guidance that does not apply to the school: to follow it is good practice."""
    others = {
        name
        for name, conditions in edition.applies.items()
        if not all(holds(condition, get(values, condition.field)) for condition in conditions)
    }
    return tuple(_without_bases(node, others) for node in nodes) if others else tuple(nodes)


def _without_bases(node: Node, others: Collection[str]) -> Node:
    kept = tuple(basis for basis in node.rests_on if basis.source not in others)
    is_of_others = bool(node.rests_on) and all(basis.source == GOOD_PRACTICE for basis in kept)
    return msgspec.structs.replace(
        node,
        rests_on=(Basis(GOOD_PRACTICE),) if is_of_others else kept,
        # law that does not apply to the school fixes nothing for it
        freedom=Freedom.FREE if is_of_others and node.freedom is Freedom.FIXED else node.freedom,
        children=tuple(_without_bases(child, others) for child in node.children),
    )
