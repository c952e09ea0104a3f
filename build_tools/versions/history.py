"""Versions: what a governing body ratified, frozen in a folder of its own, with a record of who decided what and when.

    schools/NAME/ratified/DATE/    record.yml, policy.json, policy.pdf: never written twice
                                   withdrawn.yml, if the version was withdrawn

Each record has the digest of every file in its folder, of its edition and of the record before it. `policy.json`
repeats everything that the record says about the decision, and the PDF contains the digest of that. Each version has a
line in the register (`register.py`) with the digest of its record. So any single change, removal or addition is found,
and a missing version has a name, however old it is.

Digests cannot prove who wrote them: they do not reveal somebody who writes a version and the register again so that
they agree. Only a second copy of the register does (Git, the published site, a colleague's: `policy verify --against`),
or a signature on the PDF, which covers the whole decision because the PDF contains its digest.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.policy.model import Policy, School
from build_tools.text.dates import first_day, is_date
from build_tools.text.file_bytes import leads_out, link_problem
from build_tools.text.files import laid_down
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, read_yaml
from build_tools.versions.freezing import (
    PDF_FILE,
    POLICY_FILE,
    RATIFIED,
    RECORD_FILE,
    Decision,
    Signature,
    digest,
    frozen_content,
    parse_policy_file,
)
from build_tools.versions.linking import relinked
from build_tools.versions.record_file import EDITION_DIGEST, SIGNED, contradictions, incomplete
from build_tools.versions.registered import Registered
from build_tools.versions.withdrawal import (
    WITHDRAWN_FILE,
    Withdrawal,
    is_withdrawn,
    read_withdrawal,
    verify_withdrawal,
)

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
    edition_digest: str | None = None
    """The SHA-256 of the edition's seal; None in the records of older programs."""
    withdrawal: Withdrawal | None = None
    """None if it was not withdrawn."""

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
    """Return the folders of a school's versions, oldest first; hidden folders, and links elsewhere, are ignored."""
    if leads_out(school / RATIFIED, school.parent):
        return []
    folders = [path for path in (school / RATIFIED).glob("[!.]*") if path.is_dir() and is_date(path.name)]
    return sorted(folders, key=lambda path: order(path.name))


def version_in_force(versions: Sequence[Version]) -> Version | None:
    """Return the version in force: the latest that was not withdrawn; None if there is none."""
    return next((version for version in reversed(versions) if not version.withdrawal), None)


def latest_withdrawal(versions: Sequence[Version]) -> Withdrawal | None:
    """Return the withdrawal of the latest version; None if there is no version, or the latest was not withdrawn."""
    return versions[-1].withdrawal if versions else None


def date_in_force(school: Path) -> str | None:
    """Return the date of a school's version in force, without reading it; None if there is none."""
    return next((folder.name for folder in reversed(version_folders(school)) if not is_withdrawn(folder)), None)


def read_versions(school: Path, root: Path) -> tuple[Version, ...]:
    """Return a school's versions, oldest first; places are relative to `root`.

    Raises:
        Mistakes: if a file of any of them does not match its record, or a record does not match those around it.
    """
    problems = verify(school, root)
    if problems:
        raise Mistakes(problems)
    return tuple(_read_version(folder, root) for folder in version_folders(school))


def read_unregistered(school: Path, root: Path) -> tuple[Version, ...]:
    """Return a school's versions, oldest first, whatever the register and the records around them say.

    Raises:
        Mistakes: if a file of any of them does not match its record.
    """
    if problems := verify_files(school, root):
        raise Mistakes(problems)
    return tuple(_read_version(folder, root) for folder in version_folders(school))


def verify_files(school: Path, root: Path) -> list[Problem]:
    """Return a problem for every file of a school's versions that does not match its record."""
    return _strangers(school, root) + [
        problem for folder in version_folders(school) for problem in _verify_version(folder, root)[1]
    ]


def verify(school: Path, root: Path) -> list[Problem]:
    """Return a problem for everything in a school's versions that has changed since they were ratified."""
    return _verify(Registered.of(school, root))


def repairable(registered: Registered) -> Mapping[Path, bytes] | None:
    """Return the new content of each record that must name another one; None if something was changed or is missing."""
    folders = version_folders(registered.school)
    if verify_files(registered.school, registered.root):
        return None
    changed = relinked(folders)
    files = (folder / RECORD_FILE for folder in folders)
    return changed if all(registered.is_untouched(file, changed.get(file)) for file in files) else None


def _verify(registered: Registered) -> list[Problem]:
    school, root, folders = registered.school, registered.root, version_folders(registered.school)
    problems = [*_strangers(school, root), *registered.problems([folder.name for folder in folders])]
    before: Path | None = None
    for folder in folders:
        document, found = _verify_version(folder, root)
        if document:
            found += _unlinked(document, before, registered)
            # a change that is found without the register is not reported twice
            found = found or [
                *registered.version_problems(folder, document),
                *registered.withdrawal_problems(folder),
            ]
        problems += found
        before = folder
    return problems


def _strangers(school: Path, root: Path) -> list[Problem]:
    """Return a problem for everything next to a school's versions that is not a version."""
    if leads_out(school / RATIFIED, school.parent):
        return [link_problem(relative(school / RATIFIED, root), school.parent)]
    return [
        Problem(Place(relative(path, root)), "This is not a version: a version's folder is named after its date.")
        for path in laid_down(school / RATIFIED)
        if not path.name.startswith(".") and not (path.is_dir() and is_date(path.name))
    ]


def _read_version(folder: Path, root: Path) -> Version:
    record = _read_record(folder, root).data
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
        edition_digest=record.get(EDITION_DIGEST),
        signature=Signature(*(record[key] for key in SIGNED)) if SIGNED[0] in record else None,
        withdrawal=read_withdrawal(folder, root),
    )


def _read_record(folder: Path, root: Path) -> Document:
    file = folder / RECORD_FILE
    return read_yaml(file, relative(file, root), by_hand=False, inside=folder.parents[2])


def _verify_version(folder: Path, root: Path) -> tuple[Document | None, list[Problem]]:
    """Return the record of a version, None if it cannot be used, and what is wrong in the version by itself."""
    file = relative(folder / RECORD_FILE, root)
    if not (folder / RECORD_FILE).exists():
        message = "This record of a ratified version is missing. Restore it from a backup or from Git."
        return None, [Problem(Place(file), message)]
    try:
        document = _read_record(folder, root)
    except Mistakes as mistakes:
        return None, [*mistakes.problems]
    if missing := list(incomplete(document, _FROZEN)):
        return None, missing
    contradicted = list(_contradictions(folder, document, root))
    misfits = contradicted or list(_misfits(folder, document, folder.parents[1].name))
    return document, [*_changed_files(folder, document, root), *misfits, *verify_withdrawal(folder, root)]


def _changed_files(folder: Path, document: Document, root: Path) -> Iterator[Problem]:
    """Yield a problem for each file that is not the one that was ratified."""
    for name in _FROZEN:
        place = Place(relative(folder / name, root))
        try:
            content = frozen_content(folder / name)
        except Mistakes as mistakes:
            yield from mistakes.problems
            continue
        if digest(content) != document.data["files"][name]:
            message = "This file was changed after it was ratified: its SHA-256 is not the one in record.yml."
            if name == PDF_FILE and _is_turned_into_text(content):
                message += " All its lines end as text does on Windows, so Git has probably taken it for text."
            yield Problem(place, f"{message} Restore it from a backup.")
    for path in laid_down(folder):
        if path.name not in (*_FROZEN, RECORD_FILE, WITHDRAWN_FILE):
            yield Problem(Place(relative(path, root)), "This file is not part of the ratified version. Delete it.")


def _readable(file: Path) -> bytes | None:
    """Return the content of a version's file; None if it cannot be read, which is reported with its own version."""
    try:
        return frozen_content(file)
    except Mistakes:
        return None


def _is_turned_into_text(pdf: bytes) -> bool:
    """Return whether all line feeds in a PDF follow a carriage return; its compressed parts have others."""
    return 0 < pdf.count(b"\n") == pdf.count(b"\r\n")


def _contradictions(folder: Path, document: Document, root: Path) -> Iterator[Problem]:
    """Yield where the record and the PDF differ from policy.json; changed files are not compared."""
    files = {name: folder / name for name in _FROZEN}
    contents = {name: content for name, file in files.items() if (content := _readable(file)) is not None}
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
    if PDF_FILE in intact:
        # most commands read schools without versions, and need no library for PDFs
        from build_tools.versions.printed import held_against  # noqa: PLC0415

        place = Place(relative(files[PDF_FILE], root))
        for fault in held_against.faults(contents[PDF_FILE], contents[POLICY_FILE]):
            yield Problem(place, f"{fault} Restore all files of this version from a backup.")


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


def _unlinked(document: Document, before: Path | None, registered: Registered) -> Iterator[Problem]:
    """Yield a problem if a record does not have the digest of the record before it, unless that cannot be read."""
    content = _readable(before / RECORD_FILE) if before else None
    if before and content is None:
        return
    if document.data.get("previous") == (None if content is None else digest(content)):
        return
    place = document.place(("previous",))
    if repairable(registered):
        message = "previous does not fit, as when two people ratify at once: it names another version of this school."
        yield Problem(place, f"{message} To see how this would be repaired, type: policy repair")
        return
    what = "no version came before"
    if before:
        what = f"the record of {before.name} was changed, or is not the one that came before"
    yield Problem(place, f"previous does not fit: {what}. Restore the versions from a backup or from Git.")
