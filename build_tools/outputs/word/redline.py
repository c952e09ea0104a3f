"""Two policies merged into paragraphs: what both say, what only the old one says, what only the new one says.

Without the insertions it is the old policy word for word; without the deletions it is the new one.
"""

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

import msgspec

from build_tools.comparing.difference import Side, comparable
from build_tools.policy.languages import joined, mark_stretches
from build_tools.policy.model import Kind, Node, Run, Text, plain
from build_tools.policy.tree import is_printed, without_copies
from build_tools.resolving.facts import Fact
from build_tools.schema.relied_on import DOCUMENT
from build_tools.text.differing import DELETED, INSERTED, SAME, Part, aligned, is_rewritten, split_words

SCHOOL, TITLE, FACT, HEADING, CLAUSE, REASON = "school", "title", "fact", "heading", "clause", "reason"
GAP = "\t"
"""The separator between a number or label and its words."""
_ABOUT, _FRONT = "About this policy", {False: "Who to speak to", True: "Document control"}
"""The headings of the key facts, as in the PDF: over all, and by whether the facts are those of document control."""


@dataclasses.dataclass(frozen=True, slots=True)
class Style:
    """The kind of a paragraph."""

    name: str
    """`school`, `title`, `fact`, `heading`, `clause`, or `reason`, under the heading of a section that is not used."""
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
    """The id of its part; for what is before the sections, one that no part has."""
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
    """One run for each word, and one for the number or label."""


def redline(old: Side, new: Side) -> tuple[Paragraph, ...]:
    """Return two policies merged paragraph by paragraph; paragraphs in both are merged word by word."""
    before, after = (
        {(line.id, line.style): line for line in _lines(side, other)} for side, other in ((old, new), (new, old))
    )
    phrases = joined(new.policy.phrases, old.policy.phrases)
    found = []
    for kind, keys in aligned(list(before), list(after)):
        for key in keys:
            if kind == SAME:
                stretches = _merged(before[key].words, after[key].words)
            else:
                stretches = [(kind, (before if kind == DELETED else after)[key].words)]
            spoken = (Stretch(*stretch) for stretch in mark_stretches(stretches, phrases))
            found.append(Paragraph(*key, kind, tuple(spoken)))
    return tuple(itertools.starmap(_held_apart, itertools.zip_longest(found, found[1:])))


def _held_apart(paragraph: Paragraph, following: Paragraph | None) -> Paragraph:
    """Return a paragraph with a blank at its end if words were added there and the next paragraph is new.

    LibreOffice takes the two insertions for one, and joins the paragraphs if they are rejected.
    """
    is_new = following is not None and following.kind == INSERTED
    if not is_new or paragraph.kind != SAME or not paragraph.stretches or paragraph.stretches[-1].kind != INSERTED:
        return paragraph
    blank = Stretch(SAME, (Run(" "),))
    return dataclasses.replace(paragraph, stretches=(*paragraph.stretches, blank))


def _merged(before: tuple[Run, ...], after: tuple[Run, ...]) -> list[tuple[str, tuple[Run, ...]]]:
    """Return the words of two paragraphs merged; one after the other if they share few of them."""
    found = [(kind, tuple(runs)) for kind, runs in aligned(before, after)]
    if is_rewritten(Part(kind, plain(runs)) for kind, runs in found):
        return [(DELETED, before), (INSERTED, after)]
    return found


def _lines(side: Side, other: Side) -> Iterator[_Line]:
    if side.school_name:
        yield _Line("/school", Style(SCHOOL), _words((Run(side.school_name),)))
    yield _Line("/title", Style(TITLE), _words((Run(side.heading),)))
    yield from _front(comparable(side.facts, other.facts))
    for top in (*side.policy.sections, *map(without_copies, side.policy.handouts)):
        yield from _lines_of(top, 1)


def _front(facts: Sequence[Fact]) -> Iterator[_Line]:
    """Yield the key facts under the headings that the PDF gives them: a line for each, with its label."""
    if facts:
        yield _Line("/about", Style(HEADING), _words((Run(_ABOUT),)))
    for is_control, heading in _FRONT.items():
        found = [fact for fact in facts if DOCUMENT.holds(fact.path) == is_control]
        if found:
            yield _Line(f"/{heading}", Style(HEADING, 2), _words((Run(heading),)))
        for fact in found:
            values = [run for text in fact.texts for run in (*text, Run("; "))][:-1]
            yield _Line(f"/{fact.path}", Style(FACT), (*_words((Run(fact.label),)), Run(GAP), *_words(tuple(values))))


def _lines_of(node: Node, level: int) -> Iterator[_Line]:
    if not is_printed(node):
        return
    name = CLAUSE if node.kind is Kind.CLAUSE else HEADING
    number = (Run(node.number), Run(GAP)) if node.number else ()
    yield _Line(node.id, Style(name, level), (*number, *_words(node.text)))
    if node.is_left_out and node.own_reason:
        yield _Line(node.id, Style(REASON), _words((Run(node.own_reason),)))
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
