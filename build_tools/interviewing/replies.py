"""What a person types in reply to a question, as an answer of the kind that the field takes."""

import enum
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from build_tools.schema.fields import Field, FieldKind

_WORDS = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}


class Special(enum.Enum):
    """A reply that is no answer yet."""

    OTHER = enum.auto()
    """To an option: none of the choices, but the school's own word."""


Read: TypeAlias = tuple[Any, str | None]
"""The answer, or None and why there is none."""


def read_reply(field: Field, text: str) -> Read:
    """Return the answer that a reply gives; whether the field takes it is for the schema to say.

    A choice may be given by its number in the list, by its value or by its title. Quotation marks around a reply are
    no part of it, so that a word which a front end takes for a command can be an answer.
    """
    words = " ".join(text.split())
    if re.fullmatch('".+"', words):
        words = words[1:-1]
    match field.kind:
        case FieldKind.FLAG:
            return _WORDS.get(words.lower(), words), None
        case FieldKind.CHOICE:
            return _read_choice(field, words)
        case FieldKind.CHOICES:
            return _read_choices(field, words)
    return words, None


def choice_titles(field: Field) -> tuple[str, ...]:
    """Return the answers to an option in words, in the order of their numbers: the school's own word is the last."""
    return (*(choice.title for choice in field.choices), *((field.other.title,) if field.other else ()))


def _read_choice(field: Field, words: str) -> Read:
    for number, choice in enumerate(field.choices, 1):
        if words.lower() in (choice.value.lower(), choice.title.lower()):
            return choice.value, None
        # a value may itself be a number, and goes before
        if words == str(number) and words not in (other.value for other in field.choices):
            return choice.value, None
    titles = choice_titles(field)
    if field.other and words.lower() in (str(len(titles)), field.other.title.lower()):
        return Special.OTHER, None
    if words.isdecimal():
        return None, f"{words} is not one of the answers. Type a number from 1 to {len(titles)}."
    return words, None


def _read_choices(field: Field, words: str) -> Read:
    values = []
    for part in _parts(field, words):
        value, wrong = _read_choice(field, part)
        if wrong:
            return None, wrong
        if value not in [choice.value for choice in field.choices]:
            return None, (
                f'"{value}" is not one of the answers. Type their numbers with commas between them, such as 1, 2.'
            )
        values.append(value)
    return values, None


def _parts(field: Field, words: str) -> Iterator[str]:
    """Yield what stands for one answer each; a title may itself hold commas."""
    if words.lower() in (choice.title.lower() for choice in field.choices):
        yield words
    else:
        separator = r"[\s,]+" if re.fullmatch(r"[\d\s,]+", words) else r"\s*,\s*"
        yield from filter(None, re.split(separator, words))
