"""The slips of a whole YAML file, each with its line, and the file as it was meant."""

import dataclasses

from build_tools.text import yaml_quoting, yaml_typography
from build_tools.text.yaml_lines import MOST_LINES, Line, Lines

_LONGEST_READ = 10_000
"""The longest line in which slips are looked for: nobody types a longer one."""
MOST_SLIPS = 200
"""The most slips that are looked for in a file: nobody corrects more before asking again."""


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A slip that was found."""

    line: int
    message: str


def may_have_slips(text: str) -> bool:
    """Return whether a text has anything that could be a slip, even if YAML can read it."""
    return yaml_typography.SUSPECT.search(text) is not None


def tidied(lines: list[str], *, is_broken: bool) -> list[Found]:
    """Return the slips in the lines of a file, and replace each line by what was meant.

    Those that YAML itself notices are only looked for if it noticed something: if not, the lines are right.
    """
    found: list[Found] = []
    checks = (*yaml_typography.CHECKS, *(yaml_quoting.CHECKS if is_broken else ()))
    for line in Lines(lines):
        if len(found) >= MOST_SLIPS:
            break
        at = line.number - 1
        for check in checks if len(line.text) < _LONGEST_READ else ():
            slip = check(Line(line.number, lines[at]), lines[at + 1 : at + 1 + MOST_LINES])
            if slip is not None:
                message, lines[at] = slip
                found.append(Found(line.number, message))
    return found
