"""Compare two policies: by id, then by word inside a clause."""

import dataclasses
import enum
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, assert_never

import msgspec

from build_tools.comparing.pairs import Pair, Standing, diff_texts, is_worded_alike, pairs
from build_tools.comparing.promises import promises_that_differ
from build_tools.policy.languages import joined
from build_tools.policy.model import Condition, Freedom, Kind, Node, Origin, Phrase, Policy, Run, Text
from build_tools.text.differing import Part


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTraits:
    """Everything that the program knows about one kind of change, except what higher modules do with it."""

    words: str
    """Its words for people."""
    one: str
    """The words for one change of this kind, after its number."""
    many: str
    """The words for several."""
    is_against_template: bool = False
    """Whether it is a change from the edition to a school's policy, and not between any two policies."""
    is_by_amendment: bool = False
    """Whether a school departs from the template and gives a reason for it."""
    is_of_amendment: bool = False
    """Whether an amendment was added, withdrawn or changed between two policies."""
    is_unmarked: bool = False
    """Whether its words are shown as they are: none was added or taken away."""
    before_conditions: str | None = None
    """What a page says before the answers that chose the part, or would have; None if it does not name them."""
    is_commented: bool = False
    """Whether there is more to say of it than its words and its reasons."""


class ChangeKind(enum.StrEnum):
    """The kinds of change, in the order in which counts are listed."""

    # a school against the template
    INSERTED = "inserted"
    REPLACED = "replaced"
    OMITTED = "omitted"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not-chosen"
    FILLED = "filled"
    TEMPLATE = "template"
    # any two policies
    VALUE = "value"
    AMENDED = "amended"
    AMENDMENT_CHANGED = "amendment-changed"
    AMENDMENT_WITHDRAWN = "amendment-withdrawn"
    REASON = "reason"
    """An amendment is unchanged, but has another reason."""
    CHOICE = "choice"
    """An alternative of an option replaced another."""
    REWORDED = "reworded"
    TEMPLATE_REWORDED = "template-reworded"
    """The template's words differ between two editions."""
    PROMISE = "promise"
    """The words are the same, but not who does it, how often or by when."""
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"

    @property
    def traits(self) -> ChangeTraits:
        """What the program knows about it."""
        return _traits(self)


@functools.cache
def _traits(kind: ChangeKind) -> ChangeTraits:  # noqa: C901, PLR0912 - a case for each kind
    match kind:
        case ChangeKind.INSERTED:
            return ChangeTraits(
                words=Origin.INSERTED.traits.words,
                one="clause or section was inserted",
                many="clauses or sections were inserted",
                is_against_template=True,
                is_by_amendment=True,
            )
        case ChangeKind.REPLACED:
            return ChangeTraits(
                words=Origin.REPLACED.traits.words,
                one="clause or heading was replaced",
                many="clauses or headings were replaced",
                is_against_template=True,
                is_by_amendment=True,
            )
        case ChangeKind.OMITTED:
            return ChangeTraits(
                words=Origin.OMITTED.traits.words,
                one="clause or section was left out",
                many="clauses or sections were left out",
                is_against_template=True,
                is_by_amendment=True,
            )
        case ChangeKind.CHOSEN:
            return ChangeTraits(
                words=Origin.CHOSEN.traits.words,
                one="clause was chosen",
                many="clauses were chosen",
                is_against_template=True,
                is_unmarked=True,
                before_conditions="Chosen by",
            )
        case ChangeKind.NOT_CHOSEN:
            return ChangeTraits(
                words=Origin.NOT_CHOSEN.traits.words,
                one="clause or section was not chosen",
                many="clauses or sections were not chosen",
                is_against_template=True,
                is_unmarked=True,
                before_conditions="For",
            )
        case ChangeKind.FILLED:
            return ChangeTraits(
                words=Origin.FILLED.traits.words,
                one="clause has the school’s own values",
                many="clauses have the school’s own values",
                is_against_template=True,
                is_unmarked=True,
            )
        case ChangeKind.TEMPLATE:
            return ChangeTraits(
                words=Origin.TEMPLATE.traits.words,
                one="clause is as in the template",
                many="clauses are as in the template",
                is_against_template=True,
            )
        case ChangeKind.VALUE:
            return ChangeTraits(words="value changed", one="value changed", many="values changed", is_commented=True)
        case ChangeKind.AMENDED:
            return ChangeTraits(
                words="amendment added",
                one="amendment was made",
                many="amendments were made",
                is_of_amendment=True,
            )
        case ChangeKind.AMENDMENT_CHANGED:
            return ChangeTraits(
                words="amendment changed",
                one="amendment was changed",
                many="amendments were changed",
                is_of_amendment=True,
            )
        case ChangeKind.AMENDMENT_WITHDRAWN:
            return ChangeTraits(
                words="amendment withdrawn",
                one="amendment was withdrawn",
                many="amendments were withdrawn",
                is_of_amendment=True,
            )
        case ChangeKind.REASON:
            return ChangeTraits(
                words="reason changed",
                one="amendment has a new reason",
                many="amendments have new reasons",
                is_of_amendment=True,
                is_unmarked=True,
            )
        case ChangeKind.CHOICE:
            return ChangeTraits(
                words="option changed",
                one="clause replaced its alternative",
                many="clauses replaced their alternatives",
                before_conditions="Chosen by",
                is_commented=True,
            )
        case ChangeKind.REWORDED:
            return ChangeTraits(
                words="reworded",
                one="clause or heading was reworded",
                many="clauses or headings were reworded",
            )
        case ChangeKind.TEMPLATE_REWORDED:
            return ChangeTraits(
                words="reworded by the edition",
                one="clause or heading was reworded by the new edition of the template",
                many="clauses or headings were reworded by the new edition of the template",
                is_commented=True,
            )
        case ChangeKind.PROMISE:
            return ChangeTraits(
                words="promise changed",
                one="clause has the same words, but promises something else",
                many="clauses have the same words, but promise something else",
                is_unmarked=True,
                is_commented=True,
            )
        case ChangeKind.ADDED:
            return ChangeTraits(
                words="added",
                one="clause or heading is new",
                many="clauses or headings are new",
                before_conditions="Chosen by",
            )
        case ChangeKind.REMOVED:
            return ChangeTraits(
                words="removed",
                one="clause or heading was removed",
                many="clauses or headings were removed",
                before_conditions="For",
            )
        case ChangeKind.MOVED:
            return ChangeTraits(
                words="moved",
                one="clause or heading moved",
                many="clauses or headings moved",
                is_unmarked=True,
                is_commented=True,
            )
        case ChangeKind.RENUMBERED:
            return ChangeTraits(
                words="renumbered",
                one="clause or heading changed only its number",
                many="clauses or headings changed only their numbers",
                is_unmarked=True,
            )
        case _:
            assert_never(kind)


AGAINST_TEMPLATE = tuple(kind for kind in ChangeKind if kind.traits.is_against_template)
"""The kinds for a comparison with the edition: one for every clause of it, and insertions."""
BETWEEN_POLICIES = tuple(kind for kind in ChangeKind if not kind.traits.is_against_template)
"""The kinds for a comparison of any two policies."""


class Change(msgspec.Struct, frozen=True):
    """One difference."""

    kind: ChangeKind
    node_kind: Kind
    id: str
    number: str
    """The citation in the new policy, or in the old one if the new one has none."""
    section: str
    """The number and title of its section, or the title of its handout."""
    old: Text | None = None
    new: Text | None = None
    words: tuple[Part, ...] = ()
    """The old and the new text merged, if words changed."""
    reason: str | None = None
    by: str | None = None
    """The name of the federation that departed from the template; None if the school did."""
    old_reason: str | None = None
    """The former reason, if the amendment was withdrawn or has another reason now."""
    when: tuple[Condition, ...] = ()
    """The conditions that selected it, or would have."""
    old_id: str | None = None
    """The id of the alternative that it replaced."""
    old_when: tuple[Condition, ...] = ()
    """The conditions that selected that alternative."""
    old_number: str | None = None
    """The former number, if the number changed."""
    field: str | None = None
    """The path of the field, if a value changed."""
    clauses: tuple[str, ...] = ()
    """The numbers of the clauses, and the titles of the handouts, that contain a changed value."""
    promise: str | None = None
    """Who does it and when, if that changed."""
    old_promise: str | None = None
    is_of_handout: bool = False
    """Whether a part or line of a summary, agreement or form changed, which is no clause."""
    freedom: Freedom | None = None
    """How free the school is to change a clause that it amends; None if it amends none, or the edition says nothing."""
    chapter: str = ""
    """The number and title of the top-level section around its section, or of that section itself."""
    ending: str | None = None
    """Why the new policy's edition no longer has it, as far as the edition says."""
    inside: tuple["Change", ...] = ()
    """What follows from it, in reading order: the points of an inserted clause, the clauses of an omitted section."""

    def walk(self) -> Iterator["Change"]:
        """Yield this change and those that follow from it."""
        yield self
        yield from self.inside


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """The changes between two policies."""

    old: str
    new: str
    clauses: int
    """The number of clauses compared: those of the edition for a template, otherwise those in either policy."""
    counts: Mapping[ChangeKind, int]
    """The number of changes of each kind, without those of handouts. What follows from another change is not counted:
    a section that is omitted with its clauses is one change, because it is one decision."""
    changes: tuple[Change, ...]
    phrases: tuple[Phrase, ...] = ()
    """The words of either policy in other languages."""

    @property
    def is_against_template(self) -> bool:
        """Whether a school's policy is compared with its own edition."""
        return ChangeKind.TEMPLATE in self.counts

    @property
    def amendments(self) -> tuple[Change, ...]:
        """The amendments of a policy that is compared with its template, those of its handouts included."""
        return tuple(change for change in self.changes if change.kind.traits.is_by_amendment)


def counts_of(changes: Iterable[Change], kinds: Iterable[ChangeKind]) -> Mapping[ChangeKind, int]:
    """Return the number of changes of each kind, without those of handouts."""
    found = Counter(change.kind for change in changes if not change.is_of_handout)
    return {kind: found[kind] for kind in kinds}


_WHOLE = (
    ChangeKind.INSERTED,
    ChangeKind.OMITTED,
    ChangeKind.NOT_CHOSEN,
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
)
"""The kinds of change that, for a part, are a change of the same kind for everything in it."""


def nested(found: Iterable[tuple[Change, str]], *, is_other_edition: bool = False) -> tuple[Change, ...]:
    """Return changes with those that follow from another inside it; each comes with the id of the part around it.

    The points of an inserted clause come with it, and the clauses of an omitted section go with it: one decision is one
    change. Between two editions only what follows from a school's amendment is inside, because an edition decides about
    each clause.
    """
    changes: list[Change] = []
    inside: dict[int, list[Change]] = {}
    causes: dict[str, int] = {}
    for change, around in found:
        at = causes.get(around)
        if at is not None and _follows(change, changes[at], is_other_edition=is_other_edition):
            reason = change.reason if change.reason != changes[at].reason else None
            inside.setdefault(at, []).append(msgspec.structs.replace(change, reason=reason, by=None))
        else:
            at = len(changes)
            changes.append(change)
        causes |= dict.fromkeys(filter(None, (change.id, change.old_id)), at)
    return tuple(
        msgspec.structs.replace(change, inside=tuple(inside[at])) if at in inside else change
        for at, change in enumerate(changes)
    )


def _follows(change: Change, cause: Change, *, is_other_edition: bool) -> bool:
    is_choice, is_amendment = cause.kind is ChangeKind.CHOICE, cause.kind.traits.is_of_amendment
    if change.kind not in _WHOLE or (is_other_edition and not is_amendment):
        return False
    if change.kind is cause.kind:
        return True
    comes = is_choice or (is_amendment and cause.old is None and cause.new is not None)
    goes = is_choice or (is_amendment and cause.new is None)
    return (change.kind is ChangeKind.ADDED and comes) or (change.kind is ChangeKind.REMOVED and goes)


def compare(old: Policy, new: Policy) -> Comparison:
    """Return the changes from any policy to any other."""
    changes = tuple(_between(old, new))
    counts = counts_of(changes, BETWEEN_POLICIES)
    ids = {
        node.id for policy in (old, new) for node in policy.walk() if node.kind is Kind.CLAUSE and not node.is_left_out
    }
    return Comparison(old.name, new.name, len(ids), counts, changes, joined(new.phrases, old.phrases))


_Swap: TypeAlias = tuple[str, str, str]
"""A field, and its old and new value as printed in a clause."""


def _between(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield the values that changed, each once, then every other change in reading order."""
    is_other_edition = old.edition != new.edition
    # an edition that begins to mark promises changes none of them
    are_marked = all(any(node.promise for node in policy.walk()) for policy in (old, new))
    values: dict[_Swap, list[Pair]] = {}
    others: list[tuple[Change, str]] = []
    for pair in pairs(old, new):
        swaps = _value_swaps(pair)
        kind = _kind(pair, is_other_edition, is_reworded=swaps is None and _is_reworded(pair))
        promises = promises_that_differ(pair.before, pair.after) if are_marked else {}
        if kind is None and promises:
            kind = ChangeKind.PROMISE
        if kind:
            around = pair.was if pair.was and not pair.after else pair.standing
            others.append((msgspec.structs.replace(_change(kind, pair), **promises), around.parent))
        if kind in (None, ChangeKind.REASON, ChangeKind.PROMISE):
            for swap in swaps or ():
                values.setdefault(swap, []).append(pair)
        if pair.was and pair.now and pair.stays and not pair.is_choice:
            if pair.is_moved:
                others.append((_renumbered(ChangeKind.MOVED, pair, pair.was.node), ""))
            elif pair.was.node.number != pair.now.node.number:
                others.append((_renumbered(ChangeKind.RENUMBERED, pair, pair.was.node), ""))
    for (field, was, now), found in values.items():
        clauses = tuple(dict.fromkeys(_where(pair.standing) for pair in found))
        change = _of_part(ChangeKind.VALUE, found[0])
        yield msgspec.structs.replace(
            change, old=(Run(was),), new=(Run(now),), field=field, clauses=clauses, is_of_handout=False
        )
    yield from nested(others, is_other_edition=is_other_edition)


def _where(standing: Standing) -> str:
    """Return the number of a clause, or the title of the handout that a line belongs to."""
    return standing.section if standing.is_of_handout else standing.node.citation


def _kind(pair: Pair, is_other_edition: bool, *, is_reworded: bool) -> ChangeKind | None:  # noqa: FBT001 - a fact
    """Return how a part's words, or the amendment to it, changed; None if they did not."""
    was_amended, is_amended = (standing is not None and standing.is_amended for standing in (pair.was, pair.now))
    if is_amended != was_amended:
        return ChangeKind.AMENDED if is_amended else ChangeKind.AMENDMENT_WITHDRAWN
    if is_amended and not is_reworded:
        return ChangeKind.REASON if pair.standing.node.reason != _old_reason(pair) else None
    if pair.is_choice:
        return ChangeKind.CHOICE
    if not is_reworded:
        return None
    if is_amended or (pair.before and pair.after and pair.after.origin.traits.is_added):
        return ChangeKind.AMENDMENT_CHANGED
    if pair.before is None or pair.after is None:
        return ChangeKind.ADDED if pair.after else ChangeKind.REMOVED
    return ChangeKind.TEMPLATE_REWORDED if is_other_edition else ChangeKind.REWORDED


def _of_part(kind: ChangeKind, pair: Pair) -> Change:
    standing = pair.standing
    node = standing.node
    return Change(
        kind,
        node.kind,
        node.id,
        node.citation,
        standing.section,
        chapter=standing.chapter,
        is_of_handout=standing.is_of_handout,
    )


def _change(kind: ChangeKind, pair: Pair) -> Change:
    """Return a change with the old and new words, their conditions, and the reasons of the amendments."""
    node, before, after = pair.standing.node, pair.before, pair.after
    reason, old_reason = node.own_reason if pair.now and pair.now.is_amended else None, _old_reason(pair)
    change = msgspec.structs.replace(
        _of_part(kind, pair),
        # a part that neither policy prints is shown in the template's words
        old=before.text if before else None if after else node.was,
        new=after.text if after else None,
        reason=reason,
        old_reason=old_reason if old_reason != reason else None,
        when=node.when,
        freedom=node.freedom if kind.traits.is_of_amendment and node.kind is Kind.CLAUSE else None,
    )
    if before and after:
        change = msgspec.structs.replace(change, words=diff_texts(before.text, after.text))
    if before and pair.is_choice:
        return msgspec.structs.replace(change, old_id=before.id, old_when=before.when)
    return change


def _renumbered(kind: ChangeKind, pair: Pair, before: Node) -> Change:
    change = _of_part(kind, pair)
    old_number = before.citation if before.citation != change.number else None
    return msgspec.structs.replace(change, new=pair.standing.node.text, old_number=old_number)


def _old_reason(pair: Pair) -> str | None:
    return pair.was.node.reason if pair.was and pair.was.is_amended else None


def _is_reworded(pair: Pair) -> bool:
    if pair.before is None or pair.after is None:
        return pair.before is not pair.after
    return not is_worded_alike(pair.before.text, pair.after.text)


def _value_swaps(pair: Pair) -> tuple[_Swap, ...] | None:
    """Return the values that changed in a part that both policies have; None if other words changed too."""
    if pair.is_choice or not (pair.before and pair.after) or len(pair.before.text) != len(pair.after.text):
        return None
    swaps = []
    for was, now in zip(pair.before.text, pair.after.text, strict=True):
        if was == now or (was.target and msgspec.structs.replace(was, text=now.text) == now):
            # the changed number of a cited clause is reported at that clause
            continue
        if was.field is None or msgspec.structs.replace(was, text=now.text, href=now.href) != now:
            return None
        is_same = was.text == now.text
        swaps.append((was.field, *((str(was.href), str(now.href)) if is_same else (was.text, now.text))))
    return tuple(swaps)
