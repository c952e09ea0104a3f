"""The command `policy build`, which loads little at first: most builds have little to do."""

from pathlib import Path

import click

from build_tools import commands
from build_tools.cli.progress import progress
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
    with progress() as step:
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
