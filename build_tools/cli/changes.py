"""The commands about changes: diff, upgrade."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from build_tools import commands
from build_tools.cli.progress import progress
from build_tools.cli.rehearsing import give_report, rehearsal_options
from build_tools.cli.shared import (
    INTERRUPTED,
    MISTAKES,
    format_option,
    give,
    in_project,
    need_schools,
    print_as,
    run,
    stop_for,
)
from build_tools.comparing.listing import difference_data, render_difference
from build_tools.outputs.comparison_page import render_comparison_page
from build_tools.outputs.upgrade_page import render_rehearsal_page, render_trial_page
from build_tools.policy.storage import render_json
from build_tools.pool import cores
from build_tools.project import Project
from build_tools.text.problems import Mistakes
from build_tools.text.refusals import writing
from build_tools.upgrading.data import rehearsal_data, trial_data
from build_tools.upgrading.listing import render_trial
from build_tools.upgrading.plan import Outcome, Rehearsal, Trial
from build_tools.upgrading.rehearsal_listing import render_rehearsal

_FILES = ("docx", "pdf")
"""The formats that a terminal cannot show."""


diff_format = format_option("text", "json", "html", *_FILES)
output_option = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write to. Default: print it (docx and pdf need a file, or a pipe).",
)


@click.command()
@click.argument("old")
@click.argument("new")
@diff_format
@output_option
@in_project
def diff(old: str, new: str, form: str, output: Path | None, project: Project) -> None:
    """Show what changed from OLD to NEW.

    OLD and NEW are each SCHOOL (its draft), SCHOOL@DATE, SCHOOL@latest or template:EDITION.

    docx (tracked changes for Word or LibreOffice) and pdf (a report for a meeting) are written to a file.
    """
    if form in _FILES and output is None and _is_terminal():
        raise click.UsageError(f"{form} cannot be shown in a terminal. Give a file: --output changes.{form}")
    difference = run(lambda: commands.diff(project, old, new))
    renderers: Mapping[str, Callable[[], str | bytes]] = {
        "text": lambda: render_difference(difference),
        "json": lambda: render_json(difference_data(difference)),
        "html": lambda: render_comparison_page(difference, project.template_folders),
        "docx": lambda: commands.tracked_changes(difference),
        "pdf": lambda: commands.change_report(project, difference),
    }
    give(run(renderers[form]), output)


def _is_terminal() -> bool:
    return sys.stdout.isatty()


@click.command()
@click.argument("school", required=False)
@click.option("--to", metavar="EDITION", required=True, help="The new edition.")
@click.option("--all", "is_for_all", is_flag=True, help="Do it for every school and federation.")
@click.option(
    "--write", is_flag=True, help="Make the changes that are certain; with --all, where nothing must be decided."
)
@format_option("text", "json", "html")
@rehearsal_options
@in_project
def upgrade(
    school: str | None,
    to: str,
    is_for_all: bool,  # noqa: FBT001 - click gives it by name
    write: bool,  # noqa: FBT001 - click gives it by name
    form: str,
    jobs: int | None,
    report: Path | None,
    project: Project,
) -> None:
    """Show what a new edition means for SCHOOL, or for all schools.

    SCHOOL may also be a federation. What changes is listed, and what a person must decide.

    With --all --write, the exit status is 1 if anything is left to decide.
    """
    if is_for_all:
        if school:
            raise click.UsageError("--all is for every school. Leave out the school, or --all.")
        _upgrade_all(project, to, form, jobs, report, write=write)
        return
    if not school:
        raise click.UsageError("Name a school, or use --all for every school.")
    if jobs or report:
        raise click.UsageError("--jobs and --report are for --all. Leave them out, or use --all without a school.")
    trial, edition = run(lambda: commands.upgrade(project, school, to, write=write))
    print_as(
        form,
        {
            "text": lambda: render_trial(trial),
            "json": lambda: render_json(trial_data(trial)),
            "html": lambda: render_trial_page(trial, edition, project.template_folders),
        },
    )
    if write:
        _tell_written(trial)


def _upgrade_all(project: Project, to: str, form: str, jobs: int | None, report: Path | None, *, write: bool) -> None:
    """Show what a new edition means for all schools; end with status 1 if not everything could be written."""
    need_schools(project)
    with progress() as step:
        rows = run(lambda: commands.rehearse(project, to, jobs or cores(), step, write=write))
    if write:
        run(lambda: _write_all(project, rows))
    print_as(
        form,
        {
            "text": lambda: render_rehearsal(rows, to, is_written=write),
            "json": lambda: render_json(rehearsal_data(rows)),
            "html": lambda: render_rehearsal_page(rows, to, project.template_folders, is_written=write),
        },
    )
    give_report(rows, report)
    if write and not all(row.outcome in (Outcome.READY, Outcome.DONE) for row in rows):
        sys.exit(MISTAKES)


def _write_all(project: Project, rows: tuple[Rehearsal, ...]) -> None:
    """Write everything that needs no answer; if that is cut short, say how much was written."""
    total = sum(row.outcome is Outcome.READY for row in rows)
    written = 0

    def stopped() -> str:
        told = f"Stopped after {written:,} of {total:,} schools and federations; every file is complete, old or new."
        return f"{told} For the others, run the command again."

    with writing(project.schools_folder, project.root, stopped):
        try:
            for number in commands.upgrade_all(project, rows):
                written += number
        except (Mistakes, KeyboardInterrupt) as error:
            click.echo(stopped(), err=True)
            if isinstance(error, KeyboardInterrupt):
                sys.exit(INTERRUPTED)
            raise


def _tell_written(trial: Trial) -> None:
    """Report that a file was changed; end with status 1 if it still has mistakes."""
    click.echo(f"Written: the {trial.file} of {trial.plan.school} now uses edition {trial.plan.new}.", err=True)
    stop_for(trial.problems)
