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
    # the first is what fixes a clause; if it does not apply to the school, the others leave it a choice
    is_loose = node.freedom is Freedom.FIXED and kept[:1] != node.rests_on[:1]
    return msgspec.structs.replace(
        node,
        rests_on=kept or ((Basis(GOOD_PRACTICE),) if node.rests_on else ()),
        freedom=Freedom.FREE if is_loose else node.freedom,
        children=tuple(_without_bases(child, others) for child in node.children),
    )
