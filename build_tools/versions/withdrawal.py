"""Withdrawal: a version that was made in error is withdrawn by a file of its own, and is never changed or deleted.

schools/NAME/ratified/DATE/withdrawn.yml
"""

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from build_tools.text.dates import is_before, is_date, long_date, when
from build_tools.text.problems import Mistakes, Problem
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, read_yaml
from build_tools.versions.freezing import RECORD_FILE, digest, frozen_content

WITHDRAWN_FILE = "withdrawn.yml"

_REQUIRED = ("version", "because", "on", "record")
_KNOWN = (*_REQUIRED, "by")
_NOTE = "# Written by policy withdraw. Do not edit: policy verify finds every change.\n"


@dataclasses.dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a version is withdrawn, and why."""

    version: str
    """The date of the version, ISO 8601."""
    because: str
    """The reason, for readers of the list of versions."""
    on: str
    """The date of the withdrawal, ISO 8601, to the day or month."""
    by: str | None = None
    """Who decided it; None if nobody had to, because only the record was wrong."""

    @property
    def words(self) -> str:
        """What is said of the version: `withdrawn on 2 November 2026 by the governors`."""
        return f"withdrawn {when(self.on)}{f' by {self.by}' if self.by else ''}"

    @property
    def sentence(self) -> str:
        """Which version was withdrawn when and why, as a sentence."""
        return f"The version of {long_date(self.version)} was {self.words}. Because: {self.because}"


def is_withdrawn(version: Path) -> bool:
    """Return whether the folder of a version has the record of its withdrawal."""
    return (version / WITHDRAWN_FILE).is_file()


def render_withdrawal(withdrawal: Withdrawal, version: Path) -> bytes:
    """Return the record of a withdrawal, with the digest of the version's record; `version` is its folder."""
    data = {
        "version": version_name(version),
        "because": withdrawal.because,
        **({"by": withdrawal.by} if withdrawal.by else {}),
        "on": withdrawal.on,
        "record": digest(frozen_content(version / RECORD_FILE)),
    }
    return (_NOTE + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)).encode()


def read_withdrawal(version: Path, root: Path) -> Withdrawal | None:
    """Return the withdrawal of a version whose files were verified; None if it is not withdrawn."""
    if not is_withdrawn(version):
        return None
    data = _document(version, root).data
    return Withdrawal(version.name, data["because"], data["on"], data.get("by"))


def withdrawn_record(version: Path, root: Path) -> str:
    """Return the digest of the record that a version had when it was withdrawn, once the withdrawal was verified."""
    return str(_document(version, root).data["record"])


def verify_withdrawal(version: Path, root: Path) -> Iterator[Problem]:
    """Yield what is wrong in the record of a withdrawal by itself; nothing if the version is not withdrawn."""
    if not is_withdrawn(version):
        return
    try:
        document = _document(version, root)
    except Mistakes as mistakes:
        yield from mistakes.problems
        return
    incomplete = list(_incomplete(document))
    yield from incomplete or _misfits(document, version)


def version_name(version: Path) -> str:
    """Return the name of a version in commands, from its folder: `trottiscliffe@2018-10`."""
    return f"{version.parents[1].name}@{version.name}"


def _document(version: Path, root: Path) -> Document:
    file = version / WITHDRAWN_FILE
    return read_yaml(file, relative(file, root), by_hand=False)


def _incomplete(document: Document) -> Iterator[Problem]:
    data = document.data
    if not isinstance(data, dict):
        yield Problem(document.place(), "A withdrawal must have lines such as version:, because: and on:.")
        return
    for key in _REQUIRED:
        if not data.get(key):
            yield Problem(document.place(), f"{key} is missing from the withdrawal. Restore it from a backup.")
    for key, value in data.items():
        if key not in _KNOWN:
            yield Problem(document.place((key,)), f"{key} is not part of a withdrawal. Delete the line.")
        elif not isinstance(value, str):
            yield Problem(document.place((key,)), f"{key} must be a text. Restore it from a backup.")
    if isinstance(data.get("on"), str) and not is_date(data["on"]):
        yield Problem(document.place(("on",)), f'on: "{data["on"]}" is not a date. Restore it from a backup.')


def _misfits(document: Document, version: Path) -> Iterator[Problem]:
    data: Mapping[str, Any] = document.data
    if data["version"] != version_name(version):
        message = f"The withdrawal is that of {data['version']}, but it is in the folder of {version_name(version)}."
        yield Problem(document.place(("version",)), f"{message} Restore it from a backup.")
    if is_before(data["on"], version.name):
        message = f"The withdrawal, {long_date(data['on'])}, is before the ratification, {long_date(version.name)}."
        yield Problem(document.place(("on",)), f"{message} Restore it from a backup.")
