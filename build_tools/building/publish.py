"""Put what a build made in the place of what the last one made: each folder whole, old or new, and never half of one.

A build has the site to itself, and writes into a folder beside it. When all is written, a journal says what is to
change places, and then it is done by renaming: what has not changed is not touched. A build that fails or is
interrupted before the journal is there leaves the site as it was. After one that is killed, the next finishes what the
journal says, or takes away what was written for nothing.
"""

import contextlib
import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec

from build_tools.building.locking import locked
from build_tools.building.manifest import manifest_file
from build_tools.text.problems import Mistakes, Place, Problem

Step: TypeAlias = Callable[[str, int], None]
"""Is told of each piece of work that is done, in a word or two, and how many are left."""

MARK = ".schoolpolicy"
"""The file that tells a site of ours from a folder of somebody's own, which must never be replaced."""

_NEW, _LAST, _MANIFEST = "site", "last", "manifest.json"


@dataclasses.dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    built: tuple[str, ...]
    """The schools whose pages are new."""
    kept: tuple[str, ...]
    """The schools that have mistakes and keep the pages of the last build."""
    problems: tuple[Problem, ...]
    unchanged: tuple[str, ...] = ()
    """The schools of which nothing has changed since the last build."""
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in the schools that were to be built."""


@dataclasses.dataclass(frozen=True, slots=True)
class Journal:
    """What is left to do, until it is done."""

    work: str
    """The folder of the build, beside the site."""
    replaced: tuple[str, ...]
    """What is new, by its path from the site's folder."""
    removed: tuple[str, ...]


@contextlib.contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Have `out` for one build alone while the block runs, rid of what a killed one left to do or to take away.

    Raises:
        Mistakes: if `out` holds something else than a site, or another build has it.
    """
    if out.exists() and not (out / MARK).is_file() and not _is_empty_folder(out):
        message = "This folder was not built by policy, so it will not be overwritten. Use another --out."
        raise Mistakes([Problem(Place(str(out)), message)])
    with locked(out) as is_alone:
        _finish(out)
        if is_alone:  # or what looks left over may be what another build writes into
            for work in _left_over(out):
                shutil.rmtree(work, ignore_errors=True)
        yield


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Give an empty folder beside `out` to write new parts of the site into; it is gone when the block ends."""
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=_work_prefix(out), dir=out.parent))
    try:
        (work / _NEW).mkdir(mode=0o755)
        yield work / _NEW
    finally:
        if not _journal_file(out).exists():
            shutil.rmtree(work, ignore_errors=True)


def publish(staging: Path, out: Path, replaced: Iterable[str], removed: Iterable[str], manifest: bytes) -> None:
    """Put parts of a site that `staged` gave the folder for in the place of the last ones; take out what is gone.

    Paths are from the site's folder. The manifest becomes that of the site.
    """
    work = staging.parent
    (work / _MANIFEST).write_bytes(manifest)
    if not out.exists() or _is_empty_folder(out):
        (staging / MARK).write_text(
            "Built by policy, which replaces what it has built.\n", encoding="utf-8", newline="\n"
        )
        staging.replace(out)
        (work / _MANIFEST).replace(manifest_file(out))
        return
    (work / _LAST).mkdir()
    journal = msgspec.json.encode(Journal(work.name, tuple(replaced), tuple(removed)))
    draft = work / "journal.json"
    draft.write_bytes(journal)
    draft.replace(_journal_file(out))
    _finish(out)


def _finish(out: Path) -> None:
    """Do what a journal says, however much of it is done already."""
    try:
        journal = msgspec.json.decode(_journal_file(out).read_bytes(), type=Journal)
    except FileNotFoundError:
        return
    work = out.with_name(journal.work)
    for number, path in enumerate((*journal.replaced, *journal.removed)):
        new, now, last = work / _NEW / path, out / path, work / _LAST / str(number)
        is_new = path in journal.replaced
        if is_new and not new.exists():
            continue  # it is in its place
        if now.exists():
            now.rename(last)
        if is_new:
            now.parent.mkdir(exist_ok=True)
            new.rename(now)
    if (work / _MANIFEST).exists():
        (work / _MANIFEST).replace(manifest_file(out))
    _journal_file(out).unlink()
    shutil.rmtree(work, ignore_errors=True)


def _left_over(out: Path) -> list[Path]:
    """Return the folders of builds that were killed."""
    prefix = _work_prefix(out)
    begun = (path for path in out.parent.iterdir() if path.name.startswith(prefix))
    # of a site that is called site-new, all that stands beside it begins like the folder of a build of site
    return [path for path in begun if path.is_dir() and "-" not in path.name.removeprefix(prefix)]


def _work_prefix(out: Path) -> str:
    """Return how the name of a build's folder begins; no hyphen follows."""
    return f".{out.name}-new-"


def _journal_file(out: Path) -> Path:
    return out.with_name(f".{out.name}-journal.json")


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
