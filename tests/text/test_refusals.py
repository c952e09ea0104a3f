"""What the computer refuses is one mistake, in plain words, and a bug stays a bug."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.refusals import meaning, refusal, writing

FULL = OSError(errno.ENOSPC, "No space left on device")
DENIED = PermissionError(errno.EACCES, "Permission denied", "/council/site/index.html")


def _windows(number: int) -> OSError:
    error = OSError(errno.EINVAL, "Invalid argument")
    error.winerror = number  # type: ignore[attr-defined]  # only on Windows, where Python sets it
    return error


def _chained(cause: Exception, *, is_meant: bool) -> Exception:
    try:
        try:
            raise cause
        except OSError as error:
            raise ValueError("no page") from (error if is_meant else None)
    except ValueError as error:
        return error


def _reported(error: Exception, target: str = "/council/site") -> str:
    with pytest.raises(Mistakes) as caught, writing(Path(target), Path("/council"), lambda: "All is whole."):
        raise error
    return str(caught.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FULL, "The disk is full."),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "Your storage quota is used up."),
        (OSError(errno.EFBIG, "File too large"), "A file would be larger than this disk or your account allows."),
        (
            OSError(errno.EIO, "Input/output error"),
            "The drive cannot be read or written; it may be damaged or unplugged.",
        ),
        (TimeoutError(errno.ETIMEDOUT, "Timed out"), "The network drive does not answer. Connect to it again."),
        (OSError(errno.ENOTCONN, "Not connected"), "The network drive does not answer. Connect to it again."),
        (_windows(112), "The disk is full."),
        (_windows(1295), "Your storage quota is used up."),
        (_windows(64), "The network drive does not answer. Connect to it again."),
        (shutil.Error([("a", "b", str(FULL)), ("c", "d", str(FULL))]), "The disk is full."),
        (shutil.Error([("a", "b", "[WinError 1295] The quota is used up")]), "Your storage quota is used up."),
        (_chained(FULL, is_meant=True), "The disk is full."),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"),
            "The disk with the folder for temporary files is full, or that folder cannot be written to.",
        ),
    ],
)
def test_what_happens_to_a_drive_is_said_in_plain_words(error: Exception, words: str) -> None:
    assert _reported(error) == f"site: {words} All is whole."


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("/council/.site-new-1a2b/site/index.html", "site"),
        ("/council/.site-journal.json", "site"),
        ("/council/site", "site"),
        ("/council/schools/x/school.yml", "schools/x/school.yml"),
        ("/elsewhere/.hidden", "/elsewhere/.hidden"),
    ],
)
def test_a_file_of_our_own_is_called_by_what_it_is_for(file: str, place: str) -> None:
    error = OSError(errno.EROFS, "Read-only file system", file)
    assert _reported(error) == f"{place}: This cannot be read or written: Read-only file system. All is whole."


def test_an_error_about_a_file_of_our_own_names_what_it_is_for(tmp_path: Path) -> None:
    file = tmp_path / "school.yml"
    for given in (None, str(tmp_path / ".school.yml.new")):
        with pytest.raises(OSError, match="No space left on device") as caught, meaning(file):
            raise OSError(errno.ENOSPC, "No space left on device", given)
        assert caught.value.filename == str(file)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a bug"),
        FileNotFoundError(errno.ENOENT, "No such file or directory", "a"),
        OSError("without a number"),
        OSError(errno.EACCES, "Permission denied"),
        _chained(DENIED, is_meant=True),
        _chained(FULL, is_meant=False),
    ],
)
def test_a_bug_stays_a_bug(error: Exception) -> None:
    assert refusal(error) is None
    with pytest.raises(type(error)), writing(Path("site"), Path(), lambda: "All is whole."):
        raise error


def test_mistakes_stay_mistakes() -> None:
    def fail(action: Callable[[], None]) -> None:
        try:
            action()
        except OSError:
            raise Mistakes([Problem(Place("school.yml"), "This is wrong.")])  # noqa: B904 - as it may happen

    def full() -> None:
        raise FULL

    with pytest.raises(Mistakes, match=r"^school\.yml: This is wrong\.$"), writing(Path("a"), Path(), lambda: ""):
        fail(full)
