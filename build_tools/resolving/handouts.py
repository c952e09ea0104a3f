"""A school's handouts: the lines of the edition's handouts whose clauses its policy has, with its own amendments."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from build_tools.policy.model import Amendment, Kind, Node, Provision, Unnumbered
from build_tools.resolving.amend import amend
from build_tools.text.problems import Problem

_LACKING = "by its answers or amendments this school does not have that line"


def amended_handouts(
    handouts: Iterable[Unnumbered], amendments: Iterable[Amendment], sections: Iterable[Unnumbered]
) -> tuple[tuple[Unnumbered, ...], list[Problem]]:
    """Return the handouts of a school as it amended them, and a problem for each amendment of a line that it lacks.

    A line falls away if the policy does not have every clause that it says; so do handouts that do not apply.
    """
    has = {draft.id for top in sections for draft in top.walk() if not draft.is_left_out}
    return amend(_supported(handouts, has), amendments, _LACKING)


def _supported(parts: Iterable[Unnumbered], has: Collection[str]) -> tuple[Unnumbered, ...]:
    return tuple(
        msgspec.structs.replace(part, children=_supported(part.children, has))
        for part in parts
        if not part.is_left_out and all(identity in has for identity in _says(part))
    )


def _says(part: Unnumbered) -> tuple[str, ...]:
    return part.provision.says if part.provision else ()


def amendments_by_place(
    amendments: Iterable[Amendment], handouts: Iterable[Provision]
) -> tuple[tuple[Amendment, ...], tuple[Amendment, ...]]:
    """Return the amendments of sections and clauses, and those of handouts."""
    inside = {part.id for handout in handouts for part in handout.walk()}
    of_sections, of_handouts = [], []
    for amendment in amendments:
        if amendment.target in inside:
            # another insertion may follow an inserted line
            inside.update(part.id for part in amendment.inserted)
            of_handouts.append(amendment)
        else:
            of_sections.append(amendment)
    return tuple(of_sections), tuple(of_handouts)


def with_copies(handouts: Iterable[Node], sections: Iterable[Node]) -> tuple[Node, ...]:
    """Return handouts, filled in, in which each line that copies a clause has the clause's words and number.

    Parts and handouts without any line are left out.
    """
    clauses = {node.id: node for top in sections for node in top.walk() if not node.is_left_out}
    found = (_with_copies(handout, clauses) for handout in handouts)
    return tuple(handout for handout in found if handout.children or handout.is_left_out)


def _with_copies(part: Node, clauses: Mapping[str, Node]) -> Node:
    children = []
    for child in part.children:
        if child.kind is Kind.CLAUSE:
            children.append(_complete(child, clauses))
        elif (inner := _with_copies(child, clauses)).children or inner.is_left_out:
            children.append(inner)
    return msgspec.structs.replace(part, children=tuple(children))


def _complete(line: Node, clauses: Mapping[str, Node]) -> Node:
    """Return a line; if it has no words of its own in the edition, with those of its clause."""
    if line.blank or not line.says:
        return line
    if line.is_left_out or line.is_own:
        return line if line.was else msgspec.structs.replace(line, was=clauses[line.says[0]].text)
    return line if line.text else _copy(line, clauses[line.says[0]])


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
