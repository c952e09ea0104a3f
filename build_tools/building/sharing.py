"""Let the parts of a site share the files that are the same in all of them, so that fonts and styles take room once.

They are hard links: each folder still holds all its files and stands alone wherever it is copied to.
"""

import os
from pathlib import Path

from build_tools.text.digests import of_bytes

_SHARED = "shared"


def share(part: Path, work: Path) -> None:
    """Replace what a part loads with files, the same in bytes, that other parts under way share with it.

    `work` is the folder of the build. Where files cannot be linked each part keeps its own.
    """
    store = work / _SHARED
    store.mkdir(exist_ok=True)
    for folder in sorted(part.rglob("assets")):
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            _share_file(file, store)


def _share_file(file: Path, store: Path) -> None:
    shared = store / of_bytes(file.read_bytes())
    link = file.with_name(f".{file.name}")
    try:
        os.link(file, shared)
    except FileExistsError:
        os.link(shared, link)
        link.replace(file)
    except OSError:
        return
