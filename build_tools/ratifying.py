"""Ratify: freeze a school's policy as a version, completely or not at all."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from build_tools import __version__
from build_tools.engine import Engine
from build_tools.outputs import pdf
from build_tools.outputs.dated import on_day
from build_tools.policy.model import School
from build_tools.project import Project
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schema.relied_on import AGREED_BY, DOCUMENT, NEXT_REVIEW, RATIFIED_ON, WRITTEN
from build_tools.template.seal import seal_digest
from build_tools.text.blanks import is_blank, unfilled
from build_tools.text.dates import first_day, is_before, is_date, long_date
from build_tools.text.files import new_folder
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative, unwanted
from build_tools.text.typed_dates import no_date
from build_tools.text.writers import only_writer
from build_tools.versions.entering import enter_older, unentered
from build_tools.versions.freezing import (
    PDF_FILE,
    POLICY_FILE,
    RATIFIED,
    RECORD_FILE,
    Decision,
    decided,
    digest,
    freeze,
    seal,
)
from build_tools.versions.git_attributes import protect_versions
from build_tools.versions.history import Version, order, read_unregistered, read_versions, verify, version_folders
from build_tools.versions.printed import held_against
from build_tools.versions.register import append
from build_tools.versions.register_lines import Entry, Event
from build_tools.versions.signing import Certificate, signer
from build_tools.versions.withdrawal import is_withdrawn

_CORRECTED = (
    "Ratify the corrected policy with the later date on which it is confirmed (--on), and name the meeting that agreed"
    " it with --minute or --summary."
)

_LAYOUTS = "templates/pdf"
_UNLIKE = "Nothing was ratified: the PDF would not say what policy.json says. Correct your layout of the PDF."


def ratify(
    project: Project,
    resolved: Resolved,
    decision: Decision,
    certificate: Certificate | None = None,
    engine: Engine = Engine.WEASYPRINT,
) -> Version:
    """Write a version of a school's policy into the school's folder and return it; a certificate signs its PDF.

    The version is added to the register. If the project has no register yet, all older versions are added first.

    Raises:
        Mistakes: if the decision does not fit the existing versions, one of those was changed, the certificate cannot
            sign, this machine does not have the engine, a council's own layout prints something else, or another
            command is writing into the school's folder.
    """
    engine.require()
    folder = project.schools_folder / resolved.school.name
    if finished := _finished(project, folder, decision):
        return finished
    sign, unusable = signer(certificate) if certificate else (None, [])
    unfit = [*decision_problems(folder, project.root, decision), *_too_early(resolved, decision)]
    problems = [*unfit, *unusable]
    if problems:
        raise Mistakes(problems)
    school = ratified_school(resolved.school, decision)
    agreed = Resolved(resolved.edition, school, resolve(resolved.edition, school))
    software = f"schoolpolicy {__version__}, {engine.software}"
    edition_folder, _ = project.edition_folders()[resolved.edition.name]
    data = decided(school.name, agreed.policy, school.values, decision, software, seal_digest(edition_folder))
    document = pdf.render_pdf(
        on_day(agreed, first_day(decision.on)), project.template_folders, engine=engine, seal=seal(data)
    )
    document, signature = sign(document) if sign else (document, None)
    # the PDF, which takes long, is the same whatever else is ratified meanwhile; what follows is not
    with only_writer("policy ratify", folder, root=project.root):
        if problems := decision_problems(folder, project.root, decision):
            raise Mistakes(problems)
        before = version_folders(folder)[-1:]
        files = freeze(data, document, before[0] if before else None, signature)
        if unlike := held_against.faults(files[PDF_FILE], files[POLICY_FILE]):
            raise Mistakes(Problem(Place(_LAYOUTS), f"{_UNLIKE} {fault}") for fault in unlike)
        enter_older(project)
        with new_folder(folder / RATIFIED / decision.on) as staging:
            for name, content in files.items():
                (staging / name).write_bytes(content)
            protect_versions(project.schools_folder)
        line = Entry(
            event=Event.RATIFIED,
            version=f"{school.name}@{decision.on}",
            by=decision.by,
            edition=resolved.edition.name,
            pdf=digest(files[PDF_FILE]),
            record=digest(files[RECORD_FILE]),
        )
        # if the program is killed before this line is written, the same command writes it; policy verify asks for it
        append(project.schools_folder, project.root, [line])
        return read_versions(folder, project.root)[-1]


def _finished(project: Project, folder: Path, decision: Decision) -> Version | None:
    """Return the version of a decision if the program was killed before it was in the register; now it is."""
    if not is_date(decision.on) or not (folder / RATIFIED / decision.on).is_dir():
        return None
    with only_writer("policy ratify", folder, root=project.root):
        name = f"{folder.name}@{decision.on}"
        found = [dataclasses.replace(one, event=Event.RATIFIED) for one in unentered(project) if one.version == name]
        if not found or read_unregistered(folder, project.root)[-1].decision != decision:
            return None
        append(project.schools_folder, project.root, found)
        return read_versions(folder, project.root)[-1]


def left_whole(version: Path, *, is_new: bool) -> str:
    """Return what is whole after the computer refused something; `is_new` if the version's folder did not exist."""
    if not (is_new and version.exists()):
        return "Nothing was ratified."
    name = f"{version.parents[1].name}@{version.name}"
    return f"The version is whole, but not in the register yet. Enter it: policy register --enter {name} --write"


def decision_problems(folder: Path, root: Path, decision: Decision) -> list[Problem]:
    """Return why a decision cannot be recorded, and what was changed in the existing versions."""
    place = Place(relative(folder / RATIFIED, root))
    if wrong := [Problem(place, message) for message in _incomplete(decision)]:
        return wrong
    return [*verify(folder, root), *(Problem(place, message) for message in _untimely(decision, folder))]


def _incomplete(decision: Decision) -> Iterator[str]:
    """Yield what is missing or invalid in a decision."""
    for date in (decision.on, decision.next_review):
        if not is_date(date):
            yield no_date(date)
    for text in (decision.by, decision.minute, decision.summary):
        yield from unwanted(text or "")
    yield from unfilled("--by", decision.by, "Say who ratified the policy.", is_name=True)
    for option, text in (("--minute", decision.minute), ("--summary", decision.summary)):
        # a minute may be numbered with a letter
        if text and is_blank(text) and not (len(text) == 1 and text.isalpha()):
            yield f'{option}: "{text}" is a blank. Type the real one, or leave out {option}.'


def _untimely(decision: Decision, folder: Path) -> Iterator[str]:
    """Yield the contradictions between the dates of a decision, or between them and the school's latest version."""
    if order(decision.next_review) <= order(decision.on):
        message = f"The next review ({decision.next_review}) is not after the ratification ({decision.on})."
        yield f"{message} Give a later one with --next-review."
    latest = next(reversed(version_folders(folder)), None)
    if latest is None or order(latest.name) < order(decision.on):
        return
    if is_withdrawn(latest):
        message = f"The version of {latest.name} was withdrawn, but it keeps its place in the history of versions."
        yield f"{message} {_CORRECTED}"
    elif latest.name == decision.on:
        yield f"A version of {decision.on} already exists, and cannot be overwritten. Check --on."
    else:
        yield f"The latest version is of {latest.name}, which is not before {decision.on}. Check --on."


def _too_early(resolved: Resolved, decision: Decision) -> Iterator[Problem]:
    """Yield a problem if a policy would be ratified before its edition is published or before it was written."""
    edition, school = resolved.edition, resolved.school
    if not edition.is_published:
        message = f"edition: {edition.name} is not published yet, so its words may still change."
        yield Problem(school.place, f"{message} Publish it first: policy edition publish {edition.name}")
    written = WRITTEN.of(school.values)
    if written and is_date(decision.on) and is_before(decision.on, written):
        message = f"{WRITTEN.path}: {long_date(written)} is after the ratification, {long_date(decision.on)}."
        yield Problem(school.places.get(WRITTEN.key, school.place), f"{message} Correct the one that is wrong.")


def ratified_school(school: School, decision: Decision) -> School:
    """Return a school with the governing body's decision in its document control."""
    document = {
        **school.values[DOCUMENT.path],
        RATIFIED_ON.name: decision.on,
        AGREED_BY.name: decision.by,
        NEXT_REVIEW.name: decision.next_review,
    }
    return dataclasses.replace(school, values={**school.values, DOCUMENT.path: document})
