"""Work in other processes: one function for many orders, or one piece of work that may need more than it should."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import TypeAlias, TypeVar

from build_tools.text.problems import Mistakes, Place, Problem

_Order = TypeVar("_Order")
_Result = TypeVar("_Result")

Step: TypeAlias = Callable[[str, int], None]
"""Is called after each piece of work, with its name in a word or two and the number of pieces left."""


def cores() -> int:
    """Return the number of processes that can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work(function: Callable[[_Order], _Result], orders: Sequence[_Order], jobs: int) -> Iterator[_Result]:
    """Yield the function's result for each order, as each is finished, with `jobs` running at once.

    Processes that are forked start with everything that this one has read. All stop when the caller stops, is stopped
    or is killed.

    Raises:
        Mistakes: if a process died before its work was finished.
    """
    if min(jobs, len(orders)) <= 1:
        yield from map(function, orders)
        return
    how = multiprocessing.get_context("fork" if _can_fork() else "spawn")
    executor = futures.ProcessPoolExecutor(min(jobs, len(orders)), how, initializer=_follow)
    try:
        for done in futures.as_completed([executor.submit(function, order) for order in orders]):
            yield done.result()
    except BrokenProcessPool:
        message = "A worker process died, perhaps out of memory. Try --jobs 1."
        raise Mistakes([Problem(Place("--jobs"), message)]) from None
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


class Exhausted(Exception):  # noqa: N818 - reported as a mistake
    """A piece of work needs more memory or time than it may have."""


def apart(
    function: Callable[[_Order, Callable[[float], None]], _Result],
    order: _Order,
    watch: Callable[[float], None],
    *,
    memory: int,
    seconds: int,
) -> _Result:
    """Return the function's result for an order, from a process of its own that has at most so many bytes and seconds.

    The function reports the share of its work that is done, which `watch` receives here. Ctrl-C stops the process at
    once, even inside a library that would not listen. Seconds are those that it works, not those that it waits.
    Windows has neither limit, and macOS only that of time: there the work may use more, and still stops when the caller
    stops.

    Raises:
        Exhausted: if it needs more, or if the process dies.
        Exception: what the function raises.
    """
    how = multiprocessing.get_context("fork" if _can_fork() else "spawn")
    shares = how.SimpleQueue()
    executor = futures.ProcessPoolExecutor(1, how, initializer=_within, initargs=(memory, seconds, shares))
    try:
        with _held_back():
            working = executor.submit(_watched, function, order)
        is_done = False
        while not is_done:
            is_done = bool(futures.wait([working], timeout=_LOOK_EVERY).done)
            while not shares.empty():
                watch(shares.get())
        result = working.result()
    except (BrokenProcessPool, MemoryError):
        raise Exhausted from None
    except BaseException:
        for child in multiprocessing.active_children():
            child.kill()
        raise
    else:
        return result
    finally:
        executor.shutdown(cancel_futures=True)
        shares.close()


_LOOK_EVERY = 0.1
_report: Callable[[float], None]


@contextlib.contextmanager
def _held_back() -> Iterator[None]:
    """Hold back Ctrl-C until a process has begun, which otherwise would also get it before it can ignore it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _within(memory: int, seconds: int, shares: "SimpleQueue[float]") -> None:
    """Prepare this process for one piece of work."""
    global _report  # noqa: PLW0603 - set once, before the work begins
    _follow()
    _report = shares.put
    # what a library prints when it runs out of memory is nothing to act on; what is raised goes to the first process
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows does not have it

    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _watched(function: Callable[[_Order, Callable[[float], None]], _Result], order: _Order) -> _Result:
    return function(order, _report)


def _can_fork() -> bool:
    """Return whether a fork is safe: on Linux, while no other thread, a library's included, may hold a lock."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def _follow() -> None:
    """Let the first process handle Ctrl-C, and stop when it stops."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    # a killed process cannot stop its workers; they would go on writing, and then wait for ever for work
    first = multiprocessing.parent_process()
    if first:
        first.join()
        os._exit(1)
