"""The interview: how a reply to a question changes the answers so far.

Nothing here uses a terminal or the disk, so that any user interface can ask:

    form, progress  --next_question-->  question
    question, reply  --answer | enter | skip-->  progress, or what is wrong with the reply
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeAlias

from build_tools.interviewing.asking import Progress, Question, asks_for_more, is_open
from build_tools.interviewing.form import Form, suggestion
from build_tools.interviewing.replies import Special, read_reply
from build_tools.schema.answers import wrong_so_far
from build_tools.schema.blanks import is_blank_answer
from build_tools.schema.paths import value_at, with_value, without_value
from build_tools.schema.wording import dotted
from build_tools.text.source import unwanted
from build_tools.text.yaml_file import KeyPath

MORE = "more"
"""The reply that asks for the optional questions of a block."""

_YES_NO = {"yes": True, "y": True, MORE: True, "no": False, "n": False}

Outcome: TypeAlias = tuple[Progress, tuple[str, ...]]
"""The progress, and what is wrong with the reply; if anything is, the progress is unchanged."""


def answer(form: Form, progress: Progress, question: Question, text: str) -> Outcome:
    """Return the progress of an interview after a typed reply."""
    wrong = unwanted(text)
    if wrong:
        return progress, wrong
    if question.rest:
        return _open_block(progress, question, text)
    value, why = read_reply(question.field, text)
    if why:
        return progress, (why,)
    if value is Special.OTHER:
        without = dataclasses.replace(progress, answers=without_value(progress.answers, question.path))
        return _settled(without, question.path, is_opened=True), ()
    if is_blank_answer(question.field, value) and not (question.is_needed and question.field.kind.traits.is_option):
        instead = "Type the real one" if question.is_needed else "Press Enter to leave this out"
        return progress, (f'"{value}" is a blank, not an answer. {instead}.',)
    answers = with_value(progress.answers, question.path, value)
    # the entries of a list of names are checked together, because none may be listed twice
    is_name = question.field is question.entries
    judged = value_at(answers, question.list_path) if is_name else value
    found = wrong_so_far(form.schema, question.field, judged)
    if wrong := tuple(dict.fromkeys(message.removeprefix(f"{dotted(at)}: ") for at, message in found)):
        return progress, wrong
    passed = progress.passed - {question.path, question.list_path if question.begins_entry else question.path}
    return Progress(answers, passed, progress.opened - {question.path}), ()


def enter(form: Form, progress: Progress, question: Question) -> Outcome:
    """Return the progress after Enter: the current or offered answer is accepted, or the question is skipped."""
    if not is_open(progress, question):
        return progress, ()
    answers = progress.answers
    for name, suggested in suggestions(form, progress, question).items():
        answers = with_value(answers, (*question.path, name), suggested)
    if (offered := offer(form, progress, question)) is not None:
        at = question.list_path if question.entries else question.path
        accepted = dataclasses.replace(progress, answers=with_value(answers, at, offered))
        return _settled(accepted, at) if question.entries else accepted, ()
    return skip(dataclasses.replace(progress, answers=answers), question)


def skip(progress: Progress, question: Question) -> Outcome:
    """Return the progress if a question is skipped; an earlier answer to it is removed."""
    is_new = asks_for_more(progress, question)
    if question.can_go and not is_new:
        answers = without_value(progress.answers, question.entry_path)
        # skipped questions in later entries are asked again, because these entries change their positions
        passed = {path for path in progress.passed if path[: len(question.list_path)] != question.list_path}
        return Progress(answers, frozenset(passed | {question.list_path} & progress.passed), progress.opened), ()
    if question.is_needed:
        return progress, ("This question needs an answer.",)
    if is_new or question.rest:
        return _settled(progress, question.list_path if is_new else question.path), ()
    without = dataclasses.replace(progress, answers=without_value(progress.answers, question.path))
    return _settled(without, question.path), ()


def offer(form: Form, progress: Progress, question: Question) -> Any:  # noqa: ANN401 - any answer
    """Return the answer that Enter gives to a question, None if there is none; for the first entry, the whole list."""
    if question.rest:
        return None
    if question.entries:
        is_first = asks_for_more(progress, question) and question.entry_path[-1] == 0
        return suggestion(form, question.entries, progress.answers).value if is_first else None
    suggested = suggestion(form, question.field, progress.answers).value
    return question.field.default if suggested is None and question.is_needed else suggested


def suggestions(form: Form, progress: Progress, block: Question) -> Mapping[str, Any]:
    """Return the suggested answers, by field, that Enter accepts instead of going through a block."""
    if any(field.name in block.field.needs for field in block.rest):
        return {}  # an optional block
    found: dict[str, Any] = {}
    answers = progress.answers
    for field in block.rest:
        path = (*block.path, field.name)
        # a suggestion may depend on the one before it
        value = suggestion(form, field, answers).value
        if value is not None and value_at(progress.answers, path) is None:
            found[field.name] = value
            answers = with_value(answers, path, value)
    return found


def _open_block(progress: Progress, question: Question, text: str) -> Outcome:
    is_opened = _YES_NO.get(text.strip().lower())
    if is_opened is None:
        return progress, (f'Type "{MORE}" to go through these questions, or press Enter to leave them as they are.',)
    return _settled(progress, question.path, is_opened=is_opened), ()


def _settled(progress: Progress, path: KeyPath, *, is_opened: bool = False) -> Progress:
    """Return the progress with a path marked as either opened or passed."""
    gone = {path}
    return Progress(
        progress.answers,
        progress.passed - gone if is_opened else progress.passed | gone,
        progress.opened | gone if is_opened else progress.opened - gone,
    )
