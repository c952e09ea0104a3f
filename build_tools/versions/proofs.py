"""The two kinds of files that confirm a line of the register: how each is called, checked, and what that needs."""

import dataclasses
import functools
import importlib.util
from collections.abc import Callable
from pathlib import Path

from build_tools.project import CONFIRMED, Project
from build_tools.settings import SIGNED_FROM, STAMP_AUTHORITY, STAMP_CERTIFICATE, STAMPED_FROM
from build_tools.text.file_bytes import read_bytes
from build_tools.versions import line_signatures
from build_tools.versions.register_lines import Entry
from build_tools.versions.unusable import Unusable

ALLOWED_SIGNERS = "allowed_signers"

_WITHOUT_LIBRARY = 'Time stamps need pyHanko, which is not installed: pip install "schoolpolicy[sign]"'
_WITHOUT_AUTHORITY = (
    f"Time stamps are given and checked by an authority, which mkdocs.yml does not name. Add {STAMP_AUTHORITY} and "
    f"{STAMP_CERTIFICATE} to extra.schoolpolicy."
)


@dataclasses.dataclass(frozen=True, slots=True)
class Proof:
    """One of the two kinds of files that confirm lines."""

    name: str
    suffix: str
    command: str
    """What makes them."""
    setting: str
    since: str | None
    """The day from which lines must have one."""
    missing: Callable[[], str | None]
    """Returns what this machine or project lacks in order to check them, if anything."""
    check: Callable[[bytes, bytes], object]
    """Raises `Unusable` if the second bytes do not confirm the first."""

    def file(self, project: Project, entry: Entry) -> Path:
        """Return the path of the file that confirms a line."""
        return project.schools_folder / CONFIRMED / f"{entry.version}.{entry.event}{self.suffix}"

    def how(self, entry: Entry) -> str:
        """Return the command that makes one for a line."""
        return self.command.format(entry.version)


def signatures(project: Project) -> Proof:
    """Return how lines are signed in a project."""
    allowed = project.schools_folder / ALLOWED_SIGNERS
    return Proof(
        name="signature",
        suffix=".sig",
        command="policy sign {} --key KEY",
        setting=SIGNED_FROM,
        since=project.settings.signed_from,
        missing=functools.partial(_lacks_for_signatures, allowed),
        check=lambda line, content: line_signatures.signer(line, content, allowed),
    )


def time_stamps(project: Project) -> Proof:
    """Return how lines get time stamps in a project."""

    def check(line: bytes, content: bytes) -> None:
        from build_tools.versions import time_stamps  # noqa: PLC0415 - it needs an extra

        time_stamps.stamped_at(line, content, _root_certificate(project))

    return Proof(
        name="time stamp",
        suffix=".tsr",
        command="policy stamp {}",
        setting=STAMPED_FROM,
        since=project.settings.stamped_from,
        missing=functools.partial(_lacks_for_stamps, project),
        check=check,
    )


def _lacks_for_signatures(allowed: Path) -> str | None:
    try:
        line_signatures.require_program()
    except Unusable as error:
        return str(error)
    if not allowed.is_file():
        return (
            f"Who may sign is not known: schools/{ALLOWED_SIGNERS} is missing. Write a line into it for each person: "
            "a name and the public key, as in: governors@st-marys ssh-ed25519 AAAA..."
        )
    return None


def _lacks_for_stamps(project: Project) -> str | None:
    if importlib.util.find_spec("pyhanko") is None:
        return _WITHOUT_LIBRARY
    name = project.settings.stamp_certificate
    if name is None:
        return _WITHOUT_AUTHORITY
    return None if (project.root / name).is_file() else f"{STAMP_CERTIFICATE} in mkdocs.yml: {name} does not exist."


def _root_certificate(project: Project) -> bytes:
    """Return the PEM file with the root certificate of the authority.

    Raises:
        Mistakes: if it cannot be read.
    """
    name = project.settings.stamp_certificate
    assert name is not None  # noqa: S101 - the settings do not allow an authority without it
    return read_bytes(project.root / name, name)
