"""Rehearse: try a new edition on every school and federation, several at once, and write those that need no answer.

Schools of one federation are tried together: those that take its edition move with it, or not at all.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Iterator

from build_tools.comparing.compare import compare
from build_tools.policy.model import Policy
from build_tools.pool import Step, work
from build_tools.project import Project
from build_tools.reading import Ground, Reading, read, resolve_school
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schema.relied_on import NAME
from build_tools.schools.federation import Federation
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes, Problem
from build_tools.upgrading.plan import Outcome, Rehearsal
from build_tools.upgrading.school import own_part
from build_tools.upgrading.trials import move_federation, tried, try_edition, try_member, with_mistakes, write_upgrade

_WORTH_A_PROCESS = 12
"""The number of units that take longer to try than another process takes to start."""

_runs = itertools.count()
_given: dict[int, tuple[Ground, Edition]] = {}
"""What a run needs, by its number. A forked process starts with it, and a process that is spawned reads it again."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Order:
    """A unit to try: a federation with its schools, or a single school."""

    run: int
    project: Project
    to: str
    federation: str | None
    schools: tuple[str, ...]


def rehearse(
    reading: Reading, new: Edition, jobs: int = 1, step: Step = lambda _done, _left: None
) -> tuple[Rehearsal, ...]:
    """Return what a new edition means for every school and federation with a policy of its kind.

    Nothing is written; `jobs` schools or federations are tried at once. `reading` needs no schools. `step` is called
    with the name of each that was tried and the number of those that are left.

    Raises:
        Mistakes: if a process died before its work was finished.
    """
    ground, run = reading.ground, next(_runs)
    orders = [_Order(run, ground.project, new.name, *unit) for unit in _units(ground, new)]
    _given[run] = (ground, new)
    try:
        rows = list(_faulty_federations(reading))
        done = work(_rehearse_unit, orders, min(jobs, len(orders) // _WORTH_A_PROCESS))
        for left, found in zip(reversed(range(len(orders))), done, strict=True):
            rows += found
            step(found[0].name if found else "", left)
    finally:
        del _given[run]
    return tuple(sorted(rows, key=lambda row: row.school))


def write_ready(project: Project, rows: Iterable[Rehearsal]) -> Iterator[int]:
    """Write the files of everything that needs no answer, and yield how many were written after each step.

    A federation and the schools that take its edition are one step: all of their files are written, or none.
    """
    steps: dict[str, list[Rehearsal]] = {}
    # federations come first: the schools that name their own edition were tried with their new files
    for row in sorted(rows, key=lambda row: (not row.is_federation, row.school)):
        if row.outcome is Outcome.READY:
            steps.setdefault(row.moves_with or row.school, []).append(row)
    for step in steps.values():
        write_upgrade(project, [row.trial for row in step if row.trial])
        yield len(step)


def _faulty_federations(reading: Reading) -> Iterator[Rehearsal]:
    for name, problems in reading.of_federations.items():
        yield Rehearsal(name, name, None, Outcome.MISTAKES, problems=problems, is_federation=True)


# --- one unit ------------------------------------------------------------------------------------


def _units(ground: Ground, new: Edition) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Yield the federations that can move to the new edition with their schools, then every other school by itself."""
    moving = [name for name, found in ground.federations.items() if found and _can_move(ground, found, new)]
    for name in moving:
        yield name, tuple(school for school in ground.roll_call.titles if _federation_of(ground, school) == name)
    for school in ground.roll_call.titles:
        if _federation_of(ground, school) not in moving:
            yield None, (school,)


def _can_move(ground: Ground, federation: Federation, new: Edition) -> bool:
    old = ground.editions[federation.edition]
    return old.policy_kind == new.policy_kind and old.name < new.name


def _rehearse_unit(order: _Order) -> tuple[Rehearsal, ...]:
    if order.run not in _given:
        reading = read(order.project, [])
        _given[order.run] = (reading.ground, reading.edition(order.to))
    ground, new = _given[order.run]
    if order.federation is None:
        return tuple(row for name in order.schools if (row := _rehearse_school(ground, name, new)))
    return tuple(_rehearse_federation(ground, order.federation, order.schools, new))


def _rehearse_school(ground: Ground, name: str, new: Edition) -> Rehearsal | None:
    """Return the row of a school; None if its policy is of another kind."""
    try:
        resolved, _ = resolve_school(ground, name)
    except Mistakes as mistakes:
        return with_mistakes(ground, name, mistakes.problems)
    return _row(ground, resolved, new)


def _row(ground: Ground, resolved: Resolved, new: Edition, *, is_federation_moved: bool = False) -> Rehearsal | None:
    """Return the row of a school; None if its policy is of another kind."""
    old, school = resolved.edition, resolved.school
    if old.policy_kind != new.policy_kind:
        return None
    if old.name >= new.name:
        return Rehearsal(school.name, NAME.of(school.values), old.name, Outcome.DONE)
    try:
        trial = try_edition(ground, resolved, new)
    except Mistakes as mistakes:  # its file must be changed by hand
        return with_mistakes(ground, school.name, mistakes.problems)
    # what was to decide about the federation's answers is settled once it has moved
    plan = own_part(trial.plan) if is_federation_moved else trial.plan
    return tried(school.name, dataclasses.replace(trial, plan=plan))


def _rehearse_federation(ground: Ground, name: str, schools: Iterable[str], new: Edition) -> Iterator[Rehearsal]:
    """Yield the rows of a federation and of all its schools."""
    federation = ground.federations[name]
    assert federation, name  # noqa: S101 - only one without mistakes can move
    try:
        trial, after = move_federation(ground, name, federation, new)
    except Mistakes as mistakes:  # its file must be changed by hand
        yield Rehearsal(name, name, None, Outcome.MISTAKES, problems=mistakes.problems, is_federation=True)
        yield from (row for school in schools if (row := _rehearse_school(ground, school, new)))
        return
    faulty, members, others = _members(ground, schools)
    rows: list[Rehearsal] = []
    shared = list(trial.problems)
    for resolved in members:
        member, of_federation = _member_row(after, resolved, new)
        rows.append(dataclasses.replace(member, moves_with=name))
        shared += of_federation
    moved = [(resolved, _row(after, resolved, new, is_federation_moved=True)) for resolved in others]
    for resolved, row in moved:
        if row is None or row.outcome is Outcome.DONE:
            shared += _read_again(after, resolved)[1]
    found = tried(name, dataclasses.replace(trial, problems=Mistakes(shared).problems), is_federation=True)
    is_free = not faulty and all(row.outcome is Outcome.READY for row in rows)
    if found.outcome is Outcome.READY and is_free and not any(_would_lose(after, *pair) for pair in moved):
        yield from (found, *rows, *(row for _, row in moved if row))
        return
    yield from faulty
    for tied in (found, *rows):
        yield dataclasses.replace(tied, outcome=Outcome.WAITS) if tied.outcome is Outcome.READY else tied
    yield from (row for resolved in others if (row := _row(ground, resolved, new)))


def _members(
    ground: Ground, schools: Iterable[str]
) -> tuple[tuple[Rehearsal, ...], tuple[Resolved, ...], tuple[Resolved, ...]]:
    """Return the schools with mistakes, those that take the federation's edition, and those that name their own."""
    faulty: list[Rehearsal] = []
    members: list[Resolved] = []
    others: list[Resolved] = []
    for school in schools:
        try:
            resolved, _ = resolve_school(ground, school)
        except Mistakes as mistakes:
            faulty.append(with_mistakes(ground, school, mistakes.problems))
            continue
        (members if _follows(ground, school) else others).append(resolved)
    return tuple(faulty), tuple(members), tuple(others)


def _member_row(after: Ground, resolved: Resolved, new: Edition) -> tuple[Rehearsal, tuple[Problem, ...]]:
    """Return the row of a school that moves with its federation, and the mistakes that are in the federation's file."""
    try:
        trial = try_member(after, resolved, new)
    except Mistakes as mistakes:  # its file must be changed by hand
        return with_mistakes(after, resolved.school.name, mistakes.problems), ()
    own = tuple(problem for problem in trial.problems if problem.place.file == resolved.school.place.file)
    others = tuple(problem for problem in trial.problems if problem not in own)
    return tried(resolved.school.name, dataclasses.replace(trial, problems=own)), others


def _would_lose(after: Ground, resolved: Resolved, row: Rehearsal | None) -> bool:
    """Return whether a school that keeps its older edition would get another policy when its federation moves."""
    if row is None or row.trial is None or row.trial.is_settled:
        return False
    policy, _ = _read_again(after, resolved)
    return policy is None or bool(compare(resolved.policy, policy).changes)


def _read_again(after: Ground, resolved: Resolved) -> tuple[Policy | None, tuple[Problem, ...]]:
    """Return the policy that a school has once its federation has moved, or its mistakes."""
    project, name = after.project, resolved.school.name
    try:
        school = read_school(project.schools_folder / name, project.root, after.known_editions, after.federations)
        return resolve(after.editions[school.edition], school), ()
    except Mistakes as mistakes:
        return None, mistakes.problems


def _federation_of(ground: Ground, school: str) -> str | None:
    return ground.roll_call.titles[school].federation


def _follows(ground: Ground, school: str) -> bool:
    """Return whether a school takes its edition from its federation."""
    return ground.roll_call.titles[school].edition is None
