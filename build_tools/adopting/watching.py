"""How far a long piece of work is, for those who wait for it."""

from collections.abc import Callable
from typing import TypeAlias

Watch: TypeAlias = Callable[[float], None]
"""Is called with the share of the work that is done, from 0 to 1."""


def unwatched(_share: float) -> None:
    """Show nothing: nobody waits."""


def part(watch: Watch, begin: float, end: float) -> Watch:
    """Return what a part of some work calls, which is the whole from one share of it to another."""
    return lambda share: watch(begin + share * (end - begin))
