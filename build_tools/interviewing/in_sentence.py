"""The sentence that an answer will be printed in, as the policy of this school would have it."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from build_tools.interviewing.asking import Progress, Question
from build_tools.interviewing.form import Form, in_force, suggestion
from build_tools.interviewing.interview import offer
from build_tools.proofreading.fit import Misfit, misfits
from build_tools.resolving.in_context import Sentence, sentence_with
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.paths import value_at, with_value


def sentence_for(form: Form, progress: Progress, question: Question) -> Sentence | None:
    """Return the sentence of the policy that the answer to a question is printed in, or selects, None if there is none.

    Without an answer, the sentence has what applies if Enter is pressed.
    """
    if form.edition is None or question.rest:
        return None
    answers = in_force(form, _if_entered(form, progress, question))
    return sentence_with(form.edition, answers, _asked(question).path)


def reads(form: Form, progress: Progress, question: Question) -> str:
    """Return that sentence in words, with an example if neither an answer nor Enter gives anything to print."""
    is_known = value_at(in_force(form, _if_entered(form, progress, question)), question.path) is not None
    example = None if is_known else _example(form, progress, question)
    if example is not None:
        progress = dataclasses.replace(progress, answers=with_value(progress.answers, question.path, example))
    sentence = sentence_for(form, progress, question)
    return f"It will read{'' if example is None else ', for example'}: {sentence.text}" if sentence else ""


def misfits_of(form: Form, progress: Progress, question: Question) -> tuple[Misfit, ...]:
    """Return what does not fit where the answer to a question meets the sentence that prints it."""
    typed, sentence = value_at(progress.answers, question.path), sentence_for(form, progress, question)
    if not isinstance(typed, str) or sentence is None:
        return ()
    # of a list, the sentence prints every entry; a word may have got a capital
    starts = (at.start for at in sentence.printed if sentence.text[at.start :].lower().startswith(typed.lower()))
    found = (misfit for start in starts for misfit in misfits(sentence.text, range(start, start + len(typed))))
    return tuple(dict.fromkeys(found))


def _asked(question: Question) -> Field:
    """Return the field of a question; for a part of an entry, the list."""
    return question.entries or question.field


def _if_entered(form: Form, progress: Progress, question: Question) -> Mapping[str, Any]:
    """Return the answers, with what Enter gives to a question if it is open."""
    answers = progress.answers
    if value_at(answers, question.path) is None and (offered := offer(form, progress, question)) is not None:
        answers = with_value(answers, question.list_path if question.entries else question.path, offered)
    return answers


def _example(form: Form, progress: Progress, question: Question) -> Any:  # noqa: ANN401 - any answer
    field = question.field
    fitting = suggestion(form, field, progress.answers).examples
    examples = fitting or field.declared.get("examples", ())
    if not examples or field.choices:
        return None
    if field.kind is not FieldKind.NAMES:
        return examples[0]
    index = int(question.path[-1])
    return examples[0][index] if index < len(examples[0]) else None
