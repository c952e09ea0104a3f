"""Report mistakes to users: coloured in a terminal, plain elsewhere, as data for programs."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from build_tools.cli.problem_listing import FORMS, render_problems
from build_tools.text.problems import Problem

_KEY = "build_tools.mistakes"


def _keep(context: click.Context, _parameter: click.Parameter, value: str) -> None:
    context.meta[_KEY] = value


def mistakes_option(*also: str) -> Callable[[Any], Any]:
    """Return the option for the format of a command's mistakes; `also` has other names for it."""
    return click.option(
        "--mistakes",
        *also,
        type=click.Choice(FORMS),
        default=FORMS[0],
        show_default=True,
        expose_value=False,
        callback=_keep,
        help="Report mistakes as text, as JSON, or as GitHub annotations.",
    )


def chosen_form() -> str:
    """Return the format of mistakes that was chosen for the running command."""
    return str(click.get_current_context().meta.get(_KEY, FORMS[0]))


def tell(problems: Iterable[Problem], form: str) -> None:
    """Print mistakes to the standard error; nothing if there are none."""
    found = tuple(problems)
    if not found:
        return
    if form != "text":
        click.echo(render_problems(found, form), err=True, nl=False)
        return
    # a command that finds no mistakes should not wait for this to load
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    # rich uses colours only in terminals, and none if NO_COLOR is set
    console = Console(stderr=True, highlight=False)
    for problem in found:
        place = str(problem.place)
        colour = "bold yellow" if problem.is_warning else "bold red"
        console.print(Text.assemble((place, colour), str(problem).removeprefix(place)), soft_wrap=True)
