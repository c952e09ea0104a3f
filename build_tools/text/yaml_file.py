"""YAML from disk, with a place for everything in it.

Every value is read as text: the schema decides what `no`, `01632`, `3.10` or `12:30` means, so the parser does not
guess. Features that only an attacker would use (aliases, tags, several documents, endless nesting) are refused.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

import yaml

from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import read_unchecked, unwanted, unwanted_by_line
from build_tools.text.yaml_causes import corrected
from build_tools.text.yaml_typing import may_have_slips

MAX_DEPTH = 20

Key: TypeAlias = str | int
KeyPath: TypeAlias = tuple[Key, ...]
Result = TypeVar("Result")

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


class Unreadable(Mistakes):
    """Mistakes by which YAML cannot read a file, or reads something else than was meant."""

    def __init__(self, problems: Iterable[Problem], meant: Document | None) -> None:
        """Store the problems, and the file as it was meant, None if that is not certain."""
        super().__init__(problems)
        self.meant = meant


def read_yaml(path: Path, file: str, *, by_hand: bool = True, inside: Path | None = None) -> Document:
    """Return a YAML file as data and places, as `parse_yaml` reads it; no link may lead out of the folder `inside`.

    Raises:
        Mistakes: if it cannot be read, is not YAML, or uses a feature that is refused.
    """
    return parse_yaml(read_unchecked(path, file, inside), file, by_hand=by_hand)


def read_checked(path: Path, file: str, check: Callable[[Document], Result], *, inside: Path) -> Result:
    """Return what a function makes of a YAML file; no link may lead out of the folder `inside`.

    Raises:
        Mistakes: all that is wrong in the file as YAML and, as far as it is certain what was meant, all that the
            function finds wrong in it.
    """
    try:
        document = read_yaml(path, file, inside=inside)
    except Unreadable as unreadable:
        if unreadable.meant is None:
            raise
        try:
            check(unreadable.meant)
        except Mistakes as mistakes:
            # what else is wrong with a line that was corrected may come from the correction
            told = {problem.place for problem in unreadable.problems}
            others = (problem for problem in mistakes.problems if problem.place not in told)
            raise Mistakes([*unreadable.problems, *others]) from None
        raise
    return check(document)


def parse_yaml(text: str, file: str, *, by_hand: bool = True) -> Document:
    """Return YAML text as data and places.

    A text that was typed `by_hand` is also searched for what YAML takes as words and no person means, such as curly
    quotation marks around an answer; a program means every character that it writes.

    Raises:
        Unreadable: if it is not YAML, or uses a feature that is refused.
    """
    builder = _Builder(file)
    error = builder.read(text)
    if error is None and not builder.problems and not (by_hand and may_have_slips(text)):
        return builder.document
    if builder.is_too_deep:
        raise Unreadable(builder.problems, None)
    is_broken = error is not None or bool(builder.problems)
    found = corrected(text, lambda meant: _Builder(file).read(meant), is_broken=is_broken)
    if found.messages:
        builder = _Builder(file)
        builder.read(found.text)
    told = {line for line, _ in found.messages}
    refused = [problem for problem in builder.problems if problem.place.line not in told]
    problems = [*refused, *(Problem(Place(file, line), message) for line, message in found.messages)]
    if problems:
        is_sure = found.is_sure and not builder.problems
        raise Unreadable(problems, builder.document if is_sure else None)
    return builder.document


def paths_in(data: Any) -> Iterator[KeyPath]:  # noqa: ANN401 - any YAML value
    """Yield the path of every entry of some data, at any depth."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (key,)
        yield from ((key, *path) for path in paths_in(value))


class _RefusedError(Exception):
    """Something after which reading cannot go on: its line and what to say about it."""


class _Builder:
    """Builds data from parser events, without recursion, so that deep nesting cannot overflow the stack."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[KeyPath, int] = {}
        self.text_lines: dict[KeyPath, int] = {}
        self.problems: list[Problem] = []
        self.is_too_deep = False
        self._documents = 0
        self._stack: list[Any] = []
        self._path: list[Key] = []
        self._key: str | None = None

    @property
    def document(self) -> Document:
        """What was read."""
        return Document(self.file, self.root, self.lines, self.text_lines)

    def read(self, text: str) -> yaml.MarkedYAMLError | None:
        """Read a text as far as possible; return the mistake at which the parser stops, None if there is none."""
        if unwanted_by_line(text):
            return yaml.MarkedYAMLError()
        try:
            for event in yaml.parse(text, Loader=LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            return error
        except _RefusedError as refused:
            self._refuse(*refused.args)
        return None

    def _take(self, event: yaml.Event) -> None:
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
            self.is_too_deep = True
            message = f"Lists are nested more than {MAX_DEPTH} levels deep. Put text with brackets in quotation marks."
            raise _RefusedError(line, message)
        if self._stack and isinstance(self._stack[-1], dict) and self._key is None:
            message = "A name cannot be in brackets. Write a plain word before the colon."
            raise _RefusedError(line, message)
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
