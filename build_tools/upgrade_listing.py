"""What a new edition means for schools, as plain text for terminals and as data for programs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.compare import Change, ChangeKind
from build_tools.listing import comparison_data, marked_words
from build_tools.model import Node, Text, plain
from build_tools.upgrade import Plan, Rehearsal, Trial
from build_tools.upgrade_amendments import AmendmentReview, Omitted, Standing
from build_tools.upgrade_fields import FieldReview, Matter

WORDS_OF_STANDING: Mapping[str, str] = {
    Standing.HOLDS: "still holds",
    Standing.TOUCHED: "touches changed wording",
    Standing.NEEDLESS: "needless now",
    Standing.GONE: "has lost its place",
    Standing.UNFIT: "no longer fits",
}
"""How people read what becomes of an amendment."""
WORDS_OF_MATTER: Mapping[str, str] = {
    Matter.REQUIRED: "must be answered now",
    Matter.UNFIT: "the answer no longer fits",
    Matter.DEFAULT: "taken otherwise than before",
    Matter.GONE: "gone",
    Matter.OFFERED: "newly offered",
    Matter.ANSWERS: "new answers offered",
}
"""How people read what there is to say of a field."""

COLUMNS = ("School", "Edition", "To decide", "New", "Withdrawn", "Reworded", "Numbers", "Mistakes left")


# --- text ----------------------------------------------------------------------------------------


def render_trial(trial: Trial) -> str:
    """Return what a new edition means for a school as text: first what a person must decide, then everything."""
    plan = trial.plan
    lines = [f"{plan.name} ({plan.school}): from edition {plan.old} to {plan.new}"]
    lines += _part("To decide", [f"- {line}" for line in decisions(plan)])
    lines += _part("Fields and answers", [line for review in plan.fields for line in _field_lines(review)])
    lines += _part("Your amendments", [line for review in plan.amendments for line in _amendment_lines(review)])
    lines += _part("What you leave out", [_omitted_line(part) for part in omissions(plan)])
    new, withdrawn, reworded, values = (plan.changes(*kinds) for kinds in KINDS)
    lines += _part("New", [line for change in new for line in _change_lines(change, plan)])
    lines += _part("Withdrawn", [line for change in withdrawn for line in _change_lines(change, plan)])
    lines += _part("Reworded under you", [line for change in reworded for line in _change_lines(change, plan)])
    lines += _part("Values that the edition changed", [line for change in values for line in _value_lines(change)])
    lines += _part("Numbers that move", [f"{c.old_number} -> {c.number}  {c.id}" for c in moves(plan)])
    lines += _part(
        "Taken out of school.yml by --write", [f"| {line}" for part in trial.taken_out for line in part.split("\n")]
    )
    lines += _part("What policy check would say after --write", [str(problem) for problem in trial.problems])
    return "\n".join(lines) + "\n"


def render_rehearsal(rows: Iterable[Rehearsal], edition: str) -> str:
    """Return what a new edition means for all schools as a table, and under it what each would have to decide."""
    found = tuple(rows)
    table = [COLUMNS, *(tuple(map(str, rehearsal_row(row))) for row in found)]
    widths = [max(len(cells[at]) for cells in table) for at in range(len(COLUMNS))]
    lines = [f"All schools to edition {edition}. Nothing is written.", ""]
    lines += [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() for cells in table
    ]
    for row in found:
        told = [str(problem) for problem in row.problems] or (decisions(row.trial.plan) if row.trial else [])
        if told:
            lines += ["", row.school, *(f"  - {line}" for line in told)]
    return "\n".join(lines) + "\n"


def rehearsal_row(row: Rehearsal) -> tuple[str | int, ...]:
    """Return the cells of one school in the table of a rehearsal."""
    if row.trial is None:
        state = "has mistakes today" if row.problems else "nothing to do"
        return (row.school, row.edition or "", state, "", "", "", "", "")
    plan = row.trial.plan
    counts = (len(plan.changes(*kinds)) for kinds in KINDS[:3])
    return (row.school, plan.old, len(plan.open), *counts, len(moves(plan)), len(row.trial.problems))


def decisions(plan: Plan) -> list[str]:
    """Return what a person must decide, a line for each."""
    return [
        review.message
        if isinstance(review, FieldReview)
        else f"{review.amendment.action} {review.id} ({review.number}): {review.message}"
        for review in plan.open
    ]


def omissions(plan: Plan) -> tuple[Omitted, ...]:
    """Return everything that the school leaves out, whatever becomes of it."""
    return tuple(part for review in plan.amendments for part in review.omitted)


def moves(plan: Plan) -> tuple[Change, ...]:
    """Return for each part that has another number now the change that says so."""
    return tuple(change for change in plan.changes(ChangeKind.MOVED, ChangeKind.RENUMBERED) if change.old_number)


KINDS = (
    (ChangeKind.ADDED,),
    (ChangeKind.REMOVED,),
    (ChangeKind.REWORDED, ChangeKind.TEMPLATE_REWORDED, ChangeKind.CHOICE),
    (ChangeKind.VALUE,),
)
"""The kinds of changes that are new, withdrawn, reworded, and values."""


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:" if lines else f"{title}: nothing", *(f"  {line}".rstrip() for line in lines)]


def _field_lines(review: FieldReview) -> Iterator[str]:
    yield f"{WORDS_OF_MATTER[review.matter]}  {review.field.path}"
    yield f"    {review.message}"
    if review.field.description:
        yield f"    {review.field.description}"
    for choice in review.choices:
        yield f"    {choice.value}: {choice.title}"
    for clause in review.clauses:
        yield f"    {clause.citation}  {clause.id}  {plain(clause.text)}"
    yield from _notes(review.guidance)


def _amendment_lines(review: AmendmentReview) -> Iterator[str]:
    number = f"{review.old_number} -> {review.number}" if review.old_number else review.number
    yield f"{WORDS_OF_STANDING[review.standing]}  {review.amendment.action} {review.id} ({number})"
    yield f"    {review.message}"
    for label, text in (("old  ", review.old), ("new  ", review.new), ("yours", review.yours)):
        if text is not None:
            yield f"    {label}  {plain(text)}"
    yield f"    because: {review.amendment.because}"


def _omitted_line(part: Omitted) -> str:
    text = part.new if part.new is not None else part.old
    return f"{part.state.ljust(len('unchanged'))}  {part.number}  {part.id}  {plain(text or ())}"


def _change_lines(change: Change, plan: Plan) -> Iterator[str]:
    yield f"{change.number}  {f'{change.old_id} -> ' if change.old_id else ''}{change.id}"
    if change.words:
        yield f"    {marked_words(change.words)}"
    else:
        yield from (f"    {plain(text)}" for text in (change.old, change.new) if text is not None)
    if change.id in plan.reasons:
        yield f"    {plan.reasons[change.id]}"
    if change.kind is ChangeKind.ADDED:
        yield from _notes(plan.notes.get(change.id, ()))


def _value_lines(change: Change) -> Iterator[str]:
    yield f"{change.field}: {plain(change.old or ())} -> {plain(change.new or ())}"
    yield f"    in {', '.join(change.clauses)}"


def _notes(notes: Iterable[Text]) -> Iterator[str]:
    for note in notes:
        yield f"    Guidance: {plain(note)}"


# --- data ----------------------------------------------------------------------------------------


def trial_data(trial: Trial) -> Mapping[str, Any]:
    """Return what a new edition means for a school as JSON values."""
    plan = trial.plan
    return {
        "school": plan.school,
        "name": plan.name,
        "old": plan.old,
        "new": plan.new,
        "to_decide": decisions(plan),
        "fields": [_field_data(review) for review in plan.fields],
        "amendments": [_amendment_data(review) for review in plan.amendments],
        "comparison": comparison_data(plan.comparison),
        "reasons": dict(plan.reasons),
        "guidance": {identity: list(map(plain, notes)) for identity, notes in plan.notes.items()},
        "taken_out": list(trial.taken_out),
        "problems": [str(problem) for problem in trial.problems],
    }


def rehearsal_data(rows: Iterable[Rehearsal]) -> list[Mapping[str, Any]]:
    """Return what a new edition means for all schools as JSON values; a school with nothing to try has no `trial`."""
    return [
        {
            "school": row.school,
            "edition": row.edition,
            "trial": trial_data(row.trial) if row.trial else None,
            "problems": [str(problem) for problem in row.problems],
        }
        for row in rows
    ]


def _field_data(review: FieldReview) -> Mapping[str, Any]:
    return {
        "matter": review.matter.value,
        "field": review.field.path,
        "title": review.field.title,
        "description": review.field.description,
        "message": review.message,
        "to_decide": review.is_open,
        "choices": {choice.value: choice.title for choice in review.choices},
        "clauses": [_clause_data(node) for node in review.clauses],
        "guidance": list(map(plain, review.guidance)),
    }


def _clause_data(node: Node) -> Mapping[str, Any]:
    return {"id": node.id, "number": node.citation, "text": plain(node.text)}


def _amendment_data(review: AmendmentReview) -> Mapping[str, Any]:
    return {
        "action": review.amendment.action.value,
        "id": review.id,
        "target": review.amendment.target,
        "because": review.amendment.because,
        "standing": review.standing.value,
        "message": review.message,
        "to_decide": review.is_open,
        "number": review.number,
        "old_number": review.old_number,
        "old": _words(review.old),
        "new": _words(review.new),
        "yours": _words(review.yours),
        "omitted": [
            {"id": p.id, "number": p.number, "state": p.state.value, "old": _words(p.old), "new": _words(p.new)}
            for p in review.omitted
        ],
    }


def _words(text: Text | None) -> str | None:
    return None if text is None else plain(text)
