"""What a machine refuses to read or write: no bug, and no mistake in what a file says."""

import errno
from pathlib import Path

from build_tools.problems import Place, Problem

_REFUSALS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EBUSY}


def refusal(error: OSError) -> Problem | None:
    """Return what was refused; None where the error says nothing of the machine, and so is a bug."""
    if error.errno in _REFUSALS and error.filename:
        return Problem(Place(str(error.filename)), f"This cannot be read or written: {error.strerror}.")
    return None


def not_written(output: Path, error: OSError) -> Problem:
    """Return why the file that somebody named for the output cannot be had."""
    return Problem(Place(str(output)), f"This file cannot be written: {error.strerror}.")
