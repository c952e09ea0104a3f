"""Questions about the tree of a policy: what is printed, under which heading, and what excludes what."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from build_tools.policy.model import Condition, Kind, Node, Policy, Unnumbered, plain


def is_printed(part: Node | Unnumbered) -> bool:
    """Return whether readers find a part in the published policy, and so whether another may cite it.

    What is left out leaves a gap, but a section keeps its heading, as a repealed section of an Act does.
    """
    return not part.is_left_out or part.kind is Kind.SECTION


def exclude(one: Iterable[Condition], other: Collection[Condition], lists: frozenset[str] = frozenset()) -> bool:
    """Return whether no school can have both of two parts, given what each is chosen by.

    `lists` names the options that hold several answers at once, whose clauses do not exclude one another.
    """
    return any(a.excludes(b, lists) for a in one for b in other)


def heading(section: Node) -> str:
    """Return the number and title of a section."""
    return f"{section.number} {plain(section.text)}"


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


def tops_of(policy: Policy) -> Mapping[str, Node]:
    """Return for the id of every node the top-level section that it is in."""
    return {node.id: top for top in policy.sections for node in top.walk()}


def section_of(policy: Policy) -> Mapping[str, str]:
    """Return for the id of every node the id of the top-level section that it is in."""
    return {identity: top.id for identity, top in tops_of(policy).items()}
