"""Another copy of the register, and what it shows: which of its lines are missing, changed or made again here.

Only another copy shows that somebody shortened the register, or wrote it again together with the versions.
"""

import dataclasses
import http.client
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from build_tools.project import UnknownName
from build_tools.text.file_bytes import read_bytes
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import as_written
from build_tools.versions.register import MAX_BYTES, REGISTER, Register, parse_register
from build_tools.versions.register_lines import Entry
from build_tools.versions.registered import standings

_SECONDS = 60.0
"""How long fetching may take."""
_PATIENCE = 20.0
"""How long the other side, or Git, may be silent."""
_CHUNK = 65_536


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """What another copy of the register shows."""

    shown: str
    """Where the copy is, for messages."""
    count: int
    """The number of its lines."""
    newer: tuple[Entry, ...]
    """The lines here that it does not have."""
    problems: tuple[Problem, ...]
    """Its lines that are missing, changed or made again here."""


def compare(ours: Register | None, where: str, root: Path, place: str) -> Compared:
    """Compare the register with another copy; `root` is the project, `place` the path of its register in messages.

    `where` is an address on the web, a file, the folder of a project or of a site, or a revision of the project in Git.

    Raises:
        UnknownName: if there is no such file, folder or revision, or it has no register.
        Mistakes: if the copy cannot be fetched or read, or is itself broken.
    """
    theirs = parse_register(as_written(_read(where, root)), where)
    if theirs.broken:
        other = Problem(Place(where), f"This is not a copy of the register. Give that of {REGISTER}.")
        raise Mistakes(theirs.broken if theirs.entries else [other])
    here = ours.entries if ours else ()
    known = {_said(entry) for entry in theirs.entries}
    newer = tuple(entry for entry in here if _said(entry) not in known)
    return Compared(where, len(theirs.entries), newer, tuple(_lost(here, theirs, where, place)))


def _lost(here: tuple[Entry, ...], theirs: Register, where: str, place: str) -> Iterator[Problem]:
    """Yield the lines of another copy that are not here as they are there."""
    said, digests = {_said(entry): entry for entry in here}, {entry.digest: entry.line for entry in here}
    versions, last = standings(here), 0
    restore = f"Restore {REGISTER} and the version from a backup or from Git."
    found: dict[str, Problem] = {}
    for entry in theirs.entries:
        line, version, number = f"line {entry.line} of {where}", versions.get(entry.version), digests.get(entry.digest)
        same = said.get(_said(entry))
        if number:
            if number < last:
                found.setdefault("moved", Problem(Place(place, number), f"In {where} this is further down. {restore}"))
            last = number
        elif same:
            message = f"This and {line} say the same, but after other lines: the register was written again"
            message = f"{message} from here on, or lines were added above. {restore}"
            found.setdefault("rewritten", Problem(Place(place, same.line), message))
        elif entry.is_ratification and version:
            message = f"The line of {entry.version} was changed: {line} says something else."
            if version.entry.record != entry.record:
                message = f"{entry.version} was made again: its record has another SHA-256 in {line}."
            yield Problem(Place(place, version.entry.line), f"{message} {restore}")
        else:
            yield Problem(Place(place), f"{entry.version} ({entry.event}) is missing: it is {line}. {restore}")
    yield from found.values()


def _said(entry: Entry) -> Entry:
    """Return an entry without what links it."""
    return dataclasses.replace(entry, previous=None)


def _read(where: str, root: Path) -> bytes:
    if where.startswith(("https://", "http://")):
        return _fetched(where)
    path = Path(where)
    if path.is_dir():
        found = [file for file in (path / "schools" / REGISTER, path / REGISTER) if file.is_file()]
        if not found:
            raise UnknownName(f"{where} does not contain a {REGISTER}.")
        path = found[0]
    return read_bytes(path, where, MAX_BYTES) if path.is_file() else _from_git(where, root)


def _fetched(address: str) -> bytes:
    """Return what is at an address, within limits of time and size.

    Raises:
        Mistakes: if it cannot be fetched.
    """
    address += REGISTER if address.endswith("/") else ""
    until = time.monotonic() + _SECONDS
    content = bytearray()
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as response:  # noqa: S310 - only http and https come here
            while chunk := response.read1(_CHUNK):
                content += chunk
                if len(content) > MAX_BYTES:
                    raise _not_fetched(address, f"it is larger than {MAX_BYTES:,} bytes")
                if time.monotonic() > until:
                    raise _not_fetched(address, f"it took longer than {_SECONDS:.0f} seconds")
    except urllib.error.HTTPError as error:
        error.close()
        raise _not_fetched(address, f"the server answers {error.code} {error.reason}") from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise _not_fetched(address, getattr(reason, "strerror", None) or str(reason)) from None
    return bytes(content)


def _not_fetched(address: str, why: str) -> Mistakes:
    return Mistakes([Problem(Place(address), f"The other copy cannot be fetched: {why}. Check the address.")])


def _from_git(revision: str, root: Path) -> bytes:
    """Return the register of a project as it was at a revision.

    Raises:
        UnknownName: if there is no such revision, or it has no register.
    """
    command = ["git", "-C", str(root), "show", "--end-of-options", f"{revision}:./schools/{REGISTER}"]
    try:
        shown = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 - no shell
    except (OSError, subprocess.TimeoutExpired):
        shown = None
    if shown is None or shown.returncode:
        message = (
            f"{revision} is not an address, a file or a folder with a {REGISTER}, or a revision in Git that has one."
        )
        raise UnknownName(message)
    return shown.stdout
