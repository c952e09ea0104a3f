"""Parallel work: one function for many orders, in this process, in several, or on a cluster."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
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
