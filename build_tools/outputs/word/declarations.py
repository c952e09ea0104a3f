"""What changed in the declarations of two editions, as paragraphs after the policy.

As in the policy, everything without the insertions is what the old edition declares of it, and without the deletions
what the new one does.
"""

from collections.abc import Iterator, Sequence

from build_tools.comparing.declarations import DeclaredChange, DeclaredKind, by_topic
from build_tools.outputs.word.redline import CLAUSE, HEADING, Paragraph, Stretch, Style
from build_tools.policy.model import Run
from build_tools.text.differing import DELETED, INSERTED, SAME, Part, diff_words

_TITLE = "Questions, bodies, law and guidance"
_ENTRY, _ASPECT = Style(CLAUSE, 1), Style(CLAUSE, 2)
_KINDS = {DeclaredKind.ADDED: INSERTED, DeclaredKind.REMOVED: DELETED}


def declared_paragraphs(changes: Sequence[DeclaredChange]) -> Iterator[Paragraph]:
    """Yield the paragraphs that report these changes; none if there are none."""
    if changes:
        yield _paragraph(Style(HEADING, 1), SAME, (Part(SAME, _TITLE),))
    for topic, found in by_topic(changes).items():
        yield _paragraph(Style(HEADING, 2), SAME, (Part(SAME, topic.heading),))
        for change in found:
            kind = _KINDS.get(change.kind, SAME)
            yield _paragraph(_ENTRY, kind, _named(change, kind))
            for aspect in change.aspects:
                of_aspect = SAME if aspect.old and aspect.new else INSERTED if aspect.new else DELETED
                label = Part(of_aspect, f"{aspect.label}: " if aspect.label != change.title else "")
                yield _paragraph(_ASPECT, of_aspect, (label, *aspect.words))


def _named(change: DeclaredChange, kind: str) -> tuple[Part, ...]:
    """Return the title and name of what changed, with what they were before."""
    if kind != SAME:
        return (Part(kind, f"{change.title} ({change.name})"),)
    before = f"{change.old_title or change.title} ({change.old_name or change.name})"
    return diff_words(before, f"{change.title} ({change.name})")


def _paragraph(style: Style, kind: str, parts: Sequence[Part]) -> Paragraph:
    return Paragraph("", style, kind, tuple(Stretch(part.kind, (Run(part.text),)) for part in parts))
