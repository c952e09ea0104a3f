"""Slips that YAML never takes for words: texts that begin or end with a sign that means something else."""

import re
from collections.abc import Sequence

from build_tools.text.yaml_lines import Line, closes_at, is_long_text, lines_after
from build_tools.text.yaml_slips import CLOSING, Slip, quoted, write, written


def _straight_quotes(line: Line, following: Sequence[str]) -> Slip:
    """Find a text that begins with a quotation mark and does not end with the same one."""
    value = line.value
    if value[:1] not in ("'", '"') or not value:
        return None
    end = closes_at(value)
    if end is None:
        if lines_after(value, following, line.column if line.name else len(line.indent)) is not None:
            return None
        inside = re.sub(rf"[{CLOSING}]$", "", value[1:]) if len(value) > 1 else ""
        meant = line.with_value(quoted(inside))
        return f"The quotation mark before this text is not closed. {write(meant)}", meant
    if _is_over(value[end:]):
        return None
    inside = value[1:-1] if value[-1] == value[0] and not _is_two(value) else value
    meant = line.with_value(quoted(inside.replace("''", "'") if value[0] == "'" else inside))
    message = "This text ends too early, at a quotation mark or apostrophe inside it."
    return f"{message} {write(meant)}", meant


def _is_over(rest: str) -> bool:
    """Return whether nothing but a comment or a colon follows a text in quotation marks or brackets."""
    return re.match(r"\s*(#|$)|\s*:(\s|$)", rest) is not None


def _is_two(value: str) -> bool:
    """Return whether a value is two quotations with words between them, not one with a mark inside."""
    mark = value[0]
    return value.count(mark) % 2 == 0 and bool(re.search(rf"\w{mark}\s.*\s{mark}\w", value))


def _backslash(line: Line, _following: Sequence[str]) -> Slip:
    value = line.value
    if not re.fullmatch(r'"(?:[^"\\]|\\[^"])*+"', value):
        return None
    if re.fullmatch(r'(?:[^\\]|\\[0abtnvfre "/\\N_LPxuU\t])*+', value):
        return None
    meant = line.with_value(quoted(value[1:-1]))
    return f"There is a backslash in double quotation marks. Use single ones: {written(meant)}", meant


def _odd_beginning(line: Line, _following: Sequence[str]) -> Slip:
    """Find a text that begins with a character with which YAML begins something else."""
    value = line.value
    if not value or (line.name is None and not line.hyphens):
        return None
    sign = value[0]
    if sign in "[{":
        end = closes_at(value)
        is_text = value.startswith("{{") or (end is not None and not _is_over(value[end:]))
    elif sign in "|>":
        is_text = not is_long_text(value)
    else:
        is_text = sign in "@%`&*!,]}" or value.startswith("? ")
    if not is_text:
        return None
    inside = value[1:-1] if sign == "`" and len(value) > 1 and value[-1] == "`" else value
    meant = line.with_value(quoted(inside))
    return f"Text cannot begin with {sign}. Put it in quotation marks: {written(meant)}", meant


def _open_bracket(line: Line, following: Sequence[str]) -> Slip:
    value = line.value
    if value[:1] not in ("[", "{") or value.startswith("{{") or lines_after(value, following, 0) is not None:
        return None
    what, closing = ("bracket [", "]") if value[0] == "[" else ("brace {", "}")
    meant = f"{line.text.rstrip().rstrip(',')}{closing}"
    return f"A {what} is not closed. {write(meant)}", meant


CHECKS = (_straight_quotes, _backslash, _odd_beginning, _open_bracket)
