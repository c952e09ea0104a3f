"""Questions about the tree of a policy: what is printed, what stands under which heading."""

from collections.abc import Iterable, Mapping

import msgspec

from build_tools.policy.model import Kind, Node, Policy


def is_printed(node: Node) -> bool:
    """Return whether a node stands in the published policy: all but omitted clauses, which leave a gap.

    An omitted section keeps its heading, as a repealed section of an Act does.
    """
    return not node.is_left_out or node.kind is Kind.SECTION


def contents(policy: Policy) -> tuple[Node, ...]:
    """Return the sections of a policy, two levels deep, as its contents list them."""
    return tuple(
        msgspec.structs.replace(
            top, children=tuple(msgspec.structs.replace(child, children=()) for child in sections_of(top))
        )
        for top in policy.sections
    )


def sections_of(node: Node) -> Iterable[Node]:
    """Return the sections directly inside a section."""
    return (child for child in node.children if child.kind is Kind.SECTION)


def section_of(policy: Policy) -> Mapping[str, str]:
    """Return for the id of every node the id of the top-level section that it stands in."""
    return {node.id: top.id for top in policy.sections for node in top.walk()}
