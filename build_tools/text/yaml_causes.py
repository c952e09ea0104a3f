"""Why a text is not valid YAML: every cause that we recognise, with its line and what to type instead.

The parser stops at its first mistake. Here each mistake is corrected in memory as it was probably meant, and the text
is parsed again, until nothing is left to be found.
"""

import dataclasses
import re
from collections.abc import Callable, Collection

import yaml

from build_tools.text.source import unwanted_by_line, without_unwanted
from build_tools.text.yaml_corrections import UNREADABLE, Cause, line_below, no_colon, with_line, without
from build_tools.text.yaml_indentation import first_indented, out_of_line
from build_tools.text.yaml_lines import Line
from build_tools.text.yaml_slips import quoted, written
from build_tools.text.yaml_typing import MOST_SLIPS, tidied
from build_tools.text.yaml_typography import PRIVATE_BULLET

MOST_MISTAKES = 30
"""The most mistakes of the parser that are corrected: after that many, a file is not worth going on with."""

_MERGE = re.compile(r"(<{7}|={7}|>{7}|\|{7})( .*)?")


@dataclasses.dataclass(frozen=True, slots=True)
class Corrected:
    """A text that YAML can read, or that was given up, and what had to be corrected."""

    text: str
    messages: list[tuple[int, str]]
    is_sure: bool


def corrected(text: str, stops: Callable[[str], yaml.MarkedYAMLError | None], *, is_broken: bool) -> Corrected:
    """Return what was meant by a text, with the mistakes in it by line.

    `stops` returns where the parser stops in a text, None if it reads all of it; `is_broken` says that it stopped in
    this one or refused something.
    """
    text = PRIVATE_BULLET.sub("\\1•", text)
    messages = unwanted_by_line(text)
    lines = without_unwanted(text).split("\n")
    merged = _merged(lines)
    slips = tidied(lines, is_broken=is_broken)
    is_sure = not merged and len(slips) < MOST_SLIPS
    messages += merged + [(slip.line, slip.message) for slip in slips]
    told = {line for line, _ in messages}
    stuck: set[int] = set()
    for _ in range(MOST_MISTAKES):
        error = stops("\n".join(lines))
        if error is None:
            break
        cause = _cause(error, lines, told)
        # what is still wrong with a line that was corrected comes from the correction
        is_sure = is_sure and cause.is_sure and cause.line not in told
        lines = without(lines, cause.line - 1) if cause.line in stuck else cause.lines
        stuck.add(cause.line)
        if cause.line not in told:
            told.add(cause.line)
            messages.append((cause.line, cause.message))
    else:
        is_sure = False
    return Corrected("\n".join(lines), messages, is_sure)


def _merged(lines: list[str]) -> list[tuple[int, str]]:
    """Return the marks that Git left in a file; the first of two versions is kept, and the marks are deleted."""
    messages: list[tuple[int, str]] = []
    ours = True
    begun = None
    for number, line in enumerate(lines, 1):
        mark = _MERGE.fullmatch(line.rstrip())
        if mark:
            lines[number - 1] = ""
            if mark[1][0] == "<":
                begun = number
                end = next(
                    (at for at, other in enumerate(lines[number:], number + 1) if other.startswith(">>>>>>>")), 0
                )
                message = "Git could not merge two versions of this file, and left both"
                upto = f" (up to line {end})" if end else ""
                do = "Keep the lines of one of them, and delete those that begin with <<<<<<<, ======= and >>>>>>>."
                messages.append((number, f"{message}{upto}. {do}"))
            elif begun is None:
                messages.append((number, "Git left this line when it merged two versions of this file. Delete it."))
            ours = mark[1][0] not in "=|" or begun is None
            begun = None if mark[1][0] == ">" else begun
        elif not ours:
            lines[number - 1] = ""
    return messages


def _cause(error: yaml.MarkedYAMLError, lines: list[str], told: Collection[int]) -> Cause:
    """Return the mistake at which the parser stopped."""
    # the parser notices an unfinished text only later, even at the end of the file; the mistake is where it began
    unfinished = any(words in (error.problem or "") for words in ("end of stream", "expected ',' or", "expected ':'"))
    mark = (error.context_mark if unfinished else error.problem_mark) or error.problem_mark
    at = min(mark.line, len(lines) - 1) if mark else 0
    line = Line(at + 1, lines[at])
    said = f"{error.context or ''} {error.problem or ''}"
    if not mark or not line.text.strip():
        return Cause(at + 1, _other(said), without(lines, at), is_sure=False)
    if line.rest.startswith(("]", "}")):
        opening = "[" if line.rest[0] == "]" else "{"
        message = f"There is a {line.rest[0]} without its {opening}. Delete it."
        return Cause(line.number, message, without(lines, at), is_sure=False)
    if "mapping values are not allowed" in said and ":" in line.text[: mark.column]:
        return _second_colon(line, lines, mark.column)
    if "could not find expected ':'" in said:
        return no_colon(line, lines)
    if "block sequence entries are not allowed" in said:
        return Cause(line.number, "Begin the list on the next line.", without(lines, at), is_sure=False)
    if "<document start>" in said:
        return first_indented(line, lines)
    if any(words in said for words in ("mapping values are not", "expected key", "expected '-'", "<block end>")):
        return out_of_line(line, lines, told)
    return Cause(line.number, _other(said), without(lines, at), is_sure=False)


def _other(said: str) -> str:
    hints = {
        "found character that cannot start": "Text cannot begin like this. Put it in quotation marks.",
        "found unknown escape character": "There is a backslash in double quotation marks. Use single ones.",
        "did not find expected ',' or": "Something between brackets ends too early. Put each text in quotation marks.",
    }
    for words, hint in hints.items():
        if words in said:
            return hint
    return UNREADABLE


def _second_colon(line: Line, lines: list[str], column: int) -> Cause:
    meant = line.with_value(quoted(line.value))
    if word := _question_before(line, lines, column):
        # what is below may belong to the first of the two
        begins_block = line_below(line, lines).column > line.column
        changed = with_line(lines, line, line.with_value("") if begins_block else meant)
        message = f"There is a second colon in this line. If {word} is a question, begin it on a line of its own"
        return Cause(
            line.number, f"{message}; if it belongs to the text, write: {written(meant)}", changed, is_sure=False
        )
    message = f"There is a second colon in this line. Put the text in straight quotation marks: {written(meant)}"
    return Cause(line.number, message, with_line(lines, line, meant), is_sure=True)


def _question_before(line: Line, lines: list[str], column: int) -> str | None:
    """Return the word before a second colon if it looks like the name of a question, not like a word of the text."""
    before = line.text[:column].rstrip()
    found = re.search(r"(?<![\w-])[a-z]+(_[a-z]+)*$", before)
    if found is None:
        return None
    is_alone = re.fullmatch(rf"{re.escape(line.name or '')}: *{found[0]}", before.strip(" -")) is not None
    is_known = any(Line(0, text).name == found[0] for text in lines)
    follows_comma = before[: found.start()].endswith(", ")
    return found[0] if is_alone or is_known or follows_comma or "_" in found[0] else None
