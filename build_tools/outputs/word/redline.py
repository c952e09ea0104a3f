"""Two policies merged into paragraphs: what both say, what only the old one says, what only the new one says.

Without the insertions it is the old policy word for word; without the deletions it is the new one.
"""

import dataclasses
from collections.abc import Iterator

import msgspec

from build_tools.policy.languages import joined, mark_stretches
from build_tools.policy.model import Kind, Node, Policy, Run, Text, plain
from build_tools.policy.tree import is_printed, without_copies
from build_tools.text.differing import DELETED, INSERTED, SAME, Part, aligned, is_rewritten, split_words

TITLE, HEADING, CLAUSE, REASON = "title", "heading", "clause", "reason"
GAP = "\t"
"""The separator between a number and its words."""


@dataclasses.dataclass(frozen=True, slots=True)
class Style:
    """The kind of a paragraph."""

    name: str
    """`title`, `heading`, `clause`, or `reason`, which is under the heading of a section that is not used."""
    level: int = 1
    """Its depth among those with this name, from 1."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stretch:
    """Runs that both policies have, or one of them."""

    kind: str
    """`same`, `deleted` or `inserted`."""
    runs: tuple[Run, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading or clause of either policy, or of both."""

    id: str
    """The id of its part; empty for the title of the policy."""
    style: Style
    kind: str
    """`same` if both policies have the paragraph, even with other words; otherwise `deleted` or `inserted`."""
    stretches: tuple[Stretch, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of one policy."""

    id: str
    style: Style
    words: tuple[Run, ...]
    """One run for each word, and one for the number."""


def redline(old: Policy, new: Policy) -> tuple[Paragraph, ...]:
    """Return two policies merged paragraph by paragraph; paragraphs in both are merged word by word."""
    before, after = ({(line.id, line.style): line for line in _lines(policy)} for policy in (old, new))
    phrases = joined(new.phrases, old.phrases)
    found = []
    for kind, keys in aligned(list(before), list(after)):
        for key in keys:
            if kind == SAME:
                stretches = _merged(before[key].words, after[key].words)
            else:
                stretches = [(kind, (before if kind == DELETED else after)[key].words)]
            spoken = (Stretch(*stretch) for stretch in mark_stretches(stretches, phrases))
            found.append(Paragraph(*key, kind, tuple(spoken)))
    return tuple(found)


def _merged(before: tuple[Run, ...], after: tuple[Run, ...]) -> list[tuple[str, tuple[Run, ...]]]:
    """Return the words of two paragraphs merged; one after the other if they share few of them."""
    found = [(kind, tuple(runs)) for kind, runs in aligned(before, after)]
    if is_rewritten(Part(kind, plain(runs)) for kind, runs in found):
        return [(DELETED, before), (INSERTED, after)]
    return found


def _lines(policy: Policy) -> Iterator[_Line]:
    yield _Line("", Style(TITLE), _words((Run(policy.title),)))
    for top in (*policy.sections, *map(without_copies, policy.handouts)):
        yield from _lines_of(top, 1)


def _lines_of(node: Node, level: int) -> Iterator[_Line]:
    if not is_printed(node):
        return
    name = CLAUSE if node.kind is Kind.CLAUSE else HEADING
    number = (Run(node.number), Run(GAP)) if node.number else ()
    yield _Line(node.id, Style(name, level), (*number, *_words(node.text)))
    if node.is_left_out and node.reason:
        yield _Line(node.id, Style(REASON), _words((Run(node.reason),)))
    for child in node.children:
        # clauses are counted from the first under a heading
        is_first_clause = child.kind is Kind.CLAUSE and node.kind is not Kind.CLAUSE
        yield from _lines_of(child, 1 if is_first_clause else level + 1)


def _words(text: Text) -> tuple[Run, ...]:
    """Return text word by word; equal words differ only by their look and address."""
    return tuple(
        msgspec.structs.replace(run, text=word, field=None, target=None)
        for run in text
        for word in split_words(run.text)
    )
