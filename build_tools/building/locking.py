"""Keep two builds out of one site: the lock beside it, which one process holds and which goes with that process.

The lock is one of the operating system, on a file that stays: what says that a build is under way is not that it is
there.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from build_tools.text.problems import Mistakes, Place, Problem


def lock_file(out: Path) -> Path:
    """Return where the lock of a site stands."""
    return out.with_name(f".{out.name}-lock")


@contextlib.contextmanager
def locked(out: Path) -> Iterator[bool]:
    """Hold the lock of a site while the block runs; give whether it is held: not every place has locks.

    Raises:
        Mistakes: if another build holds it.
    """
    # a soft lock, which is the file's being there, would outlive a process that is killed
    lock = FileLock(lock_file(out), fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        message = "Another build is writing this site. Wait for it to finish, or use another --out."
        raise Mistakes([Problem(Place(str(out)), message)]) from None
    except OSError:
        # a folder that may only be read, a file system without locks: what can be built there is not to fail for this
        pass
    try:
        yield lock.is_locked
    finally:
        lock.release()
