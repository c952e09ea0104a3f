"""What a new edition means for a school, or for all, as one self-contained HTML file, to read in a meeting."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.outputs.html import environment, nowhere
from build_tools.outputs.inline import content_hash, render_styles
from build_tools.outputs.page_html import render_page
from build_tools.policy.model import Text, degrees, plain
from build_tools.template.edition import Edition
from build_tools.upgrading.listing import (
    COLUMNS,
    KINDS,
    WORDS_OF_MATTER,
    WORDS_OF_STANDING,
    decisions,
    moves,
    omissions,
    rehearsal_lines,
    rehearsal_row,
    shared_decisions,
)
from build_tools.upgrading.plan import Plan, Rehearsal, Trial


def render_trial_page(trial: Trial, edition: Edition, templates: tuple[Path, ...]) -> str:
    """Return what a new edition means for a school or federation as one HTML file; `edition` is the new one."""
    plan = trial.plan
    new, withdrawn, reworded, values = (plan.changes(*kinds) for kinds in KINDS)
    schools = _rehearsed(trial.schools)
    words = [*map(plain, _texts(plan)), *trial.taken_out, *map(str, trial.problems), *_words(schools)]
    styles = render_styles(templates, None, "".join(words))
    return render_page(
        templates,
        edition,
        "upgrade",
        trial=trial,
        plan=plan,
        decisions=decisions(plan),
        shared_decisions=shared_decisions(plan),
        schools=schools,
        omissions=omissions(plan),
        freedoms=degrees(review.freedom for review in plan.amendments),
        parts=(("New", new), ("Withdrawn", withdrawn), ("Reworded by the new edition", reworded), ("Values", values)),
        moves=moves(plan),
        words_of_standing=WORDS_OF_STANDING,
        words_of_matter=WORDS_OF_MATTER,
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
    found += [text for review in plan.fields for text in (*review.guidance, *(node.text for node in review.clauses))]
    found += [note for notes in plan.notes.values() for note in notes]
    return (text for text in found if text is not None)
