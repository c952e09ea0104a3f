"""What a new edition means for schools, as plain text for terminals."""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from build_tools.comparing.compare import Change, ChangeKind
from build_tools.comparing.listing import marked_words, numbers, promise_line
from build_tools.policy.model import Text, plain
from build_tools.upgrading.amendments import AmendmentReview, Omitted, Standing
from build_tools.upgrading.fields import FieldReview, Matter
from build_tools.upgrading.plan import Outcome, Plan, Rehearsal, Trial

WORDS_OF_STANDING: Mapping[str, str] = {
    Standing.HOLDS: "still applies",
    Standing.TOUCHED: "clause reworded",
    Standing.NEEDLESS: "no longer needed",
    Standing.GONE: "no longer has a place",
    Standing.UNFIT: "no longer fits",
}
"""The words for each result for an amendment."""
WORDS_OF_MATTER: Mapping[str, str] = {
    Matter.REQUIRED: "must be answered now",
    Matter.UNFIT: "the answer no longer fits",
    Matter.DEFAULT: "default changed",
    Matter.GONE: "no longer asked",
    Matter.OFFERED: "new question",
    Matter.ANSWERS: "new answers",
}
"""The words for each matter about a field."""

COLUMNS = ("School", "Edition", "To decide", "New", "Withdrawn", "Reworded", "Numbers", "Mistakes left")


def render_trial(trial: Trial) -> str:
    """Return what a new edition means for a school or federation as text: what a person must decide, then the rest."""
    plan = trial.plan
    lines = [f"{plan.name} ({plan.school}): from edition {plan.old} to {plan.new}"]
    lines += _part("To decide", [f"- {line}" for line in decisions(plan)])
    for federation, told in shared_decisions(plan).items():
        lines += _part(f"For {federation} to decide, in its own file", [f"- {line}" for line in told])
    lines += _part("Fields and answers", [line for review in plan.fields for line in _field_lines(review)])
    lines += _part("Your amendments", [line for review in plan.amendments for line in _amendment_lines(review)])
    lines += _part("What you leave out", [_omitted_line(part) for part in omissions(plan)])
    new, withdrawn, reworded, values = (plan.changes(*kinds) for kinds in KINDS)
    lines += _part("New", [line for change in new for line in _change_lines(change, plan)])
    lines += _part("Withdrawn", [line for change in withdrawn for line in _change_lines(change, plan)])
    lines += _part("Reworded by the new edition", [line for change in reworded for line in _change_lines(change, plan)])
    lines += _part("Values that the edition changed", [line for change in values for line in _value_lines(change)])
    lines += _part("Numbers that change", [f"{numbers(c.old_number, c.number)}  {c.id}" for c in moves(plan)])
    lines += _part(
        f"Deleted from {trial.file} by --write", [f"| {line}" for part in trial.taken_out for line in part.split("\n")]
    )
    lines += _part("What policy check would report after --write", [str(problem) for problem in trial.problems])
    if trial.schools:
        lines += ["", "Schools that take the edition from this file:", "", *_table(trial.schools)]
    return "\n".join(lines) + "\n"


def _table(rows: tuple[Rehearsal, ...]) -> list[str]:
    table = [COLUMNS, *(tuple(map(str, rehearsal_row(row))) for row in rows)]
    widths = [max(len(cells[at]) for cells in table) for at in range(len(COLUMNS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() for cells in table
    ]
    for row in rows:
        told = rehearsal_lines(row)
        if told:
            lines += ["", row.school, *(f"  - {line}" for line in told)]
    return lines


def rehearsal_lines(row: Rehearsal) -> list[str]:
    """Return the lines about one school below the table of a rehearsal: its mistakes, or its decisions."""
    if row.trial is None:
        return list(map(str, row.problems))
    shared = shared_decisions(row.trial.plan)
    return [*decisions(row.trial.plan), *(f"{by}: {line}" for by, lines in shared.items() for line in lines)]


def rehearsal_row(row: Rehearsal) -> tuple[str | int, ...]:
    """Return the cells of one school in the table of a rehearsal."""
    if row.trial is None:
        state = "already has mistakes" if row.outcome is Outcome.MISTAKES else "nothing to do"
        return (row.school, row.edition or "", state, "", "", "", "", "")
    plan = row.trial.plan
    counts = (len(plan.changes(*kinds)) for kinds in KINDS[:3])
    return (row.school, plan.old, len(plan.open), *counts, len(moves(plan)), len(row.trial.problems))


def decisions(plan: Plan) -> list[str]:
    """Return what a person must decide in this file, a line for each."""
    return [decision(review) for review in plan.open if review.by is None]


def shared_decisions(plan: Plan) -> Mapping[str, list[str]]:
    """Return what must be decided in the file of a school's federation, by the federation's name."""
    found: dict[str, list[str]] = {}
    for review in plan.open:
        if review.by:
            found.setdefault(review.by, []).append(decision(review))
    return found


def decision(review: FieldReview | AmendmentReview) -> str:
    """Return what a person must decide about an answer or an amendment."""
    if isinstance(review, FieldReview):
        return review.message
    return f"{review.amendment.action} {review.id} ({review.number}): {review.message}"


def omissions(plan: Plan) -> tuple[Omitted, ...]:
    """Return everything that the school omits, whatever the result."""
    return tuple(part for review in plan.amendments for part in review.omitted)


def moves(plan: Plan) -> tuple[Change, ...]:
    """Return the change of number of each part that has a new one."""
    return tuple(change for change in plan.changes(*_kinds_of(_NUMBERS)) if change.old_number)


_NEW, _WITHDRAWN, _REWORDED, _VALUES, _NUMBERS = "new", "withdrawn", "reworded", "values", "numbers"


def _part_of(kind: ChangeKind) -> str | None:
    """Return the part of an upgrade report that lists a kind of change; None if a plan never has it."""
    match kind:
        case ChangeKind.ADDED:
            return _NEW
        case ChangeKind.REMOVED:
            return _WITHDRAWN
        case ChangeKind.REWORDED | ChangeKind.TEMPLATE_REWORDED | ChangeKind.CHOICE | ChangeKind.PROMISE:
            return _REWORDED
        case ChangeKind.VALUE:
            return _VALUES
        case ChangeKind.MOVED | ChangeKind.RENUMBERED:
            return _NUMBERS
        case (
            ChangeKind.AMENDED
            | ChangeKind.AMENDMENT_CHANGED
            | ChangeKind.AMENDMENT_WITHDRAWN
            | ChangeKind.REASON
            | ChangeKind.INSERTED
            | ChangeKind.REPLACED
            | ChangeKind.OMITTED
            | ChangeKind.CHOSEN
            | ChangeKind.NOT_CHOSEN
            | ChangeKind.FILLED
            | ChangeKind.TEMPLATE
        ):
            return None
        case _:
            assert_never(kind)


def _kinds_of(part: str) -> tuple[ChangeKind, ...]:
    return tuple(kind for kind in ChangeKind if _part_of(kind) == part)


KINDS = tuple(map(_kinds_of, (_NEW, _WITHDRAWN, _REWORDED, _VALUES)))
"""The kinds of changes that are new, withdrawn, reworded, and values."""


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title}:" if lines else f"{title}: nothing", *(f"  {line}".rstrip() for line in lines)]


def _field_lines(review: FieldReview) -> Iterator[str]:
    yield f"{WORDS_OF_MATTER[review.matter]}  {review.field.path}"
    yield f"    {review.message}{_whose(review)}"
    if review.field.description:
        yield f"    {review.field.description}"
    for choice in review.choices:
        yield f"    {choice.value}: {choice.title}"
    for clause in review.clauses:
        yield f"    {clause.citation}  {clause.id}  {plain(clause.text)}"
    yield from _notes(review.guidance)


def _amendment_lines(review: AmendmentReview) -> Iterator[str]:
    number = numbers(review.old_number, review.number)
    yield f"{WORDS_OF_STANDING[review.standing]}  {review.amendment.action} {review.id} ({number})"
    yield f"    {review.message}{_whose(review)}"
    for label, text in (("old  ", review.old), ("new  ", review.new), ("yours", review.yours)):
        if text is not None:
            yield f"    {label}  {plain(text)}"
    if review.freedom:
        yield f"    freedom: {review.freedom.words}"
    yield f"    because: {review.amendment.because}"


def _whose(review: FieldReview | AmendmentReview) -> str:
    return f" It is in the file of {review.by}." if review.by else ""


def _omitted_line(part: Omitted) -> str:
    text = part.new if part.new is not None else part.old
    return f"{part.state.ljust(len('unchanged'))}  {part.number}  {part.id}  {plain(text or ())}"


def _change_lines(change: Change, plan: Plan) -> Iterator[str]:
    yield f"{change.number}  {f'{change.old_id} -> ' if change.old_id else ''}{change.id}"
    if change.words:
        yield f"    {marked_words(change.words)}"
    else:
        yield from (f"    {plain(text)}" for text in (change.old, change.new) if text is not None)
    if change.promise:
        yield f"    {promise_line(change)}"
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
