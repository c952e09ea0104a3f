"""Work in a process of its own: what comes back from it, and what it may not do."""

import sys
from collections.abc import Callable

import greedy
import pytest

from build_tools.pool import Exhausted, apart

pytestmark = pytest.mark.slow


def _apart(function: Callable[[int, Callable[[float], None]], int], number: int, *, seconds: int = 60) -> int:
    return apart(function, number, lambda _share: None, memory=300_000_000, seconds=seconds)


def test_the_result_comes_back() -> None:
    assert _apart(greedy.half, 14) == 7


def test_progress_is_shown_here() -> None:
    shares: list[float] = []
    apart(greedy.half, 14, shares.append, memory=300_000_000, seconds=60)
    assert shares == [0.5, 1.0]


def test_what_is_raised_comes_back() -> None:
    with pytest.raises(LookupError, match="nothing here"):
        _apart(greedy.refuse, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_too_much_memory_is_refused() -> None:
    assert _apart(greedy.fill_memory, 1_000_000) == 1_000_000
    with pytest.raises(Exhausted):
        _apart(greedy.fill_memory, 400_000_000)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not limit the time of a process")
def test_work_without_an_end_is_ended() -> None:
    with pytest.raises(Exhausted):
        _apart(greedy.work_for_ever, 1, seconds=1)


def test_a_process_that_dies_is_noticed() -> None:
    with pytest.raises(Exhausted):
        _apart(greedy.die, 3)
