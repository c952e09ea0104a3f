"""What the program does: one function for each command. Start reading the program here.

    project folder --read--> editions, schools --resolve--> policies --> site, PDF, JSON, comparisons

Functions here print nothing: they return the result of a command, and `cli` shows it. Each loads what it needs when
it is called, so that no command waits for the libraries of another.
"""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Any

from build_tools.engine import Engine
from build_tools.project import Project, UnknownName, require
from build_tools.text.problems import Problem
from build_tools.text.refusals import writing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from build_tools.adopting.adopt import Adoption
    from build_tools.building.publish import BuildReport
    from build_tools.comparing.difference import Difference
    from build_tools.interviewing.missing import OpenQuestion
    from build_tools.interviewing.session import Interview
    from build_tools.outputs.hub.status import Status
    from build_tools.pool import Step
    from build_tools.reading import Reading
    from build_tools.resolving.resolve import Resolved
    from build_tools.template.edition import Edition
    from build_tools.upgrading.plan import Rehearsal, Trial
    from build_tools.versions.history import Version
    from build_tools.versions.other_copies import Compared
    from build_tools.versions.register_lines import Entry
    from build_tools.versions.repairing import Repair
    from build_tools.versions.signing import Certificate


class PortInUse(Exception):  # noqa: N818 - a wrong argument, which the command line reports
    """Another program is using the preview's port."""


def check(project: Project, names: Iterable[str]) -> Reading:
    """Return everything about the named schools, or all, and about editions and federations that needs no build.

    Raises:
        UnknownName: if a named school or federation does not exist.
    """
    from build_tools.proofreading.typeface import missing_characters
    from build_tools.reading import read

    named, federations = tuple(names), project.federation_names()
    for name in named:
        require(name, (*project.school_names(), *federations), "school or federation" if federations else "school")
    reading = read(project, [name for name in named if name not in federations] if named else project.school_names())
    unprintable = {
        name: (*reading.of_schools.get(name, ()), *missing_characters(found, project.template_folders))
        for name, found in {**reading.resolved, **reading.unfit}.items()
    }
    return dataclasses.replace(reading, of_schools={**reading.of_schools, **unprintable})


def show(project: Project, name: str) -> Resolved:
    """Return one school with its policy.

    Raises:
        UnknownName: if there is no such school.
        Mistakes: if the school or its edition has mistakes.
    """
    from build_tools.reading import read

    return read(project, [name]).school(name)


def sources(project: Project, name: str | None) -> tuple[Resolved, ...]:
    """Return all schools without mistakes, whose policies say what they rest on; `name` is the source asked for.

    Raises:
        UnknownName: if no edition of the project lists the source.
    """
    from build_tools.reading import read

    reading = read(project, project.school_names())
    if name is not None:
        known = dict.fromkeys(source for edition in reading.editions.values() for source in edition.cited)
        require(name, tuple(known), "source")
    return tuple(found for _, found in sorted(reading.resolved.items()))


def schema(project: Project, name: str) -> Mapping[str, Any]:
    """Return the JSON Schema that lets editors help with `school.yml` for an edition.

    Raises:
        UnknownName: if there is no such edition.
        Mistakes: if the edition has mistakes.
    """
    from build_tools.outputs.lookup import find_edition
    from build_tools.reading import read
    from build_tools.resolving.resolve import resolve_template
    from build_tools.template.editor import editor_schema

    edition = find_edition(project, read(project, []), name)
    return editor_schema(edition, resolve_template(edition))


def ratify(
    project: Project,
    name: str,
    on: str,
    by: str,
    next_review: str | None,
    minute: str | None,
    summary: str | None,
    certificate: Certificate | None = None,
    engine: Engine = Engine.WEASYPRINT,
) -> Version:
    """Freeze a school's policy as a version and return it; the default next review is the one in the school's file.

    Raises:
        UnknownName: if there is no such school.
        Mistakes: if the school has mistakes, the decision does not fit its versions, one of those was changed, the
            certificate cannot sign, this machine does not have the engine, or the computer refuses to write.
    """
    from build_tools import ratifying
    from build_tools.reading import read
    from build_tools.schema.relied_on import NEXT_REVIEW
    from build_tools.versions.freezing import RATIFIED, Decision

    resolved = read(project, [name]).school(name)
    review = next_review or NEXT_REVIEW.of(resolved.school.values)
    decision = Decision(on, by, review, minute, summary)
    version = project.schools_folder / name / RATIFIED / on
    is_new = not version.exists()
    with writing(version, project.root, lambda: ratifying.left_whole(version, is_new=is_new)):
        return ratifying.ratify(project, resolved, decision, certificate, engine)


def withdraw(project: Project, name: str, because: str, on: str, by: str | None) -> tuple[Version, tuple[Version, ...]]:
    """Record that a version was withdrawn; return it as it is now, and all versions of its school, oldest first.

    `name` is `SCHOOL@DATE`.

    Raises:
        UnknownName: if there is no such school or version.
        Mistakes: if a version of the school was changed, the withdrawal is unfit, or the computer refuses to write.
    """
    from build_tools import withdrawing
    from build_tools.outputs.lookup import find_version
    from build_tools.versions.withdrawal import Withdrawal

    version = find_version(project, name)
    withdrawal = Withdrawal(version.decision.on, because, on, by)
    with writing(version.folder, project.root, lambda: withdrawing.left_whole(version)):
        versions = withdrawing.withdraw(project, version, withdrawal)
    return next(found for found in versions if found.name == version.name), versions


def require_signing(project: Project) -> None:
    """Check that this machine can sign lines of the register, before anything is written.

    Raises:
        Mistakes: if ssh-keygen or the file of allowed signers is missing.
    """
    from build_tools.versions import confirming

    confirming.require_signing(project)


def confirm(project: Project, name: str, key: Path | None) -> tuple[tuple[Path, ...], list[Problem]]:
    """Sign the lines of a version in the register with an SSH key, and have them stamped as the settings say.

    Return the files, and a warning for each line that needs a signature or time stamp and has none.

    Raises:
        Mistakes: if the register is broken, or the settings have mistakes.
    """
    from build_tools.versions import confirming

    return confirming.confirm(project, name, key)


def sign_lines(project: Project, names: Collection[str], key: Path) -> tuple[Path, ...]:
    """Sign the lines of the named versions, or of all, that have no valid signature; return the files.

    Raises:
        UnknownName: if a named version is not in the register.
        Mistakes: if the key cannot sign, or is not in the file of allowed signers, or the register is broken.
    """
    from build_tools.versions import confirming

    return confirming.sign_lines(project, names, key)


def stamp(project: Project, names: Collection[str]) -> tuple[Path, ...]:
    """Have the lines of the named versions, or of all, stamped that have no valid time stamp; return the files.

    Raises:
        UnknownName: if a named version is not in the register.
        Mistakes: if the project names no authority, it gives no time stamp, or the register is broken.
    """
    from build_tools.versions import confirming

    return confirming.stamp_lines(project, names)


def doubts_of(project: Project, version: Version) -> tuple[Problem, ...]:
    """Return what looks wrong in a version that has just been ratified.

    Raises:
        Mistakes: if its edition has mistakes.
    """
    from build_tools.outputs.lookup import find_edition
    from build_tools.proofreading.school import proofread_version
    from build_tools.reading import read
    from build_tools.text.source import relative
    from build_tools.versions.freezing import RECORD_FILE

    edition = find_edition(project, read(project, []), version.edition)
    return tuple(proofread_version(version, edition, relative(version.folder / RECORD_FILE, project.root)))


def verify(
    project: Project, names: Collection[str], against: Compared | None = None
) -> Mapping[str, tuple[Version, ...]]:
    """Return the versions of the named schools, or of all, once all are found unchanged and their signatures valid.

    `against` is another copy of the register.

    Raises:
        UnknownName: if a named school does not exist.
        Mistakes: everything that was changed in any of them or in the register, as far as the project itself, its last
            build and the other copy show it.
    """
    from build_tools import verifying

    return verifying.verify(project, _schools(project, names), against, all_schools=not names)


def verify_site(
    project: Project, versions: Mapping[str, tuple[Version, ...]], site: Path | None, *, all_schools: bool
) -> int:
    """Return the number of copies of versions on a built site, once all are found to be what was ratified.

    Raises:
        UnknownName: if there is no such site.
        Mistakes: each copy that is missing or is something else.
    """
    from build_tools import verifying

    folder = site or project.site_folder
    if not folder.is_dir():
        raise UnknownName(f"{folder} does not exist. Build the site first: policy build. Or type --site=FOLDER.")
    return verifying.verify_site(project, folder, versions, all_schools=all_schools)


def compare_register(project: Project, where: str) -> Compared:
    """Return what another copy of the register shows: an address, a file, a folder or a revision in Git.

    Raises:
        UnknownName: if there is no such copy.
        Mistakes: if it cannot be fetched or read, or one of the two is broken.
    """
    from build_tools.text.source import relative
    from build_tools.versions.other_copies import compare
    from build_tools.versions.register import load_register, register_file

    register = load_register(project.schools_folder, project.root)
    return compare(register, where, project.root, relative(register_file(project.schools_folder), project.root))


def register(project: Project) -> tuple[Entry, ...]:
    """Return the lines of the register, oldest first; none if there is no register.

    Raises:
        Mistakes: if a line was changed, deleted or moved.
    """
    from build_tools.versions.register import read_register

    return read_register(project.schools_folder, project.root)


def enter(project: Project, versions: Iterable[str], *, write: bool) -> tuple[Entry, ...]:
    """Return the lines of the named versions, or of all, that the register does not have; `write` adds them to it.

    Raises:
        UnknownName: if a named version does not exist, or is in the register.
        Mistakes: if a named version was changed, the register is broken, or the computer refuses to write.
    """
    from build_tools.versions.entering import chosen
    from build_tools.versions.git_attributes import protect_versions
    from build_tools.versions.register import append, register_file

    entries = chosen(project, tuple(versions))
    if not write:
        return entries
    file = register_file(project.schools_folder)
    with writing(file, project.root, lambda: "No line was added to the register."):
        protect_versions(project.schools_folder)
        return append(project.schools_folder, project.root, entries)


def repair(project: Project, *, write: bool) -> Repair:
    """Return what can be repaired of versions that were written at once or merged by Git; `write` does it.

    Raises:
        Mistakes: if the register is broken, or the computer refuses to write.
    """
    from build_tools.versions.register import register_file
    from build_tools.versions.repairing import plan_repair, write_repair

    planned = plan_repair(project)
    if write:
        whole = "Every file is complete, old or new. Run the command again: it does what is left."
        with writing(register_file(project.schools_folder), project.root, lambda: whole):
            write_repair(project, planned)
    return planned


def status(project: Project, day: dt.date) -> tuple[tuple[Status, ...], tuple[Problem, ...]]:
    """Return the status of each school on a day, and the mistakes of the schools that have no status because of them.

    Schools on the newest edition are first.

    The summaries of the last build are used for schools whose files have not changed.
    """
    from build_tools.building.fingerprints import Fingerprints
    from build_tools.building.manifest import read_manifest
    from build_tools.building.planning import is_told
    from build_tools.outputs.hub.status import behind, on_day
    from build_tools.outputs.hub.summary import read_summaries
    from build_tools.outputs.publication import summaries
    from build_tools.reading import read

    prints, records = Fingerprints(project), read_manifest(project.site_folder).records
    told = {name: records[name] for name in project.school_names() if is_told(prints, name, records.get(name))}
    reading = read(project, [name for name in project.school_names() if name not in told])
    others, problems = summaries(project, reading)
    known = {
        school.status.school: school
        for school in (*read_summaries(record.summary for record in told.values()), *others)
    }
    apart = behind(reading.editions.values(), {school.status.edition for school in known.values()})
    in_order = sorted(sorted(known), key=lambda name: known[name].status.edition, reverse=True)
    return tuple(on_day(known[name].status, reading.editions, apart, day) for name in in_order), problems


def diff(project: Project, old: str, new: str) -> Difference:
    """Return two policies and what changed from one to the other.

    Each is a school (its draft), a version (`SCHOOL@DATE`, `SCHOOL@latest`) or `template:EDITION`.

    Raises:
        UnknownName: if there is no such school, version or edition.
        Mistakes: if one of them has mistakes.
    """
    from build_tools.comparing.difference import differ
    from build_tools.outputs.lookup import drafts, find_side
    from build_tools.reading import read

    reading = read(project, drafts((old, new)))
    return differ(find_side(project, reading, old), find_side(project, reading, new))


def tracked_changes(difference: Difference) -> bytes:
    """Return what changed as a .docx with tracked changes, of today or of the day of SOURCE_DATE_EPOCH."""
    import datetime as dt

    from build_tools.outputs.word.document import render_word
    from build_tools.text.dates import source_date

    today = dt.datetime.combine(dt.datetime.now().astimezone().date(), dt.time(), dt.UTC)
    return render_word(difference, source_date() or today)


def change_report(project: Project, difference: Difference) -> bytes:
    """Return what changed as a PDF for the papers of a governors' meeting.

    Raises:
        Mistakes: if the policies contain characters that no font of the PDF has.
    """
    from build_tools.outputs.pdf.report import render_change_report

    return render_change_report(difference, project.template_folders)


def upgrade(project: Project, name: str, to: str, *, write: bool) -> tuple[Trial, Edition]:
    """Return what a new edition means for a school or federation, and that edition; `write` changes its file.

    Raises:
        UnknownName: if there is no such school, federation or edition.
        Mistakes: if the school or federation already has mistakes, or uses that edition or a later one, or the
            computer refuses to write.
    """
    from build_tools.outputs.lookup import find_edition
    from build_tools.reading import read
    from build_tools.text.writers import tidy_up
    from build_tools.upgrading import trials

    if write:
        tidy_up("policy upgrade", project.schools_folder)
    schools = project.school_names()
    require(name, [*schools, *project.federation_names()], "school or federation")
    is_school = name in schools
    reading = read(project, [name] if is_school else schools)
    edition = find_edition(project, reading, to)
    if is_school:
        trial = trials.try_edition(reading.ground, reading.school(name), edition)
    else:
        trial = trials.try_federation(reading, name, edition)
    if write:
        file = project.schools_folder / name / trial.file
        with writing(file, project.root, lambda: "Nothing was changed."):
            trials.write_upgrade(project, [trial])
    return trial, edition


def rehearse(project: Project, to: str, jobs: int, step: Step, *, write: bool = False) -> tuple[Rehearsal, ...]:
    """Return what a new edition means for every school and federation; none of it is written.

    If it is to be written next, `write` first finishes what a killed command began. `jobs` schools are tried at once;
    `step` is called with the name of each, and the number of those that are left.

    Raises:
        UnknownName: if there is no such edition.
        Mistakes: if the edition has mistakes.
    """
    from build_tools.outputs.lookup import find_edition
    from build_tools.reading import read
    from build_tools.text.writers import tidy_up
    from build_tools.upgrading.rehearsal import rehearse as rehearse_all

    if write:
        tidy_up("policy upgrade", project.schools_folder)
    reading = read(project, [])
    return rehearse_all(reading, find_edition(project, reading, to), jobs, step)


def upgrade_all(project: Project, rows: Iterable[Rehearsal]) -> Iterator[int]:
    """Write the files of all schools and federations that need no answer; yield how many were written after each step.

    `rows` are from `rehearse`. Each step writes all its files, or none.
    """
    from build_tools.upgrading.rehearsal import write_ready

    return write_ready(project, rows)


def adopt(
    project: Project, file: Path, edition: str | None, out: Path, step: Step
) -> tuple[Adoption, tuple[Problem, ...]]:
    """Read a school's existing policy for an edition and write the result into `out`; also return what a check finds.

    Without a name, it is the newest edition.

    Raises:
        UnknownName: if there is no such edition, or none was named and there are several kinds of policy.
        Mistakes: if the edition has mistakes, the file cannot be read, or `out` already contains a school.
    """
    from build_tools.adopting.subject import read_subject
    from build_tools.outputs.adoption import adopt_policy, left_whole
    from build_tools.outputs.lookup import find_edition, newest_edition
    from build_tools.reading import read

    reading = read(project, [])
    found = find_edition(project, reading, edition) if edition else newest_edition(reading)
    subject = read_subject(*project.edition_folders()[found.name], found)
    with writing(out, project.root, lambda: left_whole(out)):
        is_school = out.parent == project.schools_folder.resolve()
        return adopt_policy(file, found, subject, out, project.template_folders, step, is_school=is_school)


def build(
    project: Project,
    names: Iterable[str],
    out: Path,
    step: Step,
    engine: Engine = Engine.WEASYPRINT,
    *,
    jobs: int = 1,
    force: bool = False,
    dask: str | None = None,
) -> BuildReport:
    """Rebuild what has changed for the named schools, or all, and for the editions and the hub, in `out`.

    A school with mistakes keeps the pages of the last build. If no school can be built, nothing is written. `jobs`
    schools are built at once, or as many as the Dask cluster has workers whose scheduler is at the address `dask`.

    Raises:
        UnknownName: if a school is named that does not exist.
        Mistakes: if `out` contains something other than a site, another build is using it, there is no such cluster,
            this machine does not have the engine, or the computer refuses to write the site.
    """
    from build_tools.building import making
    from build_tools.unfollowed import unfollowed

    made = making.make(project, tuple(names), out, step, engine, jobs=jobs, force=force, dask=dask)
    return dataclasses.replace(made, warnings=(*unfollowed(project.root), *made.warnings))


@contextlib.contextmanager
def new(
    project: Project, name: str, answers: Path | None, assignments: Iterable[tuple[str, str]]
) -> Iterator[Interview]:
    """Yield the interview about a new school, new or continued, with the answers that are already given.

    No other command writes into the school's folder while the block runs.

    Raises:
        UnknownName: if the name cannot be that of a new school.
        Mistakes: everything that is wrong in these answers, or in those that were saved, or another command is writing
            into the school's folder.
    """
    from build_tools.interviewing import session
    from build_tools.text.writers import only_writer

    if why := session.unfit_as_name(project, name):
        raise UnknownName(why)
    with only_writer("policy new", project.schools_folder / name, root=project.root):
        if why := session.unfit_name(project, name):
            raise UnknownName(why)
        yield session.begin(project, name, answers, assignments)


def missing(project: Project, name: str) -> tuple[OpenQuestion, ...]:
    """Return the questions that are still open for a school, or for one whose interview is not finished.

    Raises:
        UnknownName: if there is no such school.
        Mistakes: if its file cannot be read, or does not name an existing edition or federation.
    """
    from build_tools.interviewing import session
    from build_tools.interviewing.missing import open_questions

    return open_questions(session.take_up(project, name))


def serve(
    project: Project,
    name: str | None,
    port: int,
    started: Callable[[str], None],
    tell: Callable[[tuple[Problem, ...]], None],
) -> None:
    """Serve the site, as it would be built, to the browsers of this machine until interrupted.

    `started` is called with the address to open; `tell` is called with the mistakes of the named school, or of all,
    whenever they change.

    Raises:
        UnknownName: if there is no such school.
        PortInUse: if another program is using the port.
    """
    from build_tools.serving.server import Server

    if name is not None:
        require(name, project.school_names(), "school")
    try:
        server = Server(project, project.school_names() if name is None else (name,), port, tell)
    except OSError as error:
        raise PortInUse(f"Port {port} is not available: {error.strerror}. Choose another with --port.") from None
    started(server.address_of(name))
    server.run()


def _schools(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """Return the named schools, or all."""
    wanted = tuple(names) or project.school_names()
    for name in wanted:
        require(name, project.school_names(), "school")
    return wanted
