"""The files in an edition's folder: their numbers, and those that are not read although somebody meant them to be."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.seal import AGREEMENTS, SEAL_FILE, handout_files, section_files
from build_tools.text.files import laid_down
from build_tools.text.problems import Place, Problem, Severity, nearest
from build_tools.text.source import relative

COMPANIONS = ("pages.yml", "adopting.yml", "rules.yml", "suggestions.yml", "law.yml", "upgrading.yml")
"""The optional files of an edition that are not under its seal."""

_SECTION = re.compile(r"(?P<number>\d+)(?:[-_.].*)?\.md")
_WRITTEN = (".md", ".markdown", ".mdown", ".txt", ".text", ".rtf", ".doc", ".docx", ".odt")
_SETTINGS = (".yml", ".yaml", ".json")
_COPY = re.compile(r"copy of .*|.*(?:[-_ ](?:copy|old|backup|bak)|\(\d+\)|\.(?:bak|orig|old)|~)", re.IGNORECASE)
_FOR_AUTHORS = re.compile(r"(?:readme|notes|changes|changelog)(?:\.\w+)?", re.IGNORECASE)


def misnamed_files(folder: Path, root: Path) -> Iterator[Problem]:
    """Yield the files of an edition whose names hide them, put them in the wrong order, or give two one number.

    Notes to authors, such as `README.md`, may be there; so may what is no text.
    """
    sections = section_files(folder)
    read = {*sections, *handout_files(folder), folder / AGREEMENTS}
    for path in laid_down(folder):
        if path not in read and (message := _why_unread(path)):
            yield Problem(Place(relative(path, root)), message)
    for path in sections:
        if message := _wrong_name(path, sections):
            yield Problem(Place(relative(path, root)), message)


def gaps(folder: Path, root: Path) -> Iterator[Problem]:
    """Yield a warning for each number that is missing between the numbers of an edition's section files."""
    numbered = [(int(match["number"]), path) for path in section_files(folder) if (match := _SECTION.match(path.name))]
    for (before, _), (after, path) in pairwise(numbered):
        if after > before + 1:
            several = after > before + 2
            missing = f"s {before + 1:02} to {after - 1:02}" if several else f" {before + 1:02}"
            message = f"No file has the number{missing}. Sections are numbered in the order of the files, without gaps."

            yield Problem(Place(relative(path, root)), message, Severity.WARNING)


def _why_unread(path: Path) -> str | None:
    """Return why a file is not read and what to call it; None if it is read, or is not meant to be."""
    known = (*EDITION_FILES, *COMPANIONS, SEAL_FILE)
    name = path.name
    if name in known or name.startswith(".") or _FOR_AUTHORS.fullmatch(name):
        return None
    if path.is_dir():
        inside = any(path.rglob("*.md"))
        return "This folder is not read. Put its files next to edition.yml, and delete it." if inside else None
    if _COPY.fullmatch(name) or _COPY.fullmatch(path.stem):
        return "This copy is not read. Delete it, or move it out of the folder."
    if path.suffix.lower() in _SETTINGS:
        near = nearest(path.with_suffix(".yml").name.lower(), known)
        hint = f"Did you mean {near}?" if near else "Move it out of the folder."
        return f"This file is not read. {hint}"
    if path.suffix.lower() in _WRITTEN:
        return (
            "This file is not read. The name of a section file begins with its number and ends in .md, such as "
            "01-first-section.md. Rename it, or move it out of the folder."
        )
    return None


def _wrong_name(path: Path, sections: list[Path]) -> str | None:
    """Return what is wrong with the name of a section file; None if nothing is."""
    if _COPY.fullmatch(path.stem):
        return "This looks like a copy of another section file, and it is read. Delete it or rename it."
    match = _SECTION.match(path.name)
    if match is None:
        return "Put a hyphen after the number of a section file: 01-first-section.md."
    numbers = [found["number"] for other in sections if (found := _SECTION.match(other.name))]
    if Counter(map(int, numbers))[int(match["number"])] > 1:
        return f"Two section files have the number {match['number']}. Give each its own: it decides their order."
    if len({len(number) for number in numbers}) > 1 and len(match["number"]) < max(map(len, numbers)):
        wanted = match["number"].zfill(max(map(len, numbers)))
        return f"Write {wanted} for {match['number']}: files are read in the order of their names, and 10 is before 2."
    return None
