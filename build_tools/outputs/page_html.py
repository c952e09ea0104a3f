"""Render the content of a page with the words that all pages of an edition share."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_tools.outputs.html import environment
from build_tools.template.conditions import describe
from build_tools.template.edition import Edition
from build_tools.text.typeset import typeset


def render_page(folders: tuple[Path, ...], edition: Edition, name: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template asks
    """Return the content of a page from a template; answers are in the words of the edition."""
    given = {"mark_values": False, "edition": edition, **words_of(edition), **values}
    return environment(folders).get_template(f"site/pages/{name}.html").render(given)


def words_of(edition: Edition) -> Mapping[str, Any]:
    """Return how a template calls fields and answers, as the edition does."""
    return {
        "describe": lambda condition: typeset(describe(condition, edition.schema)),
        "field_title": lambda path: typeset(edition.schema.title_of(path)),
    }
