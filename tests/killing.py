"""What a program leaves that is killed: it runs in a process of its own, and dies before a certain write."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

_WRITES = ("os.mkdir", "os.chmod", "os.link", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")
_KILLED, _ENDED = 9, 0


def killed_at(step: int, folder: Path, act: Callable[[], object]) -> bool:
    """Act in a process of its own that dies before its write of that number; return whether it came so far."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (_KILLED, _ENDED)
        return code == _KILLED
    try:
        left = step

        def write() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(_KILLED)

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            is_write = event in _WRITES or (event == "open" and arguments[1] in ("x", "xb", "w", "wb", "a", "ab"))
            if is_write and str(arguments[0]).startswith(str(folder)):
                write()

        sys.addaudithook(watch)
        with mock.patch("os.fsync", side_effect=lambda _file: write()):
            act()
        os._exit(_ENDED)
    finally:
        os._exit(1)
