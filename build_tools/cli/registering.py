"""The commands about the register of all versions: register, repair."""

import click

from build_tools import commands
from build_tools.cli.shared import format_option, in_project, need_schools, print_as, run
from build_tools.policy.storage import render_json
from build_tools.project import Project
from build_tools.text.source import relative
from build_tools.versions.register_listing import register_data, render_entries

_write_option = click.option("--write", is_flag=True, help="Write it. Without this, it is only shown.")
_HOW = "Nothing is written yet. To write it, add --write."


@click.command()
@click.argument("versions", nargs=-1, metavar="[SCHOOL@VERSION]...")
@click.option("--enter", is_flag=True, help="Show the lines of versions that are not in the register.")
@_write_option
@format_option("text", "json")
@in_project
def register(
    versions: tuple[str, ...],
    enter: bool,  # noqa: FBT001 - click gives it by name
    write: bool,  # noqa: FBT001 - click gives it by name
    form: str,
    project: Project,
) -> None:
    """Show the register: every version that was ever ratified.

    The register is schools/register.jsonl. policy ratify adds a line for each version, so that policy verify can name
    one that is missing. Keep the file in Git: only a second copy shows that lines were removed at its end.

    With --enter, versions are shown that were ratified before there was a register, or that are missing from it
    because policy ratify was interrupted: those named, or all. Add --write to enter them.
    """
    need_schools(project)
    if not enter and (versions or write):
        raise click.UsageError("To enter versions in the register, add --enter.")
    entries = run(
        lambda: commands.enter(project, versions, write=write) if enter else commands.register(project),
    )
    print_as(
        form,
        {"text": lambda: render_entries(entries), "json": lambda: render_json(register_data(entries))},
    )
    if enter:
        click.echo(_outcome(len(entries), written=write), err=True)


def _outcome(count: int, *, written: bool) -> str:
    if not count:
        return "Every version is in the register."
    return f"Entered: {count}." if written else _HOW


@click.command()
@_write_option
@in_project
def repair(
    write: bool,  # noqa: FBT001 - click gives it by name
    project: Project,
) -> None:
    """Repair versions that were ratified at the same time.

    Two versions that were ratified at the same moment, or on two branches of Git, may name the same version as the one
    before them, and two lines of the register may follow the same line. policy verify then names this command. It
    shows what would be done. With --write, it corrects the line "previous" of records, and adds a line to the register
    that says so. It never changes a policy or a PDF.
    """
    need_schools(project)
    done = run(lambda: commands.repair(project, write=write))
    if not done.entries and not done.records:
        click.echo("There is nothing to repair. policy verify lists everything that is wrong.")
        return
    what = "names" if write else "will name"
    for file in done.records:
        click.echo(f"{relative(file, project.root)}: the line previous {what} the version before.")
    click.echo(render_entries(done.entries), nl=False)
    if not write:
        click.echo(_HOW, err=True)
