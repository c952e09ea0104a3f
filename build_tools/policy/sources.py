"""The law and guidance that the clauses of a policy rest on."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from build_tools.policy.model import GOOD_PRACTICE, Basis, Citation, Kind, Node, Policy

LAW_TITLE = "Law and guidance"
LAW_LEAD = "What the clauses of this policy rest on. All others are good practice."


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Law or guidance with the clauses that rest on it."""

    name: str
    citation: Citation
    clauses: tuple[Node, ...]
    """At least one, in reading order; one whose lead-in rests on the same is listed only if the school amended it."""


def sources_of(policy: Policy) -> tuple[Source, ...]:
    """Return what the clauses of a policy rest on, in the order of the edition; good practice is not listed."""
    found: dict[str, list[Node]] = {name: [] for name in policy.sources}
    for top in policy.sections:
        for node, bases in bases_apart(top):
            for basis in bases:
                if node.kind is Kind.CLAUSE and basis.source in found:
                    found[basis.source].append(node)
    return tuple(Source(name, policy.sources[name], tuple(clauses)) for name, clauses in found.items() if clauses)


def changed_sources(policy: Policy) -> tuple[Source, ...]:
    """Return what the clauses of a policy rest on that has an end or a successor, each with amended clauses first."""
    return tuple(
        dataclasses.replace(source, clauses=amended_first(source.clauses))
        for source in sources_of(policy)
        if source.citation.in_force_until or source.citation.successor
    )


def amended_first(clauses: Iterable[Node]) -> tuple[Node, ...]:
    """Return clauses with those that the school amended before the others, each in reading order."""
    return tuple(sorted(clauses, key=lambda node: not node.origin.traits.is_amendment))


def numbered(node: Node) -> str:
    """Return the number of a clause, and who amended it, if anyone did."""
    return f"{node.citation}{amended_by(node)}"


def amended_by(node: Node) -> str:
    """Return what was done to a clause, and by whom, with a leading space; nothing if it is as in the template."""
    return f" ({node.origin.traits.words} by {node.by or 'the school'})" if node.origin.traits.is_amendment else ""


def clauses_on(policy: Policy, name: str) -> tuple[Node, ...]:
    """Return the clauses of a policy that rest on a source, in reading order."""
    return next((source.clauses for source in sources_of(policy) if source.name == name), ())


def bases_apart(node: Node, around: frozenset[Basis] = frozenset()) -> Iterator[tuple[Node, tuple[Basis, ...]]]:
    """Yield a part and those below it that the policy has, each with what it rests on besides its lead-in.

    `around` is what the clause around it rests on; headings hold for no clause, so they count for nothing. What a
    school amended is on its own, whatever its lead-in rests on.
    """
    if node.is_left_out:
        return
    is_apart = node.origin.traits.is_amendment
    yield node, tuple(basis for basis in node.rests_on if is_apart or basis not in around)
    own = frozenset(node.rests_on) if node.kind is Kind.CLAUSE else frozenset[Basis]()
    for child in node.children:
        yield from bases_apart(child, own)


def bases_in_words(top: Node, policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """Return what the clauses of a section rest on in words, by id; without what their lead-ins rest on."""
    return {
        node.id: tuple(basis_in_words(basis, policy.sources) for basis in bases)
        for node, bases in bases_apart(top)
        if bases and node.kind is Kind.CLAUSE
    }


def title_of(citation: Citation) -> str:
    """Return the title of law or guidance, with its year."""
    return f"{citation.title} ({citation.year})" if citation.year else citation.title


def basis_in_words(basis: Basis, sources: Mapping[str, Citation]) -> str:
    """Return what a clause rests on in words: the title of a source and where in it, or good practice."""
    if basis.source == GOOD_PRACTICE:
        return "good practice"
    title = title_of(sources[basis.source])
    return f"{title}, {basis.at}" if basis.at else title
