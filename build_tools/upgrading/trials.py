"""Upgrade: try a new edition on a school's or federation's file, and write only what is certain."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_tools.project import FEDERATION_FILE, SCHOOL_FILE, Project
from build_tools.proofreading.rules import certain_mistakes
from build_tools.reading import Reading, every_edition, read_federations
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schema.answers import coerce, merge
from build_tools.schema.fields import NOT_ANSWERS
from build_tools.schools.federation import Federation, parse_federation
from build_tools.schools.school import parse_school
from build_tools.template.edition import Edition
from build_tools.template.editor import point_to
from build_tools.text.files import replace_file
from build_tools.text.problems import Mistakes, Problem
from build_tools.text.source import read_text, relative
from build_tools.text.yaml_edit import add_before, edit_yaml
from build_tools.text.yaml_file import Document, KeyPath, parse_yaml
from build_tools.upgrading.federation import plan_federation
from build_tools.upgrading.plan import Plan, Rehearsal, Trial
from build_tools.upgrading.school import own_part, plan_school


def try_edition(project: Project, reading: Reading, name: str, new: Edition) -> Trial:
    """Return what a new edition means for a school, and its changed file; nothing is written.

    Raises:
        Mistakes: if the school already has mistakes, or uses that edition or a later one.
    """
    resolved = reading.school(name)
    text, document = _read(project, name, SCHOOL_FILE)
    _refuse_unfit(document, "school", resolved.edition, new)
    federations, _ = read_federations(project, reading.editions)
    made = plan_school(resolved, new, _answers(document.data, federations, resolved))
    # a school may take its edition from its federation; only its own file is changed here
    names_edition = "edition" in document.data
    put: dict[KeyPath, str] = {("edition",): new.name} if names_edition else {}
    edited, taken_out = edit_yaml(text, document.file, put, _certain(made, document.data))
    if not names_edition:
        edited = add_before(edited, document.file, "federation", "edition", new.name)
    edited = point_to(edited, resolved.edition.name, new.name)
    problems = _check(project, reading, federations, parse_yaml(edited, document.file), name)
    return Trial(made, SCHOOL_FILE, edited, tuple(taken_out), problems)


def try_federation(project: Project, reading: Reading, name: str, new: Edition) -> Trial:
    """Return what a new edition means for a federation and its schools, and its changed file.

    Nothing is written; `reading` has all schools.

    Raises:
        Mistakes: if the federation already has mistakes, or uses that edition or a later one.
    """
    if name in reading.of_federations:
        raise Mistakes(reading.problems([name]))
    federations, _ = read_federations(project, reading.editions)
    old = reading.editions[federations[name].edition]
    text, document = _read(project, name, FEDERATION_FILE)
    _refuse_unfit(document, "federation", old, new)
    made = plan_federation(name, federations[name], old, new)
    edited, taken_out = edit_yaml(text, document.file, {("edition",): new.name}, _certain(made, document.data))
    edited = point_to(edited, old.name, new.name)
    changed = parse_yaml(edited, document.file)
    after = dataclasses.replace(federations[name], edition=new.name, document=changed)
    rows, problems = _rehearse_members(project, reading, federations, name, after)
    try:
        parse_federation(changed, project.schools_folder / name, project.root, every_edition(project, reading.editions))
    except Mistakes as mistakes:
        problems += mistakes.problems
    return Trial(made, FEDERATION_FILE, edited, tuple(taken_out), Mistakes(problems).problems, tuple(rows))


def rehearse(project: Project, reading: Reading, new: Edition) -> tuple[Rehearsal, ...]:
    """Return what a new edition means for every school with a policy of its kind; nothing is written."""
    rows = []
    for name in project.school_names():
        resolved = reading.resolved.get(name)
        if resolved is None:
            rows.append(Rehearsal(name, None, problems=reading.problems([name])))
        elif resolved.edition.policy_kind != new.policy_kind:
            continue
        elif resolved.edition.name >= new.name:
            rows.append(Rehearsal(name, resolved.edition.name))
        else:
            rows.append(Rehearsal(name, resolved.edition.name, try_edition(project, reading, name, new)))
    return tuple(rows)


def write_upgrade(project: Project, trial: Trial) -> Path:
    """Write what is certain into its file and return the file, which is replaced completely or not at all."""
    # a symbolic link is kept, and its target is replaced
    file = (project.schools_folder / trial.plan.school / trial.file).resolve()
    was = file.read_bytes()
    mark = b"\xef\xbb\xbf" if was.startswith(b"\xef\xbb\xbf") else b""
    line_end = "\r\n" if b"\r\n" in was else "\n"
    replace_file(file, mark + trial.text.replace("\n", line_end).encode())
    return file


def _answers(data: Mapping[str, Any], federations: Mapping[str, Federation], resolved: Resolved) -> Mapping[str, Any]:
    """Return the answers that a school, or else its federation, typed, with the types of its edition's schema."""
    own = {name: value for name, value in data.items() if name not in NOT_ANSWERS}
    federation = federations.get(data.get("federation", ""))
    schema = resolved.edition.schema
    answers: Mapping[str, Any] = coerce(schema, merge(own, federation.answers if federation else {}, schema.root))
    return answers


def _certain(made: Plan, data: Mapping[str, Any]) -> list[KeyPath]:
    """Return the paths in the file of what the new edition does not use."""
    paths: list[KeyPath] = [tuple(path.split(".")) for path in made.certain_fields]
    for amendment in made.certain_amendments:
        at = next(i for i, entry in enumerate(data["amendments"]) if entry.get(amendment.action) == amendment.target)
        paths.append(("amendments", at))
    return paths


def _rehearse_members(
    project: Project, reading: Reading, federations: Mapping[str, Federation], name: str, after: Federation
) -> tuple[list[Rehearsal], list[Problem]]:
    """Return what schools with a federation's edition must decide, and what would be wrong in any member.

    `after` is the federation on the new edition. A school that already has mistakes may be one of its members.
    """
    rows: list[Rehearsal] = []
    problems: list[Problem] = []
    for school in project.school_names():
        resolved = reading.resolved.get(school)
        if resolved is None:
            rows.append(Rehearsal(school, None, problems=reading.of_schools[school]))
            continue
        text, document = _read(project, school, SCHOOL_FILE)
        if document.data.get("federation") != name:
            continue
        left = _check(project, reading, {**federations, name: after}, document, school)
        problems += left
        if "edition" not in document.data:
            new = reading.editions[after.edition]
            made = own_part(plan_school(resolved, new, _answers(document.data, federations, resolved)))
            own = tuple(problem for problem in left if problem.place.file == document.file)
            rows.append(Rehearsal(school, made.old, Trial(made, SCHOOL_FILE, text, (), own)))
    return rows, problems


def _read(project: Project, name: str, file: str) -> tuple[str, Document]:
    """Return a file of a school or federation, as text and as data."""
    path = project.schools_folder / name / file
    text = read_text(path, relative(path, project.root))
    return text, parse_yaml(text, relative(path, project.root))


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


def _check(
    project: Project, reading: Reading, federations: Mapping[str, Federation], document: Document, name: str
) -> tuple[Problem, ...]:
    """Return what `policy check` would find if this were a school's file."""
    folder = project.schools_folder / name
    try:
        school = parse_school(document, folder, project.root, every_edition(project, reading.editions), federations)
        edition = reading.editions[school.edition]
        found = Resolved(edition, school, resolve(edition, school))
    except Mistakes as mistakes:
        return mistakes.problems
    return certain_mistakes(found)
