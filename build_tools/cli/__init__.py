"""The command `policy`: what people type and what they see.

A module for each family of commands; `shared` holds what all of them need. None holds a thought of its own.

Exit status: 0 all is well, 1 there are mistakes in the project's files, 2 the command was not
understood, 130 interrupted, or an interview left before its end.
"""

import sys

import click

from build_tools import __version__
from build_tools.cli.changes import diff, upgrade
from build_tools.cli.decisions import ratify, status, verify
from build_tools.cli.editions import edition
from build_tools.cli.policies import build, check, show
from build_tools.cli.schools import adopt, missing, new
from build_tools.cli.writing import schema, serve


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            # a pipe on Windows would otherwise take the code page of the machine, and refuse half of all names
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # standard streams are text
    cli(prog_name="policy")


@click.group(
    commands=[
        adopt,
        build,
        check,
        diff,
        edition,
        missing,
        new,
        ratify,
        schema,
        serve,
        show,
        status,
        upgrade,
        verify,
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="policy")
def cli() -> None:
    """Build schools' policies from a template: site, PDF, and the differences between the two."""
