"""The commands for authors of a school's file: serve, schema."""

from pathlib import Path

import click

from build_tools import commands
from build_tools.cli.reporting import chosen_form, tell
from build_tools.cli.shared import give, in_project, need_schools, run
from build_tools.policy.storage import render_json
from build_tools.project import Project
from build_tools.text.problems import Problem


@click.command()
@click.argument("school", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option("--open", "is_opened", is_flag=True, help="Open the page in your browser.")
@in_project
def serve(school: str | None, port: int, is_opened: bool, project: Project) -> None:  # noqa: FBT001 - click gives them by name
    """Preview the pages of SCHOOL, or of all, in a browser.

    Only this computer can see them. Every change that you save shows at once.
    """
    need_schools(project)
    form = chosen_form()

    def started(address: str) -> None:
        click.echo(f"Preview: {address}  Press Ctrl-C to stop.")
        if is_opened:
            click.launch(address)

    def tell_changed(problems: tuple[Problem, ...]) -> None:
        tell(problems, form)
        click.echo(f"Mistakes: {len(problems)}." if problems else "No mistakes are left.", err=True)

    try:
        run(lambda: commands.serve(project, school, port, started, tell_changed))
    except commands.PortInUse as error:
        raise click.UsageError(str(error)) from None


@click.command()
@click.argument("edition")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write to. Default: print it.")
@in_project
def schema(edition: str, output: Path | None, project: Project) -> None:
    """Print the JSON Schema of EDITION, for text editors.

    With it, an editor completes, explains and checks school.yml.
    """
    give(render_json(run(lambda: commands.schema(project, edition))), output)
