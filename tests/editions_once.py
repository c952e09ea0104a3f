"""Editions read once by a process of the tests: reading the two of the program takes longer than most tests do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from build_tools.template.edition import Edition, read_edition
from build_tools.text.source import relative

_MANY = 16
"""The number of editions that are kept, those used last; a large one takes some megabytes."""

_Key = tuple[str, tuple[tuple[str, bytes], ...]]


@contextmanager
def editions_read_once() -> Iterator[None]:
    """Let a project take an edition that was read before, if no name and no byte of its files has changed.

    Editions are frozen, and mistakes are not kept: a folder that has some is read again.
    """
    known: dict[_Key, Edition] = {}

    def read(folder: Path, root: Path) -> Edition:
        try:
            key = _key(folder, root)
        except OSError:
            return read_edition(folder, root)
        edition = known.pop(key, None) or read_edition(folder, root)
        known[key] = edition
        if len(known) > _MANY:
            del known[next(iter(known))]
        return edition

    with mock.patch("build_tools.reading.read_edition", read):
        yield


def _key(folder: Path, root: Path) -> _Key:
    """Return all that an edition is read from."""
    files = sorted(path for path in folder.rglob("*") if not path.is_dir())
    if not all(path.is_file() for path in files):
        raise OSError
    return relative(folder, root), tuple((relative(path, folder), path.read_bytes()) for path in files)
