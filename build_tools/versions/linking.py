"""What links a version to the one before it: its record has the SHA-256 of that version's record.

Two versions that were ratified at the same moment, or in two branches of Git, may both name the same record, or one of
them the later one. Nothing was changed then, so such records can be linked again.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from build_tools.versions.freezing import RECORD_FILE, digest, frozen_content

_PREVIOUS = re.compile(rb"^previous: *'?([0-9a-f]{64})'?\n", re.MULTILINE)


def relinked(folders: Sequence[Path]) -> Mapping[Path, bytes]:
    """Return the content of each record that must name another record; `folders` are a school's, oldest first.

    Nothing is returned if a record names one that none of the folders has: then a version is missing, or was changed.
    """
    before = {folder: frozen_content(folder / RECORD_FILE) for folder in folders}
    known = {digest(content) for content in before.values()}
    found: dict[Path, bytes] = {}
    last: str | None = None
    for folder, content in before.items():
        named = _previous(content)
        if named not in known | {None, last}:
            return {}
        if named != last:
            found[folder / RECORD_FILE] = _naming(content, last)
        last = digest(found.get(folder / RECORD_FILE, content))
    return found


def _previous(record: bytes) -> str | None:
    found = _PREVIOUS.search(record)
    return found[1].decode() if found else None


def _naming(record: bytes, previous: str | None) -> bytes:
    """Return a record that names another as the one before it."""
    without = _PREVIOUS.sub(b"", record)
    return without + f"previous: '{previous}'\n".encode() if previous else without
