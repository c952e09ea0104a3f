"""Ratify one school from two processes at once, and see that the history is whole whoever wins.

    .venv/bin/python tests/races.py [NUMBER]

Half of the races are about the same date, half about two dates. All processes are forked from one that has loaded the
program, and begin when a pipe is closed. Only on Linux and macOS.
"""

import contextlib
import dataclasses
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

from folders import ROOT
from sites import publish_copies

from build_tools import commands
from build_tools.cli import cli
from build_tools.outputs import pdf
from build_tools.project import Project
from build_tools.text.problems import Mistakes
from build_tools.versions.printed import held_against

SCHOOL = "trottiscliffe"
TAKEN = "A version of 2019-10 already exists"
TOO_EARLY = "The latest version is of 2019-11, which is not before 2019-10"


@dataclasses.dataclass(frozen=True, slots=True)
class Race:
    """How a race of two commands ended."""

    won: tuple[str, ...]
    """The dates that were ratified, as the commands say."""
    said: tuple[str, ...]
    """What the commands printed that did not win."""
    versions: tuple[str, ...]
    """The dates in the school's history; none if it is not whole."""
    left: tuple[str, ...]
    """The hidden files and folders that were left, but for locks."""

    @property
    def is_sound(self) -> bool:
        """Whether everything that was ratified is there, and everybody who lost was told why."""
        told = all(TAKEN in text or TOO_EARLY in text for text in self.said)
        return bool(self.won) and tuple(sorted(self.won)) == self.versions and told and not self.left


def prepare(folder: Path) -> None:
    """Write a project with one school."""
    (folder / "schools" / SCHOOL).mkdir(parents=True)
    shutil.copy(ROOT / "schools" / SCHOOL / "school.yml", folder / "schools" / SCHOOL)
    publish_copies(folder, "2018-09")


def race(folder: Path, *dates: str) -> Race:
    """Ratify a school on some dates at once."""
    waiting, go = os.pipe()
    children = {os.fork() or _ratify(folder, date, waiting, go): date for date in dates}
    os.close(waiting)
    os.close(go)
    ended = {child: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children}
    outputs = {child: (folder / f"{child}.txt").read_text(encoding="utf-8") for child in children}
    try:
        with mock.patch.object(held_against, "faults", return_value=()):
            versions = commands.verify(Project(folder), [SCHOOL])[SCHOOL]
    except Mistakes:
        versions = ()
    hidden = (path for path in (folder / "schools").rglob(".*") if path.name not in {".policy-locks", ".gitignore"})
    return Race(
        tuple(date for child, date in children.items() if ended[child] == 0),
        tuple(text for child, text in outputs.items() if ended[child] != 0),
        tuple(version.decision.on for version in versions),
        tuple(path.name for path in hidden if path.name != ".gitattributes"),
    )


def _ratify(folder: Path, date: str, waiting: int, go: int) -> int:
    """Ratify in a forked process, which ends here."""
    status = 70
    with contextlib.suppress(Exception):
        os.close(go)
        os.read(waiting, 1)
        given = ("ratify", SCHOOL, "--on", date, "--by", "Governors", "--next-review", "2020-10", "--project", folder)
        status, output = _told(tuple(map(str, given)))
        (folder / f"{os.getpid()}.txt").write_text(output, encoding="utf-8")
    os._exit(status)


def _told(arguments: tuple[str, ...]) -> tuple[int, str]:
    """Return the exit status of a command, and what it printed; its PDF is a few bytes."""
    output, status = io.StringIO(), 0
    with (
        mock.patch.object(pdf, "render_pdf", lambda *_, seal, **__: f"%PDF-{seal}".encode()),
        mock.patch.object(held_against, "faults", return_value=()),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        try:
            cli.main(arguments, prog_name="policy")
        except SystemExit as end:
            status = int(end.code or 0)
    return status, output.getvalue()


def main() -> None:
    """Run the races and print how many were sound."""
    number = int(sys.argv[1]) if sys.argv[1:] else 50
    faulty = 0
    for turn in range(number):
        with tempfile.TemporaryDirectory() as name:
            prepare(Path(name))
            found = race(Path(name), "2019-10", "2019-10" if turn % 2 else "2019-11")
        if not found.is_sound:
            faulty += 1
            sys.stdout.write(f"{found}\n")
    sys.stdout.write(f"{number - faulty} of {number} races were sound.\n")
    sys.exit(bool(faulty))


if __name__ == "__main__":
    main()
