"""The findings in a school's existing policy as one self-contained HTML file, to go through with a colleague."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from build_tools.adopting.adopt import Adoption, ClauseFinding, ClauseState
from build_tools.adopting.listing import WORDS_OF_STATE
from build_tools.outputs.html import environment
from build_tools.outputs.inline import content_hash, render_styles
from build_tools.text.problems import Problem

WORDS_OF_VALUE = {True: "yes", False: "no"}


def render_adoption_page(adoption: Adoption, problems: Sequence[Problem], templates: tuple[Path, ...]) -> str:
    """Return the findings as one HTML file."""
    styles = render_styles(templates, None, "".join(_texts(adoption, problems)))
    return (
        environment(templates)
        .get_template("site/pages/adoption.html")
        .render(
            adoption=adoption,
            problems=problems,
            states=[(state, words, len(adoption.in_state(state))) for state, words in WORDS_OF_STATE.items()],
            changed=_by_section(adoption.in_state(ClauseState.CHANGED)),
            present=_by_section(adoption.in_state(ClauseState.PRESENT)),
            missing=_by_section(adoption.in_state(ClauseState.MISSING)),
            not_chosen=_by_section(adoption.in_state(ClauseState.NOT_CHOSEN)),
            title_of=adoption.edition.schema.title_of,
            shown=_shown,
            styles=styles,
            styles_hash=content_hash(styles),
        )
    )


def _by_section(findings: Sequence[ClauseFinding]) -> list[tuple[str, list[ClauseFinding]]]:
    """Return clauses by section, in the order of the edition."""
    return [(title, list(group)) for title, group in groupby(findings, key=lambda finding: finding.clause.headings[0])]


def _shown(value: object) -> list[str]:
    """Return a value of a field as the lines that a page shows."""
    match value:
        case bool():
            return [WORDS_OF_VALUE[value]]
        case list():
            return [", ".join(entry.values()) if isinstance(entry, dict) else str(entry) for entry in value]
    return [str(value)]


def _texts(adoption: Adoption, problems: Sequence[Problem]) -> Iterator[str]:
    """Yield all words that the page may show, to select the fonts."""
    yield adoption.document.file
    for answer in (*adoption.answers, *adoption.recorded):
        yield from _shown(answer.value)
        yield from (evidence.words for evidence in answer.evidence)
    for finding in adoption.clauses:
        yield finding.text
        yield from (wording.shown for wording in finding.clause.wordings)
    yield from (own.text for own in adoption.own)
    yield from map(str, problems)
