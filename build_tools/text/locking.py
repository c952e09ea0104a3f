"""One writer at a time: a lock for a file or folder that belongs to one process and ends with it.

The operating system locks a file in the hidden folder `.policy-locks` next to what is locked. That file is never
deleted, since another process may be waiting for it (https://github.com/tox-dev/filelock/issues/574), so its existence
does not mean that anybody is writing. While it is locked, it says who is writing. The folder contains a `.gitignore`
for itself.
"""

import contextlib
import datetime as dt
import getpass
import json
import os
import platform
import stat
from collections.abc import Iterator
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from build_tools.text.dates import long_date
from build_tools.text.problems import Mistakes, Place, Problem

FOLDER = ".policy-locks"

_PATIENCE = 2.0
"""For how many seconds a command waits for another."""


def lock_file(path: Path) -> Path:
    """Return the lock file of a file or folder."""
    return path.parent / FOLDER / path.name


@contextlib.contextmanager
def locked(
    path: Path, command: str, shown: str, *, wait: float = _PATIENCE, then: str = "then run this command again"
) -> Iterator[bool]:
    """Hold the lock of a file or folder while the block runs; yield whether it is held.

    It is not held where there are no locks: on some network drives, and in a folder that this user may not write to.
    Whatever is written there must be safe without, and nothing that looks left over may be deleted.

    `path` need not exist, but its folder is created. `command` is the name of this command, for the messages of
    others. `shown` is the path in messages. `wait` is in seconds. `then` says what to do once the other has finished.

    Raises:
        Mistakes: if another process holds it, and does not let go of it while this one waits.
    """
    try:
        lock = _acquired(lock_file(path), wait)
    except Timeout:
        message = f"{_holder(lock_file(path))} Wait for it to finish, {then}."
        raise Mistakes([Problem(Place(shown), message)]) from None
    if lock is None:
        yield False
        return
    try:
        _sign(lock_file(path), command)
        yield True
    finally:
        with contextlib.suppress(OSError):
            os.truncate(lock_file(path), 0)
        lock.release()


def _acquired(file: Path, wait: float) -> BaseFileLock | None:
    """Return the lock that is held from now on, None where there are no locks.

    Raises:
        Timeout: if another process holds it.
    """
    locks = file.parent
    try:
        locks.parent.mkdir(parents=True, exist_ok=True)
        mode = stat.S_IMODE(locks.parent.stat().st_mode)
        if locks.is_symlink():  # to a folder of somebody else's
            return None
        locks.mkdir(exist_ok=True)
        with contextlib.suppress(PermissionError):  # somebody else created it
            locks.chmod(mode)
        ignore = locks / ".gitignore"
        if not ignore.exists() or not ignore.stat().st_size:
            ignore.write_bytes(b"*\n")
        # everybody who may write into the folder must be able to open its locks, whoever was the first;
        # a soft lock, which is only an existing file, would remain after a process is killed
        lock = FileLock(file, mode=mode & 0o666 | 0o600, fallback_to_soft=False, preserve_lock_file=True)
        lock.acquire(timeout=wait)
    except Timeout:
        raise
    except OSError:
        return None
    return lock


def _sign(file: Path, command: str) -> None:
    """Write into a lock file who holds it, if there is space."""
    now = dt.datetime.now().astimezone().isoformat(timespec="minutes")
    holder = {"command": command, "user": _user(), "host": platform.node(), "process": os.getpid(), "since": now}
    with contextlib.suppress(OSError), file.open("r+b", buffering=0) as stream:
        # on Windows nobody else can read the first byte of a locked file
        stream.seek(1)
        stream.truncate()
        stream.write(json.dumps(holder).encode())


def _holder(file: Path) -> str:
    """Return a sentence that says who holds a lock."""
    try:
        with file.open("rb", buffering=0) as stream:
            stream.seek(1)
            holder = json.loads(stream.read())
        since = dt.datetime.fromisoformat(holder["since"])
        who = f"{holder['command']} ({holder['user']} on {holder['host']}, process {holder['process']})"
        return f"{who} has been writing here since {since:%H:%M} on {long_date(since.date().isoformat())}."
    except (OSError, ValueError, KeyError, TypeError):
        return "Another command is writing here."


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # in some containers, a user has no name
        return "somebody"
