"""Resolve an edition for one school: choose, amend, fill, number."""

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

import msgspec

from build_tools.policy.languages import is_said
from build_tools.policy.model import (
    Action,
    Citation,
    Node,
    Origin,
    Policy,
    Provision,
    School,
    Unnumbered,
    plain,
)
from build_tools.policy.tree import is_printed
from build_tools.resolving.amend import amend
from build_tools.resolving.applying import applying
from build_tools.resolving.choose import choose, take_all
from build_tools.resolving.fill import Filler, fill, school_filler
from build_tools.resolving.handouts import amended_handouts, amendments_by_place, with_copies
from build_tools.resolving.placeholders import template_filler
from build_tools.schema.relied_on import TITLE
from build_tools.template.edition import Edition
from build_tools.template.number import number
from build_tools.template.syntax import cited_by
from build_tools.text.problems import Mistakes, Problem

TEMPLATE_PREFIX = "template:"


@dataclasses.dataclass(frozen=True, slots=True)
class Resolved:
    """A school with its edition and its policy: the input of all outputs."""

    edition: Edition
    school: School
    policy: Policy


def resolve(edition: Edition, school: School) -> Policy:
    """Return the policy of a school: the numbered tree of its parts, each with its text and origin.

    Raises:
        Mistakes: if an amendment has no target or omits what another clause cites, or if words that are listed as
            being in another language do not appear.
    """
    amendments, of_handouts = amendments_by_place(school.amendments, edition.handouts)
    drafts, problems = amend(choose(edition.sections, school.values), amendments)
    lines, wrong = amended_handouts(choose(edition.handouts, school.values), of_handouts, drafts)
    filler = school_filler(edition.schema, school.values, edition.cited)
    nodes, handouts = applying(fill(drafts, filler), edition, school.values), fill(lines, filler)
    problems += [*wrong, *_without_place((*drafts, *lines), school), *_dead_citations(drafts, school)]
    problems += _unprinted((*nodes, *handouts), school)
    if problems:
        raise Mistakes(problems)
    if school.federation:
        nodes, handouts = _credited(nodes, school), _credited(handouts, school)
    sections = number(nodes, edition.labels)
    return Policy(
        name=school.name,
        edition=edition.name,
        title=TITLE.of(school.values),
        sections=sections,
        phrases=school.phrases,
        sources=_sources(nodes, edition.cited),
        handouts=with_copies(handouts, sections),
    )


@functools.lru_cache(maxsize=8)
def resolve_template(edition: Edition) -> Policy:
    """Return the edition as its authors publish it: all alternatives side by side, fields named, guidance shown."""
    filler = template_filler(edition.schema, edition.cited)
    noted, handouts = (
        tuple(_with_guidance(node, edition.amendable, filler) for node in fill(take_all(tops), filler))
        for tops in (edition.sections, edition.handouts)
    )
    name, sections = f"{TEMPLATE_PREFIX}{edition.name}", number(noted, edition.labels)
    sources, lines = _sources(noted, edition.cited), with_copies(handouts, sections)
    return Policy(name, edition.name, edition.title, sections, sources=sources, handouts=lines)


def _sources(nodes: Iterable[Node], cited: Mapping[str, Citation]) -> Mapping[str, Citation]:
    """Return the law and guidance that the parts of a policy rest on, by name, in the order of the edition."""
    parts = (part for top in nodes for part in top.walk() if not part.is_left_out)
    found = {basis.source for part in parts for basis in part.rests_on}
    return {name: citation for name, citation in cited.items() if name in found}


def _with_guidance(node: Node, provisions: Mapping[str, Provision], filler: Filler) -> Node:
    notes = provisions[node.id].guidance
    return msgspec.structs.replace(
        node,
        origin=Origin.TEMPLATE,
        guidance=tuple(filler.text(note) for note in notes),
        children=tuple(_with_guidance(child, provisions, filler) for child in node.children),
    )


def _credited(nodes: Iterable[Node], school: School) -> tuple[Node, ...]:
    """Return the nodes; those selected or filled only by the federation's answers name the federation."""
    return tuple(
        msgspec.structs.replace(node, by=_credit(node, school), children=_credited(node.children, school))
        for node in nodes
    )


def _credit(node: Node, school: School) -> str | None:
    match node.origin:
        case Origin.CHOSEN:
            fields = {condition.field for condition in node.when}
        case Origin.FILLED:
            fields = {run.field for run in node.text if run.field}
        case Origin.TEMPLATE | Origin.REPLACED | Origin.INSERTED | Origin.OMITTED | Origin.NOT_CHOSEN:
            return node.by
        case _:
            assert_never(node.origin)
    return school.federation if fields <= school.shared else node.by


def _without_place(drafts: Iterable[Unnumbered], school: School) -> Iterator[Problem]:
    """Yield a problem for each insertion of the federation after a part that the school does not have."""
    present = {draft.id for top in drafts for draft in top.walk()}
    for amendment in school.amendments:
        if amendment.by and amendment.action is Action.INSERT and amendment.target not in present:
            own = amendment.inserted[0].id
            message = f"{amendment.by} inserts {own} after {amendment.target}, which this school does not have."
            yield Problem(school.place, f"{message} Omit {own}, or insert it after something else.")


def _dead_citations(drafts: Iterable[Unnumbered], school: School) -> list[Problem]:
    """Return a problem for each clause that cites a part that the school does not have; all sections count."""
    present = [draft for top in drafts for draft in top.walk()]
    citable = {draft.id for draft in present if is_printed(draft)}
    omissions = {amendment.target: amendment for amendment in school.amendments if amendment.action is Action.OMIT}
    problems = []
    for draft in present:
        for cited in sorted(cited_by(draft.source) - citable) if not draft.is_left_out else ():
            place = omissions[cited].place if cited in omissions else draft.place
            message = f"{draft.id} refers to {cited}, so {cited} cannot be left out. Replace {draft.id} too."
            problems.append(Problem(place, message))
    return problems


def _unprinted(nodes: Iterable[Node], school: School) -> Iterator[Problem]:
    """Yield a problem for each of the school's own phrases that is in neither its answers nor its policy."""
    found = [part for top in nodes for part in top.walk()]
    told = [*_texts(school.values), *(plain(node.text) for node in found), *(node.reason or "" for node in found)]
    for phrase in school.phrases:
        if not phrase.by and not any(is_said(phrase, words) for words in told):
            message = f'languages.{phrase.language}: "{phrase.words}" is not in the policy.'
            yield Problem(phrase.place, f"{message} Write the words exactly as they are printed, or delete them.")


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any answer
    """Yield all words of an answer."""
    if isinstance(value, str):
        yield value
    entries = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for entry in entries:
        yield from _texts(entry)
