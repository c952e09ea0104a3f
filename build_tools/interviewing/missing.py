"""The open questions of a school: those that must be answered, and options that nobody has chosen."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.interviewing.asking import missing
from build_tools.interviewing.form import fitting, in_force, necessary, with_shared
from build_tools.interviewing.question_text import left_out
from build_tools.interviewing.session import Interview
from build_tools.resolving.contacts import wanted_contacts
from build_tools.resolving.in_context import sentence_with
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.paths import key_path, value_at
from build_tools.schema.wording import dotted
from build_tools.template.field_uses import FieldUses

_MOST_NAMED = 8


@dataclasses.dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that the school has not answered itself."""

    path: str
    field: Field
    clauses: tuple[str, ...]
    """The numbers of the clauses that need it."""
    sentence: str
    """The first sentence that prints it, with the names of what is not answered; empty if there is none."""
    because: str | None = None
    """Why another answer makes it necessary; None if it must always be answered, or need not be."""
    by_default: str | None = None
    """What applies until it is answered, in words; None if nothing does."""
    is_wanted: bool = False
    """Whether it is one of several of which an answer is worth having, although none must be given."""

    @property
    def must_be_answered(self) -> bool:
        """Whether there is no policy without an answer."""
        return self.by_default is None and not self.is_wanted


def open_questions(interview: Interview) -> tuple[OpenQuestion, ...]:
    """Return what must still be answered, in the order of asking, then the options with their default answers."""
    form, progress = interview.form, interview.progress
    uses = FieldUses(form.edition) if form.edition else None

    def clauses(field: Field) -> tuple[str, ...]:
        if form.edition is None or uses is None:
            return ()
        labels = form.edition.labels
        found = uses.provisions_using(field.path.partition("[]")[0])
        # alternatives share a number, and a group has that of its section
        return tuple(dict.fromkeys(labels[identity].citation for identity in found))

    answers = in_force(form, fitting(form, progress.answers))
    needs = necessary(form, progress.answers)

    def sentence(field: Field) -> str:
        found = sentence_with(form.edition, answers, field.path.partition("[]")[0]) if form.edition else None
        return found.text if found else ""

    def because(field: Field) -> str | None:
        return needs[field.path].because if field.path in needs else None

    needed = (
        OpenQuestion(
            dotted(found.path), found.field, clauses(found.field), sentence(found.field), because=because(found.field)
        )
        for found in missing(form, progress)
    )
    options = (
        OpenQuestion(field.path, field, clauses(field), sentence(field), by_default=left_out(form, progress, field))
        for field in form.schema.fields
        if field.kind.traits.is_option and field.default is not None and not field.required
        if value_at(progress.answers, key_path(field.path)) is None
        if value_at(form.shared, key_path(field.path)) is None
    )
    contacts = wanted_contacts(form.edition, with_shared(form, progress.answers)) if form.edition else ()
    wanted = (
        OpenQuestion(field.path.replace("[]", ""), field, clauses(field), "", is_wanted=True) for field in contacts
    )
    return (*needed, *wanted, *(option for option in options if option.clauses))


def render_missing(name: str, questions: tuple[OpenQuestion, ...]) -> str:
    """Return the questions that are still open as text."""
    needed = [question for question in questions if question.must_be_answered]
    wanted = [question for question in questions if question.is_wanted]
    taken = [question for question in questions if question.by_default is not None]
    count = f"{len(needed)} question{'' if len(needed) == 1 else 's'}"
    lines = [f"{name}: {f'{count} must still be answered.' if needed else 'all required questions are answered.'}"]
    for question in needed:
        lines += ["", *_lines(question)]
    if wanted:
        lines += ["", "Readers with a concern find no way to reach anybody yet. Answer one of these:"]
        lines += [f"  {question.path} ({question.field.title})" for question in wanted]
    if taken:
        lines += ["", "Not answered yet, so the edition's own answers apply:"]
        lines += [f"  {question.path} ({question.field.title}): {question.by_default}" for question in taken]
    return "\n".join(lines) + "\n"


def missing_data(name: str, questions: tuple[OpenQuestion, ...]) -> Mapping[str, Any]:
    """Return the questions that are still open as JSON values."""
    return {
        "school": name,
        "missing": [_data(question) for question in questions if question.must_be_answered],
        "wanted": [_data(question) for question in questions if question.is_wanted],
        "by_default": [
            _data(question) | {"answer": question.field.default}
            for question in questions
            if question.by_default is not None
        ],
    }


def _lines(question: OpenQuestion) -> Iterator[str]:
    field = question.field
    yield f"{question.path}: {field.title}"
    if field.description:
        yield f"  {field.description}"
    if question.because:
        yield f"  {question.because}"
    if field.choices:
        yield from (f"  {choice.value}: {choice.title}" for choice in field.choices)
    elif field.children:
        yield f"  Give {field.kind.traits.takes}: {', '.join(child.title for child in field.children)}."
    elif field.kind is not FieldKind.TEXT:
        yield f"  Give {field.kind.traits.takes}."
    if examples := field.declared.get("examples"):
        yield f"  For example: {examples[0] if isinstance(examples[0], str) else ', '.join(map(str, examples[0]))}"
    if question.sentence:
        yield f"  It will read: {question.sentence}"
    if question.clauses:
        more = len(question.clauses) - _MOST_NAMED
        named = ", ".join(question.clauses[:_MOST_NAMED])
        yield f"  Needed by {named}{f' and {more} more' if more > 0 else ''}"


def _data(question: OpenQuestion) -> dict[str, Any]:
    field = question.field
    return {
        "path": question.path,
        "title": field.title,
        "description": field.description,
        "because": question.because,
        "takes": field.kind.traits.takes,
        "choices": [{"value": choice.value, "title": choice.title} for choice in field.choices],
        "examples": list(field.declared.get("examples", ())),
        "clauses": list(question.clauses),
        "sentence": question.sentence,
    }
