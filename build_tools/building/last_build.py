"""What the last build knew of ratified versions, held against what there is now.

The register names every version, but somebody may shorten or delete it together with the versions. The manifest of the
last build is a second copy on this computer: for as long as it exists, such a loss is found.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from build_tools.building.manifest import Manifest, manifest_file
from build_tools.project import Project
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.versions.entering import register_place
from build_tools.versions.freezing import RATIFIED, RECORD_FILE, digest, frozen_content
from build_tools.versions.register import REGISTER, load_register
from build_tools.versions.register_lines import Entry, Event, parse_line, render_line
from build_tools.versions.registered import standings


def lost_since(last: Manifest, project: Project, names: Collection[str], out: Path) -> Mapping[str, list[Problem]]:
    """Return what was lost since the last build, by school; `names` are the schools to look at, and `out` is the site.

    What the register itself shows is not repeated.
    """
    register = load_register(project.schools_folder, project.root)
    if register and register.broken:
        return {}  # every school with a version is refused already
    entries = register.entries if register else ()
    restore = "from a backup or from Git. If you went back to an older state on purpose, delete"
    advice = f"{restore} {manifest_file(out).name}."
    found: dict[str, list[Problem]] = {}
    for version, record in last.ratified.items():
        school, _, date = version.partition("@")
        if school not in names:
            continue
        folder = project.schools_folder / school / RATIFIED / date
        place = relative(folder, project.root)
        about = [entry for entry in entries if entry.version == version]
        for what in _lost(folder, record, about):
            message = f"{version} {what}. Restore {place}/ and {REGISTER} {advice}"
            found.setdefault(school, []).append(Problem(Place(place), message))
    line = parse_line(last.register, 0)
    if line and line.school in names and not _has(entries, line):
        message = f"A line of {line.version} ({line.event}) that was here at the last build is missing."
        problem = Problem(Place(register_place(project)), f"{message} Restore {REGISTER} {advice}")
        found.setdefault(line.school, []).append(problem)
    return found


def last_line(last: Manifest, project: Project) -> str:
    """Return the last line of the register; that of the last build if it is missing now."""
    register, before = load_register(project.schools_folder, project.root), parse_line(last.register, 0)
    entries = register.entries if register and not register.broken else ()
    return render_line(entries[-1]) if entries and (before is None or _has(entries, before)) else last.register


def _has(entries: Collection[Entry], line: Entry) -> bool:
    return any(entry.digest == line.digest for entry in entries)


def _lost(folder: Path, record: str, about: Collection[Entry]) -> Iterator[str]:
    """Yield what happened to a version that had this record, unless the register shows it; `about` are its lines."""
    try:
        now = digest(frozen_content(folder / RECORD_FILE))
    except Mistakes:
        if not about:
            yield "was ratified at the last build and is gone"
        return
    # what differs from the register is found with it
    agreed = next(iter(standings(about).values()), None)
    is_repaired = any(entry.event is Event.REPAIRED and entry.record == now for entry in about)
    if now != record and not is_repaired and (agreed is None or agreed.record == now):
        yield "is not the version of the last build: its record was written again since"
