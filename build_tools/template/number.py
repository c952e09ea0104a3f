"""Number every section and clause, like a statute.

The edition numbers everything that it contains, so a number means the same provision in every school. A school's
insertion has the number before it and a letter, as in amended Acts of Parliament: 6A, then 6B; paragraph (ba)
after (b).
"""

import dataclasses
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec

from build_tools.policy.model import Condition, Kind, Node, Provision, Run, Text
from build_tools.policy.tree import exclude, is_printed

# The text and the link of a citation by the provision's id. The edition's own words, which are shown
# next to those of the school, may cite a part that the school left out.
_Citations: TypeAlias = Mapping[str, tuple[str, str | None]]

_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """The number of a section or clause."""

    number: str
    """The number in the margin: `9.5`, `(4)`, `(b)`; empty for a group."""
    citation: str
    """The number in full: `9.5(4)(b)`; for a group, that of its section."""


def number_edition(sections: Iterable[Provision], lists: frozenset[str]) -> Mapping[str, Label]:
    """Return the label of every provision of an edition, by id.

    `lists` has the options that may have several answers at once; their clauses do not exclude one another.
    """
    labels: dict[str, Label] = {}
    for index, section in enumerate(sections, 1):
        labels[section.id] = Label(str(index), str(index))
        _number_inside(section, labels, lists)
    return labels


def number(nodes: Iterable[Node], labels: Mapping[str, Label]) -> tuple[Node, ...]:
    """Return nodes with their numbers, and their citations of one another in words."""
    tops = tuple(nodes)
    given = dict(_labelled(tops, labels, "", 0))
    everywhere = {identity: (label.citation, None) for identity, label in labels.items()}
    present = {node.id: (given[node.id].citation, node.id) for top in tops for node in top.walk() if is_printed(node)}
    citations = {**everywhere, **present}
    return tuple(_numbered(node, given, citations) for node in tops)


def clause_number(index: int, depth: int) -> str:
    """Return the number of the index-th clause (from 1) at a depth: (1), then (a), then (i), then (A)."""
    styles: tuple[Callable[[int], str], ...] = (str, letters, roman, lambda i: letters(i).upper())
    return f"({styles[depth](index)})"


def letters(index: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 … 26, 27, 28 …."""
    out = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        out = string.ascii_lowercase[rest] + out
    return out


def roman(index: int) -> str:
    """Return i, ii, iii, iv … for 1, 2, 3, 4 ….."""
    out = ""
    for value, numeral in _ROMAN:
        count, index = divmod(index, value)
        out += numeral * count
    return out


def after(label: str, index: int) -> str:
    """Return the number of the index-th insertion (from 1) after a section or clause: 9.5A, (6A), (ba), (iia)."""
    letter = letters(index)
    if not label.startswith("("):
        return f"{label}{letter.upper()}"
    inner = label[1:-1]
    return f"({inner}{letter.upper() if inner[-1].isdigit() or inner[-1].isupper() else letter})"


# --- the edition ---------------------------------------------------------------------------------


def _number_inside(section: Provision, labels: dict[str, Label], lists: frozenset[str]) -> None:
    own = labels[section.id].citation
    subsections = [child for child in section.children if child.kind is Kind.SECTION]
    for index, child in enumerate(subsections, 1):
        labels[child.id] = Label(f"{own}.{index}", f"{own}.{index}")
        _number_inside(child, labels, lists)
    clauses = list(_clauses_of(section, own, labels))
    _number_clauses(clauses, own, 0, labels, lists)


def _clauses_of(
    parent: Provision, own: str, labels: dict[str, Label]
) -> Iterable[tuple[Provision, tuple[Condition, ...]]]:
    """Yield a section's clauses with their conditions, including those inside groups."""
    for child in parent.children:
        if child.kind is Kind.GROUP:
            labels[child.id] = Label("", own)
            for clause, when in _clauses_of(child, own, labels):
                yield clause, (*child.when, *when)
        elif child.kind is Kind.CLAUSE:
            yield child, child.when


def _number_clauses(
    clauses: Iterable[tuple[Provision, tuple[Condition, ...]]],
    parent: str,
    depth: int,
    labels: dict[str, Label],
    lists: frozenset[str],
) -> None:
    taken: list[tuple[tuple[Condition, ...], int]] = []
    for clause, when in clauses:
        # the number after the last clause that can be in a policy together with this one
        index = 1 + max((n for other, n in taken if not exclude(when, other, lists)), default=0)
        taken.append((when, index))
        shown = clause_number(index, depth)
        labels[clause.id] = Label(shown, f"{parent}{shown}")
        below = [(child, child.when) for child in clause.children]
        _number_clauses(below, f"{parent}{shown}", depth + 1, labels, lists)


# --- a policy ------------------------------------------------------------------------------------


def _labelled(
    nodes: tuple[Node, ...], labels: Mapping[str, Label], parent: str, depth: int
) -> Iterator[tuple[str, Label]]:
    """Yield the ids of siblings and all below them, with their labels; `depth` counts the clauses around them."""
    last, inserted = "", 0
    for index, node in enumerate(nodes, 1):
        if node.provision is not None:
            label = _of_edition(node, labels, index)
            last, inserted = label.number, 0
        elif node.kind is Kind.SECTION or last:
            inserted += 1
            label = _label(after(last, inserted), parent, node)
        else:
            label = _label(clause_number(index, depth), parent, node)
        yield node.id, label
        yield from _labelled(node.children, labels, label.citation, depth + (node.kind is Kind.CLAUSE))


def _of_edition(node: Node, labels: Mapping[str, Label], index: int) -> Label:
    label = labels[node.provision or ""]
    if node.id == node.provision:
        return label
    # entries of the school's own list are the only ones in their clause, so their letters start at the first
    around = label.citation.removesuffix(label.number)
    depth = around.count("(")
    shown = clause_number(index, depth)
    return Label(shown, f"{around}{shown}")


def _label(shown: str, parent: str, node: Node) -> Label:
    return Label(shown, shown if node.kind is Kind.SECTION else f"{parent}{shown}")


def _numbered(node: Node, given: Mapping[str, Label], citations: _Citations) -> Node:
    """Return a node and everything below it with their numbers, and with their citations in words."""
    label = given[node.id]

    def worded(text: Text) -> Text:
        return tuple(_worded(run, citations) for run in text)

    return msgspec.structs.replace(
        node,
        number=label.number,
        citation=label.citation,
        text=worded(node.text),
        was=worded(node.was) if node.was is not None else None,
        guidance=tuple(worded(note) for note in node.guidance),
        children=tuple(_numbered(child, given, citations) for child in node.children),
    )


def _worded(run: Run, citations: _Citations) -> Run:
    if run.target is None:
        return run
    text, target = citations[run.target]
    return msgspec.structs.replace(run, text=text, target=target)
