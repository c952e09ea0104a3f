"""What `--help` prints on a terminal of 80 columns."""

import click
import pytest
from click.testing import CliRunner

from build_tools.cli import cli

GROUPS = ((), ("edition",))


def help_of(*names: str) -> list[str]:
    """Return the lines of a command's help."""
    result = CliRunner(env={"COLUMNS": "80"}).invoke(cli, [*names, "--help"], prog_name="policy")
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def commands_of(group: tuple[str, ...]) -> dict[str, click.Command]:
    """Return the commands of a group by name."""
    context, found = click.Context(cli), cli
    for name in group:
        found = found.get_command(context, name)  # type: ignore[assignment]  # a group, as the test names it
    return {name: command for name in found.list_commands(context) if (command := found.get_command(context, name))}


EVERY = [*GROUPS, *((*group, name) for group in GROUPS for name in commands_of(group) if name != "edition")]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: " ".join(("policy", *group)))
def test_help_shows_every_summary_whole(group: tuple[str, ...]) -> None:
    listed = help_of(*group)
    listed = [line.strip() for line in listed[listed.index("Commands:") + 1 :]]
    summaries = {name: summary.strip() for name, summary in (line.split(maxsplit=1) for line in listed)}
    assert summaries.keys() == commands_of(group).keys()
    assert not [summary for summary in summaries.values() if summary.endswith("...")]
    for name, command in commands_of(group).items():
        whole = (command.help or "").split("\n\n")[0]
        assert summaries[name] == " ".join(whole.split())


@pytest.mark.parametrize("names", EVERY, ids=lambda names: " ".join(("policy", *names)))
def test_no_line_of_help_is_wider_than_a_terminal(names: tuple[str, ...]) -> None:
    assert [line for line in help_of(*names) if len(line) > 80] == []
