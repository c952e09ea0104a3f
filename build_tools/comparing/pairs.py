"""The pairs of corresponding parts of two policies, with the position of each: the input of a comparison."""

import dataclasses
from collections.abc import Container, Iterator, Mapping

from build_tools.policy.commencement import in_words
from build_tools.policy.model import Kind, Node, Policy, Text, plain
from build_tools.policy.tree import exclude, heading, is_printed, without_copies
from build_tools.text.differing import DELETED, INSERTED, SAME, Part, aligned, diff_words, is_rewritten


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """A part of a policy with its position."""

    node: Node
    parent: str
    section: str
    """The number and title of its section, or the title of its handout."""
    chapter: str
    """The same of the top-level section around it."""
    is_amended: bool
    """Whether an amendment changed it; parts inside an insertion do not count as amendments."""
    is_of_handout: bool = False
    """Whether it belongs to a summary, agreement or form, which have no clauses of their own."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A part in the old and in the new policy; None if a policy never had it."""

    was: Standing | None
    now: Standing | None
    is_choice: bool = False
    """Whether these are two alternatives of one option."""
    is_moved: bool = False
    """Whether it is under another part, or in another order among the parts that stayed."""

    @property
    def standing(self) -> Standing:
        """Its position in the new policy, or in the old one if the new one never had it."""
        return self.now or self.was  # type: ignore[return-value]  # one of them is not None

    @property
    def stays(self) -> bool:
        """Whether both policies have it or list it as omitted."""
        nodes = [standing.node for standing in (self.was, self.now) if standing and is_printed(standing.node)]
        return len(nodes) > 1 and nodes[0].is_left_out == nodes[1].is_left_out

    @property
    def before(self) -> Node | None:
        """What the old policy says; None if it left the part out."""
        return self.was.node if self.was and not self.was.node.is_left_out else None

    @property
    def after(self) -> Node | None:
        """What the new policy says; None if it leaves the part out."""
        return self.now.node if self.now and not self.now.node.is_left_out else None


def pairs(old: Policy, new: Policy) -> Iterator[Pair]:
    """Yield every part that either policy has or lists as omitted, in reading order of both.

    What comes into force later says when, whatever day it is, so that another date is a change of words.
    """
    before, after = _standings(in_words(old)), _standings(in_words(new))
    before = _under_new_headings(before, after)
    same = _same(before, after)
    choices = _choices(before, after, same)
    moved = _moved(before, after, same)
    old_of = same | choices
    made = [
        Pair(before[old_of[i]] if i in old_of else None, standing, is_choice=i in choices, is_moved=i in moved)
        for i, standing in after.items()
    ]
    position = {old_of[identity]: index for index, identity in enumerate(after) if identity in old_of}
    for identity, standing in before.items():
        if identity not in position:
            position[identity] = len(made)
            made.append(Pair(standing, None))
    for kind, found in aligned([position[identity] for identity in before], range(len(after))):
        for index in found:
            if kind != DELETED or made[index].now is None:
                yield made[index]


def is_worded_alike(old: Text, new: Text) -> bool:
    """Return whether two texts have the same words and the same link addresses."""
    return _with_addresses(old) == _with_addresses(new)


def diff_texts(old: Text, new: Text) -> tuple[Part, ...]:
    """Return the words of two texts merged; with addresses, if only the address of a link differs.

    Texts that share few words, such as two alternatives with another meaning, are one after the other.
    """
    shown = plain if plain(old) != plain(new) else _with_addresses
    before, after = shown(old), shown(new)
    words = diff_words(before, after)
    return (Part(DELETED, before), Part(INSERTED, after)) if is_rewritten(words) else words


def _with_addresses(text: Text) -> str:
    return "".join(f"{run.text} <{run.href}>" if run.href else run.text for run in text)


def headings_of(policy: Policy) -> Mapping[str, str]:
    """Return the number and title of every node's section, by the node's id."""
    return {identity: standing.section for identity, standing in _standings(policy).items()}


def _standings(policy: Policy) -> dict[str, Standing]:
    found: dict[str, Standing] = {}

    def gather(node: Node, parent: Node | None, above: str, chapter: str, *, is_of_handout: bool) -> None:
        own = heading(node) if node.kind is Kind.SECTION else above
        is_part = node.origin.traits.is_added and parent is not None and parent.origin.traits.is_added
        is_amended = node.origin.traits.is_amendment and not is_part
        found[node.id] = Standing(node, parent.id if parent else "", own, chapter, is_amended, is_of_handout)
        for child in node.children:
            gather(child, node, own, chapter, is_of_handout=is_of_handout)

    for section in policy.sections:
        gather(section, None, "", heading(section), is_of_handout=False)
    for handout in policy.handouts:
        gather(without_copies(handout), None, "", heading(handout), is_of_handout=True)
    return found


def _under_new_headings(before: dict[str, Standing], after: Mapping[str, Standing]) -> dict[str, Standing]:
    """Return the parts of an old policy under the headings that their sections have in the new one."""
    headings = {
        was.section: after[identity].section
        for identity, was in before.items()
        if was.node.kind is Kind.SECTION and identity in after and not after[identity].node.is_left_out
    }
    return {
        identity: dataclasses.replace(
            was, section=headings.get(was.section, was.section), chapter=headings.get(was.chapter, was.chapter)
        )
        for identity, was in before.items()
    }


def _same(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> dict[str, str]:
    """Return the old id of every part that both have, by the new id.

    Entries of a school's own list are matched by their words, because a new or deleted entry moves the others.
    """
    same: dict[str, str] = {}
    lists: dict[str, tuple[list[Node], list[Node]]] = {}
    for index, standings in enumerate((before, after)):
        for identity, standing in standings.items():
            provision = standing.node.provision
            if provision is not None and provision != identity:
                lists.setdefault(provision, ([], []))[index].append(standing.node)
            elif index and identity in before:
                same[identity] = identity
    for old_entries, new_entries in lists.values():
        same |= _same_entries(old_entries, new_entries)
    return same


def _same_entries(before: list[Node], after: list[Node]) -> Iterator[tuple[str, str]]:
    olds, news = (iter([node.id for node in nodes]) for nodes in (before, after))
    waiting: list[str] = []
    for kind, texts in aligned([plain(node.text) for node in before], [plain(node.text) for node in after]):
        if kind == SAME:
            yield from [(next(news), next(olds)) for _ in texts]
        elif kind == DELETED:
            waiting = [next(olds) for _ in texts]
            continue
        elif kind == INSERTED:
            # an entry in the same position is the same entry, changed
            found = [next(news) for _ in texts]
            yield from zip(found, waiting, strict=False)
        waiting = []


def _choices(before: Mapping[str, Standing], after: Mapping[str, Standing], same: Mapping[str, str]) -> dict[str, str]:
    """Return the alternatives that replaced others: the old id by the new id."""
    kept = set(same.values())
    gone = [
        was
        for identity, was in before.items()
        if identity not in kept and was.node.when
        if not (was.node.is_left_out or was.node.origin.traits.is_amendment)
    ]
    choices: dict[str, str] = {}
    for identity, now in after.items():
        if identity in same or now.is_amended or not now.node.when:
            continue
        found = next((was for was in gone if was.parent == now.parent and exclude(was.node.when, now.node.when)), None)
        if found:
            choices[identity] = found.node.id
            gone.remove(found)
    return choices


def _moved(before: Mapping[str, Standing], after: Mapping[str, Standing], same: Mapping[str, str]) -> set[str]:
    """Return the new ids of parts that both policies have, but in different places."""
    both = {
        new: old for new, old in same.items() if not after[new].node.is_left_out and not before[old].node.is_left_out
    }
    new_of = {old: new for new, old in both.items()}
    was_under = {new: new_of.get(_under(before, old, new_of), "") for new, old in both.items()}
    is_under = {new: _under(after, new, both) for new in both}
    moved = {new for new in both if was_under[new] != is_under[new]}
    orders: dict[str, tuple[list[str], list[str]]] = {}
    for index, identities in enumerate(([new_of[i] for i in before if i in new_of], [i for i in after if i in both])):
        for identity in identities:
            if identity not in moved:
                orders.setdefault(is_under[identity], ([], []))[index].append(identity)
    for old_order, new_order in orders.values():
        moved.update(*(found for kind, found in aligned(old_order, new_order) if kind == INSERTED))
    return moved


def _under(standings: Mapping[str, Standing], identity: str, both: Container[str]) -> str:
    """Return the nearest part above another that both policies have, so that a new or deleted heading moves nothing."""
    parent = standings[identity].parent
    while parent and parent not in both:
        parent = standings[parent].parent
    return parent
