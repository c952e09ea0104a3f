"""The command `policy build`, which loads little at first: most builds have little to do."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from build_tools import commands
from build_tools.building.publish import Step
from build_tools.cli.shared import checks_project, engine_option, need_schools, run, schools_argument, stop_for
from build_tools.engine import Engine
from build_tools.pool import cores
from build_tools.project import Project
from build_tools.text.problems import in_order


@click.command()
@schools_argument
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="Folder for the site. Default: site/ in the project."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=None, help="Schools to build at once. Default: one per core."
)
@engine_option
@click.option("--dask", metavar="ADDRESS", default=None, help="Build on a Dask cluster: tcp://HOST:PORT.")
@click.option("--force", is_flag=True, help="Rebuild everything.")
@checks_project
def build(
    schools: tuple[str, ...],
    out: Path | None,
    jobs: int | None,
    engine: Engine,
    dask: str | None,
    force: bool,  # noqa: FBT001 - click gives it by name
    project: Project,
) -> None:
    """Build sites and PDFs; only what has changed.

    Without a SCHOOL, all schools are built.
    """
    need_schools(project)
    out = (out or project.site_folder).resolve()
    with _progress() as step:
        result = run(
            lambda: commands.build(project, schools, out, step, engine, jobs=jobs or cores(), force=force, dask=dask)
        )
    for name in result.built:
        click.echo(f"Built {name}: {out / name / 'index.html'}")
    if unchanged := len(result.unchanged):
        click.echo(f"Unchanged: {unchanged} school{'' if unchanged == 1 else 's'}.")
    for name in result.kept:
        state = "its last good pages are kept" if (out / name).is_dir() else "it has no pages"
        click.echo(f"Not built: {name} has mistakes; {state}.", err=True)
    stop_for(in_order([*result.problems, *result.warnings]))


@contextlib.contextmanager
def _progress() -> Iterator[Step]:
    """Yield the function that shows a build's progress and remaining time; it shows nothing until work is done."""
    with contextlib.ExitStack() as shown:
        update: Callable[[str, int], None] | None = None

        def step(done: str, left: int) -> None:
            nonlocal update
            update = update or shown.enter_context(_bar(left))
            update(done, left)

        yield step


@contextlib.contextmanager
def _bar(total: int) -> Iterator[Step]:
    # a build that has nothing to do, or that nobody watches, should not wait for this to load
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
