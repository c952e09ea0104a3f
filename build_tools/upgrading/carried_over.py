"""Which amendments fit a new edition as they are written, and how the others are kept for the time being."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from build_tools.policy.model import Action, Amendment, Policy, Provision, plain
from build_tools.template import markup
from build_tools.template.edition import Edition
from build_tools.template.language import check_text
from build_tools.text.problems import one_of


def find_unfit(
    amendments: tuple[Amendment, ...], editions: tuple[Edition, Edition], given: frozenset[str], waiting: frozenset[str]
) -> Mapping[int, str]:
    """Return why amendments cannot be kept in the new edition, by their index.

    `given` has the fields with a value, `waiting` those that need one.
    """
    own = own_ids(amendments)
    found = {}
    for index, amendment in enumerate(amendments):
        why = _why_unfit(amendment, *editions, given, waiting, own)
        if why:
            found[index] = why
    return found


def kept_amendments(
    amendments: tuple[Amendment, ...], unfit: Mapping[int, str], new: Edition, policy: Policy
) -> Iterator[Amendment]:
    """Yield the amendments that can be kept in the new edition; those that no longer fit keep their current words."""
    words = {node.id: markup.escape(plain(node.text)) for node in policy.walk_all()} if unfit else {}
    for index, amendment in enumerate(amendments):
        is_taken = any(part.id in new.amendable for top in amendment.inserted for part in top.walk())
        if index not in unfit or amendment.action is Action.OMIT:
            yield amendment
        elif not is_taken:
            yield _frozen(amendment, words)


def own_ids(amendments: Iterable[Amendment]) -> frozenset[str]:
    """Return the ids of everything that amendments insert."""
    return frozenset(part.id for amendment in amendments for top in amendment.inserted for part in top.walk())


def _why_unfit(
    amendment: Amendment,
    old: Edition,
    new: Edition,
    given: frozenset[str],
    waiting: frozenset[str],
    own: frozenset[str],
) -> str | None:
    """Return why an amendment cannot be kept as it is written, None if it can; `own` has the ids of all insertions."""
    target = new.amendable.get(amendment.target)
    before = old.amendable.get(amendment.target)
    if target and before and target.kind is not before.kind:
        return f"{target.id} was a {before.kind} and is now a {target.kind}."
    if target and target.each:
        return f"{target.id} now lists the school's own answers. Amend the clause above it."
    parts = [part for provision in amendment.inserted for part in provision.walk()]
    taken = [part.id for part in parts if part.id in new.amendable]
    if taken:
        return f"The new edition also uses {one_of(taken)}. Choose another id, or delete the amendment."
    conditions = new.conditions.get(amendment.target, ())
    scope = new.scope(None, given | {condition.field for condition in conditions})
    wrong: list[str] = []
    for source in [part.source for part in parts] or [amendment.source]:
        uses, problems = check_text(source, amendment.place, scope)
        wrong += [problem.message for problem in problems]
        wrong += [f"It uses {path}, which is not answered yet." for path in sorted(uses.fields & waiting)]
        dead = sorted(uses.refs - new.amendable.keys() - own)
        wrong += [f'ref("{ref}"): no section or clause of the new edition has this id.' for ref in dead]
    return " ".join(dict.fromkeys(wrong)) or None


def _frozen(amendment: Amendment, words: Mapping[str, str]) -> Amendment:
    """Return an amendment with its current words, independent of the new edition; `words` has Markdown by id."""

    def still(provision: Provision) -> Provision:
        children = tuple(map(still, provision.children))
        return dataclasses.replace(provision, source=words[provision.id], children=children)

    if amendment.action is Action.REPLACE:
        return dataclasses.replace(amendment, source=words[amendment.target])
    return dataclasses.replace(amendment, inserted=tuple(map(still, amendment.inserted)))
