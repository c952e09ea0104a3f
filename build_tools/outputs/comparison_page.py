"""A comparison as one self-contained HTML file, to email to the people who review a policy."""

from pathlib import Path

from build_tools.comparing.declarations import by_topic, summary_of
from build_tools.comparing.difference import Difference
from build_tools.comparing.topics import topics
from build_tools.outputs.html import on_this_page
from build_tools.outputs.inline import content_hash, render_styles
from build_tools.outputs.page_html import render_page
from build_tools.policy.model import plain


def render_comparison_page(difference: Difference, templates: tuple[Path, ...]) -> str:
    """Return what changed from one policy to another as one HTML file with its styles and fonts inside."""
    comparison = difference.comparison
    told = [part for change in comparison.changes for part in change.walk()]
    texts = [text for change in told for text in (change.old, change.new) if text is not None]
    declared = difference.declarations
    said = [part.text for change in declared for aspect in change.aspects for part in aspect.words]
    styles = render_styles(templates, None, "".join((*map(plain, texts), *said)))
    return render_page(
        templates,
        difference.new.edition,
        "report",
        difference=difference,
        comparison=comparison,
        address=on_this_page,
        mark_values=comparison.is_against_template,
        phrases=comparison.phrases,
        facts=difference.facts,
        declared=by_topic(declared),
        summary=list(summary_of(declared)),
        topics=list(topics(comparison)),
        styles=styles,
        styles_hash=content_hash(styles),
    )
