"""Files that are written completely or not at all, even after a crash, and the contents of a folder."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_LEFT_BEHIND = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini")
"""Files that the file managers of macOS and Windows leave in a folder when somebody opens it."""


def laid_down(folder: Path) -> list[Path]:
    """Return the contents of a folder, sorted by name, without the files of file managers."""
    return sorted(path for path in folder.glob("*") if not _LEFT_BEHIND.fullmatch(path.name))


def replace_file(file: Path, content: bytes) -> None:
    """Write a file, replacing any existing one: at any moment the old or the new file exists, never half of one."""
    with _staged(file, content) as staging:
        if file.exists():
            shutil.copymode(file, staging)
        staging.replace(file)


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write several existing files: all of them, or none if one cannot be written or the program is interrupted."""
    with contextlib.ExitStack() as stack:
        staged = {file: stack.enter_context(_staged(file, content)) for file, content in contents.items()}
        before = {file: file.read_bytes() for file in contents}
        begun: list[Path] = []
        try:
            for file, staging in staged.items():
                shutil.copymode(file, staging)
                begun.append(file)
                staging.replace(file)
        except BaseException:
            for file in begun:
                if file.read_bytes() != before[file]:
                    replace_file(file, before[file])
            raise


def like_before(text: str, before: bytes) -> bytes:
    """Return a changed text as bytes, with the line ends and the byte order mark that the file had before."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode()


def create_file(file: Path, content: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        FileExistsError: if it exists, even if it was created a moment ago; it is not changed.
    """
    with _staged(file, content) as staging:
        try:
            # unlike a rename, a link never replaces an existing file
            os.link(staging, file)
        except FileExistsError:
            raise
        except OSError:  # some network drives do not support links
            with file.open("xb") as stream:
                stream.write(content)


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; it appears under its name only if the block ends without an exception."""
    parent = folder.parent
    parent.mkdir(exist_ok=True)
    for left in parent.glob(".new-*"):
        shutil.rmtree(left, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
    try:
        yield staging
        staging.chmod(0o755)
        staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write_through(file: Path, content: bytes) -> None:
    """Write a file, and return once it is on the disk."""
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@contextlib.contextmanager
def _staged(file: Path, content: bytes) -> Iterator[Path]:
    staging = file.with_name(f".{file.name}.new")
    try:
        write_through(staging, content)
        yield staging
    finally:
        staging.unlink(missing_ok=True)
