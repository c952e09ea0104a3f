"""Policies and comparisons as plain text for terminals, and comparisons as data for programs."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.compare import Change, ChangeKind, Comparison, Part
from build_tools.model import Kind, Policy, Text, plain
from build_tools.schema import Schema

WORDS_OF_KIND: Mapping[str, str] = {
    ChangeKind.TEMPLATE: "as the template",
    ChangeKind.FILLED: "filled in",
    ChangeKind.CHOSEN: "chosen",
    ChangeKind.NOT_CHOSEN: "not chosen",
    ChangeKind.REPLACED: "replaced",
    ChangeKind.OMITTED: "omitted",
    ChangeKind.INSERTED: "inserted",
    ChangeKind.ADDED: "added",
    ChangeKind.REMOVED: "removed",
    ChangeKind.REWORDED: "reworded",
    ChangeKind.VALUE: "value changed",
    ChangeKind.MOVED: "moved",
    ChangeKind.RENUMBERED: "renumbered",
}
"""How people read each kind of change."""

_MARKS = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


# --- policies ------------------------------------------------------------------------------------


def render_policy(policy: Policy) -> str:
    """Return a policy as text, one line for each part: number, id, origin, words, and the reason of an amendment."""
    rows = [(node.citation if node.kind is not Kind.GROUP else "", node) for node in policy.walk()]
    widths = [max(len(cell) for cell in column) for column in zip(*((c, n.id, n.origin) for c, n in rows), strict=True)]
    lines = []
    for citation, node in rows:
        cells = "  ".join(c.ljust(w) for c, w in zip((citation, node.id, node.origin), widths, strict=True))
        reason = f"  (because: {node.reason})" if node.reason else ""
        lines.append(f"{cells}  {plain(node.text)}{reason}".rstrip())
    return "\n".join(lines) + "\n"


# --- comparisons ---------------------------------------------------------------------------------


def comparison_data(comparison: Comparison) -> Mapping[str, Any]:
    """Return a comparison as JSON values: what was compared, the counts by kind, and every change."""
    return {
        "old": comparison.old,
        "new": comparison.new,
        "clauses": comparison.clauses,
        "counts": dict(comparison.counts),
        "changes": [_change_data(change) for change in comparison.changes],
    }


def render_comparison(comparison: Comparison, schema: Schema) -> str:
    """Return a comparison as text: the counts, then every change with its number, kind, words and reason."""
    lines = [f"{comparison.old} -> {comparison.new}: {comparison.clauses} clauses"]
    lines += [f"  {count:4}  {WORDS_OF_KIND[kind]}" for kind, count in comparison.counts.items()]
    section = None
    for change in comparison.changes:
        if change.section != section:
            section = change.section
            lines += ["", section]
        lines += _change_lines(change, schema)
    return "\n".join(lines) + "\n"


def _change_data(change: Change) -> Mapping[str, Any]:
    found = {
        "kind": change.kind.value,
        "node": change.node_kind.value,
        "id": change.id,
        "number": change.number,
        "section": change.section,
        "old_number": change.old_number,
        "old": _plain_or_none(change.old),
        "new": _plain_or_none(change.new),
        "words": [dataclasses.asdict(part) for part in change.words] or None,
        "reason": change.reason,
        "field": change.field,
        "clauses": list(change.clauses) or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _plain_or_none(text: Text | None) -> str | None:
    return None if text is None else plain(text)


def _change_lines(change: Change, schema: Schema) -> Iterator[str]:
    number = f"{change.old_number} -> {change.number}" if change.old_number else change.number
    yield f"  {number}  {WORDS_OF_KIND[change.kind]}  ({change.id})"
    if change.kind is ChangeKind.VALUE:
        yield f"      {schema.title_of(change.field or '')}: {plain(change.old or ())} -> {plain(change.new or ())}"
        yield f"      in {', '.join(change.clauses)}"
    elif change.words:
        yield f"      {marked_words(change.words)}"
    else:
        text = change.new if change.new is not None else change.old
        yield f"      {plain(text or ())}"
    if change.reason:
        yield f"      Because: {change.reason}"


def marked_words(words: Iterable[Part]) -> str:
    """Return words with what was deleted as [-so-] and what was inserted as {+so+}."""
    marked = []
    for part in words:
        bare = part.text.rstrip()
        marked.append(_MARKS[part.kind].format(bare) + part.text[len(bare) :])
    return "".join(marked)
