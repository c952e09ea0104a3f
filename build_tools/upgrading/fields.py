"""A school's answers in a new edition: what is missing, what no longer fits, what is gone or new."""

import dataclasses
import enum
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.policy.model import Node, Policy, Text
from build_tools.schema.answers import coerce, complete, get, wrong_answers
from build_tools.schema.fields import Choice, Field, Schema
from build_tools.schema.relied_on import AUTHORITY
from build_tools.template.conditions import answers_of
from build_tools.template.edition import Edition
from build_tools.template.field_uses import FieldUses
from build_tools.template.suggestions import first_fitting
from build_tools.text.problems import one_of
from build_tools.upgrading.moving import Moved, moved_answers, moves, renewed, say, why_ended, without

_GONE = "Questions that are no longer asked"
_OTHERS = "Other questions"


class Matter(enum.StrEnum):
    """What the report says about a field."""

    REQUIRED = "required"
    UNFIT = "unfit"
    DEFAULT = "default"
    GONE = "gone"
    OFFERED = "offered"
    ANSWERS = "answers"
    MOVED = "moved"


@dataclasses.dataclass(frozen=True, slots=True)
class FieldReview:
    """One field that differs between the new edition and the old one."""

    matter: Matter
    field: Field
    """The field in the new edition; in the old one if it is gone."""
    message: str
    is_open: bool
    """Whether a person must decide."""
    choices: tuple[Choice, ...] = ()
    """The answers that the new edition offers and the old one did not."""
    clauses: tuple[Node, ...] = ()
    """The clauses that depend on it, as on the page of the template; from the old edition if it is gone."""
    guidance: tuple[Text, ...] = ()
    """The new edition's guidance on these clauses."""
    by: str | None = None
    """The name of the federation whose file has the answer and needs the decision; None if it is the school's."""
    moved: Moved | None = None
    """The answer that is carried over to it; None if none is."""
    suggested: Any = None
    """What the new edition suggests to this school as the answer; None if nothing."""
    group: str = ""
    """The title of the group of questions to which it belongs."""


@dataclasses.dataclass(frozen=True, slots=True)
class Carried:
    """A school's answers for the new edition."""

    values: Mapping[str, Any]
    """The answers that still fit, with all defaults."""
    waiting: frozenset[str]
    """The paths of the fields that need an answer that the school has not given yet."""
    reviews: tuple[FieldReview, ...]
    supposed: Mapping[str, str]
    """For each option among those that wait, the answer that a report supposes until it is given, by path."""


def carry(
    old: Edition, new: Edition, values: Mapping[str, Any], answers: Mapping[str, Any], pages: tuple[Policy, Policy]
) -> Carried:
    """Return a school's answers for the new edition, with a review of each field that differs.

    `values` are its answers in the old edition with defaults, `answers` those that it typed; `pages` are the two
    editions as their authors see them, for the clauses that depend on a field.
    """
    moved = tuple(moves(old, new, answers))
    answers = moved_answers(answers, moved)
    gone = [field for field in _leaves(old.schema) if _is_given(answers, field.path) and not _leaf(new.schema, field)]
    kept = coerce(new.schema, without(answers, {field.path for field in gone}))
    unfit: dict[str, list[str]] = {}
    for at, message in wrong_answers(new.schema, kept):
        path = _field_path(at)
        field = new.schema.lookup(path)
        if field and not field.kind.traits.is_block and _is_given(kept, path):
            unfit.setdefault(path, []).append(message)
    fitting = without(kept, unfit.keys())
    carried = complete(new.schema, fitting, new.authority)
    required = [f for f in _leaves(new.schema) if f.required and get(carried, f.path) is None and f.path not in unfit]
    after = FieldUses(new)
    supposed = {field.path: _likeliest(field, new, carried) for field in required if field.choices}
    reviews = [
        *(_required(field, supposed.get(field.path)) for field in required),
        *(_unfit(new.schema, path, messages) for path, messages in unfit.items()),
        *map(_moved, moved),
        *_defaults(old, new, values, carried, answers),
        *_offered(old.schema, new.schema, {f.path for f in required} | {one.field.path for one in moved}),
    ]
    before = FieldUses(old)
    return Carried(
        carried,
        frozenset({field.path for field in required} | unfit.keys()),
        (
            *(_suggested(_told(review, after, pages[1]), new, carried) for review in reviews),
            *(_told(_gone(field, get(values, field.path), old, new), before, pages[0]) for field in gone),
        ),
        supposed,
    )


def _likeliest(field: Field, new: Edition, carried: Mapping[str, Any]) -> str:
    """Return the answer that is suggested, or else that with which a school has most of the edition."""
    suggested = first_fitting(new.suggestions.get(field.path, ()), carried).value
    if suggested is not None:
        return say(suggested, field)
    asked = [c.answers for found in new.conditions.values() for c in found if c.field == field.path and c.answers]
    return max(answers_of(field), key=lambda answer: sum(answer in answers for answers in asked))


def _told(review: FieldReview, uses: FieldUses, page: Policy) -> FieldReview:
    """Return a review with the clauses that depend on its field, and their guidance."""
    path = review.field.path
    found = uses.provisions_using(path)
    if review.matter is Matter.ANSWERS:
        found = uses.provisions_selected_by(path, (choice.value for choice in review.choices)) or found
    return dataclasses.replace(review, clauses=uses.clauses(found, page), guidance=uses.guidance(path, found, page))


def _suggested(review: FieldReview, new: Edition, carried: Mapping[str, Any]) -> FieldReview:
    """Return a review with its group of questions, and what the new edition suggests to a school with these answers."""
    block = new.schema.lookup(review.field.path.partition(".")[0])
    group = block.title if block and block.kind.traits.is_block else _OTHERS
    review = dataclasses.replace(review, group=group)
    if review.matter not in (Matter.REQUIRED, Matter.UNFIT, Matter.OFFERED, Matter.DEFAULT):
        return review
    suggestion = first_fitting(new.suggestions.get(review.field.path, ()), carried)
    return dataclasses.replace(review, suggested=suggestion.value)


# --- one function for each matter ----------------------------------------------------------------


def _moved(moved: Moved) -> FieldReview:
    old, field = moved.old, moved.field
    if moved.was != moved.value:
        told = f"{say(moved.was, old)} is now {say(moved.value, field)}."
    else:
        told = f"The answer {say(moved.value, field)} is carried over."
    path = field.path if old.path == field.path else f"{old.path} is now {field.path}"
    message = f"{path} ({field.title}). {told}{f' {moved.check}' if moved.check else ''}"
    return FieldReview(Matter.MOVED, field, message, is_open=bool(moved.check), choices=field.choices, moved=moved)


def _required(field: Field, supposed: str | None) -> FieldReview:
    message = _sentence(f"{field.path} must now be answered: {field.title}")
    until = f" Until then this report supposes {supposed}." if supposed else ""
    return FieldReview(Matter.REQUIRED, field, f"{message}{until}", is_open=True, choices=field.choices)


def _unfit(schema: Schema, path: str, messages: list[str]) -> FieldReview:
    field = schema.lookup(path)
    assert field is not None, path  # noqa: S101 - the caller looked it up
    return FieldReview(Matter.UNFIT, field, " ".join(messages), is_open=True, choices=field.choices)


def _defaults(
    old: Edition, new: Edition, values: Mapping[str, Any], carried: Mapping[str, Any], answers: Mapping[str, Any]
) -> Iterator[FieldReview]:
    for field in _leaves(new.schema):
        before = _leaf(old.schema, field)
        if before is None or _is_given(answers, field.path) or field.is_recorded or field.required:
            continue
        was, now = get(values, field.path), get(carried, field.path)
        # the words of a default may only have another form now
        if renewed(was, before, new) != now and str(was).casefold() != str(now).casefold():
            taken = f"The default was {say(was, before)} and is now {say(now, field)}."
            message = f"{field.path}: not answered ({field.title}). {taken}"
            yield FieldReview(Matter.DEFAULT, field, message, is_open=True)


def _offered(old: Schema, new: Schema, known_already: set[str]) -> Iterator[FieldReview]:
    for field in _leaves(new):
        before = _leaf(old, field)
        if field.is_recorded or field.path in known_already:
            continue
        if before is None:
            taken = f" If it is left out, it is {say(field.default, field)}." if field.default is not None else ""
            message = f"{field.path} can now be answered: {field.title}"
            yield FieldReview(Matter.OFFERED, field, _sentence(message) + taken, is_open=False, choices=field.choices)
            continue
        known = answers_of(before)
        added = tuple(choice for choice in field.choices if choice.value not in known)
        if added and before.choices:
            answers = one_of(choice.value for choice in added)
            message = f"{field.path} ({field.title}) can now also be answered with {answers}."
            yield FieldReview(Matter.ANSWERS, field, message, is_open=False, choices=added)


def _gone(field: Field, value: Any, old: Edition, new: Edition) -> FieldReview:  # noqa: ANN401 - any answer
    """Return the review of an answer to a field that the new edition does not have.

    The answer to an option means nothing without the option. But words that the school wrote may be useful elsewhere,
    and a new field of the same kind, in the same block or with the same name, may be the old one under a new path.
    """
    message = f"{field.path} ({field.title}) is no longer asked; the answer was {say(value, field)}."
    if because := why_ended(field.path, new):
        return FieldReview(Matter.GONE, field, f"{message} {because}", is_open=False, group=_GONE)
    block = field.path.rpartition(".")[0]
    heirs = [
        other.path
        for other in _leaves(new.schema)
        if other.kind is field.kind
        and old.schema.lookup(other.path) is None
        and (other.path.rpartition(".")[0] == block or other.name == field.name)
    ]
    if heirs:
        message += f" It may belong in {one_of(heirs)} now."
    elif not field.kind.traits.is_option:
        message += " Move these words to where they are useful, or delete them."
    is_open = bool(heirs) or not field.kind.traits.is_option
    return FieldReview(Matter.GONE, field, message, is_open=is_open, group=_GONE)


# --- fields and answers --------------------------------------------------------------------------


def _sentence(text: str) -> str:
    return text if text.endswith(("?", ".", "!")) else f"{text}."


def _leaves(schema: Schema) -> Iterator[Field]:
    """Yield the fields that schools answer: not the blocks around them, nor fields that an edition sets itself."""
    for field in schema.fields:
        if not field.kind.traits.is_block and not AUTHORITY.holds(field.path):
            yield field


def _leaf(schema: Schema, field: Field) -> Field | None:
    found = schema.lookup(field.path)
    return found if found and not found.kind.traits.is_block else None


def _is_given(answers: Mapping[str, Any], path: str) -> bool:
    return get(answers, path) is not None


def _field_path(at: Iterable[str | int]) -> str:
    names = []
    for key in at:
        if isinstance(key, int):
            break
        names.append(key)
    return ".".join(names)
