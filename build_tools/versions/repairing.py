"""Repair what two people spoilt who ratified at once, or a merge in Git: nothing was changed, but the links are wrong.

Only the line `previous` of records is written, never a policy or a PDF. The register gets a line for everything that
was repaired, and keeps all others.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from build_tools.project import Project
from build_tools.text.problems import Mistakes
from build_tools.text.together import change_together
from build_tools.text.writers import only_writer
from build_tools.versions.freezing import RECORD_FILE, digest, frozen_content
from build_tools.versions.history import repairable, version_folders
from build_tools.versions.register import Register, append, load_register
from build_tools.versions.register_lines import Entry, Event
from build_tools.versions.registered import Registered


@dataclasses.dataclass(frozen=True, slots=True)
class Repair:
    """Everything that can be repaired in a project."""

    entries: tuple[Entry, ...]
    """The lines that the register gets."""
    records: Mapping[Path, bytes]
    """The records that are written again, with their new content."""


def plan_repair(project: Project) -> Repair:
    """Return what can be repaired; nothing is written.

    Raises:
        Mistakes: if a line of the register was changed, deleted or moved: that must be put right first.
    """
    register = load_register(project.schools_folder, project.root)
    if register is None:
        return Repair((), {})
    if register.broken:
        raise Mistakes(register.broken)
    entries, records = [*_merged(register)], dict[Path, bytes]()
    for name in project.school_names():
        registered = Registered.of(project.schools_folder / name, project.root)
        changed = repairable(registered)
        if changed is not None:
            entries += _repaired(registered, changed)
            records.update(changed)
    return Repair(tuple(entries), records)


def write_repair(project: Project, repair: Repair) -> None:
    """Write what `plan_repair` returned.

    Raises:
        Mistakes: if the register is broken, or another command is writing it.
    """
    schools = sorted({file.parents[2] for file in repair.records})
    with only_writer("policy repair", *schools, root=project.root):
        # the register first: if the program is killed before the records are written, the next repair writes them
        append(project.schools_folder, project.root, repair.entries)
        for school in schools:
            records = {file: content for file, content in repair.records.items() if file.is_relative_to(school)}
            change_together(school, records)


def _merged(register: Register) -> Iterator[Entry]:
    """Yield a line that keeps the order of each fork."""
    above = {entry.line + 1: entry.digest for entry in register.entries}
    for fork in register.forks:
        because = "Two copies of the register were merged."
        yield Entry(event=Event.MERGED, version=fork.version, because=because, after=above[fork.line])


def _repaired(registered: Registered, changed: Mapping[Path, bytes]) -> Iterator[Entry]:
    """Yield the line that each version of a school needs whose record is not the one in the register."""
    for folder in version_folders(registered.school):
        file = folder / RECORD_FILE
        found, standing = digest(frozen_content(file)), registered.standings[f"{registered.school.name}@{folder.name}"]
        wanted = digest(changed[file]) if file in changed else found
        was, because = standing.record, "Its record names the one before it now: two were written at once."
        if standing.conflict:
            was = standing.conflict.record if was == found else was
            because = "Two copies of it were merged, and this one was kept."
        if wanted != was:
            version = standing.entry.version
            yield Entry(event=Event.REPAIRED, version=version, because=because, record=wanted, was=was)
