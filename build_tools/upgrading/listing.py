"""What a new edition means for schools, as plain text for terminals."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from build_tools.comparing.by_section import Share, by_section, counted, is_many
from build_tools.comparing.compare import Change, ChangeKind
from build_tools.comparing.endings import by_ending
from build_tools.comparing.listing import columns, marked_words, numbers, promise_line
from build_tools.policy.model import Text, plain
from build_tools.upgrading.amendments import AmendmentReview, Omitted, Standing
from build_tools.upgrading.deciding import grouped, help_with, new_answers
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
    Matter.MOVED: "carried over",
}
"""The words for each matter about a field."""

COLUMNS = ("School", "Edition", "To decide", "New", "Withdrawn", "Reworded", "Numbers", "Mistakes left")


def render_trial(trial: Trial) -> str:
    """Return what a new edition means for a school or federation as text: what a person must decide, then the rest."""
    plan = trial.plan
    lines = [f"{plan.name} ({plan.school}): from edition {plan.old} to {plan.new}"]
    changed = section_changes(plan)
    sections = by_section(changed)
    if sections:
        lines += ["", *(f"  {line}" for line in columns(*counted(sections)))]
    lines += _part("To decide", _grouped_lines(plan.open, by=None))
    for federation in dict.fromkeys(review.by for review in plan.open if review.by):
        lines += _part(f"For {federation} to decide, in its own file", _grouped_lines(plan.open, by=federation))
    lines += _part(
        f"New questions, with suggested answers: copy what is true of you into {trial.file}", list(new_answers(plan))
    )
    for title, matters in ANSWERS:
        found = [review for review in plan.fields if review.matter in matters and not review.is_open]
        lines += _part(title, [line for review in found for line in _field_lines(review)])
    lines += _part("Your amendments", [line for review in plan.amendments for line in _amendment_lines(review)])
    lines += _part("What you leave out", [_omitted_line(part) for part in omissions(plan)])
    is_long = is_many(changed)
    for section in sections:
        lines += ["", f"{section.title}:"]
        for share, changes in section.shares.items():
            numbered = f" (numbers of {plan.old})" if share is Share.GONE else ""
            lines += ["", f"  {share.heading}{numbered}:"]
            lines += [f"    {line}" for line in _share_lines(share, changes, plan, is_long=is_long)]
    values = plan.changes(ChangeKind.VALUE)
    lines += _part("Values that the edition changed", [line for change in values for line in _value_lines(change)])
    lines += _part("Numbers that change", [f"{numbers(c.old_number, c.number)}  {c.id}" for c in moves(plan)])
    lines += _part(
        f"Deleted from {trial.file} by --write", [f"| {line}" for part in trial.taken_out for line in part.split("\n")]
    )
    lines += _part("What policy check would report after --write", [str(problem) for problem in trial.problems])
    if trial.schools:
        lines += ["", "Schools that take the edition from this file:", "", *_table(trial.schools)]
    return "\n".join(lines) + "\n"


ANSWERS = (
    ("Answers that are carried over", (Matter.MOVED,)),
    ("Answers that are no longer asked, and why", (Matter.GONE,)),
    ("More answers to choose from", (Matter.ANSWERS,)),
)
"""What the report says of answers about which nobody must decide."""


def _grouped_lines(reviews: Iterable[FieldReview | AmendmentReview], by: str | None) -> list[str]:
    """Return what must be decided in one file, by group of questions, with the suggestions of the edition."""
    lines = []
    for group, found in grouped(review for review in reviews if review.by == by).items():
        lines += [f"{group}:"]
        for review in found:
            lines += [f"- {decision(review)}", *(f"    {line}" for line in help_with(review))]
    return lines


def section_changes(plan: Plan) -> tuple[Change, ...]:
    """Return the changes that are listed section by section: all but values and numbers."""
    return tuple(c for c in plan.comparison.changes if _part_of(c.kind) in (_NEW, _WITHDRAWN, _REWORDED))


def _share_lines(share: Share, changes: Iterable[Change], plan: Plan, *, is_long: bool) -> Iterator[str]:
    """Yield the changes of one section with one result; of a long plan, what is reworded or explained only in short."""
    if share is Share.REWORDED and is_long:
        yield from _listed_numbers(changes)
        return
    if share is not Share.GONE:
        for change in changes:
            yield from _change_lines(change, plan, is_long=is_long)
        return
    for ending, found in by_ending(changes).items():
        if ending:
            yield ending
        if ending and is_long:
            yield from (f"  {line}" for line in _listed_numbers(found))
            continue
        for change in found:
            yield from (f"  {line}" if ending else line for line in _change_lines(change, plan, is_long=is_long))


def _listed_numbers(changes: Iterable[Change]) -> list[str]:
    return textwrap.wrap(", ".join(dict.fromkeys(change.number for change in changes)), 100)


def _table(rows: tuple[Rehearsal, ...]) -> list[str]:
    lines = columns(COLUMNS, (tuple(map(str, rehearsal_row(row))) for row in rows))
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
    return f"{_head(review, review.number)}: {review.message}"


def _head(review: AmendmentReview, number: str) -> str:
    """Return what an amendment does to what; a line of a handout has no number."""
    return f"{review.amendment.action} {review.id}{f' ({number})' if number else ''}"


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
    yield f"{review.message}{_whose(review)}"
    if review.matter is Matter.ANSWERS:
        yield from (f"    {choice.value}: {choice.title}" for choice in review.choices)
        yield from (f"    {clause.citation}  {clause.id}  {plain(clause.text)}" for clause in review.clauses)


def _amendment_lines(review: AmendmentReview) -> Iterator[str]:
    number = numbers(review.old_number, review.number)
    yield f"{WORDS_OF_STANDING[review.standing]}  {_head(review, number)}"
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


def _change_lines(change: Change, plan: Plan, *, is_long: bool) -> Iterator[str]:
    yield f"{change.number}  {f'{change.old_id} -> ' if change.old_id else ''}{change.id}"
    if change.words:
        yield f"    {marked_words(change.words)}"
    else:
        yield from (f"    {plain(text)}" for text in (change.old, change.new) if text is not None)
    if change.promise:
        yield f"    {promise_line(change)}"
    if change.id in plan.reasons:
        yield f"    {plan.reasons[change.id]}"
    if change.kind is ChangeKind.ADDED and not is_long:
        yield from _notes(plan.notes.get(change.id, ()))


def _value_lines(change: Change) -> Iterator[str]:
    yield f"{change.field}: {plain(change.old or ())} -> {plain(change.new or ())}"
    yield f"    in {', '.join(change.clauses)}"


def _notes(notes: Iterable[Text]) -> Iterator[str]:
    for note in notes:
        yield f"    Guidance: {plain(note)}"
