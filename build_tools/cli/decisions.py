"""The commands about what was agreed: ratify, verify, status."""

import datetime as dt
import os
from pathlib import Path

import click

from build_tools import commands
from build_tools.cli.shared import (
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
from build_tools.engine import Engine
from build_tools.outputs.hub.status_listing import render_status, render_status_csv, status_data
from build_tools.policy.storage import render_json
from build_tools.project import Project
from build_tools.text.dates import is_day, long_date
from build_tools.text.typed_dates import no_date, read_typed_date
from build_tools.versions.signing import Certificate

_FROM_ENVIRONMENT = "POLICY_PASSPHRASE"


def _certificate(_context: click.Context, _parameter: click.Parameter, file: Path | None) -> Certificate | None:
    """Return a certificate with its passphrase, which is never an argument: the process list would show it."""
    if file is None:
        return None
    given = os.environ.get(_FROM_ENVIRONMENT)
    if given is None:
        given = click.prompt(f"Passphrase for {file.name}", default="", show_default=False, hide_input=True, err=True)
    return Certificate(file, given)


def _today() -> str:
    return dt.datetime.now().astimezone().date().isoformat()


def _date(_context: click.Context, _parameter: click.Parameter, typed: str | None) -> str | None:
    """Return a date that was typed in any form, if it can only mean one.

    Raises:
        click.BadParameter: if it cannot, or is not a date.
    """
    if typed is None:
        return None
    found = read_typed_date(typed)
    if not found.is_sure:
        raise click.BadParameter(no_date(typed))
    return found.date


def _day(context: click.Context, parameter: click.Parameter, typed: str) -> dt.date:
    """Return a day that was typed in any form.

    Raises:
        click.BadParameter: if it is not certain which day it is, or only a month was typed.
    """
    date = _date(context, parameter, typed)
    assert date is not None  # noqa: S101 - it has a default
    if not is_day(date):
        raise click.BadParameter(f"{typed} is a month. Give a day.")
    return dt.date.fromisoformat(date)


def _taken(context: click.Context, parameter: click.Parameter, typed: str) -> str:
    """Return the date of a decision, which must not be in the future: a version can never be withdrawn.

    Raises:
        click.BadParameter: if it is not certainly a date, or is in the future.
    """
    on = _date(context, parameter, typed)
    assert on is not None  # noqa: S101 - it is required
    if on > _today()[: len(on)]:
        raise click.BadParameter(f"{on} is in the future. Ratify a policy once it has been agreed.")
    return on


@click.command()
@click.argument("school")
@click.option(
    "--on", metavar="DATE", required=True, callback=_taken, help="The date of the decision: 2018-05-23, or 2018-10."
)
@click.option(
    "--by",
    metavar="BODY",
    required=True,
    help='Who decided: "Full Governing Body", "Management Committee" or "the owner".',
)
@click.option(
    "--next-review",
    metavar="DATE",
    callback=_date,
    help="Date of the next review. Default: document.next_review in school.yml.",
)
@click.option("--minute", metavar="REF", help="Where the decision is minuted.")
@click.option("--summary", metavar="TEXT", help="What changed, in a sentence.")
@click.option(
    "--sign",
    metavar="CERTIFICATE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_certificate,
    help=f"Sign the PDF with a certificate and its key (.p12 or .pfx). You are asked for its passphrase, unless"
    f" the environment variable {_FROM_ENVIRONMENT} holds it.",
)
@engine_option
@in_project
def ratify(
    school: str,
    on: str,
    by: str,
    next_review: str | None,
    minute: str | None,
    summary: str | None,
    sign: Certificate | None,
    engine: Engine,
    project: Project,
) -> None:
    """Record the policy of SCHOOL as it was agreed.

    PDF, text and record are saved, and cannot be changed afterwards.
    """
    version = run(lambda: commands.ratify(project, school, on, by, next_review, minute, summary, sign, engine))
    click.echo(f"Ratified {version.name}, to be reviewed by {long_date(version.decision.next_review)}:")
    for name, digest in version.digests.items():
        click.echo(f"  {version.folder / name}  SHA-256 {digest}")
    if version.signature:
        click.echo(f"  signed by {version.signature.by}  SHA-256 of the certificate {version.signature.certificate}")
    stop_for(run(lambda: commands.doubts_of(project, version)))


@click.command()
@schools_argument
@checks_project
def verify(schools: tuple[str, ...], project: Project) -> None:
    """Check that no ratified version has been altered.

    The signature of a signed version must cover the whole PDF, and be made with the certificate in the record while
    that was valid. Whether the certificate belongs to whom it names is for its issuer to say.
    """
    need_schools(project)
    found = run(lambda: commands.verify(project, schools))
    for name, versions in found.items():
        dates = ", ".join(f"{version.decision.on}{' (signed)' if version.signature else ''}" for version in versions)
        click.echo(f"{name}: {f'unchanged: {dates}' if dates else 'nothing is ratified yet'}.")


@click.command()
@click.option(
    "--today",
    callback=_day,
    default=_today,
    show_default="this computer's date",
    metavar="DATE",
    help="The date to use as today, when showing what is due and what is in force.",
)
@format_option("text", "json", "csv")
@in_project
def status(today: dt.date, form: str, project: Project) -> None:
    """Show for each school what is ratified, due or out of date."""
    need_schools(project)
    found, problems = run(lambda: commands.status(project, today))
    print_as(
        form,
        {
            "text": lambda: render_status(found, today),
            "json": lambda: render_json(status_data(found, today)),
            "csv": lambda: render_status_csv(found),
        },
    )
    stop_for(problems)
