"""Amendments of a school, or of its federation, to clauses that the edition marks as fixed by law."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from build_tools.policy.model import Action, Freedom, Kind, Node, Origin
from build_tools.policy.sources import title_of
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.template.edition import Edition
from build_tools.text.problems import Problem, Severity, all_of


def fixed_amendments(resolved: Resolved) -> Iterator[Problem]:
    """Yield a warning for each amendment that replaces or omits clauses that are fixed for this school."""
    edition, school = resolved.edition, resolved.school
    amended = [node for node in resolved.policy.walk() if _may_touch(node, edition)]
    if not amended:
        return
    # what an omission removes is no longer in the policy
    whole = resolve(edition, dataclasses.replace(school, amendments=(), phrases=()))
    before = {node.id: node for node in whole.walk()}
    for node in amended:
        target = before[node.id]
        parts = _fixed_in(target) if node.is_left_out else filter(_is_fixed, (target,))
        if fixed := tuple(parts):
            action = Action.OMIT if node.is_left_out else Action.REPLACE
            yield Problem(node.place, f"{action} {node.id}: {_why(fixed, edition)}", Severity.WARNING)


def _may_touch(node: Node, edition: Edition) -> bool:
    if node.provision is None or node.provision not in edition.by_id or not node.origin.traits.is_amendment:
        return False
    provision = edition.by_id[node.provision]
    parts = (provision,) if node.origin is Origin.REPLACED else provision.walk()
    return any(part.freedom is Freedom.FIXED for part in parts)


def _fixed_in(part: Node) -> Iterator[Node]:
    """Yield the fixed clauses of a part; those inside another one are part of it."""
    if _is_fixed(part):
        yield part
        return
    for child in part.children:
        yield from _fixed_in(child)


def _is_fixed(part: Node) -> bool:
    return part.kind is Kind.CLAUSE and part.freedom is Freedom.FIXED


def _why(fixed: Sequence[Node], edition: Edition) -> str:
    """Return which clauses are fixed, by what, and what to do instead."""
    is_one = len(fixed) == 1
    laws = _laws(fixed, edition)
    by = f" ({laws})" if laws else ""
    return (
        f"{all_of(node.citation for node in fixed)} {'is' if is_one else 'are'} fixed by law{by}. "
        f"Keep {'it' if is_one else 'them'}, and insert a clause of your own if you want to say more. "
        "Otherwise ask the people who agree your policy first."
    )


def _laws(fixed: Iterable[Node], edition: Edition) -> str:
    """Return the law and guidance that fixes clauses, as far as the edition names it: each names it first."""
    names = {basis.source for node in fixed for basis in node.rests_on[:1]}
    return "; ".join(title_of(citation) for name, citation in edition.cited.items() if name in names)
