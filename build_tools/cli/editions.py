"""The commands for authors of editions: edition new, check, diff, publish."""

import functools
from pathlib import Path

import click

from build_tools import edition_commands
from build_tools.cli.changes import diff, diff_format, output_option
from build_tools.cli.progress import progress
from build_tools.cli.rehearsing import give_report, rehearsal_options
from build_tools.cli.shared import in_project, run, stop_for
from build_tools.pool import cores
from build_tools.project import Project
from build_tools.resolving.resolve import TEMPLATE_PREFIX
from build_tools.upgrading.rehearsal_listing import render_rehearsal


@click.command()
@click.argument("name", metavar="DATE")
@click.option("--from", "origin", metavar="EDITION", required=True, help="The edition to copy.")
@in_project
def new(name: str, origin: str, project: Project) -> None:
    """Create the edition of DATE (2019-09) as a copy of another one."""
    folder = run(lambda: edition_commands.begin(project, name, origin))
    click.echo(f"Created {folder}. Edit it, then run: policy edition check {name}")


@click.command()
@click.argument("names", nargs=-1, metavar="[EDITION]...")
@click.option("--quick", is_flag=True, help="Check only the edition, without trying it on the schools.")
@rehearsal_options
@in_project
def check(
    names: tuple[str, ...],
    quick: bool,  # noqa: FBT001 - click gives it by name
    jobs: int | None,
    report: Path | None,
    project: Project,
) -> None:
    """List mistakes in editions, and what each means for schools.

    Without an EDITION, all editions are checked.
    """
    if quick and (jobs or report):
        raise click.UsageError("--quick tries no schools. Leave it out, or leave out --jobs and --report.")
    if report and len(names) != 1:
        raise click.UsageError("--report is about one edition. Name it: policy edition check EDITION --report FILE")
    for name in names or tuple(run(project.edition_folders)):
        with progress() as step:
            examine = functools.partial(edition_commands.examine, quick=quick, jobs=jobs or cores(), step=step)
            examined = run(functools.partial(examine, project, name))
        _show(name, examined)
        give_report(examined.rehearsals, report)


def _show(name: str, examined: edition_commands.Examined) -> None:
    stop_for(examined.warnings)
    state = "Published, and unchanged since" if examined.edition.is_published else "Not published yet"
    click.echo(f"{name}: no mistakes. {state}.")
    if examined.rehearsals:
        click.echo(f"\n{render_rehearsal(examined.rehearsals, name)}")


@click.command("diff")
@click.argument("old")
@click.argument("new")
@diff_format
@output_option
@in_project
@click.pass_context
def diff_editions(
    context: click.Context, /, old: str, new: str, form: str, output: Path | None, project: Project
) -> None:
    """Show what changed from edition OLD to edition NEW."""
    sides = {"old": f"{TEMPLATE_PREFIX}{old}", "new": f"{TEMPLATE_PREFIX}{new}"}
    context.invoke(diff, **sides, form=form, output=output, project=project)


@click.command()
@click.argument("name", metavar="EDITION")
@in_project
def publish(name: str, project: Project) -> None:
    """Publish EDITION, so that schools can ratify policies on it.

    From then on it cannot be changed: every command reports a changed file as a mistake.
    """
    seal, warnings = run(lambda: edition_commands.publish(project, name))
    stop_for(warnings)
    click.echo(
        f"Published {name}: {seal}. It can no longer be changed. Start the next edition with policy edition new."
    )


@click.group(commands=[new, check, diff_editions, publish])
def edition() -> None:
    """Create, check, compare and publish editions of the template."""
