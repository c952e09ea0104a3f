"""Bytes from disk: the one way to read a file that a stranger may have written.

What is in `schools/` or `policy_src/`, or is named on the command line, can be anything: a pipe that never ends, a
device, a file as large as the disk, a link to somebody else's file. So the kind and the size are asked before anything
is read, and no more is read than the limit. Windows has no pipes, devices or sockets in folders; there, only size and
links matter.
"""

import os
import stat
from pathlib import Path

from build_tools.text.problems import Mistakes, Place, Problem

MAX_BYTES = 1_000_000
LARGEST = 30_000_000
"""The size of the largest file that anything reads: a PDF, or the policy of a version as JSON."""

# a pipe would else wait for a writer; the last part of a path without links must not have become one
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW", "O_BINARY"))
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read_bytes(
    path: Path,
    file: str,
    most: int = MAX_BYTES,
    *,
    inside: Path | None = None,
    missing: str = "This file is missing.",
) -> bytes:
    """Return the contents of a file; `file` is its name in messages, `missing` the message if it does not exist.

    Links are followed, but not out of the folder `inside`, if there is one: nothing outside it is looked at, so that
    no message can say what is there.

    Raises:
        Mistakes: if the file is missing, cannot be read, is not a regular file, is larger than `most`, or is reached
            by a link that leads out of `inside`.
    """
    if inside is not None and leads_out(path, inside):
        raise Mistakes([link_problem(file, inside)])
    try:
        return _read(os.path.realpath(path), file, most)
    except FileNotFoundError:
        raise Mistakes([Problem(Place(file), missing)]) from None
    except OSError as error:
        raise Mistakes([Problem(Place(file), f"This file cannot be read: {error.strerror}.")]) from None


def leads_out(path: Path, inside: Path) -> bool:
    """Return whether a path leads out of a folder by a link, in its last part or before."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(inside))


def link_problem(file: str, inside: Path) -> Problem:
    """Return the mistake that a path leads out of a folder by a link."""
    message = f"A link leads out of {inside.name}/ here, so this is not read. Put the file itself in the link's place."
    return Problem(Place(file), message)


def _read(path: str, file: str, most: int) -> bytes:
    # some devices do something when they are opened, so the kind is asked before as well as after
    _refuse(os.stat(path), file, most)  # noqa: PTH116 - as `os.open` takes it
    with open(os.open(path, _FLAGS), "rb") as stream:  # noqa: PTH123 - a descriptor, not a path
        _refuse(os.fstat(stream.fileno()), file, most)
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise Mistakes([_too_large(file, most)])
    return raw


def _refuse(found: os.stat_result, file: str, most: int) -> None:
    """Do nothing if a file is regular and at most so large.

    Raises:
        Mistakes: if it is not.
    """
    if not stat.S_ISREG(found.st_mode):
        what = _KINDS.get(stat.S_IFMT(found.st_mode), "something else")
        raise Mistakes([Problem(Place(file), f"This is {what}, not a file. Delete it, or move it elsewhere.")])
    if found.st_size > most:
        raise Mistakes([_too_large(file, most)])


def _too_large(file: str, most: int) -> Problem:
    return Problem(Place(file), f"This file is larger than {most:,} bytes.")
