"""The lines of a YAML file as a person means them, even if YAML cannot read them.

YAML itself only says where it stopped. This reads each line by itself: how far it is indented, whether it begins an
entry of a list, the name before its colon and what follows. Lines of a text that goes over several lines are left out,
because anything may be in them.
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence

ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are none for YAML: no-break, thin, ideographic and others, as in a class of a regular expression."""
UNSEEN = "\u200c\u200d"
"""Joiners, which nobody sees and some scripts need, as in a class. Files may have no other invisible characters."""
BLANK = f" \t{ODD_SPACES}{UNSEEN}"

_HEAD = re.compile(f"(?P<indent>[{BLANK}]*)(?P<hyphens>(?:-[{BLANK}]+)*)(?P<rest>.*)")
_NAMED = re.compile(
    r"(?P<name>\"[^\"]*\"|'[^']*'|[^\s\[{\"'#&*!|>%@`][^#]*?)(?P<colon>[ \t]*:)(?:[ \t]+|$)(?P<value>.*)"
)
_LONG_TEXT = re.compile(r"[|>][+-]?[0-9]?[+-]?[ \t]*(#.*)?")
_CLOSING = {"[": "]", "{": "}"}
_QUOTED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*+'", re.DOTALL),
}
MOST_LINES = 100
"""The most lines on which a text in quotation marks or brackets is looked for: an unclosed one never ends."""


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line that is not inside a longer text."""

    number: int
    """Counted from 1."""
    text: str

    @property
    def indent(self) -> str:
        """What is before its first visible character."""
        return self._head["indent"]

    @property
    def hyphens(self) -> str:
        """The hyphens that begin entries of lists, with the spaces after them."""
        return self._head["hyphens"]

    @property
    def rest(self) -> str:
        """Everything after indentation and hyphens."""
        return self._head["rest"].rstrip()

    @property
    def column(self) -> int:
        """How far its name or its words are indented, counting hyphens."""
        return len(self.indent) + len(self.hyphens)

    @property
    def name(self) -> str | None:
        """The name before its colon, None if there is none."""
        named = _NAMED.fullmatch(self.rest)
        return named["name"].strip("\"'") if named else None

    @property
    def value(self) -> str:
        """What follows the colon or the hyphen, with any comment."""
        named = _NAMED.fullmatch(self.rest)
        return named["value"].strip() if named else self.rest

    def with_value(self, value: str) -> str:
        """Return the text of the line with another value."""
        named = _NAMED.fullmatch(self.rest)
        before = f"{named['name']}{named['colon']} " if named else ""
        return f"{self.indent}{self.hyphens}{before}{value}"

    @property
    def _head(self) -> re.Match[str]:
        head = _HEAD.fullmatch(self.text)
        assert head is not None  # noqa: S101 - it matches every line
        return head


class Lines:
    """Goes through the lines of a file, which may be changed on the way."""

    def __init__(self, lines: list[str]) -> None:
        """Start at the first of these lines, without line ends."""
        self._lines = lines
        self._at = 0
        self._text_after: int | None = None
        """While a plain text may go on: how far the name is indented that it belongs to."""
        self._exact: int | None = None
        """While a text without a name may go on: its own indentation."""

    def __iter__(self) -> Iterator[Line]:
        """Yield each line that is not blank, a comment, or inside a text that began above it."""
        while self._at < len(self._lines):
            line = Line(self._at + 1, self._lines[self._at])
            if self._is_continued(line):
                self._at += 1
                continue
            yield line
            self._step(Line(line.number, self._lines[self._at]))

    def _is_continued(self, line: Line) -> bool:
        if not line.rest:
            return not line.text or line.text.isascii()
        if self._text_after is None or len(line.indent) <= self._text_after:
            return line.rest.startswith("#") and not line.hyphens
        begins_entry = bool(line.hyphens) or (line.name is not None and " " not in line.name)
        is_misplaced = not line.indent.isascii() or self._exact == len(line.indent)
        return not (is_misplaced and begins_entry)

    def _step(self, line: Line) -> None:
        """Go to the next line after what begins on this one."""
        self._at += 1
        self._text_after = self._exact = None
        value = line.value
        named_at = line.column if line.name is not None else len(line.indent) + max(len(line.hyphens.rstrip()) - 1, 0)
        if line.name is None and not line.hyphens:
            named_at = len(line.indent) - 1
            self._exact = len(line.indent)
        if not value or value.startswith("#"):
            self._exact = None
        elif is_long_text(value):
            self._at = self._after_deeper(named_at)
        elif value[0] in "\"'[{":
            self._at += lines_after(value, self._lines[self._at :], named_at) or 0
        else:
            self._text_after = named_at

    def _after_deeper(self, indent: int) -> int:
        at = self._at
        while at < len(self._lines):
            line = self._lines[at]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
                break
            at += 1
        return at


def lines_after(value: str, following: Sequence[str], indent: int) -> int | None:
    """Return on how many following lines a text in quotation marks or brackets goes on; None if it is not closed.

    In quotation marks, lines that are indented no further than its name, or that look like a question of their own,
    are not part of it.
    """
    text = value
    for line in following[:MOST_LINES]:
        is_deeper = len(line) - len(line.lstrip(" ")) > indent or not line.strip()
        is_other = re.match(r"[ \t]*(- )?[a-z_]+:([ \t]|$)", line) is not None
        if value[0] in _QUOTED and (is_other or not is_deeper):
            break
        text += f"\n{line}"
    end = closes_at(text)
    return None if end is None else text.count("\n", 0, end)


def is_long_text(value: str) -> bool:
    """Return whether a value announces a text on the lines below it: | or >."""
    return _LONG_TEXT.fullmatch(value) is not None


def closes_at(text: str) -> int | None:
    """Return where the quotation mark or bracket closes with which a text begins, None if it does not."""
    if text[0] in _QUOTED:
        quoted = _QUOTED[text[0]].match(text)
        return quoted.end() if quoted else None
    closing: list[str] = []
    at, before = 0, ""
    while at < len(text):
        character = text[at]
        if character in _QUOTED and before in ("[", "{", ",", ":"):
            quoted = _QUOTED[character].match(text, at)
            if quoted is None:
                return None
            at, before = quoted.end(), character
            continue
        if character in _CLOSING:
            closing.append(_CLOSING[character])
        elif closing and character == closing[-1]:
            closing.pop()
            if not closing:
                return at + 1
        before = before if character.isspace() else character
        at += 1
    return None
