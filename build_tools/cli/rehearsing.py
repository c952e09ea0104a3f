"""What the commands that try an edition on all schools share: how many at once, and a file with everything."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from build_tools.cli.shared import give
from build_tools.outputs.rehearsal_report import REPORTS, is_report, render_report
from build_tools.text.problems import one_of
from build_tools.upgrading.plan import Rehearsal


def _checked(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    if value and not is_report(value):
        raise click.BadParameter(f"{value} is neither a table nor data. End the name with {one_of(REPORTS)}.")
    return value


_jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=None, help="Schools to try at once. Default: one per core."
)
_report_option = click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_checked,
    help="Also write everything, school by school: .csv for a spreadsheet, .json for programs.",
)


def rehearsal_options(command: Any) -> Any:  # noqa: ANN401 - as click types its decorators
    """Add the options of a rehearsal for all schools."""
    return _jobs_option(_report_option(command))


def give_report(rows: Sequence[Rehearsal], file: Path | None) -> None:
    """Write the report of a rehearsal into a file, if one was named."""
    if file:
        give(render_report(rows, file), file)
