"""The commands that confirm lines of the register: sign, stamp; and what other commands share with them."""

from collections.abc import Iterable
from pathlib import Path

import click

from build_tools import commands
from build_tools.cli.shared import in_project, run, stop_for
from build_tools.project import Project

_KEY = click.Path(exists=True, dir_okay=False, path_type=Path)
_versions_argument = click.argument("versions", nargs=-1, metavar="[SCHOOL@DATE]...")
sign_line_option = click.option(
    "--sign-line",
    "key",
    metavar="KEY",
    type=_KEY,
    help="Sign the line in the register with an SSH key: the private key, or a public key whose private key is in"
    " the SSH agent.",
)


def confirm(project: Project, version: str, key: Path | None) -> None:
    """Sign the line about a version that was just written, and have it stamped as the settings say."""
    files, warnings = run(lambda: commands.confirm(project, version, key))
    _list(project, files)
    stop_for(warnings)


@click.command()
@_versions_argument
@click.option(
    "--key",
    type=_KEY,
    required=True,
    help="The private SSH key, or a public key whose private key is in the SSH agent.",
)
@in_project
def sign(versions: tuple[str, ...], key: Path, project: Project) -> None:
    """Sign lines of the register with an SSH key.

    Lines that have a valid signature are left out. The key must be in schools/allowed_signers. policy verify then
    checks who signed, and so can anybody with ssh-keygen.
    """
    run(lambda: commands.require_signing(project))
    _tell(project, run(lambda: commands.sign_lines(project, versions, key)), "signature")


@click.command()
@_versions_argument
@in_project
def stamp(versions: tuple[str, ...], project: Project) -> None:
    """Have lines of the register stamped with the time.

    The authority in mkdocs.yml (stamp_authority) confirms when a line existed. It gets a SHA-256, not the line. Lines
    that have a valid time stamp are left out.
    """
    _tell(project, run(lambda: commands.stamp(project, versions)), "time stamp")


def _tell(project: Project, files: tuple[Path, ...], what: str) -> None:
    if files:
        _list(project, files)
    else:
        click.echo(f"Every line has a valid {what} already.")


def _list(project: Project, files: Iterable[Path]) -> None:
    for file in files:
        click.echo(f"Written: {file.relative_to(project.root).as_posix()}")
