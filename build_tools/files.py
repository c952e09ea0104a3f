"""Files that are written whole or not at all, whatever happens meanwhile."""

import os
import shutil
from pathlib import Path


def replace_file(file: Path, content: bytes) -> None:
    """Write a file in the place of the one that was there, if there was one: it is the old or the new, never half."""
    staging = _stage(file, content)
    try:
        if file.exists():
            shutil.copymode(file, staging)
        staging.replace(file)
    finally:
        staging.unlink(missing_ok=True)


def create_file(file: Path, content: bytes) -> None:
    """Write a file that is not there yet.

    Raises:
        FileExistsError: if it is there, even if it came a moment ago; it stays as it is.
    """
    staging = _stage(file, content)
    try:
        # unlike a rename, a link never takes the place of what is there
        os.link(staging, file)
    except FileExistsError:
        raise
    except OSError:  # some network drives know no links
        with file.open("xb") as stream:
            stream.write(content)
    finally:
        staging.unlink(missing_ok=True)


def _stage(file: Path, content: bytes) -> Path:
    staging = file.with_name(f".{file.name}.new")
    with staging.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    return staging
