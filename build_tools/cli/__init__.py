"""The command `policy`: what people type and what they see.

There is a module for each family of commands; `shared` has what all of them need. They only parse and print.

Exit status: 0 success, 1 mistakes in the project's files, 2 the command was not understood, 130 interrupted, or an
interview was left unfinished.
"""

import importlib
import io
import sys
from collections.abc import Mapping
from typing import Any

import click

from build_tools import __version__
from build_tools.text.refusals import refusal, why

_MODULES: Mapping[str, str] = {
    "adopt": "schools",
    "build": "building",
    "check": "policies",
    "diff": "changes",
    "edition": "editions",
    "missing": "schools",
    "new": "schools",
    "promises": "policies",
    "ratify": "decisions",
    "register": "registering",
    "repair": "registering",
    "schema": "writing",
    "serve": "writing",
    "show": "policies",
    "sign": "confirming",
    "sources": "policies",
    "stamp": "confirming",
    "status": "decisions",
    "upgrade": "changes",
    "verify": "decisions",
    "withdraw": "decisions",
}
"""The module of each command, by the command's name."""


class _Commands(click.Group):
    """Loads a command when it is called, so that none waits for what another needs."""

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Return the command with a name; None if there is none."""
        if name not in _MODULES:
            return None
        command: click.Command = getattr(
            importlib.import_module(f"build_tools.cli.{_MODULES[name]}"), name.replace("-", "_")
        )
        return command

    def invoke(self, context: click.Context) -> Any:  # noqa: ANN401 - as click types it
        """Run a command; if its output goes to a file on a drive that refuses it, say so."""
        try:
            return super().invoke(context)
        except OSError as error:
            refused = refusal(error)
            if refused is None or refused.filename:
                raise
            # what could not be written would be tried again at the end
            sys.stdout = io.StringIO()
            click.echo(f"The output cannot be printed: {why(refused)}", err=True)
            sys.exit(1)


def main() -> None:
    """Run the command."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            # a pipe on Windows would otherwise use the machine's code page, which cannot encode many names
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # standard streams are text
    cli(prog_name="policy")


@click.group(
    cls=_Commands,
    commands=[click.Command(name) for name in _MODULES],  # their names; the commands themselves are loaded later
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="policy")
def cli() -> None:
    """Build school policies from a template: websites, PDFs, and what each school changed."""
