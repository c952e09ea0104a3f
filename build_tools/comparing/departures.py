"""How a school's policy departs from its edition: every clause of the edition is accounted for exactly once."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from build_tools.comparing.compare import AGAINST_TEMPLATE, Change, ChangeKind, Comparison, counts_of, nested
from build_tools.comparing.pairs import diff_texts, headings_of
from build_tools.policy.commencement import in_words
from build_tools.policy.model import Kind, Node, Origin, Policy, Provision, Run, Text
from build_tools.policy.tree import heading, without_copies, without_words
from build_tools.resolving.resolve import resolve_template
from build_tools.schema.relied_on import SCHOOL
from build_tools.template.edition import Edition


def compare_with_template(edition: Edition, policy: Policy) -> Comparison:
    """Return how a school's policy departs from its edition: every clause of the edition is accounted for exactly once.

    A section that is left out is one change with its clauses inside it. An everyday word, such as the school's word for
    its learners, is not a change.
    """
    decided = without_words(policy, everyday_words(edition))
    changes = (*nested(_against_template(edition, in_words(decided))), *_of_handouts(decided))
    clauses = sum(provision.kind is Kind.CLAUSE for provision in edition.by_id.values())
    told = tuple(change for change in changes if change.kind is not ChangeKind.TEMPLATE)
    counts = counts_of(changes, AGAINST_TEMPLATE)
    return Comparison(resolve_template(edition).name, policy.name, clauses, counts, told, policy.phrases)


def everyday_words(edition: Edition) -> frozenset[str]:
    """Return the paths of the questions for words that are in clauses throughout: for the school and for its learners.

    The school decides nothing in a clause in which it says "pupils" and another school says "students".
    """
    words = {field.path for field in edition.schema.words.values()}
    return frozenset(path for path in words if SCHOOL.holds(path) or path == edition.pages.learners)


def _against_template(edition: Edition, policy: Policy) -> Iterator[tuple[Change, str]]:
    """Yield a change for every clause of the edition and every heading that differs, in the order of the edition.

    Each comes with the id of the part around it.
    """
    around = {child.id: part.id for tree in (edition.walk(), policy.walk()) for part in tree for child in part.children}
    wordings, headings = _wordings(edition), _headings(edition, policy)
    present: dict[str, list[Node]] = {}
    insertions: dict[str, list[Node]] = {}
    last = ""
    for node in policy.walk():
        if node.provision is None:
            insertions.setdefault(last, []).append(node)
        else:
            present.setdefault(node.provision, []).append(node)
            # what follows an omitted part also follows everything that was omitted with it
            last = [*edition.by_id[node.provision].walk()][-1].id if node.is_left_out else node.provision
    for section in edition.sections:
        for provision, above in _with_omission(section, present, None):
            own = _of_provision(provision, present.get(provision.id, []), above, wordings[provision.id], headings)
            inserted = (_inserted(node, headings[provision.id]) for node in insertions.get(provision.id, ()))
            yield from ((change, around.get(change.id, "")) for change in (own, *inserted) if change)


def _inserted(node: Node, section: str) -> Change:
    return Change(
        ChangeKind.INSERTED,
        node.kind,
        node.id,
        node.citation,
        section,
        new=node.text,
        reason=node.reason,
        by=node.by,
    )


@functools.lru_cache(maxsize=8)
def _wordings(edition: Edition) -> Mapping[str, Node]:
    """Return the template's nodes, by the ids of their provisions."""
    return {node.id: node for node in resolve_template(edition).walk()}


def _headings(edition: Edition, policy: Policy) -> Mapping[str, str]:
    """Return the number and title of every provision's section, in the school's words, by the provision's id."""
    of_template = _template_headings(edition)
    said = {
        of_template[node.id]: heading(node)
        for node in policy.walk()
        if node.kind is Kind.SECTION and node.id in of_template and not node.is_left_out
    }
    return {identity: said.get(template, template) for identity, template in of_template.items()}


@functools.lru_cache(maxsize=8)
def _template_headings(edition: Edition) -> Mapping[str, str]:
    return headings_of(resolve_template(edition))


def _with_omission(
    provision: Provision, present: Mapping[str, list[Node]], above: Node | None
) -> Iterator[tuple[Provision, Node | None]]:
    """Yield provisions, each with the node whose omission removed it: its own or one around it."""
    own = next((node for node in present.get(provision.id, ()) if node.is_left_out), above)
    yield provision, own
    for child in provision.children:
        yield from _with_omission(child, present, own)


def _of_provision(
    provision: Provision, nodes: list[Node], omission: Node | None, wording: Node, headings: Mapping[str, str]
) -> Change | None:
    """Return what became of a part of the edition; None for a heading that is as in the template."""
    origin = omission.origin if omission else nodes[0].origin if nodes else Origin.NOT_CHOSEN
    is_departure = origin.traits.is_own or origin.traits.is_left_out
    is_clause = provision.kind is Kind.CLAUSE
    if not is_clause and not is_departure:
        return None
    new = None if omission else _joined(node.text for node in nodes)
    was = nodes[0].was if nodes else None
    source = omission or (nodes[0] if nodes else None)
    return Change(
        _kind_of(origin),
        provision.kind,
        provision.id,
        wording.citation,
        headings[provision.id],
        old=was if was is not None else wording.text,
        new=new,
        words=diff_texts(was, new) if was is not None and new is not None else (),
        reason=source.own_reason if source else None,
        by=source.by if source else None,
        when=provision.when,
        freedom=(nodes[0] if nodes else provision).freedom if origin.traits.is_amendment and is_clause else None,
    )


def _of_handouts(policy: Policy) -> Iterator[Change]:
    """Yield the school's amendments of its handouts; what answers choose or fill in is listed with the clauses."""
    for handout in map(without_copies, policy.handouts):
        for node in handout.walk():
            if node.origin.traits.is_amendment:
                old, new = node.was, None if node.is_left_out else node.text
                yield Change(
                    _kind_of(node.origin),
                    node.kind,
                    node.id,
                    node.citation,
                    heading(handout),
                    old=old,
                    new=new,
                    words=diff_texts(old, new) if old is not None and new is not None else (),
                    reason=node.reason,
                    by=node.by,
                    is_of_handout=True,
                )


def _kind_of(origin: Origin) -> ChangeKind:
    match origin:
        case Origin.TEMPLATE:
            return ChangeKind.TEMPLATE
        case Origin.FILLED:
            return ChangeKind.FILLED
        case Origin.CHOSEN:
            return ChangeKind.CHOSEN
        case Origin.NOT_CHOSEN:
            return ChangeKind.NOT_CHOSEN
        case Origin.REPLACED:
            return ChangeKind.REPLACED
        case Origin.INSERTED:
            return ChangeKind.INSERTED
        case Origin.OMITTED:
            return ChangeKind.OMITTED
        case _:
            assert_never(origin)


def _joined(texts: Iterable[Text]) -> Text | None:
    joined: list[Run] = []
    for text in texts:
        joined += [Run("; "), *text] if joined else text
    return tuple(joined) or None
