"""What an answer changes: the clauses of the template that depend on a question, and the guidance on them."""

from collections.abc import Iterator

from build_tools.policy.model import plain
from build_tools.resolving.resolve import resolve_template
from build_tools.template.edition import Edition
from build_tools.template.field_uses import FieldUses

MOST_SHOWN = 8
"""The maximum number of clauses shown for a question: hundreds contain the word for learners."""


def help_on(edition: Edition, path: str) -> Iterator[str]:
    """Yield the guidance on the clauses that depend on a field, and these clauses with their numbers."""
    uses = FieldUses(edition)
    found = uses.provisions_using(path)
    if not found:
        yield "No clause of the template depends on this answer. It may be shown elsewhere, such as on the cover."
        return
    page = resolve_template(edition)
    if len(found) <= MOST_SHOWN:
        yield from (f"Guidance: {plain(note)}" for note in uses.guidance(path, found, page))
    yield f"The answer is used in {counted_clauses(len(found))}:"
    for clause in uses.clauses(found[:MOST_SHOWN], page):
        yield f"{clause.citation}  {plain(clause.text)}".strip()
    if len(found) > MOST_SHOWN:
        yield f"and {len(found) - MOST_SHOWN} more."


def counted_clauses(count: int) -> str:
    """Return a number of clauses in words."""
    return f"{count} clause{'' if count == 1 else 's'}"
