"""The progress of long commands, for people who watch them in a terminal."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from build_tools.pool import Step


@contextlib.contextmanager
def progress() -> Iterator[Step]:
    """Yield the function that shows progress and remaining time; it shows nothing until work is done."""
    with contextlib.ExitStack() as shown:
        update: Callable[[str, int], None] | None = None

        def step(done: str, left: int) -> None:
            nonlocal update
            update = update or shown.enter_context(_bar(left))
            update(done, left)

        yield step


@contextlib.contextmanager
def _bar(total: int) -> Iterator[Step]:
    # a command that has nothing to do, or that nobody watches, should not wait for this to load
    if not sys.stderr.isatty():
        yield lambda _done, _left: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:40}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # a separate thread to refresh it would make it unsafe to fork processes
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("", total=total)

        def step(done: str, left: int) -> None:
            progress.update(task, completed=total - left, description=done, refresh=True)

        yield step
