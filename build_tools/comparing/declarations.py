"""What changed from one edition to another besides the words of clauses: questions, answers, bodies, law, conditions.

Schools are not compared in this way: what two schools answer is compared where their policies print it.
"""

import dataclasses
import enum
import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from build_tools.comparing.declared import Declaration, DeclaredTopic, declarations
from build_tools.template.edition import Edition
from build_tools.text.differing import DELETED, INSERTED, Part, diff_words


@dataclasses.dataclass(frozen=True, slots=True)
class DeclaredTraits:
    """What the program knows about one way in which a declaration can change."""

    words: str
    """Its words for people."""
    one: str
    """The words after one thing that changed so."""
    many: str
    """The words after several."""


class DeclaredKind(enum.StrEnum):
    """The ways in which a declaration can change, in the order in which they are counted."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    """It has another name in the files of the edition, so schools' answers do not carry over by themselves."""
    SUCCEEDED = "succeeded"
    """Law or guidance has the name of an earlier issue of it."""
    CHANGED = "changed"

    @property
    def traits(self) -> DeclaredTraits:
        """What the program knows about it."""
        return _traits(self)


@functools.cache
def _traits(kind: DeclaredKind) -> DeclaredTraits:
    match kind:
        case DeclaredKind.ADDED:
            return DeclaredTraits("added", "is new", "are new")
        case DeclaredKind.REMOVED:
            return DeclaredTraits("removed", "was removed", "were removed")
        case DeclaredKind.RENAMED:
            return DeclaredTraits("renamed", "has a new name", "have new names")
        case DeclaredKind.SUCCEEDED:
            return DeclaredTraits(
                "succeeded by a later issue", "was succeeded by a later issue", "were succeeded by later issues"
            )
        case DeclaredKind.CHANGED:
            return DeclaredTraits("changed", "changed", "changed")
        case _:
            assert_never(kind)


@dataclasses.dataclass(frozen=True, slots=True)
class AspectChange:
    """One text of a declaration, before and after."""

    label: str
    old: str | None
    new: str | None

    @property
    def words(self) -> tuple[Part, ...]:
        """Both texts merged word by word; a text that only one side has is one part."""
        if self.old and self.new:
            return diff_words(self.old, self.new)
        return (Part(DELETED, self.old),) if self.old else (Part(INSERTED, self.new or ""),)


@dataclasses.dataclass(frozen=True, slots=True)
class DeclaredChange:
    """One declaration that changed."""

    topic: DeclaredTopic
    kind: DeclaredKind
    name: str
    """Its name in the new edition, or in the old one if it was removed."""
    title: str
    aspects: tuple[AspectChange, ...]
    """What changed in it; everything that is said of it, if it was added or removed."""
    old_name: str | None = None
    """Its name in the old edition, if that was another."""
    old_title: str | None = None
    """Its title in the old edition, if that was another."""


_Pair = tuple[Declaration | None, Declaration | None]


def compare_declarations(old: Edition, new: Edition) -> tuple[DeclaredChange, ...]:
    """Return what changed in the declarations of an edition, by topic, each topic in the order of the new edition."""
    pairs = list(_pairs(tuple(declarations(old)), tuple(declarations(new))))
    parts = (pair for was, now in pairs if was and now for pair in _pairs(was.parts, now.parts))
    changes = [change for pair in (*pairs, *parts) if (change := _change(*pair))]
    order = list(DeclaredTopic)
    return tuple(sorted(changes, key=lambda change: order.index(change.topic)))


def summary_of(changes: Sequence[DeclaredChange]) -> Iterator[str]:
    """Yield a sentence for each topic and way in which something in it changed."""
    counts = Counter((change.topic, change.kind) for change in changes)
    for topic in DeclaredTopic:
        for kind in DeclaredKind:
            if count := counts[topic, kind]:
                yield f"{topic.counted(count)} {kind.traits.one if count == 1 else kind.traits.many}."


def by_topic(changes: Sequence[DeclaredChange]) -> Mapping[DeclaredTopic, tuple[DeclaredChange, ...]]:
    """Return the changes of each topic that has any, in the order of every report."""
    found = {topic: tuple(change for change in changes if change.topic is topic) for topic in DeclaredTopic}
    return {topic: of_topic for topic, of_topic in found.items() if of_topic}


def _pairs(old: Sequence[Declaration], new: Sequence[Declaration]) -> Iterator[_Pair]:
    """Yield what corresponds in both, in the order of the new; what only the old has comes after what was before it."""
    before, after = ({(one.topic, one.name): one for one in found} for found in (old, new))
    old_of = {key: key for key in after if key in before} | _renamed(before, after)
    kept = set(old_of.values())
    gone: dict[object, list[Declaration]] = {}
    last: object = None
    for key, one in before.items():
        if key in kept:
            last = key
        else:
            gone.setdefault(last, []).append(one)
    yield from ((one, None) for one in gone.get(None, ()))
    for key, now in after.items():
        yield (before[old_of[key]] if key in old_of else None), now
        yield from ((one, None) for one in gone.get(old_of.get(key, ()), ()))


_Key = tuple[DeclaredTopic, str]


def _renamed(before: Mapping[_Key, Declaration], after: Mapping[_Key, Declaration]) -> dict[_Key, _Key]:
    """Return the old key, by the new one, of whatever kept everything but its name, as when it moved to another group.

    Only what nothing else resembles is matched: many entries of lists have the same title.
    """
    gone, added = (
        [key for key in one if key not in other and key[0] is not DeclaredTopic.PROVISIONS]
        for one, other in ((before, after), (after, before))
    )
    alike = Counter(_identity(before[key]) for key in gone), Counter(_identity(after[key]) for key in added)
    old_keys = {_identity(before[key]): key for key in gone}
    return {
        key: old_keys[identity]
        for key in added
        if (identity := _identity(after[key])) in old_keys and all(counted[identity] == 1 for counted in alike)
    }


def _identity(one: Declaration) -> tuple[object, ...]:
    title = " ".join(re.findall(r"\w+", one.title.lower()))
    return one.topic, title, one.aspects.get("Takes"), tuple(part.title for part in one.parts)


def _change(was: Declaration | None, now: Declaration | None) -> DeclaredChange | None:
    """Return how a declaration changed; None if it did not, or if its clause was added or removed with it."""
    one = now or was
    if one is None or (one.topic is DeclaredTopic.PROVISIONS and not (was and now)):
        return None
    before, after = (_aspects(side, is_whole=not (was and now)) for side in (was, now))
    aspects = tuple(
        AspectChange(label, before.get(label), after.get(label))
        for label in dict.fromkeys((*after, *before))
        if before.get(label) != after.get(label) and not (was and now and _is_same(label, was, now))
    )
    kind = _kind(was, now, aspects)
    if kind is None:
        return None
    old_name = was.name if was and was.name != one.name else None
    old_title = was.title if was and was.title != one.title else None
    return DeclaredChange(one.topic, kind, one.name, one.title, aspects, old_name, old_title)


def _aspects(one: Declaration | None, *, is_whole: bool) -> Mapping[str, str]:
    """Return what is said of a declaration; if it is not compared, with its answers, and without its title."""
    if one is None:
        return {}
    if not is_whole:
        return one.aspects
    answers = "; ".join(part.title for part in one.parts)
    others = {label: text for label, text in one.aspects.items() if text != one.title}
    return {**others, "Answers": answers} if answers else others


def _is_same(label: str, was: Declaration, now: Declaration) -> bool:
    """Return whether an aspect means what it meant, so that only the words of something else changed in it."""
    return label in was.meanings and was.meanings[label] == now.meanings.get(label)


def _kind(was: Declaration | None, now: Declaration | None, aspects: Sequence[AspectChange]) -> DeclaredKind | None:
    if was is None or now is None:
        return DeclaredKind.ADDED if now else DeclaredKind.REMOVED
    if was.name != now.name:
        return DeclaredKind.RENAMED
    if was.topic is DeclaredTopic.SOURCES and {"Year", "In force from"} & {aspect.label for aspect in aspects}:
        return DeclaredKind.SUCCEEDED
    return DeclaredKind.CHANGED if aspects else None
