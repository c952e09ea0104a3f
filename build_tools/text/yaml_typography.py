"""Slips that YAML takes for words: what word processors, web pages and hurried fingers put into a line."""

import re
from collections.abc import Sequence

from build_tools.text.yaml_lines import BLANK, ODD_SPACES, UNSEEN, Line
from build_tools.text.yaml_slips import CLOSING, OPENING, WORD, Slip, character_name, quoted, write, written

PRIVATE_BULLET = re.compile("^([ \t]*)[\uf0b7\uf0a7\uf0d8](?=[ \t\u00a0])", re.MULTILINE)
"""A bullet as Word stores it: a character for private use in one of its fonts."""

_BULLETS = "•‣◦▪▫●○■□∙⁃·*–—−‐‑"
_OTHER_COLONS = "：﹕꞉∶ː︰"
_ADDRESS = ("blob", "callto", "data", "file", "ftp", "http", "https", "mailto", "sms", "tel", "urn")
_ODD = re.compile(f"[{ODD_SPACES}{UNSEEN}]")
_CURLY = "Curly quotation marks would be printed. Type straight ones:"

SUSPECT = re.compile(
    rf"[{ODD_SPACES}{UNSEEN}{_OTHER_COLONS}]|^[ -]*(?:\t|[{_BULLETS}]|-[^\s-]|{WORD}(?::\S|\s*[;=]|\s*->))"
    rf"|(?:^|[ \[{{])[{OPENING}]|\s#[^\s#!]|[{{,] *{WORD}:[^\s/,\]}}]",
    re.MULTILINE,
)
"""What every one of these slips contains."""


def _odd_space(line: Line, _following: Sequence[str]) -> Slip:
    """Find a space that is none for YAML around a name, and a character that nobody sees."""
    name, colon, value = line.rest.partition(":")
    is_name = bool(colon) and re.fullmatch(rf"{WORD}[{BLANK}]*", name) is not None
    answer = re.sub(f"^[{BLANK}]+", "", value)
    after = value.removesuffix(answer)
    places = [
        ("at the beginning of this line", line.indent + line.hyphens),
        ("before the colon", name if is_name else ""),
        ("after the colon", after if is_name and after[:1] not in (" ", "\t") else ""),
    ]
    where, found = next(((where, found) for where, text in places if (found := _ODD.search(text))), ("", None))
    if found is None:
        return None
    character = character_name(found[0])
    rest = f"{_ordinary(name).rstrip()}: {answer}" if is_name else line.rest
    meant = (_ordinary(line.indent + line.hyphens) + rest).rstrip()
    if not meant:
        return f"This line looks empty, but there is a {character} in it. Delete the line.", ""
    do = "Delete it." if re.match(f"[{UNSEEN}]", found[0]) else "Type an ordinary space instead."
    message = f"There is a {character} {where}, perhaps copied from a web page or from Word. {do}"
    return message, meant


def _ordinary(text: str) -> str:
    return re.sub(f"[{ODD_SPACES}]", " ", re.sub(f"[{UNSEEN}]", "", text))


def _tab(line: Line, _following: Sequence[str]) -> Slip:
    if "\t" not in line.indent + line.hyphens:
        return None
    head = line.text[: line.column].replace("\t", "  ")
    return "There is a tab here. Indent with spaces.", head + line.text[line.column :]


def _bullet(line: Line, _following: Sequence[str]) -> Slip:
    found = re.match(rf"([{_BULLETS}])\s+(?=\S)|([–—•●▪])(?=\S)", line.rest)
    if found is None:
        return None
    meant = f"{line.indent}{line.hyphens}- {line.rest[found.end() :]}"
    message = f"A list begins with a hyphen, not with {found[1] or found[2]}. {write(meant)}"
    return message, meant


def _space_after_hyphen(line: Line, _following: Sequence[str]) -> Slip:
    if not re.match(r"-[^\W\d_]|-[\"'\[{“‘]", line.rest):
        return None
    meant = f"{line.indent}{line.hyphens}- {line.rest[1:]}"
    return f"A space is missing after the hyphen. {write(meant)}", meant


def _colon(line: Line, _following: Sequence[str]) -> Slip:
    """Find a name that is followed by something else than a colon and a space."""
    found = re.match(rf"({WORD})\s*(::+|:(?![\s/])|[{_OTHER_COLONS}]|;(?=\s|$)|=>|->|=(?!=))\s*", line.rest)
    if found is None or (found[2] == ":" and (found[1] in _ADDRESS or not line.rest[found.end() :])):
        return None
    name, sign = found[1], found[2]
    meant = f"{line.indent}{line.hyphens}{name}: {line.rest[found.end() :]}".rstrip()
    if sign == ":":
        return f"A space is missing after the colon. {write(meant)}", meant
    if sign.startswith("::"):
        return f"There is more than one colon after {name}. {write(meant)}", meant
    what = {";": "a semicolon", "=": "an equals sign", "=>": "an arrow", "->": "an arrow"}.get(sign)
    message = f"There is {what or f'a {character_name(sign)}'} after {name} instead of a colon. {write(meant)}"
    return message, meant


def _curly_quotes(line: Line, _following: Sequence[str]) -> Slip:
    """Find a name or a whole text in quotation marks that are none for YAML."""
    value = line.value
    meant = None
    if found := re.match(rf"[{OPENING}]({WORD})[{CLOSING}](:.*)", line.rest):
        meant = f"{line.indent}{line.hyphens}{found[1]}{found[2]}"
    elif re.fullmatch(rf"[{OPENING}].*[{CLOSING}]", value) and not _closes_inside(value):
        meant = line.with_value(quoted(value[1:-1]))
    if meant is None:
        return None
    return f"{_CURLY} {written(meant)}", meant


def _closes_inside(value: str) -> bool:
    """Return whether the text in curly quotation marks ends before the last of them; an apostrophe ends nothing."""
    inside = value[1:-1]
    return bool(re.search('[”“»«"]|’(?!\\w)|‘', inside))


def _inside_brackets(line: Line, _following: Sequence[str]) -> Slip:
    """Find the same slips between brackets, where one line has several names and texts."""
    if line.value[:1] not in ("[", "{"):
        return None
    meant = re.sub(rf"([\[{{,:] *)[{OPENING}]([^{OPENING}{CLOSING},]*)[{CLOSING}](?= *[,\]}}:])", r'\1"\2"', line.text)
    if meant != line.text:
        return f"{_CURLY} {written(meant)}", meant
    meant = re.sub(rf"([{{,] *{WORD}):(?=[^\s/,\]}}])", r"\1: ", line.text) if "{" in line.value else line.text
    if meant != line.text:
        return f"A space is missing after the colon. {write(meant)}", meant
    return None


def _lost_comment(line: Line, following: Sequence[str]) -> Slip:
    """Find words after # that YAML takes for a comment: people put a space after the # of a comment."""
    value = line.value
    if not value or value[0] in "\"'[{|>":
        return None
    found = re.search(r"(?:^|\s)#[^\s#!]", value)
    if found is None or (value[0] == "#" and _opens_block(line, following)):
        return None
    meant = line.with_value(quoted(value))
    message = f"Nothing after # is read. If it belongs to the answer, write: {written(meant)}"
    return f"{message}; if it is a comment, put a space after the #.", meant


def _opens_block(line: Line, following: Sequence[str]) -> bool:
    below = next((Line(0, text) for text in following if text.strip() and not text.lstrip().startswith("#")), None)
    return below is not None and (
        below.column > line.column or (bool(below.hyphens) and len(below.indent) >= line.column)
    )


CHECKS = (
    _odd_space,
    _tab,
    _bullet,
    _space_after_hyphen,
    _curly_quotes,
    _colon,
    _inside_brackets,
    _lost_comment,
)
