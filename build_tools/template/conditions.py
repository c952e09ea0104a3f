"""Conditions: what a `when` attribute requires of a school's answers, whether they satisfy it, and its words."""

import re
from collections.abc import Iterable
from typing import Any

from build_tools.policy.model import Condition
from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.text.problems import did_you_mean, one_of

_OTHER_WAYS = (
    (r"==", "write one equals sign, such as option=answer."),
    (r"!=|<>|(?:^|\s)not\s", "nothing can be excluded. Name the answers that it is for, such as option=one|another."),
    (r"\sor\s|=[^|]*[,/]", "write several answers of one option as option=one|another. Only answers can be joined so."),
    (r"&|\sAND\s", 'join two conditions with the word "and" in small letters.'),
)
"""What other languages have, and what to write here."""


def parse_condition(text: str, schema: Schema) -> tuple[tuple[Condition, ...], list[str]]:
    """Return the conditions of a `when` attribute, and what is wrong with it."""
    conditions, wrong = [], []
    for part in text.split(" and "):
        path, equals, answers = (piece.strip() for piece in part.partition("="))
        field = schema.lookup(path)
        if not path:
            wrong.append("when: the name of a field is missing.")
        elif field is None:
            wrong.append(f"when: unknown field {path}.{did_you_mean(path, (f.path for f in schema.fields))}")
        elif not equals:
            # "exams" and "exams=no" are alternatives of one option, so both state their answers
            conditions.append(Condition(path, frozenset({"yes"}) if field.kind is FieldKind.FLAG else None))
        else:
            values = [answer.strip() for answer in answers.split("|")]
            known = answers_of(field)
            others = [value for value in values if value not in known]
            if known:
                offers = f"is not one of the answers to {path}: {one_of(known)}."
                wrong.extend(f"when: {value} {offers}" for value in others)
            else:
                wrong.append(f"when: {path} has no list of answers. Write {path} alone, without = and an answer.")
            conditions.append(Condition(path, frozenset(values)))
    hint = _meant(text) if wrong else None
    return tuple(conditions), [f"when: {hint}"] if hint else wrong


def _meant(text: str) -> str | None:
    """Return what to write instead of a sign or word that conditions do not have; None if there is none."""
    return next((hint for pattern, hint in _OTHER_WAYS if re.search(pattern, text)), None)


def contradicted(conditions: Iterable[Condition], schema: Schema) -> str | None:
    """Return a field to which conditions ask for different answers, though a school can give only one; else None."""
    left: dict[str, frozenset[str]] = {}
    for condition in conditions:
        if condition.answers is not None and condition.field not in schema.lists:
            left[condition.field] = left.get(condition.field, condition.answers) & condition.answers
    return next((path for path, answers in left.items() if not answers), None)


def answers_of(field: Field) -> tuple[str, ...]:
    """Return the answers that the schema offers for an option."""
    return ("yes", "no") if field.kind is FieldKind.FLAG else tuple(choice.value for choice in field.choices)


def holds(condition: Condition, answer: Any) -> bool:  # noqa: ANN401 - any answer
    """Return whether a school's answer to the condition's field satisfies it."""
    if condition.answers is None:
        return bool(answer)
    if isinstance(answer, bool) or answer is None:
        return ("yes" if answer else "no") in condition.answers
    given = answer if isinstance(answer, list | tuple) else (answer,)
    # the school's own word is a record of its forms, not text, and not one of the choices
    return any(one in condition.answers for one in given if isinstance(one, str))


def describe(condition: Condition, schema: Schema) -> str:
    """Return a condition in words for people: the question and the answers that satisfy it."""
    field = schema.lookup(condition.field)
    if field is None:
        return condition.field
    if condition.answers is None:
        return field.title.rstrip("?") if field.kind is not FieldKind.FLAG else f"{field.title} Yes"
    if field.kind is FieldKind.FLAG:
        return f"{field.title} {one_of(sorted(answer.capitalize() for answer in condition.answers))}"
    titles = [choice.title for choice in field.choices if choice.value in condition.answers]
    # a clause of an older edition may require an answer that this edition no longer offers
    others = sorted(condition.answers - {choice.value for choice in field.choices})
    return f"{field.title}: {one_of([*titles, *others])}"
