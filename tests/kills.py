"""Kill every command that writes before each of its file operations, and see that nothing is lost and nothing left.

    .venv/bin/python tests/kills.py [COMMAND ...] [--most NUMBER]

After each kill, the files that people write are as before or as after the command, and every published part of the site
is there; then the same command is run again, and the folder must equal that of a run that was never killed. All runs
are forked from one process, which has loaded the program. Only on Linux and macOS.
"""

import argparse
import contextlib
import dataclasses
import io
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest import mock

from folders import ROOT, TESTS, all_paths
from sites import publish_copies

from build_tools.cli import cli
from build_tools.outputs import pdf
from build_tools.versions.printed import held_against

OPERATIONS = frozenset(
    {"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "kills.fsync"}
)
"""The names of Python's audit events for them (https://docs.python.org/3/library/audit_events.html); fsync has none."""
SOURCES = ("schools", "policy_src")
_OWN_EDITIONS = "\nextra:\n  schoolpolicy:\n    bundled_editions: false\n"


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A command, and the project in which it is killed."""

    prepare: Callable[[Path], None]
    arguments: tuple[str, ...]
    prints: bool = False
    """Whether its PDFs are made by an engine; otherwise they are a few bytes."""


def _of(case: str) -> Callable[[Path], None]:
    """Return what copies the schools and editions of a case of the tests."""

    def prepare(project: Path) -> None:
        for name in SOURCES:
            if (TESTS / case / name).is_dir():
                shutil.copytree(TESTS / case / name, project / name)
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        (project / "mkdocs.yml").write_text(settings + _OWN_EDITIONS, encoding="utf-8")

    return prepare


def _before_new(project: Path) -> None:
    _of("bad/sound")(project)
    (project / "schools" / "x" / "school.yml").rename(project / "answers.yml")
    (project / "schools" / "x").rmdir()


def _before_adopt(project: Path) -> None:
    _of("adopted")(project)
    shutil.copy(TESTS / "adopted" / "saltings.txt", project)


def _before_ratify(project: Path) -> None:
    school = project / "schools" / "trottiscliffe"
    school.mkdir(parents=True)
    shutil.copy(ROOT / "schools" / "trottiscliffe" / "school.yml", school)
    publish_copies(project, "2018-09")


def _site(*options: str) -> Callable[[Path], None]:
    """Return what builds a site, in which then one school changes, one goes and one comes."""

    def prepare(project: Path) -> None:
        _of("upgrades/dunes")(project)
        (project / "mkdocs.yml").unlink()  # the theme is the program's
        for name in ("cliff", "elm-point", "fen", "gorse", "heath", "isle", "marsh", "shore", "dune-end"):
            shutil.rmtree(project / "schools" / name, ignore_errors=True)
        _run(project, ("build", *options), prints=True)
        shutil.copytree(project / "schools" / "birch-dune", project / "schools" / "new-dune")
        file = project / "schools" / "new-dune" / "school.yml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Birch", "New"), encoding="utf-8")
        shutil.rmtree(project / "schools" / "birch-dune")
        alder = project / "schools" / "alder-dune" / "school.yml"
        alder.write_text(alder.read_text(encoding="utf-8").replace("Alder", "Elder"), encoding="utf-8")

    return prepare


CASES: Mapping[str, Case] = {
    "ratify": Case(
        _before_ratify,
        ("ratify", "trottiscliffe", "--on", "2019-10", "--by", "Governors", "--next-review", "2020-10"),
    ),
    "new": Case(_before_new, ("new", "hill-view", "--answers", "answers.yml", "--no-input")),
    "adopt": Case(_before_adopt, ("adopt", "saltings.txt", "--out", "schools/saltings")),
    "upgrade": Case(_of("upgrades/dunes"), ("upgrade", "alder-dune", "--to", "2031-01", "--write")),
    "upgrade --all": Case(_of("upgrades/dunes"), ("upgrade", "--all", "--to", "2031-01", "--write", "--jobs", "1")),
    "edition new": Case(_of("upgrades/dunes"), ("edition", "new", "2032-01", "--from", "2031-01")),
    "edition publish": Case(_of("upgrades/dunes"), ("edition", "publish", "2031-01")),
    **{
        f"build {' '.join(options)}": Case(_site(*options), ("build", *options), prints=True)
        for options in (
            ("--pdf-engine", "typst", "--jobs", "1"),
            ("--pdf-engine", "typst", "--jobs", "2"),
            ("--pdf-engine", "weasyprint", "--jobs", "1"),
            ("--pdf-engine", "weasyprint", "--jobs", "2"),
        )
    },
}


@dataclasses.dataclass(slots=True)
class Found:
    """What the kills of one command showed."""

    operations: int = 0
    kills: int = 0
    harmed: list[str] = dataclasses.field(default_factory=list)
    """The kills after which a source was neither as before nor as after."""
    missing: list[str] = dataclasses.field(default_factory=list)
    """The kills after which a published part was gone until the next build."""
    unequal: list[str] = dataclasses.field(default_factory=list)
    """The kills after which the next run did not get where a run that was never killed gets."""


def examine(case: Case, most: int | None = None) -> Found:
    """Kill a command before each of its file operations, or `most` of them, evenly chosen."""
    with tempfile.TemporaryDirectory() as folder:
        before, clean = Path(folder, "before"), Path(folder, "clean")
        before.mkdir()
        case.prepare(before)
        shutil.copytree(before, clean)
        found = Found(_run(clean, case.arguments, prints=case.prints))
        if _contents(clean) == _contents(before):
            raise RuntimeError(f"This command writes nothing: {' '.join(case.arguments)}")
        step = max(1, -(-found.operations // most)) if most else 1
        for number in range(1, found.operations + 1, step):
            killed = Path(folder, "killed")
            shutil.copytree(before, killed)
            done = _run(killed, case.arguments, prints=case.prints, kill_at=number)
            found.kills += 1
            for kind, names in _judge(before, clean, killed).items():
                getattr(found, kind).extend(f"{number} ({done}): {name}" for name in names)
            _run(killed, case.arguments, prints=case.prints)
            unequal = [name for name, one, other in _differences(clean, killed) if one != other]
            found.unequal.extend(f"{number}: {name}" for name in unequal)
            shutil.rmtree(killed)
        return found


def _judge(before: Path, clean: Path, killed: Path) -> Mapping[str, list[str]]:
    old, new, now = (_contents(folder) for folder in (before, clean, killed))
    sources = [name for name in old if name.split("/")[0] in SOURCES]
    parts = {part for part in _parts(before) if part in _parts(clean)}
    return {
        "harmed": [name for name in sources if now.get(name) not in {old[name], new.get(name)}],
        "missing": sorted(parts.difference(_parts(killed))),
    }


def _parts(project: Path) -> set[str]:
    site = project / "site"
    return {path.relative_to(site).as_posix() for path in (*site.glob("*"), *site.glob("template/*"))}


def _contents(folder: Path) -> dict[str, bytes | None]:
    """Return the content of every file, and None for every folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in all_paths(folder)
    }


def _differences(one: Path, other: Path) -> Iterator[tuple[str, object, object]]:
    first, second = _contents(one), _contents(other)
    for name in sorted({*first, *second}):
        if not name.endswith("-manifest.json"):  # it has the times of the files
            yield name, first.get(name, "missing"), second.get(name, "missing")


def _run(project: Path, arguments: tuple[str, ...], *, prints: bool, kill_at: int | None = None) -> int:
    """Run a command in a process of its own, killed before an operation; return how many operations there were."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.close(reading)
            _work(project, arguments, writing, prints=prints, kill_at=kill_at)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return len(told)


def _work(project: Path, arguments: tuple[str, ...], told: int, *, prints: bool, kill_at: int | None) -> None:
    os.chdir(project)
    own, counted, fsync = os.getpid(), Counter[str](), os.fsync

    def note(event: str, given: tuple[object, ...]) -> None:
        if event not in OPERATIONS or os.getpid() != own:
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if event != "kills.fsync" and not str(given[0]).startswith((str(project), ".")):
            return
        counted["all"] += 1
        if counted["all"] == kill_at:
            os.kill(own, signal.SIGKILL)
        os.write(told, b".")

    def audited(descriptor: int) -> None:
        sys.audit("kills.fsync", descriptor)
        fsync(descriptor)

    sys.addaudithook(note)
    sketch = mock.patch.object(pdf, "render_pdf", lambda *_, seal, **__: f"%PDF-{seal}".encode())
    quiet = io.StringIO()
    with (
        contextlib.nullcontext() if prints else sketch,
        mock.patch.object(held_against, "faults", return_value=()),
        mock.patch.object(os, "fsync", audited),
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
    ):
        cli.main(arguments, prog_name="policy", standalone_mode=False)


def main() -> None:
    """Print a table of all commands; exit 1 if anything was lost or left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("commands", nargs="*", help="Default: all.")
    parser.add_argument("--most", type=int, help="The number of kills per command. Default: before every operation.")
    given = parser.parse_args()
    sys.stdout.write("| command | operations | kills | source harmed | part missing | unequal after the next run |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    is_atomic = sys.platform == "linux"  # elsewhere no call exchanges two folders
    faults: list[str] = []
    for name in given.commands or CASES:
        found = examine(CASES[name], given.most)
        cells = (found.operations, found.kills, *(len(kind) for kind in (found.harmed, found.missing, found.unequal)))
        sys.stdout.write(f"| {name} | {' | '.join(map(str, cells))} |\n")
        for line in (*found.harmed, *found.missing, *found.unequal):
            sys.stderr.write(f"  {name}: {line}\n")
        faults += (*found.harmed, *(found.missing if is_atomic else ()), *found.unequal)
        sys.stdout.flush()
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
