"""Several files that change together: all of them or none, even if the program is killed in between.

A journal next to the folder that they belong to says what is to change. From the moment when it exists, everything
changes: what a killed program did not finish, the next one does. A file that somebody has changed since is left alone.
"""

import contextlib
import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from build_tools.text.digests import of_bytes
from build_tools.text.files import create_file, flush, put_in_new_place, put_in_place, replace_file, staged

_JOURNAL = re.compile(r"\.(.+)\.journal")


@dataclasses.dataclass(frozen=True, slots=True)
class _Change:
    file: str
    """Its path relative to the folder with the journal."""
    before: str | None
    """The digest of its old content; None if it does not exist yet."""
    content: bytes | None
    """Its new content; None if it is deleted."""


def journal_of(name: str) -> str | None:
    """Return the name of the folder that a journal of some name is about; None if that is another file's name."""
    match = _JOURNAL.fullmatch(name)
    return match[1] if match else None


def change_together(folder: Path, contents: Mapping[Path, bytes | None]) -> None:
    """Write several files, in this order: new ones, or others that are replaced, or deleted where there is no content.

    The writer must be the only one in `folder`, next to which the journal is, and wherever the files are.

    Raises:
        FileExistsError: if a new one has been created in the meantime. Nothing is changed then, nor if a file cannot be
            written or the program is interrupted.
    """
    before = {file: file.read_bytes() if file.exists() else None for file in contents}
    with contextlib.ExitStack() as stack:
        new = {file: stack.enter_context(staged(file, text)) for file, text in contents.items() if text is not None}
        changes = [
            _Change(os.path.relpath(file, folder.parent), None if was is None else of_bytes(was), contents[file])
            for file, was in before.items()
        ]
        begun: list[Path] = []
        try:
            replace_file(_journal(folder), msgspec.json.encode(changes))
            for file, was in before.items():
                begun.append(file)
                if file not in new:
                    file.unlink()
                    flush(file.parent)
                elif was is None:
                    put_in_new_place(new[file], file)
                else:
                    put_in_place(new[file], file)
        except BaseException:
            for file in begun:
                _undo(file, before[file], contents[file])
            _journal(folder).unlink(missing_ok=True)
            raise
        _journal(folder).unlink()


def finish(folder: Path) -> None:
    """Do what a journal says, of which any part may be done already."""
    try:
        changes = msgspec.json.decode(_journal(folder).read_bytes(), type=list[_Change])
    except (FileNotFoundError, NotADirectoryError):
        return
    for change in changes:
        file = (folder.parent / change.file).resolve()
        now = of_bytes(file.read_bytes()) if file.is_file() else None
        # a journal that somebody else wrote must not reach any further
        if now != change.before or not file.is_relative_to(folder.parent.resolve()):
            continue
        if change.content is None:
            file.unlink(missing_ok=True)
        elif now is None:
            create_file(file, change.content)
        else:
            replace_file(file, change.content)
    _journal(folder).unlink()


def _journal(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.journal")


def _undo(file: Path, before: bytes | None, after: bytes | None) -> None:
    now = file.read_bytes() if file.exists() else None
    if before is not None and now != before:
        replace_file(file, before)
    elif before is None and now == after:
        file.unlink(missing_ok=True)
