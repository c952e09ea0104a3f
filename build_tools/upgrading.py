"""Upgrade: try a new edition on a school's `school.yml`, and write what is certain, whole or not at all."""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_tools.answers import coerce, merge
from build_tools.edition import Edition
from build_tools.editor import point_to
from build_tools.federation import Federation
from build_tools.problems import Mistakes, Problem
from build_tools.project import Project, read_federations
from build_tools.reading import Reading
from build_tools.resolve import Resolved, resolve
from build_tools.schema_file import NOT_ANSWERS
from build_tools.school import SCHOOL_FILE, parse_school
from build_tools.source import KeyPath, parse_yaml, read_text, relative
from build_tools.upgrade import Plan, Rehearsal, Trial, plan
from build_tools.yaml_edit import edit_yaml


def try_edition(project: Project, reading: Reading, name: str, new: Edition) -> Trial:
    """Return what a new edition means for a school, and what its file would say; nothing is written.

    Raises:
        Mistakes: if the school has mistakes today, or uses that edition or a later one.
    """
    resolved = reading.school(name)
    file = project.schools_folder / name / SCHOOL_FILE
    said = relative(file, project.root)
    text = read_text(file, said)
    document = parse_yaml(text, said)
    if resolved.edition.name >= new.name:
        message = f"edition: the school uses {resolved.edition.name} already, so {new.name} is nothing new to it."
        raise Mistakes([Problem(document.place(("edition",)), message)])
    federations, _ = read_federations(project, reading.editions)
    answers = _answers(document.data, federations, resolved)
    made = plan(resolved, new, answers)
    # the school of a federation may leave its edition to that; only its own file is changed here
    names_edition = "edition" in document.data
    put: dict[KeyPath, str] = {("edition",): new.name} if names_edition else {}
    edited, taken_out = edit_yaml(text, said, put, _certain(made, document.data))
    if not names_edition:
        edited = re.sub(r"^federation:", f"edition: {new.name}\nfederation:", edited, count=1, flags=re.MULTILINE)
    edited = point_to(edited, resolved.edition.name, new.name)
    problems = _check(project, reading, federations, edited, file.parent)
    return Trial(made, edited, tuple(taken_out), problems)


def rehearse(project: Project, reading: Reading, new: Edition) -> tuple[Rehearsal, ...]:
    """Return what a new edition means for every school; nothing is written."""
    rows = []
    for name in project.school_names():
        resolved = reading.resolved.get(name)
        if resolved is None:
            rows.append(Rehearsal(name, None, problems=reading.problems([name])))
        elif resolved.edition.name >= new.name:
            rows.append(Rehearsal(name, resolved.edition.name))
        else:
            rows.append(Rehearsal(name, resolved.edition.name, try_edition(project, reading, name, new)))
    return tuple(rows)


def write_upgrade(project: Project, trial: Trial) -> Path:
    """Put what is certain into a school's file, and return the file: it is the old one or the new one, never half."""
    # a link stays a link, and what it points to is replaced
    file = (project.schools_folder / trial.plan.school / SCHOOL_FILE).resolve()
    was = file.read_bytes()
    mark = b"\xef\xbb\xbf" if was.startswith(b"\xef\xbb\xbf") else b""
    line_end = "\r\n" if b"\r\n" in was else "\n"
    descriptor, staging = tempfile.mkstemp(prefix=f".{SCHOOL_FILE}-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(mark + trial.text.replace("\n", line_end).encode())
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(file, staging)
        Path(staging).replace(file)
    finally:
        Path(staging).unlink(missing_ok=True)
    return file


def _answers(data: Mapping[str, Any], federations: Mapping[str, Federation], resolved: Resolved) -> Mapping[str, Any]:
    """Return what a school typed, and its federation where the school did not, as its edition's schema types it."""
    own = {name: value for name, value in data.items() if name not in NOT_ANSWERS}
    federation = federations.get(data.get("federation", ""))
    schema = resolved.edition.schema
    answers: Mapping[str, Any] = coerce(schema, merge(own, federation.answers if federation else {}, schema.root))
    return answers


def _certain(made: Plan, data: Mapping[str, Any]) -> list[KeyPath]:
    """Return where in the file stands what the new edition has no use for."""
    paths: list[KeyPath] = [tuple(path.split(".")) for path in made.certain_fields]
    for amendment in made.certain_amendments:
        at = next(i for i, entry in enumerate(data["amendments"]) if entry.get(amendment.action) == amendment.target)
        paths.append(("amendments", at))
    return paths


def _check(
    project: Project, reading: Reading, federations: Mapping[str, Federation], text: str, folder: Path
) -> tuple[Problem, ...]:
    """Return what `policy check` would say of a school's file, were this its text."""
    file = relative(folder / SCHOOL_FILE, project.root)
    every: dict[str, Edition | None] = {**dict.fromkeys(project.edition_folders()), **reading.editions}
    try:
        school = parse_school(parse_yaml(text, file), folder, project.root, every, federations)
        resolve(reading.editions[school.edition], school)
    except Mistakes as mistakes:
        return mistakes.problems
    return ()
