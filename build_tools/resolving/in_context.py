"""An answer in its context: the sentence of the edition in which it is printed, or which it selects.

While somebody answers a question, the other answers may still be missing: each of them is shown as the name of its
question, in square brackets.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from build_tools.policy.model import Condition, Kind, Provision, Run, Text, plain
from build_tools.resolving.fill import school_filler
from build_tools.schema.answers import complete, get
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.paths import key_path, with_value
from build_tools.template.conditions import answers_of, holds
from build_tools.template.edition import Edition
from build_tools.template.field_uses import uses_in
from build_tools.text.sentences import sentence_around, sentences_in


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that prints an answer, or that an answer selects."""

    text: str
    printed: tuple[range, ...] = ()
    """Where it prints the answer; empty if the answer only selects it."""


def sentence_with(edition: Edition, answers: Mapping[str, Any], path: str) -> Sentence | None:
    """Return the first sentence that depends on the answer to a question, None if no clause does.

    Every answer must be one that its question takes, but none need be complete.

    Clauses that other answers leave out do not count. If the question has no answer yet, a sentence that prints it has
    the name of the question; a sentence that it selects is unknown.
    """
    found = _first_printing(edition, answers, path)
    if found is None and get(answers, path) is not None:
        found = _first_selected(edition, answers, path)
    if found is None:
        # another field may print the same value, such as a short name that was not given
        same = (field.path for field in edition.schema.fields if field.same_as == path)
        found = next(filter(None, (_first_printing(edition, answers, other) for other in same)), None)
    return found


def _first_printing(edition: Edition, answers: Mapping[str, Any], path: str) -> Sentence | None:
    field = edition.schema.lookup(path)
    if field is None or (field.kind.traits.is_option and not field.words):
        return None  # clauses depend on it, but cannot print it
    for provision in _depending(edition, answers, path):
        text = _filled(edition, answers, provision, path)
        printed = tuple(span for span, run in spans(text) if run.field == path)
        if printed:
            words = plain(text)
            # a list entry is printed by itself
            if words.strip() != words[printed[0].start : printed[-1].stop]:
                return _cut(words, printed, spans_of_values(text))
    return None


def _first_selected(edition: Edition, answers: Mapping[str, Any], path: str) -> Sentence | None:
    """Return the first sentence that the school has by its answer to a question, and not by another answer."""
    field = edition.schema.lookup(path)
    if field is None or not field.kind.traits.is_option or field.kind.traits.is_list:
        return None  # several answers select several sentences
    others = [other for other in answers_of(field) if other != get(answers, path)][:1]
    for provision in _depending(edition, answers, path):
        if provision.kind is not Kind.CLAUSE:
            continue
        sentences = _sentences(edition, answers, provision)
        if any(condition.field == path for condition in provision.when):
            return Sentence(sentences[0])
        for other in (None, *others):
            without = _sentences(edition, with_value(answers, key_path(path), other), provision)
            if new := [sentence for sentence in sentences if sentence not in without]:
                return Sentence(new[0])
    return None


def _sentences(edition: Edition, answers: Mapping[str, Any], provision: Provision) -> tuple[str, ...]:
    text = _filled(edition, answers, provision)
    return sentences_in(plain(text), spans_of_values(text))


def spans(text: Text) -> Iterator[tuple[range, Run]]:
    """Yield each run of a text with its position."""
    at = 0
    for run in text:
        yield range(at, at + len(run.text)), run
        at += len(run.text)


def spans_of_values(text: Text) -> tuple[range, ...]:
    """Return the positions of the values in a text."""
    return tuple(span for span, run in spans(text) if run.field)


def _cut(words: str, printed: tuple[range, ...], values: Iterable[range]) -> Sentence:
    """Return the sentence around the first printed words, with all of them that are in it."""
    around = sentence_around(words, printed[0], values)
    inside = (span for span in printed if around.start <= span.start and span.stop <= around.stop)
    at = tuple(range(span.start - around.start, span.stop - around.start) for span in inside)
    return Sentence(words[around.start : around.stop], at)


def _depending(edition: Edition, answers: Mapping[str, Any], path: str) -> Iterator[Provision]:
    """Yield the provisions that depend on a field, without those that the answers leave out."""
    for identity, uses in uses_in(edition).items():
        if path in uses and all(_may_hold(answers, condition) for condition in edition.conditions[identity]):
            yield edition.by_id[identity]


def _may_hold(answers: Mapping[str, Any], condition: Condition) -> bool:
    answer = get(answers, condition.field)
    return answer is None or holds(condition, answer)


def _filled(edition: Edition, answers: Mapping[str, Any], provision: Provision, path: str = "") -> Text:
    named = {path, *(condition.field for condition in edition.conditions[provision.id] if condition.answers is None)}
    values = _with_names(edition, answers, named)
    filler = school_filler(edition.schema, values, edition.cited)
    entry = (provision.each, len(get(values, provision.each)) - 1) if provision.each else None
    labels = edition.labels
    return tuple(
        Run(labels[run.target].citation) if run.target and run.target in labels else run
        for run in filler.text(provision.source, entry)
    )


# --- what has not been answered yet --------------------------------------------------------------


def _with_names(edition: Edition, answers: Mapping[str, Any], named: set[str]) -> Mapping[str, Any]:
    """Return answers with all defaults, and with the name of each question that every school or a clause needs."""
    values = complete(edition.schema, answers, edition.authority)
    for field in edition.schema.fields:
        given = get(values, field.path)
        if given is None and (field.always or field.path in named):
            if (name := _name_of(field)) is not None:
                values = with_value(values, key_path(field.path), name)
        elif field.kind is FieldKind.RECORDS and given is not None:
            values = with_value(values, key_path(field.path), [{**_entry(field), **entry} for entry in given])
        elif field.other and isinstance(given, Mapping):
            values = with_value(values, key_path(field.path), {**_name_of(field), **given})
    return values


def _name_of(field: Field) -> Any:  # noqa: ANN401 - any answer
    """Return the name of a question in place of its answer; None for an option without a word of its own."""
    name = f"[{field.title}]"
    match field.kind:
        case (
            FieldKind.TEXT
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
        ):
            return name
        case FieldKind.NAMES:
            return [name]
        case FieldKind.RECORDS:
            return [_entry(field)]
        case FieldKind.CHOICE if field.words:
            words = dict(field.words)
            one, many = (f"[{words.get(form) or field.words[0][1]}]" for form in ("one", "many"))
            return {"singular": one, "plural": many}
        case FieldKind.RECORD | FieldKind.CHOICES | FieldKind.CHOICE | FieldKind.FLAG:
            return None
        case _:
            assert_never(field.kind)


def _entry(field: Field) -> dict[str, Any]:
    """Return an entry of a list in which only the names of its required questions are given."""
    return {child.name: _name_of(child) for child in field.children if child.required}
