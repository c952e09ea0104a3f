"""Fingerprints: digests of everything that an output depends on, computed only from bytes.

Two builds with the same fingerprint would write the same bytes. Nothing is parsed to compute it, so that checking
hundreds of unchanged schools takes only the time to read their files.
"""

import dataclasses
import functools
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_tools.engine import Engine
from build_tools.project import Project
from build_tools.text.digests import combined, of_bytes
from build_tools.text.file_bytes import LARGEST, leads_out
from build_tools.versions.freezing import RATIFIED
from build_tools.versions.register import Register, load_register

_PACKAGE = Path(__file__).resolve().parents[1]
_OF_PDF = ("fonts", "pdf", "shared")
"""The folders of layouts that PDFs use."""


@dataclasses.dataclass(frozen=True)
class Fingerprints:
    """The fingerprints of a project's inputs; each is computed once, when it is first needed."""

    project: Project
    engine: Engine = Engine.WEASYPRINT
    """What lays out PDFs."""

    @functools.cached_property
    def for_words(self) -> str:
        """The fingerprint of what all text depends on: the program and the software that it uses."""
        return combined(_program(), *_software())

    @functools.cached_property
    def for_pdf(self) -> str:
        """The fingerprint of what every PDF depends on besides its words: layout, fonts, engine and the time in it."""
        layouts = (of_folder(folder / name) for folder in self.project.template_folders for name in _OF_PDF)
        return combined(self.for_words, *layouts, os.environ.get("SOURCE_DATE_EPOCH", ""), self.engine)

    @functools.cached_property
    def for_pages(self) -> str:
        """The fingerprint of what every part of a site depends on, including its PDFs."""
        layouts = (of_folder(folder) for folder in self.project.template_folders)
        return combined(self.for_pdf, *layouts, self.project.settings.site_url or "")

    @functools.cached_property
    def editions(self) -> dict[str, str]:
        """The fingerprint of each edition, by name."""
        return {name: of_folder(folder) for name, (folder, _) in self.project.edition_folders().items()}

    @functools.cached_property
    def schools(self) -> dict[str, str]:
        """The fingerprint of each school's folder and of its lines in the register, by name."""
        found = self._of_folders(self.project.school_names())
        return {
            name: combined(print_, *self._register.get(name, ()), *self._broken_register(name))
            for name, print_ in found.items()
        }

    @functools.cached_property
    def federations(self) -> dict[str, str]:
        """The fingerprint of each federation's folder, by name."""
        return self._of_folders(self.project.federation_names())

    def _of_folders(self, names: Iterable[str]) -> dict[str, str]:
        schools = self.project.schools_folder
        return {name: of_folder(schools / name, schools) for name in names}

    @functools.cached_property
    def _register(self) -> dict[str, list[str]]:
        """The numbers and digests of all lines of the register, by school."""
        found: dict[str, list[str]] = {}
        for entry in self._loaded_register.entries if self._loaded_register else ():
            found.setdefault(entry.school, []).extend((str(entry.line), entry.digest))
        return found

    @functools.cached_property
    def _loaded_register(self) -> Register | None:
        return load_register(self.project.schools_folder, self.project.root)

    def _broken_register(self, school: str) -> tuple[str, ...]:
        """Return what is wrong in the register, which no school that has versions can do without."""
        if self._loaded_register and (self.project.schools_folder / school / RATIFIED).is_dir():
            return tuple(map(str, self._loaded_register.broken))
        return ()

    @property
    def for_all(self) -> str:
        """The fingerprint of what is read once for all schools."""
        return combined(self.for_words, *_pairs(self.editions), *_pairs(self.federations))

    def words(self, school: str, editions: Iterable[str], federations: Iterable[str]) -> str:
        """Return the fingerprint of a school's content, given its editions and federations."""
        used = (self.editions.get(edition, "") for edition in editions)
        shared = (self.federations.get(federation, "") for federation in federations)
        return combined(self.for_words, self.schools[school], *used, *shared)

    def hub(self, summaries: Iterable[str]) -> str:
        """Return the fingerprint of the hub's content: all editions, the register, and the summary of each school."""
        loaded = self._loaded_register
        register = (*(entry.digest for entry in loaded.entries), *map(str, loaded.broken)) if loaded else ()
        return combined(self.for_words, *_pairs(self.editions), combined(*register), *summaries)


@functools.cache
def _program() -> str:
    """Return the digest of the program's own sources."""
    return combined(*(of_bytes(path.read_bytes()) for path in sorted(_PACKAGE.rglob("*.py"))))


def of_folder(folder: Path, inside: Path | None = None) -> str:
    """Return the digest of the names and bytes of all files in a folder at any depth; of nothing if it is missing.

    What nothing reads is not read here either: of a link that leads out of the folder `inside`, only the target's name
    counts, and of a pipe or of a file that is too large for every reader, the size and time.
    """
    found = sorted(_files(str(folder), inside))
    return combined(*(part for name, entry in found for part in (name, _of_file(entry, inside))))


def state_of(path: Path) -> str:
    """Return names, sizes and modification times, which show whether a file, or any file in a folder, has changed."""
    if not path.is_dir():
        return _state(path.stat()) if path.exists() else ""
    found = sorted(_files(str(path), None))
    return combined(*(part for name, entry in found for part in (name, _state(entry.stat()))))


def _files(top: str, inside: Path | None) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield all files in a folder with their relative paths.

    A folder that links lead to several times, or for ever, is entered once; any other link to it counts as a file.
    """
    if inside is not None and leads_out(Path(top), inside):
        return
    seen = {os.path.realpath(top)}
    waiting = [(top, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            real = os.path.realpath(entry.path) if _is_folder(entry, inside) else ""
            if real and real not in seen:
                seen.add(real)
                waiting.append((entry.path, f"{prefix}{entry.name}/"))
            else:
                yield prefix + entry.name, entry


def _is_folder(entry: "os.DirEntry[str]", inside: Path | None) -> bool:
    """Return whether something is a folder, or a link to one that does not lead out of `inside`."""
    try:
        return not _leads_out(entry, inside) and entry.is_dir()
    except OSError:  # a link to itself
        return False


def _leads_out(entry: "os.DirEntry[str]", inside: Path | None) -> bool:
    return inside is not None and entry.is_symlink() and leads_out(Path(entry.path), inside)


def _of_file(entry: "os.DirEntry[str]", inside: Path | None) -> str:
    try:
        found = None if _leads_out(entry, inside) else entry.stat()
    except OSError:  # a link to nothing, or to itself
        found = None
    if found is None:
        return os.readlink(entry.path)  # noqa: PTH115 - as below
    if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
        return _state(found)
    with open(entry.path, "rb") as stream:  # noqa: PTH123 - a Path for each of thousands of files takes as long as reading
        return of_bytes(stream.read())


def _state(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns}"


def _pairs(found: dict[str, str]) -> tuple[str, ...]:
    return tuple(part for pair in sorted(found.items()) for part in pair)


def _software() -> tuple[str, ...]:
    """Return Python and all packages with their versions, from the names of their metadata folders."""
    folders = (Path(folder) for folder in sys.path if folder.endswith("-packages"))
    return sys.version, *sorted(record.stem for folder in folders for record in folder.glob("*.dist-info"))
