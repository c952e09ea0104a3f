"""The commands on policies as they stand today: build, check, show."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from build_tools import commands
from build_tools.answers import get
from build_tools.cli.shared import (
    MISTAKES,
    checks_project,
    engine_option,
    format_option,
    in_project,
    need_schools,
    print_as,
    run,
    schools_argument,
    stop_for,
)
from build_tools.cli.telling import chosen_form
from build_tools.colour import adjustment
from build_tools.listing import render_policy
from build_tools.pdf import Engine
from build_tools.problem_listing import check_data
from build_tools.problems import in_order
from build_tools.project import Project
from build_tools.status_listing import counted
from build_tools.storage import policy_data, render_json


@click.command()
@schools_argument
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="Where the site goes. Default: site/ in the project."
)
@engine_option
@checks_project
def build(schools: tuple[str, ...], out: Path | None, engine: Engine, project: Project) -> None:
    """Write the sites and PDFs of the named schools, or of all."""
    need_schools(project)
    out = (out or project.root / "site").resolve()
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:40}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=commands.steps(project, schools))

        def step(done: str) -> None:
            progress.update(task, advance=1, description=done)

        result = run(lambda: commands.build(project, schools, out, step, engine))
    for name in result.built:
        click.echo(f"Built {name}: {out / name / 'index.html'}")
    for name in result.kept:
        state = "its last good pages stay" if (out / name).is_dir() else "it has no pages"
        click.echo(f"Not built: {name} has mistakes; {state}.", err=True)
    stop_for(in_order([*result.problems, *result.warnings]))


@click.command()
@schools_argument
@checks_project
def check(schools: tuple[str, ...], project: Project) -> None:
    """Find all mistakes that can be known without building, in the named schools and federations, or in all."""
    need_schools(project)
    reading = run(lambda: commands.check(project, schools))
    names = schools or (*project.school_names(), *project.federation_names())
    mistakes = reading.problems(names)
    problems = in_order([*mistakes, *reading.warnings(names)])
    if chosen_form() == "json":
        click.echo(render_json(check_data(reading, problems)), nl=False)
        sys.exit(MISTAKES if mistakes else 0)
    stop_for(problems)
    for name, found in reading.resolved.items():
        amendments = counted(len(found.school.amendments), "amendment")
        click.echo(f"{name}: no mistakes. Edition {found.edition.name}, {amendments}.")
        if note := adjustment(get(found.school.values, "school.colour")):
            click.echo(f"{name}: {note}")
    for name in () if schools else project.unfinished_names():
        click.echo(f"{name}: not finished yet. To go on: policy new {name}")


@click.command()
@click.argument("school")
@format_option("text", "json")
@in_project
def show(school: str, form: str, project: Project) -> None:
    """Print the policy of a school: number, id, origin and words of every part."""
    found = run(lambda: commands.show(project, school))
    name = found.school.values["school"]["name"]
    print_as(
        form,
        {
            "text": lambda: render_policy(found.policy),
            "json": lambda: render_json(policy_data(found.policy, name)),
        },
    )
