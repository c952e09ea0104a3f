"""The seal of a published edition: the digest of every file of it that is read, so that every change is noticed.

    policy_src/EDITION/published.yml    written by `policy edition publish`, once

Schools ratify with an edition, and its numbers are addresses, so a published edition is never edited.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from build_tools.text.file_bytes import read_bytes
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import as_written, relative
from build_tools.text.yaml_file import Document, read_yaml

SEAL_FILE = "published.yml"

AGREEMENTS = "agreements"
"""The folder of an edition with its agreements and forms."""
_SECTIONS = "[0-9]*.md"
_NOTE = "# Written by policy edition publish. Do not edit: every command finds a change of what is published.\n"


def is_published(folder: Path) -> bool:
    """Return whether an edition has been published."""
    return (folder / SEAL_FILE).exists()


def seal_digest(folder: Path) -> str:
    """Return the SHA-256 of a published edition's seal, which changes with any word of the edition."""
    return _digest(folder / SEAL_FILE, f"{folder.name}/{SEAL_FILE}")


def section_files(folder: Path) -> list[Path]:
    """Return the section files of an edition, in their order."""
    return sorted(folder.glob(_SECTIONS))


def handout_files(folder: Path) -> list[Path]:
    """Return the files of an edition's handouts: its summaries, then its agreements and forms, each in their order."""
    return [*sorted(folder.glob("summary-*.md")), *sorted((folder / AGREEMENTS).glob("*.md"))]


def sealed_text(folder: Path, others: tuple[str, ...]) -> str:
    """Return the text of an edition's seal; `others` are its files besides those of sections and handouts."""
    files = {name: _digest(folder / name, f"{folder.name}/{name}") for name in _file_names(folder, others)}
    return _NOTE + yaml.safe_dump({"edition": folder.name, "files": files}, sort_keys=False)


def broken_seal(folder: Path, root: Path, others: tuple[str, ...]) -> Iterator[Problem]:
    """Yield a problem for each file of a published edition that has changed; places are relative to `root`."""
    try:
        document = read_yaml(folder / SEAL_FILE, relative(folder / SEAL_FILE, root), by_hand=False)
    except Mistakes as mistakes:
        yield from mistakes.problems
        return
    sealed = _sealed(document, folder.name)
    if sealed is None:
        message = (
            f"This is not the seal of {folder.name}. If you copied the folder by hand, delete this file; "
            "otherwise restore it from a backup."
        )
        yield Problem(document.place(), message)
        return
    instead = f"To change the words, start a new edition: policy edition new DATE --from {folder.name}"
    present = _file_names(folder, others)
    for name in present:
        place = Place(relative(folder / name, root))
        if name not in sealed:
            yield Problem(place, f"This file was added after the edition was published. Delete it. {instead}")
            continue
        try:
            is_changed = _digest(folder / name, place.file) != sealed[name]
        except Mistakes as mistakes:
            yield from mistakes.problems
            continue
        if is_changed:
            message = "This file was changed after the edition was published. Restore it from a backup."
            yield Problem(place, f"{message} {instead}")
    # a missing file among the others is reported where it is read
    for name in sorted(sealed.keys() - set(present) - set(others)):
        message = "This file of a published edition is missing. Restore it from a backup."
        yield Problem(Place(relative(folder / name, root)), f"{message} {instead}")


def _sealed(document: Document, edition: str) -> Mapping[str, str] | None:
    """Return the digests in a seal, by file name; None if the seal is not for this edition."""
    data = document.data
    files = data.get("files") if isinstance(data, dict) and data.get("edition") == edition else None
    if isinstance(files, dict) and files and all(isinstance(digest, str) for digest in files.values()):
        return files
    return None


def _file_names(folder: Path, others: tuple[str, ...]) -> list[str]:
    files = [*section_files(folder), *handout_files(folder)]
    return [
        *(name for name in others if (folder / name).exists()),
        *(path.relative_to(folder).as_posix() for path in files),
    ]


def _digest(path: Path, file: str) -> str:
    """Return the SHA-256 of a text, regardless of line endings and of a UTF-8 byte order mark.

    Raises:
        Mistakes: if it cannot be read.
    """
    return hashlib.sha256(as_written(read_bytes(path, file))).hexdigest()
