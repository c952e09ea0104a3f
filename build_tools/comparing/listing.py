"""Policies and comparisons as plain text for terminals, and comparisons as data for programs."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from build_tools.comparing.by_section import counted
from build_tools.comparing.compare import Change, ChangeKind, Comparison
from build_tools.comparing.declarations import DeclaredChange, by_topic, summary_of
from build_tools.comparing.difference import Difference
from build_tools.comparing.topics import topics
from build_tools.policy.model import Condition, Kind, Node, Policy, Text, plain
from build_tools.policy.sources import basis_in_words
from build_tools.schema.fields import Schema
from build_tools.template.conditions import describe
from build_tools.text.differing import DELETED, INSERTED, SAME, Part, spaced

FACTS_TITLE = "Key facts that changed"
_MARKS = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


# --- policies ------------------------------------------------------------------------------------


def render_policy(policy: Policy, *, with_sources: bool = False) -> str:
    """Return a policy as text, one line for each part: number, id, origin, words, and the reason of an amendment.

    `with_sources` adds what each clause rests on.
    """
    rows = [(node.citation if node.kind is not Kind.GROUP else "", node) for node in policy.walk_all()]
    heads = [(citation, node.id, f"{node.origin}{_author(node)}") for citation, node in rows]
    widths = [max(map(len, column)) for column in zip(*heads, strict=True)]
    lines = []
    for head, (_, node) in zip(heads, rows, strict=True):
        cells = "  ".join(cell.ljust(width) for cell, width in zip(head, widths, strict=True))
        reason = f"  (because: {node.reason})" if node.reason else ""
        rests = f"  [{_bases(node, policy)}]" if with_sources and node.kind is Kind.CLAUSE and node.rests_on else ""
        lines.append(f"{cells}  {plain(node.text)}{reason}{rests}".rstrip())
    return "\n".join(lines) + "\n"


def _bases(node: Node, policy: Policy) -> str:
    return "; ".join(basis_in_words(basis, policy.sources) for basis in node.rests_on)


def _author(part: Node | Change) -> str:
    """Return the federation that departed from the template, or an empty text if the school did."""
    return f" by {part.by}" if part.by else ""


# --- comparisons ---------------------------------------------------------------------------------


def difference_data(difference: Difference) -> Mapping[str, Any]:
    """Return what changed as JSON values: the comparison of both policies, and the key facts that changed."""
    found = {
        **comparison_data(difference.comparison),
        "facts": [dataclasses.asdict(change) for change in difference.facts],
    }
    declared = [_declared_data(change) for change in difference.declarations]
    return {**found, "declarations": declared} if difference.is_of_editions else found


def comparison_data(comparison: Comparison) -> Mapping[str, Any]:
    """Return a comparison as JSON values: what was compared, the counts by kind, and every change."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "clauses": comparison.clauses,
        "counts": {kind.value: count for kind, count in comparison.counts.items()},
        "changes": [_change_data(change) for change in comparison.changes],
    }


def render_difference(difference: Difference) -> str:
    """Return what changed as text: counts, key facts, then every change by topic with its number, words and reason."""
    comparison, schema, facts = difference.comparison, difference.new.edition.schema, difference.facts
    declared = difference.declarations
    lines = [f"{comparison.old} -> {comparison.new}: {comparison.clauses} clauses"]
    lines += [f"  {count:4}  {kind.traits.words}" for kind, count in comparison.counts.items() if count]
    lines += [f"  {sentence}" for sentence in summary_of(declared)]
    if not comparison.changes:
        lines.append("No clause differs." if facts or declared else "Nothing differs.")
    if facts:
        lines += ["", *_headed(FACTS_TITLE), ""]
        lines += (f"  {change.label}: {_fact(change.old)} -> {_fact(change.new)}" for change in facts)
    for declared_topic, found in by_topic(declared).items():
        lines += ["", *_headed(declared_topic.heading), ""]
        lines += (line for change in found for line in _declared_lines(change))
    for topic in topics(comparison):
        lines += ["", *_headed(topic.title)]
        sections = topic.shares
        if sections:
            lines += ["", *columns(*counted(sections))]
        parts = [(f"{s.title}: {share.heading}", found) for s in sections for share, found in s.shares.items()]
        for section, changes in parts or topic.sections:
            lines += ["", section] if section else [""]
            lines += (line for change in changes for line in _change_lines(change, schema))
    return "\n".join(lines) + "\n"


def _declared_lines(change: DeclaredChange) -> Iterator[str]:
    named = numbers(change.old_name, change.name)
    yield f"  {change.title}  {change.kind.traits.words}  ({named})"
    yield from (f"      {aspect.label}: {marked_words(aspect.words)}" for aspect in change.aspects)


def _declared_data(change: DeclaredChange) -> Mapping[str, Any]:
    found = {
        "topic": change.topic.value,
        "kind": change.kind.value,
        "name": change.name,
        "old_name": change.old_name,
        "title": change.title,
        "old_title": change.old_title,
        "aspects": [
            {**dataclasses.asdict(aspect), "words": [dataclasses.asdict(part) for part in aspect.words]}
            for aspect in change.aspects
        ],
    }
    return {key: value for key, value in found.items() if value is not None}


def columns(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a table as lines of text."""
    table = [head, *rows]
    widths = [max(len(cells[at]) for cells in table) for at in range(len(head))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() for cells in table]


def _headed(title: str) -> tuple[str, str]:
    return title, "=" * len(title)


def _fact(values: Iterable[str]) -> str:
    return "; ".join(values) or "none"


def _change_data(change: Change) -> Mapping[str, Any]:
    found = {
        "kind": change.kind.value,
        "node": change.node_kind.value,
        "id": change.id,
        "number": change.number,
        "section": change.section,
        "old_number": change.old_number,
        "old": plain_or_none(change.old),
        "new": plain_or_none(change.new),
        "words": [dataclasses.asdict(part) for part in change.words] or None,
        "reason": change.reason,
        "by": change.by,
        "old_reason": change.old_reason,
        "old_id": change.old_id,
        "field": change.field,
        "clauses": list(change.clauses) or None,
        "promise": change.promise,
        "old_promise": change.old_promise,
        "handout": change.is_of_handout or None,
        "freedom": change.freedom.value if change.freedom else None,
        "ending": change.ending,
        "inside": [_change_data(inner) for inner in change.inside] or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def plain_or_none(text: Text | None) -> str | None:
    """Return the words of a text, None if there is no text (which is different from an empty one)."""
    return None if text is None else plain(text)


def _change_lines(change: Change, schema: Schema) -> Iterator[str]:
    number = f"{numbers(change.old_number, change.number)}  " if change.number else ""
    yield f"  {number}{change.kind.traits.words}{_author(change)}  ({change.id})"
    if change.kind is not ChangeKind.VALUE:
        yield f"      {_words_of(change)}"
    yield from (f"        {inner.number}  {_words_of(inner)}" for inner in change.inside)
    yield from (f"      {line}" for line in explanation(change, schema))


def _words_of(change: Change) -> str:
    if change.kind.traits.is_against_template and not change.words:
        return plain((change.old if change.new is None else change.new) or ())
    return marked_words(changed_words(change))


def numbers(old: str | None, new: str) -> str:
    """Return the number of a part, after its old number if that was different."""
    return f"{old} -> {new}" if old else new


def explanation(change: Change, schema: Schema) -> Iterator[str]:
    """Yield the explanations of a change besides its words: the value or option, and the reasons."""
    if change.kind is ChangeKind.VALUE:
        yield f"{schema.title_of(change.field or '')}: {plain(change.old or ())} -> {plain(change.new or ())}"
        yield f"in {', '.join(change.clauses)}"
    if change.kind is ChangeKind.CHOICE:
        yield f"{_conditions(change.old_when, schema)} -> {_conditions(change.when, schema)}"
    elif change.when and change.kind.traits.before_conditions:
        yield f"{change.kind.traits.before_conditions}: {_conditions(change.when, schema)}"
    if change.promise:
        yield promise_line(change)
    if change.freedom:
        yield f"Freedom: {change.freedom.words}"
    yield from (f"Freedom of {inner.number}: {inner.freedom.words}" for inner in change.inside if inner.freedom)
    if change.ending:
        yield change.ending
    if change.old_reason:
        yield f"Because, before: {change.old_reason}"
    if change.reason:
        yield f"Because: {change.reason}"


def promise_line(change: Change) -> str:
    """Return what a clause promised and promises now: who does it, and how often or by when."""
    return f"Promise: {change.old_promise} -> {change.promise}"


def _conditions(conditions: Iterable[Condition], schema: Schema) -> str:
    return "; ".join(describe(condition, schema) for condition in conditions)


def changed_words(change: Change) -> tuple[Part, ...]:
    """Return the words of a change between two policies, as two whole texts if one replaced the other."""
    if change.kind.traits.is_unmarked:
        return (Part(SAME, plain(change.new or change.old or ())),)
    if change.words:
        return change.words
    texts = ((DELETED, change.old), (INSERTED, change.new))
    return tuple(Part(kind, plain(text)) for kind, text in texts if text)


def marked_words(words: Sequence[Part]) -> str:
    """Return words with what was deleted as [-so-] and what was inserted as {+so+}."""
    return "".join(_MARKS[part.kind].format(part.text) for part in spaced(words))
