"""Files that are written whole or not at all, whatever happens meanwhile."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


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
def _staged(file: Path, content: bytes) -> Iterator[Path]:
    staging = file.with_name(f".{file.name}.new")
    try:
        with staging.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield staging
    finally:
        staging.unlink(missing_ok=True)
