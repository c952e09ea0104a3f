"""Questions about the tree of a policy: which parts are printed, under which heading, and which exclude others."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from build_tools.policy.model import Condition, Kind, Node, Origin, Policy, Run, Unnumbered, plain


def is_printed(part: Node | Unnumbered) -> bool:
    """Return whether a part is visible in the published policy, and so whether another part may cite it.

    A part that is left out leaves a gap, but a section keeps its heading, like a repealed section of an Act.
    """
    return not part.is_left_out or part.kind is Kind.SECTION


def exclude(one: Iterable[Condition], other: Collection[Condition], lists: frozenset[str] = frozenset()) -> bool:
    """Return whether no school can have both of two parts, given the conditions of each.

    `lists` has the options that may have several answers at once; their clauses do not exclude one another.
    """
    return any(a.excludes(b, lists) for a in one for b in other)


def heading(section: Node) -> str:
    """Return the number and title of a section, or the title of a handout."""
    return f"{section.number} {plain(section.text)}".strip()


def printed_handouts(policy: Policy) -> tuple[Node, ...]:
    """Return the handouts of a policy with only the parts and lines that the school has."""
    return tuple(filter(None, map(_printed_part, policy.handouts)))


def _printed_part(part: Node) -> Node | None:
    """Return what is printed of a part of a handout; None if it is left out, or has no line."""
    if part.is_left_out:
        return None
    children = tuple(filter(None, map(_printed_part, part.children)))
    return msgspec.structs.replace(part, children=children) if children or part.kind is Kind.CLAUSE else None


def without_copies(handout: Node) -> Node:
    """Return a handout as it is compared and searched: the words next to boxes belong to the text of their line.

    The lines that copy a clause are left out, because they change only if the clause does.
    """
    children = tuple(without_copies(child) for child in handout.children if not child.citation)
    if not handout.choices:
        return msgspec.structs.replace(handout, children=children)
    offered = Run(f" ({', '.join(handout.choices)})")
    was = None if handout.was is None else (*handout.was, offered)
    return msgspec.structs.replace(handout, text=(*handout.text, offered), was=was, children=children)


def without_words(policy: Policy, fields: Collection[str]) -> Policy:
    """Return a policy in which the values of some fields are ordinary words of the template, not the school's own."""

    def plainer(node: Node) -> Node:
        text = tuple(_ordinary(run) if run.field in fields else run for run in node.text)
        is_template = node.origin is Origin.FILLED and not any(run.field for run in text)
        return msgspec.structs.replace(
            node,
            text=text,
            origin=Origin.TEMPLATE if is_template else node.origin,
            by=None if is_template else node.by,
            children=tuple(map(plainer, node.children)),
        )

    sections, handouts = (tuple(map(plainer, tops)) for tops in (policy.sections, policy.handouts))
    return dataclasses.replace(policy, sections=sections, handouts=handouts)


def _ordinary(run: Run) -> Run:
    return msgspec.structs.replace(run, field=None)


def worded_parts(policy: Policy) -> Iterator[Node]:
    """Yield every part of a policy, then every part and line of its handouts that copies no clause."""
    for top in (*policy.sections, *map(without_copies, policy.handouts)):
        yield from top.walk()


def contents(policy: Policy) -> tuple[Node, ...]:
    """Return the sections of a policy, two levels deep, for its table of contents."""
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
    """Return the top-level section, or the handout, of every node, by the node's id."""
    return {node.id: top for top in (*policy.sections, *policy.handouts) for node in top.walk()}


def section_of(policy: Policy) -> Mapping[str, str]:
    """Return the id of the top-level section, or of the handout, of every node, by the node's id."""
    return {identity: top.id for identity, top in tops_of(policy).items()}
