"""A disk that is full, or fails in another way, from a certain write on: a fake, in a process of its own.

It fails when a file is opened for writing or a folder is created, with an error that names no file, like those of
`write()`.
"""

import hashlib
import multiprocessing
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from build_tools.cli import cli
from build_tools.text.locking import FOLDER

# a fork of the tests' own process would wait for threads that it does not have
if sys.platform == "win32":
    _PROCESSES = multiprocessing.get_context("spawn")
else:
    _PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["build_tools.commands", "full_disk", "mkdocs.commands.build", "weasyprint"])
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Ending(NamedTuple):
    """How a command ended."""

    status: int
    errors: str
    """What it printed to the standard error."""
    bug: str
    """The exception that it ended with, if it reported none itself."""


def run_on_failing_disk(project: Path, error: int, good: int, *arguments: str) -> Ending:
    """Run a command in a project on whose disk only a number of writes succeed; all later ones raise an error."""
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_run, args=(theirs, project, error, good, arguments))
    process.start()
    theirs.close()
    try:
        return Ending(*ours.recv())
    finally:
        process.join()


def _run(answer: Connection, project: Path, error: int, good: int, arguments: tuple[str, ...]) -> None:
    os.chdir(project)
    _fail_after(project, error, good)
    result = CliRunner().invoke(cli, arguments, prog_name="policy")
    bug = "" if isinstance(result.exception, SystemExit | None) else repr(result.exception)
    answer.send((result.exit_code, result.stderr, bug))


def _fail_after(project: Path, error: int, good: int) -> None:
    left = good

    def write(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        is_opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if (is_opened or event == "os.mkdir") and str(arguments[0]).startswith(str(project)):
            left -= 1
            if left < 0:
                raise OSError(error, os.strerror(error))

    sys.addaudithook(write)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file in a folder, and an empty text for each folder; locks mean nothing."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
        if FOLDER not in path.parts
    }
