"""The clauses of an edition that print, require or list a field, and the guidance on them."""

import functools
from collections.abc import Iterable, Mapping

from build_tools.policy.model import Node, Policy, Provision, Text
from build_tools.template.edition import Edition
from build_tools.template.language import check_text


@functools.lru_cache(maxsize=8)
def uses_in(edition: Edition) -> Mapping[str, frozenset[str]]:
    """Return the paths of the fields that each provision or line prints, requires or lists, by its id."""
    return {provision.id: _uses_of(provision, edition) for provision in edition.amendable.values()}


def _uses_of(provision: Provision, edition: Edition) -> frozenset[str]:
    scope, promise = edition.scope(provision.each), provision.promise
    sources = (provision.source, *((promise.who,) if promise else ()))
    printed = frozenset[str]().union(*(check_text(source, provision.place, scope)[0].fields for source in sources))
    others = {condition.field for condition in provision.when} | ({provision.each} if provision.each else set())
    if promise and promise.by and edition.schema.lookup(promise.by):
        others.add(promise.by)
    return printed | others


class FieldUses:
    """Finds the clauses of an edition that depend on a field, and the guidance on them."""

    def __init__(self, edition: Edition) -> None:
        """Search the whole edition once."""
        self._uses = uses_in(edition)
        self._provisions: dict[str, tuple[Provision, tuple[str, ...]]] = {}
        for section in edition.sections:
            self._gather(section, ())

    def _gather(self, provision: Provision, around: tuple[str, ...]) -> None:
        self._provisions[provision.id] = (provision, around)
        for child in provision.children:
            self._gather(child, (*around, provision.id))

    def provisions_using(self, path: str) -> list[str]:
        """Return the ids of the provisions that depend on a field, in reading order."""
        return [identity for identity in self._provisions if path in self._uses[identity]]

    def provisions_selected_by(self, path: str, answers: Iterable[str]) -> list[str]:
        """Return the ids of the provisions that one of these answers to an option selects."""
        wanted = set(answers)
        return [
            identity
            for identity, (provision, _) in self._provisions.items()
            if any(c.field == path and c.answers is not None and c.answers & wanted for c in provision.when)
        ]

    def clauses(self, found: Iterable[str], page: Policy) -> tuple[Node, ...]:
        """Return the provisions with some ids as they are on the page of the template."""
        nodes = {node.id: node for node in page.walk()}
        return tuple(nodes[identity] for identity in found)

    def guidance(self, path: str, found: Iterable[str], page: Policy) -> tuple[Text, ...]:
        """Return the guidance on some provisions and the parts around them, and the guidance that names the field."""
        nodes = {node.id: node for node in page.walk()}
        around = {outer for identity in found for outer in (identity, *self._provisions[identity][1])}
        return tuple(
            note
            for identity, (provision, _) in self._provisions.items()
            for source, note in zip(provision.guidance, nodes[identity].guidance, strict=True)
            if identity in around or f"`{path}`" in source
        )
