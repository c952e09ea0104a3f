"""What changed between two policies, as a PDF for a governors' meeting: a summary, then each change."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from build_tools.comparing.compare import Comparison
from build_tools.comparing.declarations import by_topic, summary_of
from build_tools.comparing.difference import Difference
from build_tools.comparing.topics import topics
from build_tools.outputs.html import environment, nowhere
from build_tools.outputs.page_html import words_of
from build_tools.outputs.pdf.by_weasyprint import STYLESHEETS, print_tagged
from build_tools.proofreading.typeface import absences
from build_tools.text.dates import source_date
from build_tools.text.problems import Mistakes, Place, Problem

TEMPLATE = "pdf/report.html"
STYLESHEET = "pdf/report.css"


def render_change_report(difference: Difference, templates: tuple[Path, ...]) -> bytes:
    """Return what changed as a PDF that is PDF/UA-1 and PDF/A-2a, the same bytes for the same policies.

    Raises:
        Mistakes: if the policies have characters that no font of the PDF has (PDF/UA-1, 7.21.7 and 7.21.8).
    """
    html = render_report_document(difference, templates)
    words = unescape(re.sub(r"<[^>]*>|\n", "", html))
    if missing := absences(words, templates):
        place = Place(f"{difference.old.policy.name}, {difference.new.policy.name}")
        hint = "Use --format docx or html instead."
        raise Mistakes([Problem(place, f"{absence}. {hint}") for absence in missing])
    return print_tagged(html, templates, {}, sheets=(*STYLESHEETS, STYLESHEET))


def render_report_document(difference: Difference, templates: tuple[Path, ...]) -> str:
    """Return what changed as one HTML document that needs no other file."""
    comparison, edition = difference.comparison, difference.new.edition
    return (
        environment(templates)
        .get_template(TEMPLATE)
        .render(
            address=nowhere,
            mark_values=comparison.is_against_template,
            phrases=comparison.phrases,
            **words_of(edition),
            difference=difference,
            subject=f"What changed from {comparison.old} to {comparison.new}",
            made_at=source_date(),
            summary=[*summary(comparison), *summary_of(difference.declarations)],
            facts=difference.facts,
            declared=by_topic(difference.declarations),
            topics=list(topics(comparison)),
        )
    )


def summary(comparison: Comparison) -> Iterator[str]:
    """Yield a sentence for each kind of change that occurs."""
    for kind, count in comparison.counts.items():
        if count:
            yield f"{count} {kind.traits.many if count > 1 else kind.traits.one}."
