"""Enter versions that the register does not have: from before there was one, or because ratifying was interrupted."""

from collections.abc import Collection, Mapping
from pathlib import Path

from build_tools.project import Project, require
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.versions.freezing import PDF_FILE, RATIFIED, RECORD_FILE, digest, frozen_content
from build_tools.versions.history import Version, order, read_unregistered, verify_files
from build_tools.versions.register import append, fork_problem, load_register, read_register, register_file
from build_tools.versions.register_lines import Entry, Event
from build_tools.versions.registered import missing, standings
from build_tools.versions.withdrawal import WITHDRAWN_FILE, Withdrawal, version_name

_NO_REGISTER = (
    "This project has no register yet, so nobody can tell whether a version is missing. To see what it would contain, "
    "type: policy register --enter"
)


def has_versions(project: Project) -> bool:
    """Return whether any school of a project has ratified a version."""
    return any((project.schools_folder / name / RATIFIED).is_dir() for name in project.school_names())


def chosen(project: Project, names: Collection[str]) -> tuple[Entry, ...]:
    """Return the lines of the named versions, or of all, that the register does not have, oldest first.

    Raises:
        UnknownName: if a named version does not exist, or is in the register.
        Mistakes: if a file of a named version was changed, or the register is broken.
    """
    found = unentered(project)
    known = {entry.version for entry in found}
    for name in names:
        school = name.partition("@")[0]
        if name not in known and school in project.school_names():
            problems = verify_files(project.schools_folder / school, project.root)
            if problems:
                raise Mistakes(problems)
        require(name, known, "version outside the register")
    return tuple(entry for entry in found if not names or entry.version in names)


def unentered(project: Project) -> tuple[Entry, ...]:
    """Return the lines of all sound versions and withdrawals that the register does not have; none is written.

    The oldest are first, and withdrawals after all versions.

    A version with a mistake is left out: `policy verify` says what is wrong in it, whether or not there is a register.

    Raises:
        Mistakes: if the register is broken.
    """
    entries = read_register(project.schools_folder, project.root)
    known = {entry.version for entry in entries if entry.is_ratification}
    known_withdrawn = {entry.version for entry in entries if entry.event is Event.WITHDRAWN}
    found = (version for name in project.school_names() for version in _sound(project, name))
    sound = sorted(found, key=lambda version: (order(version.decision.on), version.school))
    return (
        *(_entry(version) for version in sound if version.name not in known),
        *(
            withdrawal_entry(version.folder, version.withdrawal)
            for version in sound
            if version.withdrawal and version.name not in known_withdrawn
        ),
    )


def register_doubts(project: Project) -> list[Problem]:
    """Return why the register shows less than it should: the project has none yet, or there are forks in it."""
    register, place = load_register(project.schools_folder, project.root), register_place(project)
    if register is None:
        return [Problem(Place(place), _NO_REGISTER)] if has_versions(project) else []
    return [fork_problem(entry, place) for entry in register.forks]


def register_mistakes(project: Project, *, all_schools: bool) -> list[Problem]:
    """Return what is wrong in the register by itself.

    If `all_schools`, its versions of schools that were deleted are reported too.
    """
    register = load_register(project.schools_folder, project.root)
    gone = deleted_versions(project, project.school_names()) if all_schools else {}
    return [*(register.broken if register else ()), *(problem for found in gone.values() for problem in found)]


def deleted_versions(project: Project, names: Collection[str]) -> Mapping[str, list[Problem]]:
    """Return a problem for each version in the register whose school was deleted, by school; `names` are the others.

    A school that has left may be deleted once all of its versions are withdrawn.
    """
    register = load_register(project.schools_folder, project.root)
    entries = register.entries if register else ()
    found: dict[str, list[Problem]] = {}
    for standing in standings(entries).values():
        entry = standing.entry
        if entry.school not in names and not standing.withdrawal:
            found.setdefault(entry.school, []).append(missing(entry, project.root, project.schools_folder))
    return found


def register_place(project: Project) -> str:
    """Return the path of the register in messages."""
    return relative(register_file(project.schools_folder), project.root)


def enter_older(project: Project) -> None:
    """Enter all versions if the project has no register yet."""
    lines = () if register_file(project.schools_folder).exists() else unentered(project)
    if lines:
        append(project.schools_folder, project.root, lines)


def withdrawal_entry(version: Path, withdrawal: Withdrawal) -> Entry:
    """Return the line about a withdrawal whose record was written; `version` is the folder of the version."""
    return Entry(
        event=Event.WITHDRAWN,
        version=version_name(version),
        because=withdrawal.because,
        by=withdrawal.by,
        on=withdrawal.on,
        record=digest(frozen_content(version / WITHDRAWN_FILE)),
    )


def _sound(project: Project, name: str) -> tuple[Version, ...]:
    try:
        return read_unregistered(project.schools_folder / name, project.root)
    except Mistakes:
        return ()


def _entry(version: Version) -> Entry:
    return Entry(
        event=Event.ENTERED,
        version=version.name,
        by=version.decision.by,
        edition=version.edition,
        pdf=version.digests[PDF_FILE],
        record=digest(frozen_content(version.folder / RECORD_FILE)),
    )
