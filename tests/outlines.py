"""Policies and comparisons for expected files: one line for each part, with all that outputs could get wrong."""

from collections.abc import Iterator

from build_tools.comparing.compare import Change, Comparison
from build_tools.policy.model import Node, Policy, Run, Text


def render_outline(policy: Policy) -> str:
    """Return a policy as text: indented by depth, with citation, kind, id, origin, words and reason of each part.

    In the words, a value stands in ⟨⟩, a citation after §, and a link's address in <> behind its words.
    """
    lines = [f"{policy.name}: {policy.title}, edition {policy.edition}"]
    for top in (*policy.sections, *policy.handouts):
        lines += _lines(top, 0)
    return "\n".join(lines) + "\n"


def _lines(node: Node, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for note in node.guidance:
        yield f"{indent}> {_marked(note)}"
    number = node.citation if node.number else f"({node.citation})"
    yield f"{indent}{number} {node.kind} #{node.id} [{node.origin}] {_marked(node.text)}".rstrip()
    if node.was is not None:
        yield f"{indent}    was: {_marked(node.was)}"
    if node.reason is not None:
        yield f"{indent}    because: {node.reason}"
    if node.promise is not None:
        yield f"{indent}    promise: {_marked(node.promise.who)}, {node.promise.due}"
    if node.freedom is not None:
        yield f"{indent}    freedom: {node.freedom}"
    if node.begins is not None:
        yield f"{indent}    from: {node.begins}"
    if node.says:
        yield f"{indent}    says: {', '.join(node.says)}"
    if node.blank:
        yield f"{indent}    to fill in: {node.blank}{': ' * bool(node.choices)}{', '.join(node.choices)}"
    for child in node.children:
        yield from _lines(child, depth + 1)


def _marked(text: Text) -> str:
    return "".join(map(_marked_run, text))


def _marked_run(run: Run) -> str:
    words = f"⟨{run.text}⟩" if run.field else run.text
    words = f"§{words}({run.target})" if run.target else words
    words = f"*{words}*" if run.emphasis else words
    words = f"**{words}**" if run.strong else words
    words = f"`{words}`" if run.code else words
    return f"{words} <{run.href}>" if run.href else words


def render_changes(comparison: Comparison) -> str:
    """Return a comparison as text: counts, then a line for each change with its number, kind, id, words and reason."""
    counts = ", ".join(f"{count} {kind}" for kind, count in comparison.counts.items() if count)
    lines = [f"{comparison.old} -> {comparison.new}: {comparison.clauses} clauses, {counts or 'no change'}"]
    for change in comparison.changes:
        lines += [_change(change), *(f"    {_change(inner)}" for inner in change.inside)]
    return "\n".join(lines) + "\n"


def _change(change: Change) -> str:
    number = f"{change.old_number} -> {change.number}" if change.old_number else change.number
    words = "".join(
        {"same": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}[p.kind].format(p.text) for p in change.words
    )
    told = words or " => ".join(_marked(text) for text in (change.old, change.new) if text)
    where = f" in {', '.join(change.clauses)}" if change.clauses else ""
    freedom = f" ({change.freedom})" if change.freedom else ""
    reason = f" (because: {change.reason})" if change.reason else ""
    return f"{number} {change.kind} {change.node_kind} #{change.id} {told}{where}{freedom}{reason}"
