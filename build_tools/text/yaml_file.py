"""YAML from disk, with a place for everything in it.

Every value is read as text: the schema decides what `no`, `01632`, `3.10` or `12:30` means, so the parser does not
guess. Features that only an attacker would use (aliases, tags, several documents, endless nesting) are refused.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import yaml

from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import read_text, unwanted

MAX_DEPTH = 20

Key: TypeAlias = str | int
KeyPath: TypeAlias = tuple[Key, ...]

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every value as text; the one written in C is many times faster, and gives the same."""


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as data and places."""

    file: str
    data: Any
    """dict, list and str only."""
    lines: dict[KeyPath, int]
    """The line of each key or list entry, by its path."""
    text_lines: dict[KeyPath, int]
    """The line of the first word of each text."""

    def place(self, path: KeyPath = ()) -> Place:
        """Return where the entry at a path is, or the nearest entry around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.file, self.lines.get(path, 1))

    def text_place(self, path: KeyPath) -> Place:
        """Return where the words of the text at a path begin."""
        return Place(self.file, self.text_lines.get(path, self.place(path).line))


class Places(Protocol):
    """Gives the places of entries in some data."""

    def place(self, path: KeyPath = ()) -> Place:
        """Return where the entry at a path is, or the nearest entry around it."""
        ...


def read_yaml(path: Path, file: str) -> Document:
    """Return a YAML file as data and places.

    Raises:
        Mistakes: if it cannot be read, is not YAML, or uses a feature that is refused.
    """
    return parse_yaml(read_text(path, file), file)


def parse_yaml(text: str, file: str) -> Document:
    """Return YAML text as data and places.

    Raises:
        Mistakes: if it is not YAML, or uses a feature that is refused.
    """
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        # the parser notices an unfinished text only later, even at the end of the file; the mistake is where it began
        unfinished = any(
            words in (error.problem or "") for words in ("end of stream", "expected ',' or", "expected ':'")
        )
        mark = (error.context_mark if unfinished else error.problem_mark) or error.problem_mark
        line = mark.line + 1 if mark else None
        raise Mistakes([*builder.problems, Problem(Place(file, line), _explain(error, text))]) from None
    if builder.problems:
        raise Mistakes(builder.problems)
    return Document(file, builder.root, builder.lines, builder.text_lines)


def paths_in(data: Any) -> Iterator[KeyPath]:  # noqa: ANN401 - any YAML value
    """Yield the path of every entry of some data, at any depth."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (key,)
        yield from ((key, *path) for path in paths_in(value))


def _explain(error: yaml.MarkedYAMLError, text: str) -> str:
    """Return what the YAML parser found, in words for people who do not know YAML."""
    if error.problem_mark and text[error.problem_mark.index :].startswith("\t"):
        return "There is a tab here. Indent with spaces."
    said = f"{error.context or ''} {error.problem or ''}"
    hints = {
        "found character that cannot start": "Text cannot begin like this. Put it in quotation marks.",
        "found unknown escape character": "There is a backslash in double quotation marks. Use single ones.",
        "block sequence entries are not allowed": "Begin the list on the next line.",
        "mapping values are not allowed": _about_colon(error.problem_mark, text),
        "could not find expected ':'": "A colon is missing after a name, or the line is not indented enough.",
        "did not find expected key": "This line does not line up with those above it, or a quotation mark is open.",
        "did not find expected '-' indicator": "This line does not line up with the list above it.",
        "found unexpected end of stream": "A quotation mark or bracket is not closed.",
        "did not find expected ',' or ']'": "A bracket [ is not closed.",
        "did not find expected ',' or '}'": "A brace { is not closed.",
    }
    for words, hint in hints.items():
        if words in said:
            return f"{hint}"
    return f"This line cannot be read: {said.strip()}."


def _about_colon(mark: yaml.Mark | None, text: str) -> str:
    """Return what is wrong at a colon that is not allowed: the first colon in a line is right, a second is not."""
    if mark is not None and ":" not in text[: mark.index].rpartition("\n")[2]:
        hint = "Check how far both are indented, and that a space follows each hyphen."
        return f"This line does not fit the one above it. {hint}"
    return 'There is a second colon in this line. Put the text in straight quotation marks, such as "9:30".'


class _Builder:
    """Builds data from parser events, without recursion, so that deep nesting cannot overflow the stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[KeyPath, int] = {}
        self.text_lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self._documents = 0
        self._stack: list[Any] = []
        self._path: list[Key] = []
        self._key: str | None = None

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:  # noqa: PLR2004 - only one is allowed
                self._refuse(line, "The line --- begins a second document. Delete it: a file can have only one.")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(line, "Text cannot begin with * (an alias). Put it in quotation marks.")
            self._scalar(f"*{event.anchor}", line, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, line)
            # an escape (\ue000) can bring in a character that the file may not contain
            for message in unwanted(event.value):
                self._refuse(line, message)
            self._scalar(event.value, line, line + 1 if event.style in ("|", ">") else line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_marks(event, line)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
            if self._path:
                self._path.pop()

    def _scalar(self, value: str, line: int, text_line: int) -> None:
        expects_key = self._stack and isinstance(self._stack[-1], dict) and self._key is None
        if not expects_key:
            self._add(value, line, text_line)
            return
        path = (*self._path, value)
        if value in self._stack[-1]:
            first = self.lines[path]
            self._refuse(line, f"{value} is here twice; it is also on line {first}. Keep one of them.")
        else:
            self.lines[path] = line
        self._key = value

    def _open(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if len(self._stack) >= MAX_DEPTH:
            message = f"Lists are nested more than {MAX_DEPTH} levels deep. Put text with brackets in quotation marks."
            raise Mistakes([*self.problems, Problem(Place(self.file, line), message)])
        if self._stack and isinstance(self._stack[-1], dict) and self._key is None:
            message = "A name cannot be in brackets. Write a plain word before the colon."
            raise Mistakes([*self.problems, Problem(Place(self.file, line), message)])
        has_parent = bool(self._stack)
        key = self._add(value, line, None)
        self._stack.append(value)
        if has_parent:
            self._path.append(key)

    def _add(self, value: Any, line: int, text_line: int | None) -> Key:  # noqa: ANN401 - any YAML value
        if not self._stack:
            if self._documents <= 1:
                self.root = value
            return ""
        parent = self._stack[-1]
        key: Key
        if isinstance(parent, list):
            key = len(parent)
            parent.append(value)
            self.lines[(*self._path, key)] = line
        else:
            key, self._key = self._key or "", None
            parent.setdefault(key, value)
        if text_line is not None:
            self.text_lines[(*self._path, key)] = text_line
        return key

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self._refuse(line, f"Text cannot begin with &{event.anchor} (an anchor). Put it in quotation marks.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse(line, f"Text cannot begin with ! (the tag {tag}). Put it in quotation marks.")

    def _refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(Place(self.file, line), message))
