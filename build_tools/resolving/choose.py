"""Choose: keep the provisions that a school's answers select, and repeat those that list the entries of a field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.policy.model import Kind, Origin, Provision, Unnumbered
from build_tools.schema.answers import get
from build_tools.template.conditions import holds


def choose(provisions: Iterable[Provision], values: Mapping[str, Any]) -> tuple[Unnumbered, ...]:
    """Return the provisions that a school has, as drafts; whatever is nested under a provision follows it.

    A section that the answers leave out is kept as a heading without contents, so that its number is explained.
    """
    return tuple(_chosen(provisions, values))


def take_all(provisions: Iterable[Provision]) -> tuple[Unnumbered, ...]:
    """Return every provision as a draft, alternatives side by side: the edition as its authors see it."""
    return tuple(
        Unnumbered(
            p.kind,
            p.id,
            p.source,
            Origin.TEMPLATE,
            p,
            (p.each, 0) if p.each else None,
            None,
            take_all(p.children),
            p.place,
        )
        for p in provisions
    )


def _chosen(provisions: Iterable[Provision], values: Mapping[str, Any]) -> Iterator[Unnumbered]:
    for provision in provisions:
        failing = next((c for c in provision.when if not holds(c, get(values, c.field))), None)
        if failing:
            if provision.kind is Kind.SECTION:
                yield _left_out(provision)
            continue
        origin = Origin.CHOSEN if provision.when else Origin.TEMPLATE
        if provision.each is None:
            children = choose(provision.children, values)
            if provision.kind is Kind.GROUP and not children:
                continue
            yield Unnumbered(
                provision.kind, provision.id, provision.source, origin, provision, None, None, children, provision.place
            )
            continue
        for index in range(len(get(values, provision.each) or ())):
            yield Unnumbered(
                provision.kind,
                f"{provision.id}-{index + 1}",
                provision.source,
                origin,
                provision,
                (provision.each, index),
                None,
                (),
                provision.place,
            )


def _left_out(provision: Provision) -> Unnumbered:
    # it has no reason, because reasons are in the school's words: its conditions say which answer left it out
    return Unnumbered(
        provision.kind, provision.id, provision.source, Origin.NOT_CHOSEN, provision, None, None, (), provision.place
    )
