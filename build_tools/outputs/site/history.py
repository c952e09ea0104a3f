"""Two policies side by side, and the history of each clause: the whole text, not only what changed."""

import dataclasses
from collections.abc import Sequence
from typing import TypeAlias

from build_tools.comparing.pairs import Pair, Standing, diff_texts, is_worded_alike, pairs
from build_tools.policy.model import Kind, Node, Policy
from build_tools.policy.tree import heading, is_printed, tops_of
from build_tools.text.differing import Part


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A heading or clause in two policies; None if one does not print it."""

    kind: Kind
    old: Node | None
    new: Node | None
    words: tuple[Part, ...]
    """The old and the new words merged; empty if they are the same."""
    is_moved: bool
    """Whether its position among the parts that stayed has changed."""

    @property
    def is_changed(self) -> bool:
        """Whether its words, number or position differ."""
        if self.old is None or self.new is None:
            return True
        return bool(self.words) or self.is_moved or self.old.citation != self.new.citation


@dataclasses.dataclass(frozen=True, slots=True)
class Stretch:
    """A section of the whole text of two policies."""

    id: str
    title: str
    """Its number and title in the new policy, or in the old if the new has no such section."""
    rows: tuple[Row, ...]

    @property
    def changed(self) -> int:
        """The number of its rows that differ."""
        return sum(row.is_changed for row in self.rows)


@dataclasses.dataclass(frozen=True, slots=True)
class ClauseVersion:
    """A clause in one version."""

    on: str
    """The date of the version."""
    node: Node | None
    """None if the version does not print it."""
    words: tuple[Part, ...]
    """What has changed since the version before; empty if nothing has."""
    reason: str | None
    """Why the school departed from the template."""
    is_changed: bool
    """Whether words or reason differ from the version before, or one of the two does not have the clause."""


@dataclasses.dataclass(frozen=True, slots=True)
class Thread:
    """A clause through all versions."""

    citation: str
    """Its number in the last version that has it; empty for a line of a handout."""
    states: tuple[ClauseVersion, ...]

    @property
    def is_changed(self) -> bool:
        """Whether it ever changed."""
        return any(state.is_changed for state in self.states)

    @property
    def told(self) -> tuple[ClauseVersion, ...]:
        """The versions that say something about it: the first, each that changed it, and each with another number.

        The first is left out if the next has its words merged with its own.
        """
        first, *others = self.states
        changes = [state for state in others if state.is_changed or self._is_renumbered(state)]
        is_repeated = bool(changes) and bool(changes[0].words) and first.reason in (None, changes[0].reason)
        return tuple(changes) if is_repeated and not self._is_renumbered(first) else (first, *changes)

    def _is_renumbered(self, state: ClauseVersion) -> bool:
        return state.node is not None and state.node.citation != self.citation


@dataclasses.dataclass(frozen=True, slots=True)
class Chapter:
    """The clauses of a section through all versions."""

    id: str
    title: str
    threads: tuple[Thread, ...]
    """Those that ever changed."""
    unchanged: int
    """The number of those that never did."""
    is_handout: bool
    """Whether it is a summary, agreement or form, whose lines have no numbers."""


def side_by_side(old: Policy, new: Policy) -> tuple[Stretch, ...]:
    """Return everything that either policy prints, section by section in the reading order of both."""
    tops = {**tops_of(old), **tops_of(new)}
    rows: dict[str, list[Row]] = {}
    for pair in pairs(old, new):
        row = _row(pair)
        if row:
            rows.setdefault(tops[pair.standing.node.id].id, []).append(row)
    return tuple(Stretch(top, heading(tops[top]), tuple(found)) for top, found in rows.items())


def history(policies: Sequence[tuple[str, Policy]]) -> tuple[Chapter, ...]:
    """Return the history of each clause by section, from the policies of versions with their dates, oldest first."""
    dates = [on for on, _ in policies]
    tops = {identity: top for _, policy in policies for identity, top in tops_of(policy).items()}
    found: dict[str, list[Thread]] = {}
    for line in _lines(policies):
        thread = _thread(line, dates)
        if any(state.node for state in thread.states):
            found.setdefault(tops[[*line.values()][-1].standing.node.id].id, []).append(thread)
    chapters = [
        Chapter(
            top,
            heading(tops[top]),
            tuple(t for t in threads if t.is_changed),
            sum(not t.is_changed for t in threads),
            is_handout=not tops[top].number,
        )
        for top, threads in found.items()
    ]
    last = (*policies[-1][1].sections, *policies[-1][1].handouts) if policies else ()
    order = {top.id: at for at, top in enumerate(last)}
    # sections that are not in the last version come after those that are
    return tuple(sorted(chapters, key=lambda chapter: order.get(chapter.id, len(order))))


def _row(pair: Pair) -> Row | None:
    old, new = _printed(pair.was), _printed(pair.now)
    if old is None and new is None:
        return None
    words = _words(old, new) if old and new else ()
    return Row(pair.standing.node.kind, old, new, words, pair.is_moved)


def _printed(standing: Standing | None) -> Node | None:
    return standing.node if standing and is_printed(standing.node) else None


def _words(old: Node, new: Node) -> tuple[Part, ...]:
    """Return the words of both merged; none if they are the same."""
    return () if is_worded_alike(old.text, new.text) else diff_texts(old.text, new.text)


_Line: TypeAlias = dict[str, Pair]
"""A clause in the versions that have it, by date."""


def _lines(policies: Sequence[tuple[str, Policy]]) -> list[_Line]:
    lines: list[_Line] = []
    known: dict[str, _Line] = {}
    gone: dict[str, _Line] = {}
    before = Policy("", "", "", ())
    for on, policy in policies:
        following: dict[str, _Line] = {}
        for pair in pairs(before, policy):
            if pair.standing.node.kind is not Kind.CLAUSE:
                continue
            # a clause that returns continues its former history
            line = known.get(pair.was.node.id, {}) if pair.was else gone.pop(pair.standing.node.id, {})
            if not line:
                lines.append(line)
            line[on] = pair
            (following if pair.now else gone)[pair.standing.node.id] = line
        known, before = following, policy
    return lines


def _thread(line: _Line, dates: Sequence[str]) -> Thread:
    states: list[ClauseVersion] = []
    for on in dates:
        pair = line.get(on)
        node = _printed(pair.now) if pair else None
        reason = pair.now.node.reason if pair and pair.now else None
        last = states[-1] if states else ClauseVersion(on, node, (), reason, is_changed=False)
        words = _words(last.node, node) if last.node and node else ()
        is_changed = bool(words) or (last.node is None) != (node is None) or last.reason != reason
        states.append(ClauseVersion(on, node, words, reason, is_changed))
    return Thread([*line.values()][-1].standing.node.citation, tuple(states))
