"""The questions of an interview after the answers so far, and which one is next.

No particular field is known here: questions, their order and their choices come from the edition's schema.
"""

import dataclasses
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.interviewing.form import Form, necessary
from build_tools.schema.fields import Field
from build_tools.schema.paths import value_at
from build_tools.text.yaml_file import KeyPath


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an interview."""

    answers: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """As in a school's file, with the types of the schema."""
    passed: frozenset[KeyPath] = frozenset()
    """Questions and blocks that were skipped, and lists that are complete."""
    opened: frozenset[KeyPath] = frozenset()
    """Blocks whose optional questions are asked, and options for which the school has its own word."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One question to a person."""

    path: KeyPath
    """The path of the answer."""
    field: Field
    is_needed: bool
    """Whether it must be answered."""
    around: Field
    """The top-level block of the schema that contains it, or itself."""
    entries: Field | None = None
    """The list to which the answer belongs."""
    begins_entry: bool = False
    """Whether it is the first question of an entry, so that an answer creates the entry."""
    can_go: bool = False
    """Whether the entry that it begins may be deleted again."""
    rest: tuple[Field, ...] = ()
    """The optional questions of a block, if the question is whether to go through them."""

    @property
    def entry_path(self) -> KeyPath:
        """The path of the list entry to which the answer belongs."""
        return self.path[: max(at for at, key in enumerate(self.path, 1) if isinstance(key, int))]

    @property
    def list_path(self) -> KeyPath:
        """The path of the list to which the answer belongs."""
        return self.entry_path[:-1]


def trail(form: Form, progress: Progress) -> Iterator[Question]:
    """Yield the questions after the answers so far, including answered ones, in the order of asking."""
    asker = _Asker(form, progress)
    for field in form.schema.root.children:
        is_needed = field.required or asker.is_necessary(field)
        yield from asker.ask(Question((field.name,), field, is_needed, field))


def is_open(progress: Progress, question: Question) -> bool:
    """Return whether a question was neither answered nor skipped."""
    if asks_for_more(progress, question):
        return question.list_path not in progress.passed
    # a later answer can make a question necessary that was skipped
    is_passed = question.path in progress.passed and not question.is_needed
    is_settled = is_passed or question.path in progress.opened
    return not is_settled and (bool(question.rest) or value_at(progress.answers, question.path) is None)


def asks_for_more(progress: Progress, question: Question) -> bool:
    """Return whether a question asks for another entry of a list."""
    return question.begins_entry and value_at(progress.answers, question.entry_path) is None


def next_question(form: Form, progress: Progress) -> Question | None:
    """Return the first open question, None if there is none."""
    return next((question for question in trail(form, progress) if is_open(progress, question)), None)


def question_before(form: Form, progress: Progress, path: KeyPath | None) -> Question | None:
    """Return the question before the one at a path, or the last of all; None if there is none before it."""
    before = None
    for question in trail(form, progress):
        if question.path == path:
            return before
        before = question
    return before


def missing(form: Form, progress: Progress) -> tuple[Question, ...]:
    """Return the required questions without an answer; for a list without entries, the list itself."""
    found: dict[KeyPath, Question] = {}
    for question in trail(form, progress):
        if question.is_needed and is_open(progress, question):
            asked = question
            if question.entries and asks_for_more(progress, question) and question.entry_path[-1] == 0:
                asked = dataclasses.replace(question, path=question.list_path, field=question.entries)
            found.setdefault(asked.path, asked)
    return tuple(found.values())


class _Asker:
    """Walks through the fields of a form in the order of asking."""

    def __init__(self, form: Form, progress: Progress) -> None:
        self.form = form
        self.progress = progress
        self._necessary = necessary(form, progress.answers)

    def is_necessary(self, field: Field) -> bool:
        """Return whether the answers so far make a field, or one inside its block, necessary."""
        return any(path == field.path or path.startswith(f"{field.path}.") for path in self._necessary)

    def ask(self, question: Question) -> Iterator[Question]:
        """Yield a question, or all questions that it includes."""
        field, path = question.field, question.path
        if field.is_recorded or (not field.kind.traits.is_block and not self._is_ours(path)):
            return
        if field.kind.traits.is_block:
            yield from self._ask_block(question)
        elif field.kind.traits.has_entries:
            yield from self._ask_entries(question)
        else:
            yield question
            given = value_at(self.progress.answers, path)
            if field.other and (path in self.progress.opened or isinstance(given, Mapping)):
                for child in field.other.children:
                    yield from self.ask(self._below(question, child, is_needed=child.required))

    def _is_ours(self, path: KeyPath) -> bool:
        """Return whether the school answers, not its federation; a list is one answer."""
        is_whole = not any(isinstance(key, int) for key in path)
        if not is_whole or value_at(self.form.shared, path) is None:
            return True
        return value_at(self.progress.answers, path) is not None

    def _ask_block(self, block: Question) -> Iterator[Question]:
        needed = [
            child for child in block.field.children if child.name in block.field.needs or self.is_necessary(child)
        ]
        asked = [child for child in block.field.children if self._is_asked(block.path, child)]
        rest = [child for child in asked if child not in needed]
        is_there = block.is_needed or not needed or value_at(self.progress.answers, block.path) is not None
        if not is_there:
            yield dataclasses.replace(block, is_needed=False, rest=tuple(asked))
            if block.path not in self.progress.opened:
                return
        for child in needed:
            yield from self.ask(self._below(block, child, is_needed=True))
        is_opened = block.path in self.progress.opened
        is_unanswered = any(value_at(self.progress.answers, (*block.path, child.name)) is None for child in rest)
        if is_there and rest and (is_opened or is_unanswered):
            yield dataclasses.replace(block, is_needed=False, rest=tuple(rest))
        for child in rest if is_opened else ():
            yield from self.ask(self._below(block, child, is_needed=False))

    def _is_asked(self, around: KeyPath, field: Field) -> bool:
        return not field.is_recorded and (field.kind.traits.is_block or self._is_ours((*around, field.name)))

    def _ask_entries(self, entries: Question) -> Iterator[Question]:
        field, given = entries.field, value_at(self.progress.answers, entries.path) or []
        if not isinstance(given, list):
            return  # a school's file may contain anything; the check reports that it is not a list
        least = field.declared.get("minItems", 1) if entries.is_needed or given else 0
        entry = dataclasses.replace(entries, entries=field, can_go=len(given) > least)
        for index in range(len(given)):
            yield from self._ask_entry(dataclasses.replace(entry, path=(*entries.path, index), is_needed=True))
        if len(given) < field.declared.get("maxItems", sys.maxsize):
            more = next(self._ask_entry(dataclasses.replace(entry, path=(*entries.path, len(given)))))
            yield dataclasses.replace(more, is_needed=len(given) < least, can_go=False)

    def _ask_entry(self, entry: Question) -> Iterator[Question]:
        if not entry.field.kind.traits.has_fields:
            yield dataclasses.replace(entry, begins_entry=True)
            return
        begins = True
        for child in entry.field.in_turn:
            for question in self.ask(self._below(entry, child, is_needed=child.name in entry.field.needs)):
                yield dataclasses.replace(question, begins_entry=begins, can_go=begins and entry.can_go)
                begins = False

    def _below(self, question: Question, child: Field, *, is_needed: bool) -> Question:
        return dataclasses.replace(question, path=(*question.path, child.name), field=child, is_needed=is_needed)
