"""The page of an edition's questions, for people who fill in a school's file."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.outputs.page_html import render_page
from build_tools.outputs.site.pages import Entry, Page
from build_tools.policy.model import Policy
from build_tools.resolving.in_context import sentence_with
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.paths import key_path, with_value
from build_tools.template.edition import Edition
from build_tools.template.editor import SCHEMA_FILE
from build_tools.template.questions import ENTRIES, AskedQuestion, questions
from build_tools.text.dates import long_date

PATH = "questions/index.html"
TITLE = "What a school is asked"


def questions_page(folders: tuple[Path, ...], edition: Edition, template: Policy) -> tuple[Page, tuple[Entry, ...]]:
    """Return the page of an edition's questions, and its entries for the search."""
    asked = questions(edition, template)
    html = render_page(
        folders,
        edition,
        "questions",
        title=TITLE,
        questions=asked,
        sentences=_sentences(edition, asked),
        entries=ENTRIES,
        anchor=_anchor,
        schema_file=SCHEMA_FILE.format(edition=edition.name),
    )
    description = (
        f"Every question that the template of {long_date(edition.date)} asks a school: the possible answers, "
        "the default, an example, and the clauses that depend on it."
    )
    return Page(PATH, TITLE, description, html), tuple(_entries(asked))


def _sentences(edition: Edition, asked: Iterable[AskedQuestion]) -> Mapping[str, str]:
    """Return the first sentence that prints the answer to each question, by path: with the default, or an example."""
    found = {}
    for field in (question.field for top in asked for question in top.walk()):
        example = None if "[]" in field.path or field.default is not None else _example(field)
        answers = {} if example is None else with_value({}, key_path(field.path), example)
        if sentence := sentence_with(edition, answers, field.path):
            found[field.path] = sentence.text
    return found


def _example(field: Field) -> Any:  # noqa: ANN401 - any answer
    """Return an answer that a school could print, None if the edition gives no example."""
    if field.kind is FieldKind.RECORDS:
        parts = {child.name: _example(child) for child in field.children}
        return [{name: example for name, example in parts.items() if example is not None}]
    return next(iter(field.declared.get("examples", ())), None)


def _entries(asked: Iterable[AskedQuestion]) -> Iterator[Entry]:
    for question in (inner for top in asked for inner in top.walk()):
        field = question.field
        if "[]" not in field.path:
            words = " ".join([field.path, field.description, *(choice.title for choice in field.choices)])
            yield Entry(f"{PATH}#{_anchor(field.path)}", "", field.title, words)


def _anchor(path: str) -> str:
    """Return the id of a question on the page; no section of the page can have the same."""
    return f"question-{path.replace('.', '-')}"
