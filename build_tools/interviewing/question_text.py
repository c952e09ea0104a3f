"""A question in words: what is asked, the possible answers, and what Enter does."""

import dataclasses
from collections.abc import Iterator
from typing import Any, assert_never

from build_tools.interviewing.asking import Progress, Question, asks_for_more, is_open
from build_tools.interviewing.form import Form, in_force, necessary, suggestion
from build_tools.interviewing.in_sentence import reads
from build_tools.interviewing.interview import MORE, offer, suggestions
from build_tools.interviewing.replies import choice_titles
from build_tools.schema.answers import get, in_words
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.paths import value_at

_LEFT_OUT = "left out"


@dataclasses.dataclass(frozen=True, slots=True)
class QuestionText:
    """A question in words."""

    title: str
    notes: tuple[str, ...]
    """What helps to answer it."""
    choices: tuple[str, ...]
    """The answers in the order of their numbers."""
    reads: str
    """The sentence in which an answer is printed; empty if there is none."""
    enter: str
    """What pressing Enter does; empty if it does nothing."""
    prompt: str


def word_question(form: Form, progress: Progress, question: Question) -> QuestionText:
    """Return a question in words."""
    field = question.field
    if question.rest:
        return QuestionText(
            title=f"{field.title}: optional questions",
            notes=tuple(_rest(form, progress, question)),
            choices=(),
            reads="",
            enter=f"Press Enter to accept these answers, or type {MORE} to change them.",
            prompt=f"Enter or {MORE}",
        )
    return QuestionText(
        title=_title(form, question),
        notes=(
            *_reasons(form, progress, field),
            *_notes(field, suggestion(form, field, progress.answers).examples),
        ),
        choices=choice_titles(field),
        reads=reads(form, progress, question),
        enter=_enter(form, progress, question),
        prompt=_prompt(field.kind),
    )


def _prompt(kind: FieldKind) -> str:
    match kind:
        case FieldKind.CHOICE:
            return "Number"
        case FieldKind.CHOICES:
            return "Numbers, with commas between them"
        case FieldKind.FLAG:
            return "Yes or no"
        case (
            FieldKind.RECORD
            | FieldKind.RECORDS
            | FieldKind.NAMES
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            return "Answer"
        case _:
            assert_never(kind)


def left_out(form: Form, progress: Progress, field: Field) -> str:
    """Return what applies if a field has no answer."""
    value = _usual(form, progress, field.path)
    if value is None:
        return _LEFT_OUT
    source = form.schema.lookup(field.same_as) if field.same_as else None
    return f"{in_words(field, value)} (the same as {source.title})" if source else in_words(field, value)


def _usual(form: Form, progress: Progress, path: str) -> Any:  # noqa: ANN401 - any answer
    return get(in_force(form, progress.answers), path)


def _title(form: Form, question: Question) -> str:
    field = question.field
    around = ".".join(key for key in question.path[:-1] if isinstance(key, str))
    owner = form.schema.lookup(around) if around else None
    if question.entries:
        entry = f"{question.entries.title}, entry {int(question.entry_path[-1]) + 1}"
        return entry if field is question.entries else f"{entry}: {field.title}"
    # the forms of a school's own word are asked for separately
    return f"{owner.title}: {field.title}" if owner and owner.kind is FieldKind.CHOICE else field.title


def _reasons(form: Form, progress: Progress, field: Field) -> Iterator[str]:
    """Yield why an earlier answer makes this question necessary, at the first of several."""
    need = necessary(form, progress.answers).get(field.path)
    if need and need.fields[0] == field.path:
        yield need.because


def _notes(field: Field, fitting: tuple[Any, ...]) -> Iterator[str]:
    if field.description:
        yield field.description
    if field.kind.traits.form:
        yield f"Write {field.kind.traits.takes}."
    examples = fitting or field.declared.get("examples", ())
    if field.kind is FieldKind.NAMES:
        examples = examples[0] if examples else ()
    if examples and not field.choices:
        yield f"For example: {'; '.join(map(str, examples))}"


def _rest(form: Form, progress: Progress, block: Question) -> Iterator[str]:
    """Yield what applies without an answer, for each optional question of a block."""
    suggested = suggestions(form, progress, block)
    for field in block.rest:
        if field.kind.traits.is_block:
            stands = _LEFT_OUT
        elif field.name in suggested:
            stands = f"{in_words(field, suggested[field.name])} (suggested)"
        else:
            stands = left_out(form, progress, field)
        yield f"{field.title}{'' if field.title.endswith('?') else ':'} {stands}"


def _enter(form: Form, progress: Progress, question: Question) -> str:
    field, answer = question.field, value_at(progress.answers, question.path)
    if answer is not None:
        # an entry of a list of names is plain text
        kept = str(answer) if field is question.entries else in_words(field, answer)
        return f"Press Enter to keep: {kept}"
    if not is_open(progress, question):
        return "Press Enter to leave it as it is."
    if (offered := offer(form, progress, question)) is not None:
        return f"Press Enter for: {in_words(question.entries or field, offered)}"
    if question.is_needed:
        return ""
    if asks_for_more(progress, question):
        usual = _usual(form, progress, question.entries.path) if question.entries else None
        if question.entry_path[-1] == 0 and question.entries and usual:
            return f"Press Enter for: {in_words(question.entries, usual)}"
        return "Press Enter if there are no more." if question.entry_path[-1] else "Press Enter if there are none."
    words = _LEFT_OUT if question.entries else left_out(form, progress, field)
    return "Press Enter to leave it out." if words == _LEFT_OUT else f"Press Enter for: {words}"
