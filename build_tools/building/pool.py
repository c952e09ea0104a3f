"""Work side by side: one function over many orders, in this process, in several, or on a cluster."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from build_tools.text.problems import Mistakes, Place, Problem

_Order = TypeVar("_Order")
_Result = TypeVar("_Result")


def cores() -> int:
    """Return how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work(function: Callable[[_Order], _Result], orders: Sequence[_Order], jobs: int) -> Iterator[_Result]:
    """Yield what the function returns for each order, in the order in which they are done, `jobs` at a time.

    Processes that are forked begin with all that this one has read. When the caller stops, or is stopped or killed, so
    do they.

    Raises:
        Mistakes: if a process ended before its work was done.
    """
    if min(jobs, len(orders)) <= 1:
        yield from map(function, orders)
        return
    # Linux forks safely while there is one thread; elsewhere a process must begin anew
    how = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    executor = futures.ProcessPoolExecutor(min(jobs, len(orders)), how, initializer=_follow)
    try:
        for done in futures.as_completed([executor.submit(function, order) for order in orders]):
            yield done.result()
    except BrokenProcessPool:
        message = "A worker process died, perhaps out of memory. Try --jobs 1."
        raise Mistakes([Problem(Place("policy build"), message)]) from None
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _follow() -> None:
    """Leave it to the first process what Ctrl-C means, and end when that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    # one that was killed could tell nobody to stop; they would write on, and then wait for ever to be told what to do
    first = multiprocessing.parent_process()
    if first:
        first.join()
        os._exit(1)
