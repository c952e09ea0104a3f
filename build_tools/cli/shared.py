"""What all commands share: the project that they work on, and the reporting of mistakes."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from build_tools.cli.reporting import chosen_form, mistakes_option, tell
from build_tools.engine import Engine
from build_tools.project import Project, UnknownName
from build_tools.text.files import replace_file
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.refusals import refusal, why

_T = TypeVar("_T")

MISTAKES = 1
INTERRUPTED = 130


def _project(_context: click.Context, _parameter: click.Parameter, value: Path) -> Project:
    return Project(value.resolve())


_project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    callback=_project,
    help="Folder that contains schools/. Default: the current folder.",
)
engine_option = click.option(
    "--pdf-engine",
    "engine",
    type=click.Choice(Engine, case_sensitive=False),
    default=Engine.WEASYPRINT,
    help=(
        "Program that makes the PDF. Typst is many times faster and does not need Pango; install it with "
        "schoolpolicy[typst]. Default: weasyprint."
    ),
)


def in_project(command: Any) -> Any:  # noqa: ANN401 - as click types its decorators
    """Add the project folder and the format of mistakes to a command's options."""
    return _project_option(mistakes_option()(command))


def checks_project(command: Any) -> Any:  # noqa: ANN401 - as click types its decorators
    """Like `in_project`, for a command without another format option."""
    return _project_option(mistakes_option("--format")(command))


schools_argument = click.argument("schools", nargs=-1, metavar="[SCHOOL]...")


def format_option(*names: str) -> Callable[[Any], Any]:
    """Return the option for one of these formats; the default is the first."""
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


def print_as(form: str, renderers: Mapping[str, Callable[[], str]]) -> None:
    """Print the result of a format's renderer, which includes the last line break."""
    click.echo(renderers[form](), nl=False)


def run(command: Callable[[], _T]) -> _T:
    """Return what a command returns; report mistakes and unknown names to the user.

    Raises:
        click.UsageError: if something is named that does not exist.
    """
    try:
        return command()
    except UnknownName as error:
        raise click.UsageError(str(error)) from None
    except Mistakes as mistakes:
        stop_for(mistakes.problems)
        raise
    except Exception as error:
        if refused := refusal(error):
            root = click.get_current_context().params["project"].root
            stop_for([Problem(Place(str(refused.filename or root)), why(refused))])
        raise
    except KeyboardInterrupt:
        click.echo("Interrupted; nothing was changed.", err=True)
        sys.exit(INTERRUPTED)


def stop_for(problems: Iterable[Problem]) -> None:
    """Print problems, and end with status 1 if any is a mistake; warnings are only printed."""
    found = tuple(problems)
    tell(found, chosen_form())
    if not all(problem.is_warning for problem in found):
        sys.exit(MISTAKES)


def need_schools(project: Project) -> None:
    """Check that the folder is a project.

    Raises:
        click.UsageError: if it has no school, as when the command is run in another folder.
    """
    if not project.school_names():
        message = (
            f"{project.schools_folder} contains no schools. Run policy in the project's folder, or give it "
            "with --project."
        )
        raise click.UsageError(message)


def give(made: str | bytes, output: Path | None) -> None:
    """Print a result, or write it to a file, completely or not at all."""
    if output is None:
        click.echo(made, nl=False)
        return
    content = made if isinstance(made, bytes) else made.encode()
    try:
        if output.exists() and not output.is_file():  # a pipe or a device
            output.write_bytes(content)
        else:
            replace_file(output.resolve(), content)
    except OSError as error:
        refused = refusal(error)
        reason = why(refused) if refused else f"This file cannot be written: {error.strerror}."
        stop_for([Problem(Place(str(output)), f"{reason} Nothing was written.")])
    click.echo(f"Written: {output}", err=True)
