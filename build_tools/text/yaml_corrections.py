"""A mistake in a YAML file, and the lines of the file as they would be without it."""

import dataclasses
import re

from build_tools.text.yaml_lines import Line
from build_tools.text.yaml_slips import written

UNREADABLE = "This line cannot be read. Compare it with similar lines of the file, or of another one."
"""What is said of a mistake that no rule knows."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cause:
    """A mistake, and the lines as they would be without it."""

    line: int
    message: str
    lines: list[str]
    is_sure: bool
    """Whether the lines surely say what was meant, so that it is worth checking what they say."""


def without(lines: list[str], at: int) -> list[str]:
    """Return lines without one and what is indented under it, so that the others keep their numbers."""
    kept = list(lines)
    indent = len(lines[at]) - len(lines[at].lstrip())
    kept[at] = ""
    for below in range(at + 1, len(kept)):
        if kept[below].strip() and len(kept[below]) - len(kept[below].lstrip()) <= indent:
            break
        kept[below] = ""
    return kept


def with_line(lines: list[str], line: Line, meant: str) -> list[str]:
    """Return lines with one as it was meant."""
    return [*lines[: line.number - 1], meant, *lines[line.number :]]


def line_below(line: Line, lines: list[str]) -> Line:
    """Return the next line with words in it, an empty one if there is none."""
    return next((Line(0, text) for text in lines[line.number :] if text.strip()), Line(0, ""))


def no_colon(line: Line, lines: list[str]) -> Cause:
    """Return the cause of a line that has no colon and continues no text."""
    found = re.fullmatch(r"([a-z]+(?:_[a-z]+)*)(?: +(.+))?", line.rest.partition(" #")[0].rstrip())
    if found is None:
        message = "A colon is missing after a name, or the line is not indented enough."
        return Cause(line.number, message, without(lines, line.number - 1), is_sure=False)
    meant = f"{line.indent}{line.hyphens}{found[1]}: {found[2] or ''}".rstrip()
    message = f"A colon is missing after {found[1]}, or the line is not indented enough. Write: {written(meant)}"
    return Cause(line.number, message, with_line(lines, line, meant), is_sure=False)
