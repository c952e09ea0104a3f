"""Why clauses fell away between two policies, as far as the edition of the new one says."""

from collections.abc import Iterable, Iterator, Mapping

from build_tools.comparing.compare import Change
from build_tools.policy.model import Node, Policy
from build_tools.template.edition import Edition
from build_tools.template.upgrading_file import Ended


def endings(old: Policy, new: Policy, edition: Edition) -> Mapping[str, str]:
    """Return why parts of an old policy ended that the new one's edition no longer has, by id.

    The reason of a part is that of the nearest part around it that has one, with the numbers of what is there instead.
    """
    reasons = {identity: ended for ended in edition.upgrading.ended for identity in ended.clauses}
    if not reasons:
        return {}
    citations = {node.id: node.citation for node in new.walk()}

    def inside(node: Node, ended: Ended | None) -> Iterator[tuple[str, str]]:
        ended = reasons.get(node.id, ended)
        if ended and node.id not in edition.labels:
            see = [citations[identity] for identity in ended.see if identity in citations]
            yield node.id, f"{ended.because} See {', '.join(see)}." if see else ended.because
        for child in node.children:
            yield from inside(child, ended)

    return dict(found for section in old.sections for found in inside(section, None))


def by_ending(changes: Iterable[Change]) -> Mapping[str | None, tuple[Change, ...]]:
    """Return clauses that fell away by why they did, those without a reason last."""
    found: dict[str | None, list[Change]] = {}
    for change in changes:
        found.setdefault(change.ending, []).append(change)
    return {why: tuple(found[why]) for why in sorted(found, key=lambda why: why is None)}
