"""Compare two policies: by id, then by word inside a clause."""

import dataclasses
import difflib
import enum
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from build_tools.model import Condition, Kind, Node, Policy, Run, Text, plain


class ChangeKind(enum.StrEnum):
    """What differs, in the order in which counts are told."""

    # a school against the template
    TEMPLATE = "template"
    FILLED = "filled"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not-chosen"
    REPLACED = "replaced"
    OMITTED = "omitted"
    INSERTED = "inserted"
    # any two policies
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    VALUE = "value"
    MOVED = "moved"
    RENUMBERED = "renumbered"


AGAINST_TEMPLATE = (
    ChangeKind.TEMPLATE,
    ChangeKind.FILLED,
    ChangeKind.CHOSEN,
    ChangeKind.NOT_CHOSEN,
    ChangeKind.REPLACED,
    ChangeKind.OMITTED,
)
"""The kinds one of which every clause of the edition is."""
BETWEEN_POLICIES = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.REWORDED,
    ChangeKind.VALUE,
    ChangeKind.MOVED,
    ChangeKind.RENUMBERED,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """Words that two texts share, or that one of them has."""

    kind: str
    """`same`, `deleted` or `inserted`."""
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One difference."""

    kind: ChangeKind
    node_kind: Kind
    id: str
    number: str
    """The citation: of the new policy, or of the old where the new one has none."""
    section: str
    """The number and title of the section that it stands in."""
    old: Text | None = None
    new: Text | None = None
    words: tuple[Part, ...] = ()
    """The old and the new text in one, where words were changed."""
    reason: str | None = None
    when: tuple[Condition, ...] = ()
    """What in the answers chose it, or would have."""
    old_number: str | None = None
    """Where the number changed."""
    field: str | None = None
    """The path of the field, where a value changed."""
    clauses: tuple[str, ...] = ()
    """The numbers of the clauses that a changed value stands in."""


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """The changes between two policies."""

    old: str
    new: str
    clauses: int
    """How many clauses were compared: against a template those of the edition, else those that either policy has."""
    counts: Mapping[str, int]
    """How many there are of each kind; against a template the kinds but `inserted` add up to `clauses`."""
    changes: tuple[Change, ...]


def compare(old: Policy, new: Policy) -> Comparison:
    """Return what changed from one policy to another, whatever they are."""
    changes = tuple(_between(old, new))
    found = Counter(change.kind for change in changes)
    ids = {
        node.id for policy in (old, new) for node in policy.walk() if node.kind is Kind.CLAUSE and not node.is_left_out
    }
    return Comparison(old.name, new.name, len(ids), {kind.value: found[kind] for kind in BETWEEN_POLICIES}, changes)


def diff_words(old: str, new: str) -> tuple[Part, ...]:
    """Return two texts in one: what they share, what only the old has, what only the new has, word by word."""
    before, after = _tokens(old), _tokens(new)
    parts: list[Part] = []
    old_words, new_words = ([token.strip() for token in tokens] for tokens in (before, after))
    matcher = difflib.SequenceMatcher(None, old_words, new_words, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            # a word brings the space after it, which it may have in one of the texts only
            pairs = zip(before[start:end], after[new_start:new_end], strict=True)
            parts.append(Part("same", "".join(max(pair, key=len) for pair in pairs)))
            continue
        if end > start:
            parts.append(Part("deleted", "".join(before[start:end])))
        if new_end > new_start:
            parts.append(Part("inserted", "".join(after[new_start:new_end])))
    return tuple(parts)


def _tokens(text: str) -> list[str]:
    """Split into words with the space after them, and punctuation."""
    return re.findall(r"\w+(?:['’\-/.@]\w+)*\s*|[^\w\s]\s*|\s+", text)


def headings_of(policy: Policy) -> Mapping[str, str]:
    """Return for the id of every node the number and title of the section that it stands in."""
    found: dict[str, str] = {}

    def gather(node: Node, heading: str) -> None:
        own = f"{node.number} {plain(node.text)}" if node.kind is Kind.SECTION else heading
        found[node.id] = own
        for child in node.children:
            gather(child, own)

    for section in policy.sections:
        gather(section, "")
    return found


@dataclasses.dataclass(frozen=True, slots=True)
class _Standing:
    """A node with where it stands."""

    node: Node
    parent: str
    section: str


def _between(old: Policy, new: Policy) -> Iterator[Change]:
    before, after = _standings(old), _standings(new)
    moved = _moved(before, after)
    values: dict[tuple[str, str, str], list[_Standing]] = {}
    for identity, standing in after.items():
        node = standing.node
        if identity not in before:
            yield _change(ChangeKind.ADDED, standing, new=node.text, reason=node.reason)
            continue
        was = before[identity].node
        swaps = _value_swaps(was.text, node.text)
        for swap in swaps or ():
            values.setdefault(swap, []).append(standing)
        if swaps is None and plain(was.text) != plain(node.text):
            words = diff_words(plain(was.text), plain(node.text))
            yield _change(ChangeKind.REWORDED, standing, old=was.text, new=node.text, words=words, reason=node.reason)
        if identity in moved:
            yield _change(ChangeKind.MOVED, standing, new=node.text, old_number=was.citation)
        if was.number != node.number:
            yield _change(ChangeKind.RENUMBERED, standing, new=node.text, old_number=was.citation)
    for identity, standing in before.items():
        if identity not in after:
            yield _change(ChangeKind.REMOVED, standing, old=standing.node.text)
    for (field, old_value, new_value), standings in values.items():
        first = standings[0]
        clauses = tuple(dict.fromkeys(standing.node.citation for standing in standings))
        yield dataclasses.replace(
            _change(ChangeKind.VALUE, first, old=(Run(old_value),), new=(Run(new_value),)), field=field, clauses=clauses
        )


def _change(kind: ChangeKind, standing: _Standing, **details: object) -> Change:
    node = standing.node
    change = Change(kind, node.kind, node.id, node.citation, standing.section)
    return dataclasses.replace(change, **details)  # type: ignore[arg-type]  # the callers name fields of Change


def _standings(policy: Policy) -> Mapping[str, _Standing]:
    headings = headings_of(policy)
    found: dict[str, _Standing] = {}

    def gather(node: Node, parent: str) -> None:
        if node.is_left_out:
            return
        found[node.id] = _Standing(node, parent, headings[node.id])
        for child in node.children:
            gather(child, node.id)

    for section in policy.sections:
        gather(section, "")
    return found


def _moved(before: Mapping[str, _Standing], after: Mapping[str, _Standing]) -> set[str]:
    """Return the ids that stand under another parent, or in another order among those that stayed."""
    moved = {i for i in after.keys() & before.keys() if after[i].parent != before[i].parent}
    orders: dict[str, tuple[list[str], list[str]]] = {}
    for index, standings in enumerate((before, after)):
        for identity, standing in standings.items():
            if identity in before and identity in after and identity not in moved:
                orders.setdefault(standing.parent, ([], []))[index].append(identity)
    for old_order, new_order in orders.values():
        kept: set[str] = set()
        for block in difflib.SequenceMatcher(None, old_order, new_order, autojunk=False).get_matching_blocks():
            kept.update(old_order[block.a : block.a + block.size])
        moved |= set(new_order) - kept
    return moved


def _value_swaps(old: Text, new: Text) -> tuple[tuple[str, str, str], ...] | None:
    """Return which values changed, as (field, old, new) each; None where other words changed too."""
    if len(old) != len(new):
        return None
    swaps = []
    for was, now in zip(old, new, strict=True):
        if was == now or (was.target and was.target == now.target):
            continue
        if was.field is None or dataclasses.replace(was, text=now.text, href=now.href) != now:
            return None
        swaps.append((was.field, was.text, now.text))
    return tuple(swaps)
