"""The register held against the folders of a school: a missing, renewed or added version is found and named."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from build_tools.text.problems import Place, Problem
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document
from build_tools.versions.freezing import PDF_FILE, RATIFIED, RECORD_FILE, digest, frozen_content
from build_tools.versions.register import REGISTER, Register, load_register, register_file
from build_tools.versions.register_lines import Entry, Event
from build_tools.versions.withdrawal import WITHDRAWN_FILE, is_withdrawn, withdrawn_record


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """What the lines about one version come to."""

    entry: Entry
    """The line that added it; if two copies of it were merged, that of the one that was kept."""
    record: str | None
    """The SHA-256 of its record: the one with which it was added, or that of its last repair."""
    conflict: Entry | None
    """A later line that adds it again with another record."""
    withdrawal: Entry | None = None
    """The line that withdrew it."""
    earlier: frozenset[str | None] = frozenset()
    """The SHA-256 that its record had before each repair."""


def standings(entries: Iterable[Entry]) -> dict[str, Standing]:
    """Return what lines come to, by the name of each version that they add."""
    found: dict[str, Standing] = {}
    for entry in entries:
        before = found.get(entry.version)
        if entry.is_ratification:
            if before is None:
                found[entry.version] = Standing(entry, entry.record, None)
            elif entry.record != before.record:
                found[entry.version] = dataclasses.replace(before, conflict=entry)
        elif entry.event is Event.REPAIRED and before and _is_of(entry.was, before):
            conflict, earlier = before.conflict, before.earlier | {entry.was}
            kept = conflict if conflict and conflict.record == entry.record else before.entry
            found[entry.version] = Standing(kept, entry.record, None, before.withdrawal, earlier)
        elif entry.event is Event.WITHDRAWN and before:
            found[entry.version] = dataclasses.replace(before, withdrawal=entry)
    return found


def _is_of(record: str | None, before: Standing) -> bool:
    return record in (before.record, before.conflict.record if before.conflict else None)


def missing(entry: Entry, root: Path, schools: Path) -> Problem:
    """Return the message about a version in the register that has no folder."""
    folder = relative(schools / entry.school / RATIFIED / entry.date, root)
    message = f"{entry.version} was ratified, but its folder is missing. Restore {folder}/ from a backup or from Git."
    return Problem(Place(relative(register_file(schools), root), entry.line), message)


@dataclasses.dataclass(frozen=True, slots=True)
class Registered:
    """The versions of one school, as the register has them."""

    register: Register | None
    """None if the project has no register."""
    standings: dict[str, Standing]
    school: Path
    root: Path

    @classmethod
    def of(cls, school: Path, root: Path) -> "Registered":
        """Return what the register has about a school's folder."""
        register = load_register(school.parent, root)
        return cls(register, standings(register.of(school.name)) if register else {}, school, root)

    def problems(self, dates: Collection[str]) -> Iterator[Problem]:
        """Yield what is wrong in the register, and each of its versions without a folder; `dates` are the folders."""
        if self.register and (self.standings or dates):
            yield from self.register.broken
        for standing in self.standings.values():
            if standing.entry.date not in dates:
                yield missing(standing.entry, self.root, self.school.parent)

    def is_untouched(self, record: Path, relinked: bytes | None) -> bool:
        """Return whether nobody changed a record, as far as the register shows; `relinked` is what would repair it."""
        if self.register is None:
            return True
        standing, found = self.standings.get(f"{self.school.name}@{record.parent.name}"), _digest_of(record)
        if standing is None:
            return False
        if standing.conflict:
            is_merged = standing.conflict.line in {fork.line for fork in self.register.forks}
            return is_merged and found in (standing.record, standing.conflict.record)
        # a repair that was interrupted has entered the new record, but has not written it yet
        return standing.record in (found, digest(relinked) if relinked else None)

    def version_problems(self, folder: Path, document: Document) -> Iterator[Problem]:
        """Yield how a version differs from the register; `document` is its record."""
        if self.register is None:
            return
        name, path = f"{self.school.name}@{folder.name}", relative(folder, self.root)
        standing = self.standings.get(name)
        if standing is None:
            yield Problem(Place(path), _unknown(name, is_readable=not self.register.broken))
            return
        line, conflict = standing.entry.line, standing.conflict
        if conflict:
            message = (
                f"{name} was added before, in line {line}, with another record. Delete line {conflict.line} if it is "
                "the last; otherwise see what can be done: policy repair"
            )
            yield Problem(Place(relative(register_file(self.school.parent), self.root), conflict.line), message)
        if _digest_of(folder / RECORD_FILE) != standing.record:
            message = f"This is not the record of {name} that line {line} of {REGISTER} was written for, so the version"
            yield Problem(
                document.place(), f"{message} was changed or made again. Restore {path}/ from a backup or from Git."
            )
            return
        yield from self._misquoted(standing.entry, document)

    def withdrawal_problems(self, folder: Path) -> Iterator[Problem]:
        """Yield how the withdrawal of a version differs from its record or the register, or that one is missing."""
        file, standing = folder / WITHDRAWN_FILE, self.standings.get(f"{self.school.name}@{folder.name}")
        place, line = Place(relative(file, self.root)), standing.withdrawal if standing else None
        if not is_withdrawn(folder):
            if line:
                message = f"{line.version} was withdrawn (line {line.line} of {REGISTER}), but this file is missing."
                yield Problem(place, f"{message} Restore it from a backup or from Git.")
            return
        records = {digest(frozen_content(folder / RECORD_FILE)), *(standing.earlier if standing else ())}
        if withdrawn_record(folder, self.root) not in records:
            message = "record does not fit: this is not the withdrawal of the record.yml next to it."
            yield Problem(place, f"{message} Restore both from a backup or from Git.")
        elif standing and line is None:
            yield Problem(place, _unknown_withdrawal(standing.entry.version))
        elif line and digest(frozen_content(file)) != line.record:
            message = f"This file is not the one that line {line.line} of {REGISTER} was written for."
            yield Problem(place, f"{message} Restore it from a backup or from Git.")

    def _misquoted(self, entry: Entry, document: Document) -> Iterator[Problem]:
        """Yield where a line of the register says something else than the record that it was written for."""
        data = document.data
        for key, said, kept in (
            ("by", entry.by, data["by"]),
            ("edition", entry.edition, data["edition"]),
            ("pdf", entry.pdf, data["files"][PDF_FILE]),
        ):
            if said != kept:
                place = Place(relative(register_file(self.school.parent), self.root), entry.line)
                message = f'{key}: this line says "{said}", but the record of {entry.version} says "{kept}".'
                yield Problem(place, f"{message} Restore {REGISTER} from a backup or from Git.")


def _digest_of(record: Path) -> str:
    return digest(frozen_content(record))


def _unknown(name: str, *, is_readable: bool) -> str:
    """Return the message about a version that no line of the register adds."""
    if not is_readable:
        return f"{name} has no line in {REGISTER}, of which lines are missing. Restore that file from a backup or Git."
    return (
        f"{name} is not in {REGISTER}: either policy ratify was interrupted, or this folder was added by hand. If "
        f"{name} was ratified, type: policy register --enter {name}. Otherwise delete the folder."
    )


def _unknown_withdrawal(name: str) -> str:
    """Return the message about a withdrawal that no line of the register reports."""
    return (
        f"The withdrawal of {name} is not in {REGISTER}: either policy withdraw was interrupted, or this file was added"
        f" by hand. If {name} was withdrawn, type: policy register --enter {name}. Otherwise delete the file."
    )
