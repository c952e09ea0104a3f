"""What the computer refuses while a program writes: a full disk, a used-up quota, a lost drive, a read-only folder.

No check beforehand can rule this out, so it is not a bug, and it is reported in one line: what was to be written, why
it could not be, and what is whole.

The numbers are those of `errno` in POSIX.1-2017 and Linux, and the system error codes of Windows, which Python gives
as `winerror`: https://learn.microsoft.com/windows/win32/debug/system-error-codes
"""

import contextlib
import errno
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative

_POSIX, _WINDOWS = "Errno", "WinError"
"""The kinds of numbers, as Python writes them."""


def _numbers(*names: str, windows: Iterable[int] = ()) -> frozenset[tuple[str, int]]:
    """Return the numbers of errors with the kind of each; no system has all of them."""
    numbers = (getattr(errno, name) for name in names if hasattr(errno, name))
    return frozenset([*((_POSIX, number) for number in numbers), *((_WINDOWS, number) for number in windows)])


_DRIVES: Mapping[str, frozenset[tuple[str, int]]] = {
    "The disk is full.": _numbers("ENOSPC", windows=(39, 112)),
    "Your storage quota is used up.": _numbers("EDQUOT", windows=(1295,)),
    "A file would be larger than this disk or your account allows.": _numbers("EFBIG", windows=(223,)),
    "The drive cannot be read or written; it may be damaged or unplugged.": _numbers(
        "EIO", "ENXIO", "ENODEV", windows=(21, 23, 29, 30, 31, 483, 1117, 1167)
    ),
    "The network drive does not answer. Connect to it again.": _numbers(
        "ECONNABORTED",
        "ECONNRESET",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ENETDOWN",
        "ENETRESET",
        "ENETUNREACH",
        "ENOLINK",
        "ENOTCONN",
        "EREMOTEIO",
        "ESTALE",
        "ETIMEDOUT",
        windows=(51, 53, 55, 59, 64, 67, 121, 1222, 1231, 1232),
    ),
}
"""The words for what happens to drives, with its numbers and those of Windows. No bug raises these errors."""

_RIGHTS = _numbers("EACCES", "EPERM", "EROFS", "EBUSY")
"""What a file's owner or another program prevents."""

_IN_WORDS = re.compile(rf"\[({_POSIX}|{_WINDOWS}) (\d+)]")
_NO_TEMPORARY_FOLDER = "No usable temporary directory"


@contextlib.contextmanager
def writing(target: Path, root: Path, whole: Callable[[], str]) -> Iterator[None]:
    """Report what the computer refuses while the block runs as one mistake.

    `target` is what the block writes, and is named if the error names no file, or one of our own next to it or to its
    folder, whose name begins with a full stop. `whole` gives a sentence about what is whole now. Places are relative to
    `root`.

    Raises:
        Mistakes: what the computer refused, even if other exceptions followed from it. All others are raised as usual.
    """
    try:
        yield
    except Mistakes:
        raise
    except Exception as error:
        refused = refusal(error)
        if not refused:
            raise
        file = Path(refused.filename) if isinstance(refused.filename, str) else target
        place = target if _is_ours(file, target) else file
        shown = relative(place, root) if place.is_relative_to(root) else str(place)
        raise Mistakes([Problem(Place(shown), f"{why(refused)} {whole()}")]) from error


@contextlib.contextmanager
def meaning(file: Path) -> Iterator[None]:
    """Let errors about a file of our own, next to `file`, name that."""
    try:
        yield
    except OSError as error:
        if not isinstance(error.filename, str) or _is_ours(Path(error.filename), file):
            error.filename = str(file)
        raise


def refusal(error: BaseException | None) -> OSError | None:
    """Return what the computer refused; None if an exception is something else, such as a bug.

    What happened to a drive is also found if other exceptions followed from it. What somebody may not do, or another
    program prevents, is not: code often tries something else then.
    """
    if isinstance(error, OSError) and error.filename is not None and not _RIGHTS.isdisjoint(_numbers_of(error)):
        return error
    while error is not None:
        if isinstance(error, OSError) and _of_drives(error):
            return error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return None


def why(refused: OSError) -> str:
    """Return in plain words why the computer refused something."""
    return _of_drives(refused) or f"This cannot be read or written: {refused.strerror}."


def _of_drives(error: OSError) -> str | None:
    """Return what happened to a drive; None if something else did."""
    if _NO_TEMPORARY_FOLDER in str(error.strerror):
        return "The disk with the folder for temporary files is full, or that folder cannot be written to."
    numbers = set(_numbers_of(error))
    return next((words for words, known in _DRIVES.items() if not known.isdisjoint(numbers)), None)


def _numbers_of(error: OSError) -> Iterator[tuple[str, int]]:
    """Yield the numbers of an error, each with its kind; `shutil.Error` has a list of errors, as words."""
    if error.errno is not None:
        yield _POSIX, error.errno
        # only Windows has the attribute
        if windows := getattr(error, "winerror", None):
            yield _WINDOWS, windows
    else:
        for kind, number in _IN_WORDS.findall(str(error)):
            yield kind, int(number)


def _is_ours(file: Path, target: Path) -> bool:
    """Return whether a file is one of our own, or in a folder of our own, next to a target or to its folder."""
    around = next((folder for folder in target.parents[:2] if file.is_relative_to(folder)), None)
    return around is not None and file != around and file.relative_to(around).parts[0].startswith(".")
