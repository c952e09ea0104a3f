"""A comparison as one HTML file that asks for no other: to mail to those who review a policy."""

import functools
from pathlib import Path

from build_tools.compare import Comparison
from build_tools.conditions import describe
from build_tools.edition import Edition
from build_tools.inline import content_hash, render_styles
from build_tools.listing import WORDS_OF_KIND
from build_tools.model import plain
from build_tools.pages import environment, on_this_page


def render_comparison_page(comparison: Comparison, edition: Edition, templates: tuple[Path, ...]) -> str:
    """Return a comparison as one HTML file with its styles and fonts inside; `edition` is that of the new policy."""
    texts = [text for change in comparison.changes for text in (change.old, change.new) if text is not None]
    styles = render_styles(templates, None, "".join(map(plain, texts)))
    return (
        environment(templates)
        .get_template("site/pages/report.html")
        .render(
            comparison=comparison,
            words_of_kind=WORDS_OF_KIND,
            describe=functools.partial(describe, schema=edition.schema),
            field_title=edition.schema.title_of,
            address=on_this_page,
            mark_values=False,
            phrases=comparison.phrases,
            styles=styles,
            styles_hash=content_hash(styles),
        )
    )
