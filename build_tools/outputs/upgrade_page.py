"""What a new edition means for a school, or for all, as one self-contained HTML file, to read in a meeting."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.comparing.by_section import by_section, is_many
from build_tools.comparing.compare import ChangeKind
from build_tools.outputs.html import environment, nowhere
from build_tools.outputs.inline import content_hash, render_styles
from build_tools.outputs.page_html import render_page
from build_tools.policy.model import Text, degrees, plain
from build_tools.template.edition import Edition
from build_tools.upgrading.deciding import grouped, help_with, new_answers
from build_tools.upgrading.listing import (
    ANSWERS,
    COLUMNS,
    WORDS_OF_STANDING,
    decision,
    moves,
    omissions,
    rehearsal_lines,
    rehearsal_row,
    section_changes,
    shared_decisions,
)
from build_tools.upgrading.plan import Plan, Rehearsal, Trial


def render_trial_page(trial: Trial, edition: Edition, templates: tuple[Path, ...]) -> str:
    """Return what a new edition means for a school or federation as one HTML file; `edition` is the new one."""
    plan, changes = trial.plan, section_changes(trial.plan)
    schools = _rehearsed(trial.schools)
    to_copy = tuple(new_answers(plan))
    told = (line for review in plan.fields for line in (review.message, *help_with(review)))
    words = [
        *map(plain, _texts(plan)),
        *told,
        *to_copy,
        *trial.taken_out,
        *map(str, trial.problems),
        *_words(schools),
    ]
    styles = render_styles(templates, None, "".join(words))
    return render_page(
        templates,
        edition,
        "upgrade",
        trial=trial,
        plan=plan,
        grouped=lambda by: grouped(review for review in plan.open if review.by == by),
        decision=decision,
        help_with=help_with,
        shared_decisions=shared_decisions(plan),
        new_answers=to_copy,
        answers=[
            (title, [review for review in plan.fields if review.matter in matters and not review.is_open])
            for title, matters in ANSWERS
        ],
        sections=by_section(changes),
        is_long=is_many(changes),
        values=plan.changes(ChangeKind.VALUE),
        schools=schools,
        omissions=omissions(plan),
        freedoms=degrees(review.freedom for review in plan.amendments),
        moves=moves(plan),
        words_of_standing=WORDS_OF_STANDING,
        address=nowhere,
        phrases=plan.comparison.phrases,
        styles=styles,
        styles_hash=content_hash(styles),
    )


def render_rehearsal_page(
    rows: Iterable[Rehearsal], edition: str, templates: tuple[Path, ...], *, is_written: bool = False
) -> str:
    """Return what a new edition means for all schools as one HTML file: a table, and what each would have to decide."""
    schools = _rehearsed(rows)
    styles = render_styles(templates, None, "".join(_words(schools)))
    page = environment(templates).get_template("site/pages/rehearsal.html")
    return page.render(
        edition=edition,
        schools=schools,
        is_written=is_written,
        styles=styles,
        styles_hash=content_hash(styles),
    )


def _rehearsed(rows: Iterable[Rehearsal]) -> Mapping[str, Any]:
    """Return the table of a rehearsal, and the lines below it."""
    found = tuple(rows)
    told = {row.school: rehearsal_lines(row) for row in found}
    return {"columns": COLUMNS, "rows": [rehearsal_row(row) for row in found], "told": told}


def _words(schools: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a rehearsal, to select the fonts."""
    yield from schools["columns"]
    for school, lines in schools["told"].items():
        yield from (school, *lines)


def _texts(plan: Plan) -> Iterator[Text]:
    """Yield all words of clauses that a page may show, to select the fonts."""
    found: list[Text | None] = [text for change in plan.comparison.changes for text in (change.old, change.new)]
    found += [text for review in plan.amendments for text in (review.old, review.new, review.yours)]
    found += [text for part in omissions(plan) for text in (part.old, part.new)]
    found += [note for notes in plan.notes.values() for note in notes]
    return (text for text in found if text is not None)
