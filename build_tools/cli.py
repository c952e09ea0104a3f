"""The command `policy`: what people type and what they see.

Exit status: 0 all is well, 1 there are mistakes in the project's files, 2 the command was not
understood, 130 interrupted.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from build_tools import __version__, commands, report, upgrade_report
from build_tools.answers import get
from build_tools.colour import adjustment
from build_tools.console import chosen_form, mistakes_option, tell
from build_tools.dates import long_date
from build_tools.listing import comparison_data, render_comparison, render_policy
from build_tools.problem_listing import check_data
from build_tools.problems import Mistakes, Problem
from build_tools.project import Project
from build_tools.reading import UnknownName
from build_tools.signing import Certificate
from build_tools.status_listing import render_status, render_status_csv, status_data
from build_tools.storage import policy_data, render_json
from build_tools.upgrade import Trial
from build_tools.upgrade_listing import rehearsal_data, render_rehearsal, render_trial, trial_data

_T = TypeVar("_T")

_MISTAKES = 1
_FROM_ENVIRONMENT = "POLICY_PASSPHRASE"
_FILES = ("docx", "pdf")
"""The formats that a terminal cannot show."""


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            # a pipe on Windows would otherwise take the code page of the machine, and refuse half of all names
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # standard streams are text
    cli(prog_name="policy")


def _project(_context: click.Context, _parameter: click.Parameter, value: Path) -> Project:
    return Project(value.resolve())


_project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    callback=_project,
    help="The folder that holds schools/. Default: this folder.",
)


def _in_project(command: Any) -> Any:  # noqa: ANN401 - as click types its decorators
    """Give a command the folder that it works on, and the choice of how it tells the mistakes there."""
    return _project_option(mistakes_option()(command))


def _reports(command: Any) -> Any:  # noqa: ANN401 - as click types its decorators
    """As `_in_project`, for a command of which nothing is wanted but what is wrong."""
    return _project_option(mistakes_option("--format")(command))


_schools = click.argument("schools", nargs=-1, metavar="[SCHOOL]...")


def _certificate(_context: click.Context, _parameter: click.Parameter, file: Path | None) -> Certificate | None:
    """Return a certificate with its passphrase: never an argument, which the list of processes would show."""
    if file is None:
        return None
    given = os.environ.get(_FROM_ENVIRONMENT)
    if given is None:
        given = click.prompt(f"Passphrase of {file.name}", default="", show_default=False, hide_input=True, err=True)
    return Certificate(file, given)


def _format(*names: str) -> Callable[[Any], Any]:
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policy")
def cli() -> None:
    """Build schools' policies from a template: site, PDF, and the differences between the two."""


@cli.command()
@_schools
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="Where the site goes. Default: site/ in the project."
)
@_reports
def build(schools: tuple[str, ...], out: Path | None, project: Project) -> None:
    """Write the sites and PDFs of the named schools, or of all."""
    _need_schools(project)
    out = (out or project.root / "site").resolve()
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:40}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=commands.steps(project, schools))

        def step(done: str) -> None:
            progress.update(task, advance=1, description=done)

        result = _run(lambda: commands.build(project, schools, out, step))
    for name in result.built:
        click.echo(f"Built {name}: {out / name / 'index.html'}")
    for name in result.kept:
        state = "its last good pages stay" if (out / name).is_dir() else "it has no pages"
        click.echo(f"Not built: {name} has mistakes; {state}.", err=True)
    _stop_for(result.problems)


@cli.command()
@click.argument("school", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free."
)
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser.")
@_in_project
def serve(school: str | None, port: int, is_opened: bool, project: Project) -> None:  # noqa: FBT001 - click gives them by name
    """Show the pages of SCHOOL, or of all, to this machine's browsers; every saved change shows at once."""
    _need_schools(project)

    def started(address: str) -> None:
        click.echo(f"Preview: {address}  Stop it with Ctrl-C.")
        if is_opened:
            click.launch(address)

    form = chosen_form()

    def tell_changed(problems: tuple[Problem, ...]) -> None:
        tell(problems, form)
        click.echo(f"Mistakes: {len(problems)}." if problems else "No mistakes are left.", err=True)

    try:
        _run(lambda: commands.serve(project, school, port, started, tell_changed))
    except commands.PortInUse as error:
        raise click.UsageError(str(error)) from None


@cli.command()
@_schools
@_reports
def check(schools: tuple[str, ...], project: Project) -> None:
    """Find all mistakes that can be known without building, in the named schools and federations, or in all."""
    _need_schools(project)
    reading = _run(lambda: commands.check(project, schools))
    problems = reading.problems(schools or (*project.school_names(), *project.federation_names()))
    if chosen_form() == "json":
        click.echo(render_json(check_data(reading, problems)), nl=False)
        sys.exit(_MISTAKES if problems else 0)
    _stop_for(problems)
    for name, found in reading.resolved.items():
        amendments = len(found.school.amendments)
        counted = f"{amendments} amendment{'' if amendments == 1 else 's'}"
        click.echo(f"{name}: no mistakes. Edition {found.edition.name}, {counted}.")
        if note := adjustment(get(found.school.values, "school.colour")):
            click.echo(f"{name}: {note}")


@cli.command()
@click.argument("school")
@_format("text", "json")
@_in_project
def show(school: str, form: str, project: Project) -> None:
    """Print the policy of a school: number, id, origin and words of every part."""
    found = _run(lambda: commands.show(project, school))
    name = found.school.values["school"]["name"]
    click.echo(
        render_json(policy_data(found.policy, name)) if form == "json" else render_policy(found.policy), nl=False
    )


@cli.command()
@click.argument("edition")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where it is written. Default: it is printed."
)
@_in_project
def schema(edition: str, output: Path | None, project: Project) -> None:
    """Print the JSON Schema by which editors complete, explain and check school.yml on an EDITION."""
    _give(render_json(_run(lambda: commands.schema(project, edition))), output)


@cli.command()
@click.argument("school")
@click.option("--on", metavar="DATE", required=True, help="The date of the decision: 2018-05-23, or 2018-10.")
@click.option("--by", metavar="BODY", required=True, help='Who decided: "Full Governing Body".')
@click.option("--next-review", metavar="DATE", help="Default: document.next_review of school.yml.")
@click.option("--minute", metavar="REF", help="Where the decision is minuted.")
@click.option("--summary", metavar="TEXT", help="What changed, in a sentence.")
@click.option(
    "--sign",
    metavar="CERTIFICATE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_certificate,
    help=f"Sign the PDF with a certificate and its key (.p12 or .pfx). Its passphrase is asked for, or taken from"
    f" the environment variable {_FROM_ENVIRONMENT}.",
)
@_in_project
def ratify(
    school: str,
    on: str,
    by: str,
    next_review: str | None,
    minute: str | None,
    summary: str | None,
    sign: Certificate | None,
    project: Project,
) -> None:
    """Freeze the policy of a school as its governing body agreed it: PDF, text and record."""
    version = _run(lambda: commands.ratify(project, school, on, by, next_review, minute, summary, sign))
    click.echo(f"Ratified {version.name}, to be reviewed by {long_date(version.decision.next_review)}:")
    for name, digest in version.digests.items():
        click.echo(f"  {version.folder / name}  SHA-256 {digest}")
    if version.signature:
        click.echo(f"  signed by {version.signature.by}  SHA-256 of the certificate {version.signature.certificate}")


@cli.command()
@_schools
@_reports
def verify(schools: tuple[str, ...], project: Project) -> None:
    """Find out whether every ratified version is as it was ratified and, if it was, as it was signed.

    That a signature fits, and was made with the certificate in the record. Whether that certificate belongs to whom
    it names is for the authority to say that issued it.
    """
    _need_schools(project)
    found = _run(lambda: commands.verify(project, schools))
    for name, versions in found.items():
        dates = ", ".join(f"{version.decision.on}{' (signed)' if version.signature else ''}" for version in versions)
        click.echo(f"{name}: {f'unchanged: {dates}' if dates else 'nothing is ratified yet'}.")


@cli.command()
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: dt.datetime.now().astimezone().date().isoformat(),
    show_default="the date of this machine",
    metavar="DATE",
    help="The day on which to judge what is due and what is in force.",
)
@_format("text", "json", "csv")
@_in_project
def status(today: dt.datetime, form: str, project: Project) -> None:
    """Tell where each school stands: what is ratified, due, pending, out of date."""
    _need_schools(project)
    found, problems = _run(lambda: commands.status(project, today.date()))
    if form == "json":
        click.echo(render_json(status_data(found, today.date())), nl=False)
    elif form == "csv":
        click.echo(render_status_csv(found), nl=False)
    else:
        click.echo(render_status(found, today.date()), nl=False)
    _stop_for(problems)


@cli.command()
@click.argument("old")
@click.argument("new")
@_format("text", "json", "html", "docx", "pdf")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where it is written. Default: printed; docx and pdf only if the output goes to a file or another program.",
)
@_in_project
def diff(old: str, new: str, form: str, output: Path | None, project: Project) -> None:
    """Tell what changed from OLD to NEW: SCHOOL (its draft), SCHOOL@DATE, SCHOOL@latest or template:EDITION.

    The formats docx (tracked changes for Word or LibreOffice) and pdf (a report for governors) are files.
    """
    if form in _FILES and output is None and _is_terminal():
        raise click.UsageError(f"A {form} is no text to print. Name a file for it: --output changes.{form}")
    difference = _run(lambda: commands.diff(project, old, new))
    comparison, schema = difference.comparison, difference.new.edition.schema
    renderers: Mapping[str, Callable[[], str | bytes]] = {
        "text": lambda: render_comparison(comparison, schema),
        "json": lambda: render_json(comparison_data(comparison)),
        "html": lambda: report.render_comparison_page(comparison, difference.new.edition, project.template_folders),
        "docx": lambda: commands.tracked_changes(difference),
        "pdf": lambda: commands.change_report(project, difference),
    }
    _give(_run(renderers[form]), output)


def _give(made: str | bytes, output: Path | None) -> None:
    """Print what was made, or write it to a file."""
    if output is None:
        click.echo(made, nl=False)
    else:
        output.write_bytes(made if isinstance(made, bytes) else made.encode())
        click.echo(f"Written: {output}", err=True)


def _is_terminal() -> bool:
    return sys.stdout.isatty()


@cli.command()
@click.argument("school", required=False)
@click.option("--to", metavar="EDITION", required=True, help="The edition that the school is to use.")
@click.option("--all", "is_rehearsal", is_flag=True, help="Try it for every school and write nothing.")
@click.option("--write", is_flag=True, help="Change school.yml where the change is certain.")
@_format("text", "json", "html")
@_in_project
def upgrade(school: str | None, to: str, is_rehearsal: bool, write: bool, form: str, project: Project) -> None:  # noqa: FBT001 - click gives them by name
    """Print what a new edition means for SCHOOL: what changes under it, and what a person must decide."""
    if is_rehearsal:
        if school or write:
            raise click.UsageError("--all tries the edition for every school and writes nothing: name no school.")
        _rehearse(project, to, form)
        return
    if not school:
        raise click.UsageError("Name a school, or try the edition for all of them with --all.")
    trial, edition = _run(lambda: commands.upgrade(project, school, to, write=write))
    if form == "json":
        click.echo(render_json(trial_data(trial)), nl=False)
    elif form == "html":
        click.echo(upgrade_report.render_trial_page(trial, edition, project.template_folders), nl=False)
    else:
        click.echo(render_trial(trial), nl=False)
    if write:
        _tell_written(trial)


def _rehearse(project: Project, to: str, form: str) -> None:
    _need_schools(project)
    rows = _run(lambda: commands.rehearse(project, to))
    if form == "json":
        click.echo(render_json(rehearsal_data(rows)), nl=False)
    elif form == "html":
        click.echo(upgrade_report.render_rehearsal_page(rows, to, project.template_folders), nl=False)
    else:
        click.echo(render_rehearsal(rows, to), nl=False)


def _tell_written(trial: Trial) -> None:
    """Say that a school's file was changed; end with status 1 if mistakes are left in it."""
    click.echo(f"Written: the school.yml of {trial.plan.school} is for edition {trial.plan.new}.", err=True)
    _stop_for(trial.problems)


def _run(command: Callable[[], _T]) -> _T:
    """Return what a command returns; tell mistakes and wrong names as people expect them."""
    try:
        return command()
    except UnknownName as error:
        raise click.UsageError(str(error)) from None
    except Mistakes as mistakes:
        _stop_for(mistakes.problems)
        raise
    except KeyboardInterrupt:
        click.echo("Interrupted; nothing was changed.", err=True)
        sys.exit(130)


def _stop_for(problems: Iterable[Problem]) -> None:
    """Print problems and end with status 1, if there are any."""
    found = tuple(problems)
    tell(found, chosen_form())
    if found:
        sys.exit(_MISTAKES)


def _need_schools(project: Project) -> None:
    if not project.school_names():
        message = (
            f"{project.schools_folder} holds no school. Run policy in the project's folder, or name it with --project."
        )
        raise click.UsageError(message)
