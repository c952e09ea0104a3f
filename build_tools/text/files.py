"""Files that are written whole or not at all, whatever happens meanwhile, and what was put into a folder."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_LEFT_BEHIND = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini")
"""What the file managers of macOS and Windows leave in a folder that somebody has looked into."""


def laid_down(folder: Path) -> list[Path]:
    """Return what was put into a folder, by name, without what file managers left there."""
    return sorted(path for path in folder.glob("*") if not _LEFT_BEHIND.fullmatch(path.name))


def replace_file(file: Path, content: bytes) -> None:
    """Write a file in the place of the one that was there, if there was one: it is the old or the new, never half."""
    with _staged(file, content) as staging:
        if file.exists():
            shutil.copymode(file, staging)
        staging.replace(file)


def create_file(file: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        FileExistsError: if it is there, even if it came a moment ago; it stays as it is.
    """
    with _staged(file, content) as staging:
        try:
            # unlike a rename, a link never takes the place of what is there
            os.link(staging, file)
        except FileExistsError:
            raise
        except OSError:  # some network drives know no links
            with file.open("xb") as stream:
                stream.write(content)


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill: it appears under its name when the block ends well, whole or not at all."""
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
    """Write a file, and return when it is on the disk."""
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
