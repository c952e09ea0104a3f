"""Let the parts of a site share identical files, so that fonts and styles take up space only once.

These are hard links: each folder still contains all its files and works alone when it is copied.
"""

import os
from pathlib import Path

from build_tools.text.digests import of_bytes

_SHARED = "shared"


def share(part: Path, work: Path) -> None:
    """Replace the files that a part's pages load by links to identical files of other parts in this build.

    `work` is the folder of the build. If files cannot be linked, each part keeps its own.
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
