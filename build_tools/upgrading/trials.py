"""Upgrade: try a new edition on a school's or federation's file, and write only what is certain."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.project import FEDERATION_FILE, SCHOOL_FILE, Project
from build_tools.reading import Ground, Reading, read_doubts
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schema.answers import coerce, get, merge
from build_tools.schema.fields import NOT_ANSWERS
from build_tools.schema.paths import key_path
from build_tools.schools.federation import Federation, parse_federation
from build_tools.schools.school import parse_school
from build_tools.template.edition import Edition
from build_tools.template.editor import point_to
from build_tools.text.file_bytes import read_bytes
from build_tools.text.files import like_before
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import read_text, relative
from build_tools.text.together import change_together
from build_tools.text.writers import only_writer
from build_tools.text.yaml_edit import add_before, edit_yaml
from build_tools.text.yaml_file import Document, KeyPath, parse_yaml
from build_tools.text.yaml_move import move_entries
from build_tools.upgrading.federation import plan_federation
from build_tools.upgrading.plan import Outcome, Plan, Rehearsal, Trial
from build_tools.upgrading.school import own_part, plan_school


def try_edition(ground: Ground, resolved: Resolved, new: Edition) -> Trial:
    """Return what a new edition means for a school, and its changed file; nothing is written.

    Raises:
        Mistakes: if the school already has mistakes, uses that edition or a later one, or has a file that can only be
            changed by hand.
    """
    name = resolved.school.name
    text, document = _read(ground.project, name, SCHOOL_FILE)
    _refuse_unfit(document, "school", resolved.edition, new)
    made = plan_school(resolved, new, _answers(document.data, ground, resolved))
    # a school may take its edition from its federation; only its own file is changed here
    names_edition = "edition" in document.data
    put: dict[KeyPath, str] = {("edition",): new.name} if names_edition else {}
    edited, taken_out = _edited(text, document, made, put)
    if not names_edition:
        edited = add_before(edited, document.file, "federation", "edition", new.name)
    edited = point_to(edited, resolved.edition.name, new.name)
    problems = check_document(ground, parse_yaml(edited, document.file), name)
    return Trial(made, SCHOOL_FILE, text, edited, tuple(taken_out), problems)


def try_member(ground: Ground, resolved: Resolved, new: Edition) -> Trial:
    """Return what a school that takes its edition from its federation must decide, and its changed file.

    `ground` has the federation on the new edition, `resolved` the school on the old one.
    """
    text, document = _read(ground.project, resolved.school.name, SCHOOL_FILE)
    made = own_part(plan_school(resolved, new, _answers(document.data, ground, resolved)))
    edited, taken_out = _edited(text, document, made, {})
    problems = check_document(ground, parse_yaml(edited, document.file), resolved.school.name)
    return Trial(made, SCHOOL_FILE, text, edited, tuple(taken_out), problems)


def move_federation(ground: Ground, name: str, federation: Federation, new: Edition) -> tuple[Trial, Ground]:
    """Return what a new edition means for a federation's own file, and the ground of its schools once it is written.

    Raises:
        Mistakes: if it uses that edition or a later one.
    """
    old = ground.editions[federation.edition]
    text, document = _read(ground.project, name, FEDERATION_FILE)
    _refuse_unfit(document, "federation", old, new)
    made = plan_federation(name, federation, old, new)
    edited, taken_out = _edited(text, document, made, {("edition",): new.name})
    edited = point_to(edited, old.name, new.name)
    changed = parse_yaml(edited, document.file)
    problems: tuple[Problem, ...] = ()
    try:
        parse_federation(changed, ground.project.schools_folder / name, ground.project.root, ground.known_editions)
    except Mistakes as mistakes:
        problems = mistakes.problems
    after = dataclasses.replace(federation, edition=new.name, document=changed)
    trial = Trial(made, FEDERATION_FILE, text, edited, tuple(taken_out), problems)
    return trial, dataclasses.replace(ground, federations={**ground.federations, name: after})


def try_federation(reading: Reading, name: str, new: Edition) -> Trial:
    """Return what a new edition means for a federation and its schools, and its changed file.

    Nothing is written; `reading` has all schools, whose files are not changed.

    Raises:
        Mistakes: if the federation already has mistakes, uses that edition or a later one, or has a file that can only
            be changed by hand.
    """
    ground = reading.ground
    federation = ground.federations[name]
    if federation is None:
        raise Mistakes(reading.problems([name]))
    trial, after = move_federation(ground, name, federation, new)
    rows: list[Rehearsal] = []
    problems = list(trial.problems)
    for school, titles in ground.roll_call.titles.items():
        resolved = reading.resolved.get(school)
        if resolved is None and (titles.federation == name or not titles.names):
            # a school whose file cannot be read may be one of its schools
            rows.append(with_mistakes(ground, school, reading.of_schools[school]))
        if resolved is None or titles.federation != name:
            continue
        text, document = _read(ground.project, school, SCHOOL_FILE)
        left = check_document(after, document, school)
        problems += left
        if titles.edition is None:
            made = own_part(plan_school(resolved, new, _answers(document.data, ground, resolved)))
            own = tuple(problem for problem in left if problem.place.file == document.file)
            rows.append(tried(school, Trial(made, SCHOOL_FILE, text, text, (), own)))
    return dataclasses.replace(trial, problems=Mistakes(problems).problems, schools=tuple(rows))


def tried(school: str, trial: Trial, *, is_federation: bool = False) -> Rehearsal:
    """Return the row of a school, or of a federation, on which the new edition was tried."""
    own = f"/{school}/{trial.file}"
    is_asked = any(review.by is None for review in trial.plan.open)
    if trial.is_settled:
        outcome = Outcome.READY
    elif is_federation or is_asked or any(problem.place.file.endswith(own) for problem in trial.problems):
        outcome = Outcome.ASKS
    else:
        # all that is left must be decided in the file of its federation
        outcome = Outcome.WAITS
    return Rehearsal(school, trial.plan.name, trial.plan.old, outcome, trial, is_federation=is_federation)


def with_mistakes(ground: Ground, school: str, problems: tuple[Problem, ...]) -> Rehearsal:
    """Return the row of a school that has mistakes of its own."""
    name = max(ground.roll_call.titles[school].names, key=len, default=school)
    return Rehearsal(school, name, None, Outcome.MISTAKES, problems=problems)


def write_upgrade(project: Project, trials: Iterable[Trial]) -> None:
    """Write what is certain into the files of some trials: all of them, or none; unchanged files are not touched.

    Raises:
        Mistakes: if somebody has changed one of the files since it was read, or another command is writing there.
    """
    written = tuple(trials)
    folders = sorted(project.schools_folder / trial.plan.school for trial in written)
    with only_writer("policy upgrade", *folders, root=project.root):
        if changed := dict(file for trial in written for file in _changed_file(project, trial)):
            change_together(folders[0], changed)


def check_document(ground: Ground, document: Document, name: str) -> tuple[Problem, ...]:
    """Return the mistakes that `policy check` would find if this were a school's file."""
    folder = ground.project.schools_folder / name
    try:
        school = parse_school(document, folder, ground.project.root, ground.known_editions, ground.federations)
        edition = ground.editions[school.edition]
        read_doubts(ground, Resolved(edition, school, resolve(edition, school)))
    except Mistakes as mistakes:
        return tuple(problem for problem in mistakes.problems if not problem.is_warning)
    return ()


def _answers(data: Mapping[str, Any], ground: Ground, resolved: Resolved) -> Mapping[str, Any]:
    """Return the answers that a school, or else its federation, typed, with the types of its edition's schema."""
    own = {name: value for name, value in data.items() if name not in NOT_ANSWERS}
    federation = ground.federations.get(data.get("federation", ""))
    schema = resolved.edition.schema
    answers: Mapping[str, Any] = coerce(schema, merge(own, federation.answers if federation else {}, schema.root))
    return answers


def _edited(text: str, document: Document, made: Plan, put: Mapping[KeyPath, str]) -> tuple[str, list[str]]:
    """Return a file with everything that is certain, and what was deleted from it.

    Raises:
        Mistakes: if a change can only be made by hand.
    """
    paths = [(key_path(moved.old.path), key_path(moved.field.path)) for moved in made.moved]
    text = move_entries(text, document.file, {old: new for old, new in paths if old != new})
    data = parse_yaml(text, document.file).data
    words, doubled = dict(put), list[KeyPath]()
    for moved in made.moved:
        path = key_path(moved.field.path)
        given = get(data, moved.field.path)
        if not isinstance(given, list):
            words |= {path: moved.values[given]} if given in moved.values else {}
            continue
        entries = [moved.values.get(entry, entry) if isinstance(entry, str) else entry for entry in given]
        for at, entry in enumerate(entries):
            if entry in entries[:at]:
                doubled.append((*path, at))
            elif entry != given[at]:
                words[*path, at] = entry
    return edit_yaml(text, document.file, words, [*doubled, *_certain(made, data)])


def _certain(made: Plan, data: Mapping[str, Any]) -> list[KeyPath]:
    """Return the paths in the file of what the new edition does not use."""
    paths = [key_path(path) for path in made.certain_fields]
    for amendment in made.certain_amendments:
        at = next(i for i, entry in enumerate(data["amendments"]) if entry.get(amendment.action) == amendment.target)
        paths.append(("amendments", at))
    return paths


def _read(project: Project, name: str, file: str) -> tuple[str, Document]:
    """Return a file of a school or federation, as text and as data."""
    path = project.schools_folder / name / file
    text = read_text(path, relative(path, project.root), project.schools_folder)
    return text, parse_yaml(text, relative(path, project.root))


def _changed_file(project: Project, trial: Trial) -> Iterator[tuple[Path, bytes]]:
    """Yield the file that a trial changes, if it does, and its new content, with the line ends that it has now."""
    now, document = _read(project, trial.plan.school, trial.file)
    if now != trial.before:
        message = "This file was changed while the command was running, so it was not written. Run the command again."
        raise Mistakes([Problem(Place(document.file), message)])
    # a symbolic link is kept, and its target is replaced
    file = (project.schools_folder / trial.plan.school / trial.file).resolve()
    was = read_bytes(file, document.file, inside=project.schools_folder)
    content = like_before(trial.text, was)
    if content != was:
        yield file, content


def _refuse_unfit(document: Document, what: str, old: Edition, new: Edition) -> None:
    """Do nothing if a school or federation can go from one edition to another.

    Raises:
        Mistakes: if the other is of another kind of policy, or is not newer.
    """
    if old.policy_kind != new.policy_kind:
        uses = f"the {what} uses {old.name}, an edition of {old.policy_kind}"
        message = (
            f"edition: {uses}; {new.name} is an edition of {new.policy_kind}. Name an edition of {old.policy_kind}."
        )
        raise Mistakes([Problem(document.place(("edition",)), message)])
    if old.name >= new.name:
        message = f"edition: the {what} already uses {old.name}, so there is nothing to upgrade to {new.name}."
        raise Mistakes([Problem(document.place(("edition",)), message)])
