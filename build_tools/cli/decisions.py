"""The commands about what was agreed: ratify, withdraw, verify, status."""

import datetime as dt
import os
from pathlib import Path

import click

from build_tools import commands
from build_tools.cli.confirming import confirm, sign_line_option
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
from build_tools.text.problems import counted
from build_tools.text.typed_dates import no_date, read_typed_date
from build_tools.versions.history import Version, version_in_force
from build_tools.versions.signing import Certificate
from build_tools.versions.withdrawal import WITHDRAWN_FILE

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


def _taken(context: click.Context, parameter: click.Parameter, typed: str | None) -> str | None:
    """Return the date of a decision, which must not be in the future: its record is never deleted.

    Raises:
        click.BadParameter: if it is not certainly a date, or is in the future.
    """
    on = _date(context, parameter, typed)
    if on and on > _today()[: len(on)]:
        raise click.BadParameter(f"{on} is in the future. Record a decision once it has been taken.")
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
@sign_line_option
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
    key: Path | None,
    engine: Engine,
    project: Project,
) -> None:
    """Record the policy of SCHOOL as it was agreed.

    PDF, text and record are saved, and cannot be changed afterwards.
    """
    if key:
        run(lambda: commands.require_signing(project))
    before = len(run(lambda: commands.register(project)))
    version = run(lambda: commands.ratify(project, school, on, by, next_review, minute, summary, sign, engine))
    _tell_entered(project, before)
    click.echo(f"Ratified {version.name}, to be reviewed by {long_date(version.decision.next_review)}:")
    for name, digest in version.digests.items():
        click.echo(f"  {version.folder / name}  SHA-256 {digest}")
    if version.signature:
        click.echo(f"  signed by {version.signature.by}  SHA-256 of the certificate {version.signature.certificate}")
    confirm(project, version.name, key)
    stop_for(run(lambda: commands.doubts_of(project, version)))


def _tell_entered(project: Project, before: int) -> None:
    """Report the older versions that a command entered in the register before its own line; it had `before` lines."""
    for entry in run(lambda: commands.register(project))[before:-1]:
        click.echo(f"Entered in the register, which is new: {entry.version}.")


@click.command()
@click.argument("version", metavar="SCHOOL@DATE")
@click.option("--because", metavar="TEXT", required=True, help="Why, for readers of the list of versions.")
@click.option("--by", metavar="BODY", help="Who decided it, if anybody had to; then --on is required.")
@click.option(
    "--on",
    metavar="DATE",
    callback=_taken,
    help="The date of the decision. Default without --by: this computer's date, as that of the correction.",
)
@sign_line_option
@in_project
def withdraw(version: str, because: str, by: str | None, on: str | None, key: Path | None, project: Project) -> None:
    """Record that a version was made in error.

    The version is kept, with its PDF, and is no longer in force. The reason is published. This cannot be undone.
    """
    if by is not None and on is None:
        raise click.UsageError(f"Say when {by} decided it: --on DATE")
    if key:
        run(lambda: commands.require_signing(project))
    before = len(run(lambda: commands.register(project)))
    withdrawn, versions = run(lambda: commands.withdraw(project, version, because, on or _today(), by))
    _tell_entered(project, before)
    click.echo(f"Withdrawn {withdrawn.name}: {withdrawn.folder / WITHDRAWN_FILE}")
    current = version_in_force(versions)
    click.echo(
        f"In force now: the version of {long_date(current.decision.on)}."
        if current
        else "No version is in force now. The draft is published until a policy is ratified."
    )
    confirm(project, withdrawn.name, key)


@click.command()
@schools_argument
@click.option(
    "--against",
    metavar="COPY",
    help="Compare the register with another copy: an address on the web, a file, a folder, or a revision in Git.",
)
@click.option(
    "--site",
    is_flag=False,
    flag_value="",
    metavar="[DIR]",
    help="Compare the published copies on a built site as well. Default: site/ in the project.",
)
@checks_project
def verify(schools: tuple[str, ...], against: str | None, site: str | None, project: Project) -> None:
    """Check that no ratified version has been altered.

    Every version must be as the register (schools/register.jsonl) and the last build on this computer have it.
    Somebody who may write this folder can write versions and register again so that they agree. Only another copy of
    the register shows that: --against https://..., a colleague's folder, or HEAD~20.

    The signature of a signed version must cover the whole PDF, and be made with the certificate in the record while
    that was valid. Whether the certificate belongs to whom it names is for its issuer to say.
    """
    need_schools(project)
    compared = run(lambda: commands.compare_register(project, against)) if against else None
    found = run(lambda: commands.verify(project, schools, compared))
    for name, versions in found.items():
        dates = ", ".join(map(_told, versions))
        click.echo(f"{name}: {f'unchanged: {dates}' if dates else 'nothing is ratified yet'}.")
    if compared:
        click.echo(f"{compared.shown}: {counted(compared.count, 'line')} of the register, all of them here.")
        for entry in compared.newer:
            click.echo(f"Newer here: {entry.version} ({entry.event}).")
    if site is not None:
        folder = Path(site) if site else None
        count = run(lambda: commands.verify_site(project, found, folder, all_schools=not schools))
        click.echo(f"{folder or 'site'}: {counted(count, 'file')} of versions, all of them as they were ratified.")


def _told(version: Version) -> str:
    """Return the date of a version with what else is known of it."""
    notes = ", ".join(word for word, fact in (("signed", version.signature), ("withdrawn", version.withdrawal)) if fact)
    return f"{version.decision.on} ({notes})" if notes else version.decision.on


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
