"""Exchange two files or folders in one step, so that at every moment one of them has each name.

Linux can (renameat2(2), RENAME_EXCHANGE), on most of its file systems; so can macOS (renamex_np(2), RENAME_SWAP), on
APFS. Windows cannot.
"""

import ctypes
import os
import sys
from pathlib import Path

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS."""
_HERE = -100
"""AT_FDCWD of Linux; it means nothing for an absolute path."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two existing files or folders of one file system; return whether the system can."""
    paths = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    if sys.platform not in {"linux", "darwin"}:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    sys.audit("os.rename", str(one), str(other), -1, -1)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(*paths, _EXCHANGE) == 0)
    return False
