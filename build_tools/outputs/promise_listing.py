"""What a policy promises, as text for terminals and as data for programs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.policy.model import Node, plain
from build_tools.policy.promises import Promised, by_due, promises_of
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import NAME
from build_tools.text.dates import long_date
from build_tools.text.problems import counted


def render_promises(resolved: Resolved) -> str:
    """Return what a school's policy promises as text: by when it is due, each clause with its number and who does it.

    If nothing is promised, one line says so.
    """
    name, found = NAME.of(resolved.school.values), promises_of(resolved.policy)
    if not found:
        return f"{_nothing(resolved)}\n"
    lines = [f"{name}: {counted(len(found), 'promise')}"]
    for due in by_due(found):
        lines += ["", due.title, "=" * len(due.title)]
        section = ""
        for promised in due.promises:
            lines += ["", promised.section] if promised.section != section else []
            section = promised.section
            lines += (f"  {line}" for line in _lines(promised))
    return "\n".join(lines) + "\n"


def promises_data(resolved: Resolved) -> Mapping[str, Any]:
    """Return what a school's policy promises as JSON values, in reading order."""
    return {
        "school": resolved.school.name,
        "edition": resolved.edition.name,
        "promises": [
            {
                "id": promised.node.id,
                "number": promised.node.citation,
                "section": promised.section,
                "text": plain(promised.node.text),
                "above": _texts(promised.leads),
                "below": _texts(promised.inside),
                "who": plain(promised.promise.who),
                "every": promised.promise.every,
                "by": promised.promise.by,
                "origin": promised.node.origin.value,
            }
            for promised in promises_of(resolved.policy)
        ],
    }


def _nothing(resolved: Resolved) -> str:
    """Return why a school's policy promises nothing."""
    edition = resolved.edition
    if any(provision.promise for provision in edition.walk()):
        return f"{resolved.school.name} has none of the clauses that edition {edition.name} marks as promises."
    return f"Edition {edition.name} marks no promises."


def _lines(promised: Promised) -> Iterator[str]:
    node, promise = promised.node, promised.promise
    own = " (own words)" if node.is_own else ""
    yield f"[ ] {node.citation}  {' '.join((*_texts(promised.leads), plain(node.text)))}{own}"
    yield from (f"    - {words}" for words in _texts(promised.inside))
    by = f", by {long_date(promise.by)}" if promise.by else ""
    yield f"    Who: {plain(promise.who)}{by}"


def _texts(nodes: Iterable[Node]) -> list[str]:
    return [plain(node.text) for node in nodes]
