"""Files and folders that are written completely or not at all, even after a crash, and the contents of a folder.

What is written appears under its name only once it is on the disk. Until then it is next to it: `.NAME.new` for a file,
`.new-NAME-XXXXXXXX` for a folder. What a killed program leaves of it is deleted by `text/writers.py`.
"""

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from build_tools.text.refusals import meaning

_LEFT_BEHIND = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini|\..+\.new")
"""Files that the file managers of macOS and Windows leave in a folder when somebody opens it, and files of a command
that was killed while it was writing."""
_STAGED_FILE = re.compile(r"\.(.+)\.new")
_STAGED_FOLDER = re.compile(r"\.new-(.+)-[0-9a-f]{8}")


def laid_down(folder: Path) -> list[Path]:
    """Return the contents of a folder, sorted by name, without files that were left behind."""
    return sorted(path for path in folder.glob("*") if not _LEFT_BEHIND.fullmatch(path.name))


def target_of(path: Path) -> str | None:
    """Return the name under which a staged file or folder is to appear; None if it is something else."""
    match = (_STAGED_FOLDER if path.is_dir() else _STAGED_FILE).fullmatch(path.name)
    return match[1] if match else None


def replace_file(file: Path, content: bytes) -> None:
    """Write a file, replacing any existing one: at any moment the old or the new file exists, never half of one."""
    with staged(file, content) as staging:
        put_in_place(staging, file)


def put_in_place(staging: Path, file: Path) -> None:
    """Let a staged file replace an existing one, with the same permissions, or become a new one."""
    if file.exists():
        shutil.copymode(file, staging)
    staging.replace(file)
    flush(file.parent)


def like_before(text: str, before: bytes) -> bytes:
    """Return a changed text as bytes, with the line ends and the byte order mark that the file had before."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode()


def create_file(file: Path, content: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        FileExistsError: if it exists, even if it was created a moment ago; it is not changed.
    """
    with staged(file, content) as staging:
        put_in_new_place(staging, file)


def put_in_new_place(staging: Path, file: Path) -> None:
    """Let a staged file become a new one.

    Raises:
        FileExistsError: if there is one of that name; it is not changed.
    """
    try:
        # unlike a rename, a link never replaces an existing file
        os.link(staging, file)
    except FileExistsError:
        raise
    except OSError:  # some network drives do not support links
        with file.open("xb") as stream:
            stream.write(staging.read_bytes())
        flush(file)
    flush(file.parent)


@contextlib.contextmanager
def existing_folder(folder: Path) -> Iterator[None]:
    """Create a folder, and those around it, if they do not exist; delete them again if the block leaves them empty."""
    created = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for one in created:
            with contextlib.suppress(OSError):
                one.rmdir()


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; it appears under its name only if the block ends without an exception."""
    parent = folder.parent
    with existing_folder(parent):
        staging = parent / f".new-{folder.name}-{secrets.token_hex(4)}"
        try:
            staging.mkdir()
            yield staging
            for path in (*staging.rglob("*"), staging):
                flush(path)
            staging.rename(folder)
            flush(parent)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextlib.contextmanager
def staged(file: Path, content: bytes) -> Iterator[Path]:
    """Yield a new file next to another, with some content, on the disk; what the block leaves of it is deleted."""
    staging = file.with_name(f".{file.name}.new")
    with meaning(file):
        try:
            staging.write_bytes(content)
            flush(staging)
            yield staging
        finally:
            staging.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Return once a file, or the list of names in a folder, is on the disk, so that a power cut cannot lose it.

    Windows does not do this for folders, nor do some network drives. The disk of a Mac may still hold it in its cache.
    """
    is_folder = path.is_dir()
    if os.name == "nt" and is_folder:
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not is_folder or error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)
