"""Work for processes of their own, some of which needs more than it may have; the processes find it here by name."""

import os
from collections.abc import Callable
from typing import NoReturn


def half(number: int, watch: Callable[[float], None]) -> int:
    """Return half a number, and say so in two steps."""
    watch(0.5)
    watch(1.0)
    return number // 2


def fill_memory(number: int, _watch: Callable[[float], None]) -> int:
    """Hold as many bytes as the number says."""
    return len(bytes(number))


def work_for_ever(_number: int, _watch: Callable[[float], None]) -> NoReturn:
    """Never end."""
    while True:
        pass


def die(number: int, _watch: Callable[[float], None]) -> NoReturn:
    """End the process with a status, as a fault in a library does."""
    os._exit(number)


def refuse(_number: int, _watch: Callable[[float], None]) -> NoReturn:
    """Raise what a reader raises."""
    raise LookupError("nothing here")
