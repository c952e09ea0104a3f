"""Be the only writer of some folders, and tidy up after those that were killed."""

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_tools.text.files import target_of
from build_tools.text.locking import locked
from build_tools.text.problems import Mistakes
from build_tools.text.together import finish, journal_of


@contextlib.contextmanager
def only_writer(command: str, *folders: Path, root: Path) -> Iterator[None]:
    """Let no other command write into some folders of one folder while the block runs.

    First, everything that killed commands left in them, and next to them, is finished or deleted. `command` is the name
    of this command, for the messages of others; places are relative to `root`.

    Raises:
        Mistakes: if another command is writing into one of them.
    """
    wanted = sorted(set(folders))
    with contextlib.ExitStack() as stack:
        # in the same order as every other command, so that no two wait for each other
        held = [stack.enter_context(locked(folder, command, _shown(folder, root))) for folder in wanted]
        for folder, is_alone in zip(wanted, held, strict=True):
            _tidy(folder, is_alone=is_alone)
        _tidy_others(command, _others({folder.parent for folder in wanted}).difference(wanted))
        yield


def tidy_up(command: str, parent: Path) -> None:
    """Finish or delete what killed commands left in the folders of a folder, unless a command is writing there."""
    inside = {path.parent for path in parent.glob("*/.*") if target_of(path)}
    _tidy_others(command, _others({parent}) | inside)


def _tidy_others(command: str, folders: Iterable[Path]) -> None:
    for folder in sorted(folders):
        with contextlib.suppress(Mistakes), locked(folder, command, "", wait=0) as is_alone:
            _tidy(folder, is_alone=is_alone)


def _tidy(folder: Path, *, is_alone: bool) -> None:
    """Finish what was begun in a folder, and delete what was not; that may be somebody's, unless one is alone."""
    finish(folder)
    if is_alone:
        beside = [path for path in folder.parent.iterdir() if _belongs(path, folder.name)]
        inside = [path for path in folder.rglob(".*") if target_of(path)]
        for left in (*beside, *inside):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def _belongs(path: Path, name: str) -> bool:
    """Return whether something was to become a folder of some name, or a journal about it."""
    target = target_of(path)
    return target is not None and name in {target, journal_of(target)}


def _others(parents: Iterable[Path]) -> set[Path]:
    """Return the folders in some, that a killed command was writing, or one that is still running."""
    found: set[Path] = set()
    for parent in parents:
        for path in parent.iterdir() if parent.is_dir() else ():
            if name := target_of(path) if path.is_dir() else journal_of(path.name):
                found.add(path.with_name(name))
    return found


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
