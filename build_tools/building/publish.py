"""Replace the last build's folders by the new ones: each folder is complete, old or new, and never half of one.

A build has the site to itself, and writes into a folder next to it. When everything is written, a journal lists what
must be replaced, and then folders are renamed: what has not changed is not touched. A build that fails or is
interrupted before the journal is written leaves the site as it was. After a build that was killed, the next one
completes the journal, or deletes what was written in vain.
"""

import contextlib
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from build_tools.building.manifest import manifest_file
from build_tools.text.exchanging import exchange
from build_tools.text.files import flush
from build_tools.text.locking import locked
from build_tools.text.problems import Mistakes, Place, Problem

MARK = ".schoolpolicy"
"""The file that distinguishes our sites from other folders, which must never be replaced."""

_NEW, _LAST, _MANIFEST = "site", "last", "manifest.json"


@dataclasses.dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    built: tuple[str, ...]
    """The schools whose pages are new."""
    kept: tuple[str, ...]
    """The schools with mistakes that keep the pages of the last build."""
    problems: tuple[Problem, ...]
    unchanged: tuple[str, ...] = ()
    """The schools that have not changed since the last build."""
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in the schools of this build."""


@dataclasses.dataclass(frozen=True, slots=True)
class Journal:
    """The renames that a build still has to do."""

    work: str
    """The folder of the build, next to the site."""
    replaced: dict[str, int]
    """What is new, by its path relative to the site's folder, with its inode, which it keeps when it is renamed."""
    removed: tuple[str, ...]


@contextlib.contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Reserve `out` for one build while the block runs, after finishing or deleting what a killed build left.

    Raises:
        Mistakes: if `out` contains something other than a site, or another build is using it.
    """
    if out.exists() and not (out / MARK).is_file() and not _is_empty_folder(out):
        message = "This folder was not built by policy, so it will not be overwritten. Use another --out."
        raise Mistakes([Problem(Place(str(out)), message)])
    with locked(out, "policy build", str(out), wait=0, then="or use another --out") as is_alone:
        _finish(out)
        if is_alone:  # otherwise another build may be writing into what looks like a leftover
            for work in _left_over(out):
                shutil.rmtree(work, ignore_errors=True)
        yield


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Yield an empty folder next to `out` for new parts of the site; it is deleted when the block ends."""
    out.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=_work_prefix(out), dir=out.parent))
    try:
        (work / _NEW).mkdir(mode=0o755)
        yield work / _NEW
    finally:
        if not _journal_file(out).exists():
            shutil.rmtree(work, ignore_errors=True)


def publish(staging: Path, out: Path, replaced: Iterable[str], removed: Iterable[str], manifest: bytes) -> None:
    """Replace parts of a site by those in a folder from `staged`, and delete what was removed.

    Paths are relative to the site's folder. The manifest becomes the site's manifest.
    """
    work = staging.parent
    (work / _MANIFEST).write_bytes(manifest)
    if hasattr(os, "sync"):  # for thousands of files, it is faster than one by one
        os.sync()
    if not out.exists() or _is_empty_folder(out):
        (staging / MARK).write_text(
            "Built by policy, which replaces what it has built.\n", encoding="utf-8", newline="\n"
        )
        staging.replace(out)
        (work / _MANIFEST).replace(manifest_file(out))
        flush(out.parent)
        return
    (work / _LAST).mkdir()
    new = {path: (staging / path).stat().st_ino for path in replaced}
    draft = work / "journal.json"
    draft.write_bytes(msgspec.json.encode(Journal(work.name, new, tuple(removed))))
    flush(draft)
    draft.replace(_journal_file(out))
    flush(out.parent)
    _finish(out)


def left_whole(out: Path) -> str:
    """Return what is whole after a build that the computer has stopped."""
    if _journal_file(out).exists():
        return "Every part of the site is whole, old or new. The next build completes it."
    if (out / MARK).is_file():
        return "Nothing was changed: the last build is still there."
    return "No site was written."


def _finish(out: Path) -> None:
    """Complete a journal, of which any part may be done already."""
    try:
        journal = msgspec.json.decode(_journal_file(out).read_bytes(), type=Journal)
    except FileNotFoundError:
        return
    work = out.with_name(journal.work)
    for number, path in enumerate((*journal.replaced, *journal.removed)):
        new, now, last = work / _NEW / path, out / path, work / _LAST / str(number)
        if path in journal.replaced:
            _replace(new, now, last, journal.replaced[path])
        elif now.exists():
            now.rename(last)
    if hasattr(os, "sync"):
        os.sync()
    if (work / _MANIFEST).exists():
        (work / _MANIFEST).replace(manifest_file(out))
    _journal_file(out).unlink()
    flush(out.parent)
    shutil.rmtree(work, ignore_errors=True)


def _replace(new: Path, now: Path, last: Path, inode: int) -> None:
    """Let a new part replace the present one, if it has not yet.

    Where the system cannot exchange folders, there is neither for a moment: between two renames.
    """
    if not new.exists() or (now.exists() and now.stat().st_ino == inode):
        return
    if now.exists():
        if exchange(new, now):
            return
        now.rename(last)
    now.parent.mkdir(exist_ok=True)
    new.rename(now)


def _left_over(out: Path) -> list[Path]:
    """Return the folders of builds that were killed."""
    prefix = _work_prefix(out)
    begun = (path for path in out.parent.iterdir() if path.name.startswith(prefix))
    # the names of build folders for a site `site-new` begin like those for a site `site`
    return [path for path in begun if path.is_dir() and "-" not in path.name.removeprefix(prefix)]


def _work_prefix(out: Path) -> str:
    """Return the beginning of the name of a build's folder; no hyphen follows it."""
    return f".{out.name}-new-"


def _journal_file(out: Path) -> Path:
    return out.with_name(f".{out.name}-journal.json")


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
