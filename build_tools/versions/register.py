"""Versions: what a governing body ratified, frozen in a folder of its own, with a record of who decided what and when.

    schools/NAME/ratified/DATE/    record.yml, policy.json, policy.pdf: never written twice

Each record has the digest of every file in its folder and of the record before it. `policy.json` repeats everything
that the record says about the decision, and the PDF contains the digest of that. So any single change, removal or
addition is found, however old the version is.

Digests cannot prove who wrote them: they do not reveal somebody who writes the latest version again with policy.json,
PDF and record that agree, or all versions from an older one on. A copy elsewhere does, or a signature on the PDF,
which covers the whole decision because the PDF contains its digest.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from build_tools.policy.model import Policy, School
from build_tools.text.dates import first_day, is_date
from build_tools.text.files import laid_down
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, read_yaml
from build_tools.versions.freezing import (
    PDF_FILE,
    POLICY_FILE,
    RECORD_FILE,
    Decision,
    Signature,
    digest,
    frozen_content,
    parse_policy_file,
    seal,
)
from build_tools.versions.record_file import SIGNED, contradictions, incomplete

RATIFIED = "ratified"
_FROZEN = (POLICY_FILE, PDF_FILE)


@dataclasses.dataclass(frozen=True, slots=True)
class Version:
    """A policy that was ratified."""

    school: str
    """The name of the school's folder."""
    edition: str
    decision: Decision
    software: str
    """The program that wrote the files, with its version."""
    digests: Mapping[str, str]
    """The SHA-256 of each file of the version, in hexadecimal, by the file's name."""
    values: Mapping[str, Any]
    """The school's answers at the time, with all defaults."""
    policy: Policy
    folder: Path = dataclasses.field(compare=False)
    signature: Signature | None = None
    """None if the PDF is not signed."""

    @property
    def name(self) -> str:
        """Its name in commands: `trottiscliffe@2018-10`."""
        return f"{self.school}@{self.decision.on}"

    @property
    def as_school(self) -> School:
        """The school with its answers at the time."""
        return School(self.school, self.edition, self.values)


def order(date: str) -> tuple[Any, int]:
    """Return the sort key of a date: the first day that it can mean, with a month before the days in it."""
    return first_day(date), len(date)


def version_folders(school: Path) -> list[Path]:
    """Return the folders of a school's versions, oldest first; others (hidden folders) are ignored."""
    folders = [path for path in (school / RATIFIED).glob("[!.]*") if path.is_dir() and is_date(path.name)]
    return sorted(folders, key=lambda path: order(path.name))


def read_versions(school: Path, root: Path) -> tuple[Version, ...]:
    """Return a school's versions, oldest first; places are relative to `root`.

    Raises:
        Mistakes: if a file of any of them does not match its record, or a record does not match those around it.
    """
    problems = verify(school, root)
    if problems:
        raise Mistakes(problems)
    return tuple(_read_version(folder, root) for folder in version_folders(school))


def verify(school: Path, root: Path) -> list[Problem]:
    """Return a problem for everything in a school's versions that has changed since they were ratified."""
    problems = [
        Problem(Place(relative(path, root)), "This is not a version: a version's folder is named after its date.")
        for path in laid_down(school / RATIFIED)
        if not path.name.startswith(".") and not (path.is_dir() and is_date(path.name))
    ]
    before: Path | None = None
    for folder in version_folders(school):
        problems.extend(_verify_version(folder, before, school.name, root))
        before = folder
    return problems


def _read_version(folder: Path, root: Path) -> Version:
    record = read_yaml(folder / RECORD_FILE, relative(folder / RECORD_FILE, root), by_hand=False).data
    data, policy = parse_policy_file(frozen_content(folder / POLICY_FILE))
    decision = Decision(
        record["ratified"], record["by"], record["next_review"], record.get("minute"), record.get("summary")
    )
    return Version(
        school=record["school"],
        edition=record["edition"],
        decision=decision,
        software=record["software"],
        digests=record["files"],
        values=data["values"],
        policy=policy,
        folder=folder,
        signature=Signature(*(record[key] for key in SIGNED)) if SIGNED[0] in record else None,
    )


def _verify_version(folder: Path, before: Path | None, school: str, root: Path) -> Iterator[Problem]:
    file = relative(folder / RECORD_FILE, root)
    try:
        document = read_yaml(folder / RECORD_FILE, file, by_hand=False)
    except Mistakes as mistakes:
        yield from mistakes.problems
        return
    missing = list(incomplete(document, _FROZEN))
    yield from missing
    if missing:
        return
    yield from _changed_files(folder, document, root)
    contradicted = list(_contradictions(folder, document, root))
    yield from contradicted or _misfits(folder, document, school)
    yield from _unlinked(document, before)


def _changed_files(folder: Path, document: Document, root: Path) -> Iterator[Problem]:
    """Yield a problem for each file that is not the one that was ratified."""
    for name in _FROZEN:
        place = Place(relative(folder / name, root))
        try:
            content = frozen_content(folder / name)
        except OSError:
            yield Problem(place, "This file of a ratified version is missing. Restore it from a backup.")
            continue
        if digest(content) != document.data["files"][name]:
            message = "This file was changed after it was ratified: its SHA-256 is not the one in record.yml."
            if name == PDF_FILE and _is_turned_into_text(content):
                message += " All its lines end as text does on Windows, so Git has probably taken it for text."
            yield Problem(place, f"{message} Restore it from a backup.")
    for path in laid_down(folder):
        if path.name not in (*_FROZEN, RECORD_FILE):
            yield Problem(Place(relative(path, root)), "This file is not part of the ratified version. Delete it.")


def _is_turned_into_text(pdf: bytes) -> bool:
    """Return whether all line feeds in a PDF follow a carriage return; its compressed parts have others."""
    return 0 < pdf.count(b"\n") == pdf.count(b"\r\n")


def _contradictions(folder: Path, document: Document, root: Path) -> Iterator[Problem]:
    """Yield where the record and the PDF differ from policy.json; changed files are not compared."""
    files = {name: folder / name for name in _FROZEN}
    contents = {name: frozen_content(file) for name, file in files.items() if file.is_file()}
    intact = {name for name, content in contents.items() if digest(content) == document.data["files"][name]}
    if POLICY_FILE not in intact:
        return
    try:
        data, _ = parse_policy_file(contents[POLICY_FILE])
    except ValueError:
        message = "This is not a policy.json that policy ratify wrote. Restore it and record.yml from a backup."
        yield Problem(Place(relative(files[POLICY_FILE], root)), message)
        return
    yield from contradictions(document, data["record"])
    if PDF_FILE in intact and seal(data).encode() not in contents[PDF_FILE]:
        message = "This PDF was not made with the policy.json next to it, whose digest it should contain."
        yield Problem(Place(relative(files[PDF_FILE], root)), f"{message} Restore all files from a backup.")


def _misfits(folder: Path, document: Document, school: str) -> Iterator[Problem]:
    """Yield where a record does not match its folder."""
    data = document.data
    if data["ratified"] != folder.name:
        yield Problem(
            document.place(("ratified",)), f"ratified is {data['ratified']}, but the folder is {folder.name}."
        )
    if data["school"] != school:
        yield Problem(document.place(("school",)), f"The record is that of {data['school']}, not of {school}.")
    if order(data["next_review"]) <= order(data["ratified"]):
        yield Problem(document.place(("next_review",)), "The next review is not after the ratification.")


def _unlinked(document: Document, before: Path | None) -> Iterator[Problem]:
    """Yield a problem if a record does not have the digest of the record before it, unless that is missing."""
    file = before / RECORD_FILE if before else None
    if file and not file.is_file():
        return
    if document.data.get("previous") != (digest(frozen_content(file)) if file else None):
        what = (
            f"the record of {before.name} was changed, or is not the one that came before"
            if before
            else "no version came before"
        )
        yield Problem(document.place(("previous",)), f"previous does not fit: {what}.")
