"""Versions: what a governing body ratified, frozen in a folder of its own, with a record of who decided what and when.

    schools/NAME/ratified/DATE/    record.yml, policy.json, policy.pdf: never written twice

Each record holds the digest of every file beside it and of the record before it. `policy.json` says all that the record
says of the decision, and the PDF bears the digest of that. So whoever changes, removes or slips in one thing is found
out, however old it is.

What digests cannot tell is who wrote them: someone who makes the latest version anew, with policy.json, PDF and record
in agreement, or all versions from an older one on, is not found by this. That takes a copy elsewhere, or a signature
on the PDF, which by the digest in it is one on the whole decision.
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
    """What made the files, with its version."""
    digests: Mapping[str, str]
    """The SHA-256 of each file of the version, in hexadecimal, by the file's name."""
    values: Mapping[str, Any]
    """The school's answers at the time, with all defaults in place."""
    policy: Policy
    folder: Path = dataclasses.field(compare=False)
    signature: Signature | None = None
    """None if the PDF is not signed."""

    @property
    def name(self) -> str:
        """How commands call it: `trottiscliffe@2018-10`."""
        return f"{self.school}@{self.decision.on}"

    @property
    def as_school(self) -> School:
        """The school with the answers that it had at the time."""
        return School(self.school, self.edition, self.values)


def order(date: str) -> tuple[Any, int]:
    """Return what dates are sorted by: the first day that a date may mean, a month before the days in it."""
    return first_day(date), len(date)


def version_folders(school: Path) -> list[Path]:
    """Return the folders of a school's versions, oldest first; what is no version (a hidden folder) is passed over."""
    folders = [path for path in (school / RATIFIED).glob("[!.]*") if path.is_dir() and is_date(path.name)]
    return sorted(folders, key=lambda path: order(path.name))


def read_versions(school: Path, root: Path) -> tuple[Version, ...]:
    """Return a school's versions, oldest first; places are told relative to `root`.

    Raises:
        Mistakes: if a file of any of them is not what its record says, or a record does not fit those around it.
    """
    problems = verify(school, root)
    if problems:
        raise Mistakes(problems)
    return tuple(_read_version(folder, root) for folder in version_folders(school))


def verify(school: Path, root: Path) -> list[Problem]:
    """Return everything about a school's versions that is not as it was when they were ratified."""
    problems = [
        Problem(Place(relative(path, root)), "This is no version: a version's folder is named by its date.")
        for path in laid_down(school / RATIFIED)
        if not path.name.startswith(".") and not (path.is_dir() and is_date(path.name))
    ]
    before: Path | None = None
    for folder in version_folders(school):
        problems.extend(_verify_version(folder, before, school.name, root))
        before = folder
    return problems


def _read_version(folder: Path, root: Path) -> Version:
    record = read_yaml(folder / RECORD_FILE, relative(folder / RECORD_FILE, root)).data
    data, policy = parse_policy_file((folder / POLICY_FILE).read_bytes())
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
        document = read_yaml(folder / RECORD_FILE, file)
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
    """Yield each file that is not the one that was ratified."""
    for name in _FROZEN:
        place = Place(relative(folder / name, root))
        try:
            content = (folder / name).read_bytes()
        except OSError:
            yield Problem(place, "This file of a ratified version is missing. Bring it back from a copy.")
            continue
        if digest(content) != document.data["files"][name]:
            message = "This file was changed after it was ratified: its SHA-256 is not the one in record.yml."
            yield Problem(place, f"{message} Bring it back from a copy.")
    for path in laid_down(folder):
        if path.name not in (*_FROZEN, RECORD_FILE):
            yield Problem(Place(relative(path, root)), "This file is no part of the ratified version. Take it out.")


def _contradictions(folder: Path, document: Document, root: Path) -> Iterator[Problem]:
    """Yield where record and PDF do not say what policy.json says; a file that was changed is not asked."""
    files = {name: folder / name for name in _FROZEN}
    contents = {name: file.read_bytes() for name, file in files.items() if file.is_file()}
    intact = {name for name, content in contents.items() if digest(content) == document.data["files"][name]}
    if POLICY_FILE not in intact:
        return
    try:
        data, _ = parse_policy_file(contents[POLICY_FILE])
    except ValueError:
        message = "This is not a policy.json that policy ratify wrote. Bring it and record.yml back from a copy."
        yield Problem(Place(relative(files[POLICY_FILE], root)), message)
        return
    yield from contradictions(document, data["record"])
    if PDF_FILE in intact and seal(data).encode() not in contents[PDF_FILE]:
        message = "This PDF was not made with the policy.json beside it, whose digest it would bear."
        yield Problem(Place(relative(files[PDF_FILE], root)), f"{message} Bring all files back from a copy.")


def _misfits(folder: Path, document: Document, school: str) -> Iterator[Problem]:
    """Yield where a record does not fit its folder."""
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
    """Yield that a record does not tell the digest of the record before it, unless that is missing."""
    file = before / RECORD_FILE if before else None
    if file and not file.is_file():
        return
    if document.data.get("previous") != (digest(file.read_bytes()) if file else None):
        what = (
            f"the record of {before.name} was changed, or is not the one that came before"
            if before
            else "no version came before"
        )
        yield Problem(document.place(("previous",)), f"previous does not fit: {what}.")
