"""Prevent two builds of one site: a lock next to it that belongs to one process and ends with it.

The operating system locks a file that is never deleted, so the file's existence does not mean that a build is running.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from build_tools.text.problems import Mistakes, Place, Problem


def lock_file(out: Path) -> Path:
    """Return the path of a site's lock file."""
    return out.with_name(f".{out.name}-lock")


@contextlib.contextmanager
def locked(out: Path) -> Iterator[bool]:
    """Hold the lock of a site while the block runs; yield whether it is held, since not every file system has locks.

    Raises:
        Mistakes: if another build holds it.
    """
    # a soft lock, which is only an existing file, would remain after a process is killed
    lock = FileLock(lock_file(out), fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        message = "Another build is writing this site. Wait for it to finish, or use another --out."
        raise Mistakes([Problem(Place(str(out)), message)]) from None
    except OSError:
        # a read-only folder or a file system without locks should not stop a build that is otherwise possible
        pass
    try:
        yield lock.is_locked
    finally:
        lock.release()
