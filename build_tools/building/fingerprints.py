"""Fingerprints: digests of everything that an output depends on, computed only from bytes.

Two builds with the same fingerprint would write the same bytes. Nothing is parsed to compute it, so that checking
hundreds of unchanged schools takes only the time to read their files.
"""

import dataclasses
import functools
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_tools.engine import Engine
from build_tools.project import Project
from build_tools.text.digests import combined, of_bytes

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
        return combined(self.for_pdf, *layouts, of_bytes(self.project.mkdocs_file.read_bytes()))

    @functools.cached_property
    def editions(self) -> dict[str, str]:
        """The fingerprint of each edition, by name."""
        return {name: of_folder(folder) for name, (folder, _) in self.project.edition_folders().items()}

    @functools.cached_property
    def schools(self) -> dict[str, str]:
        """The fingerprint of each school's folder, by name."""
        return {name: of_folder(self.project.schools_folder / name) for name in self.project.school_names()}

    @functools.cached_property
    def federations(self) -> dict[str, str]:
        """The fingerprint of each federation's folder, by name."""
        return {name: of_folder(self.project.schools_folder / name) for name in self.project.federation_names()}

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
        """Return the fingerprint of the hub's content: all editions, and the summary of each school."""
        return combined(self.for_words, *_pairs(self.editions), *summaries)


@functools.cache
def _program() -> str:
    """Return the digest of the program's own sources."""
    return combined(*(of_bytes(path.read_bytes()) for path in sorted(_PACKAGE.rglob("*.py"))))


def of_folder(folder: Path) -> str:
    """Return the digest of the names and bytes of all files in a folder at any depth; of nothing if it is missing."""
    return combined(*(part for name, path in sorted(_files(str(folder), "")) for part in (name, _of_file(path))))


def state_of(path: Path) -> str:
    """Return names, sizes and modification times, which show whether a file, or any file in a folder, has changed."""
    if not path.is_dir():
        return _state(path.stat()) if path.exists() else ""
    found = sorted(_files(str(path), ""))
    return combined(*(part for name, entry in found for part in (name, _state(entry.stat()))))


def _files(folder: str, prefix: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Yield all files in a folder with their relative paths."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir():
            yield from _files(entry.path, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


def _of_file(entry: "os.DirEntry[str]") -> str:
    with open(entry.path, "rb") as stream:  # noqa: PTH123 - a Path for each of thousands of files takes as long as reading
        return of_bytes(stream.read())


def _state(stat: os.stat_result) -> str:
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _pairs(found: dict[str, str]) -> tuple[str, ...]:
    return tuple(part for pair in sorted(found.items()) for part in pair)


def _software() -> tuple[str, ...]:
    """Return Python and all packages with their versions, from the names of their metadata folders."""
    folders = (Path(folder) for folder in sys.path if folder.endswith("-packages"))
    return sys.version, *sorted(record.stem for folder in folders for record in folder.glob("*.dist-info"))
