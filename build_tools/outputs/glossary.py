"""The glossary on the pages of a policy: the terms that it uses, each linked where a section first uses it.

It belongs to the pages and not to the policy, so it is added when a page is made: what is stored, compared and ratified
does not have it.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence

import msgspec

from build_tools.policy.model import Kind, Node, Policy, Run
from build_tools.template.glossary import TERM, Term, uses

TITLE = "Glossary"
LEAD = "What some words and abbreviations in this policy mean. The glossary is not part of the policy."


@dataclasses.dataclass(frozen=True, slots=True)
class Explained:
    """A term that a policy uses."""

    id: str
    name: str
    stands_for: str | None
    meaning: str
    clauses: tuple[Node, ...]
    """The first clause with it in each section."""


@dataclasses.dataclass(frozen=True, slots=True)
class Glossary:
    """The terms that a policy uses, in alphabetical order, and its sections with links to them."""

    sections: tuple[Node, ...]
    terms: tuple[Explained, ...]


def explain(policy: Policy, terms: Sequence[Term], words: Callable[[str], str]) -> Glossary:
    """Return the glossary of a policy; `words` fills in the edition's words."""
    found: dict[Term, list[Node]] = {}
    sections = []
    for top in policy.sections:
        first: dict[Term, Node] = {}
        sections.append(_linked(top, terms, first))
        for term, clause in first.items():
            found.setdefault(term, []).append(clause)
    explained = (
        Explained(
            term.id, term.name, words(term.stands_for) if term.stands_for else None, words(term.meaning), tuple(at)
        )
        for term, at in found.items()
    )
    return Glossary(tuple(sections), tuple(sorted(explained, key=lambda one: one.name.casefold())))


def with_terms(address: Callable[[str], str | None], page: str) -> Callable[[str], str | None]:
    """Return a function with the addresses of clauses and of terms, which are on a page with an address."""
    return lambda identity: f"{page}#{identity}" if identity.startswith(TERM) else address(identity)


def _linked(node: Node, terms: Sequence[Term], first: dict[Term, Node]) -> Node:
    """Return a part with a link at each term that is not yet in `first`, and add the clause to it."""
    if node.is_left_out:
        return node
    text = node.text
    if node.kind is Kind.CLAUSE:
        text = tuple(_divided(node, terms, first))
    children = tuple(_linked(child, terms, first) for child in node.children)
    return msgspec.structs.replace(node, text=text, children=children)


def _divided(node: Node, terms: Sequence[Term], first: dict[Term, Node]) -> Iterator[Run]:
    """Yield the runs of a clause; a term is a run of its own. What is a link already remains one."""
    for run in node.text:
        at = 0
        for start, end, term in () if run.href or run.target else uses(run.text, terms):
            if term in first:
                continue
            first[term] = node
            if start > at:
                yield msgspec.structs.replace(run, text=run.text[at:start])
            yield msgspec.structs.replace(run, text=run.text[start:end], target=term.id)
            at = end
        if at < len(run.text) or not run.text:
            yield msgspec.structs.replace(run, text=run.text[at:]) if at else run
