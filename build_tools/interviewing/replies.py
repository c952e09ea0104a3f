"""Turn what a person types into an answer of the field's kind."""

import enum
import re
from collections.abc import Iterator
from typing import Any, TypeAlias, assert_never

from build_tools.schema.fields import Field, FieldKind
from build_tools.text.dates import long_date
from build_tools.text.typed_dates import read_typed_date

_WORDS = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}


class Special(enum.Enum):
    """A reply that is not yet an answer."""

    OTHER = enum.auto()
    """To an option: the school's own word instead of one of the choices."""


Read: TypeAlias = tuple[Any, str | None]
"""The answer, or None and why there is none."""


def read_reply(field: Field, text: str) -> Read:
    """Return the answer in a reply; the schema decides whether the field accepts it.

    A choice may be given by its number in the list, its value or its title. Quotation marks around a reply are removed,
    so that a word that the user interface reads as a command can be an answer.
    """
    words = _bare(text)
    match field.kind:
        case FieldKind.FLAG:
            return _WORDS.get(words.lower(), words), None
        case FieldKind.CHOICE:
            return _read_choice(field, words)
        case FieldKind.CHOICES:
            return _read_choices(field, words)
        case FieldKind.DATE:
            return read_typed_date(words).date or words, None
        case (
            FieldKind.RECORD
            | FieldKind.RECORDS
            | FieldKind.NAMES
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            return words, None
        case _:
            assert_never(field.kind)


def understood(field: Field, text: str) -> str | None:
    """Return how a reply was understood if it may mean something else, None if it cannot."""
    typed = read_typed_date(_bare(text))
    if field.kind is not FieldKind.DATE or typed.date is None or typed.is_sure:
        return None
    return f"{typed.why}. Your answer is understood as {long_date(typed.date)}: to correct it, type back."


def choice_titles(field: Field) -> tuple[str, ...]:
    """Return the answers to an option in words, in the order of their numbers: the school's own word is the last."""
    return (*(choice.title for choice in field.choices), *((field.other.title,) if field.other else ()))


def _bare(text: str) -> str:
    """Return the words of a reply on one line, without quotation marks around them."""
    words = " ".join(text.split())
    return words[1:-1] if re.fullmatch('".+"|“.+”', words) else words


def _read_choice(field: Field, words: str) -> Read:
    for number, choice in enumerate(field.choices, 1):
        if words.lower() in (choice.value.lower(), choice.title.lower()):
            return choice.value, None
        # a value may itself be a number, and takes precedence
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
    """Yield the parts of a reply that are one answer each; a title may itself contain commas."""
    if words.lower() in (choice.title.lower() for choice in field.choices):
        yield words
    else:
        separator = r"[\s,]+" if re.fullmatch(r"[\d\s,]+", words) else r"\s*,\s*"
        yield from filter(None, re.split(separator, words))
