"""The matrix: what every school answers to every question, side by side."""

import dataclasses
from collections.abc import Iterable, Sequence

from build_tools.answers import get, in_words
from build_tools.edition import Edition
from build_tools.schema import Field, FieldKind
from build_tools.status import InForce

NOT_ASKED = "not asked in this edition"

_OF_ONE_SCHOOL = ("school", "people", "document")
"""The blocks of which only the options are compared: who is who stands on each school's own pages."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A field or option as a column."""

    path: str
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """The questions that stand together in the schema, with the answers of all schools."""

    title: str
    questions: tuple[Question, ...]
    rows: tuple[tuple[str, ...], ...]
    """For each school, in their order, its answer to each question in words; empty where it gives none."""


def matrix(schools: Sequence[InForce], editions: Iterable[Edition]) -> tuple[Block, ...]:
    """Return all blocks in the order of the newest edition's schema; questions that no school answers are left out."""
    found: dict[str, dict[str, Field]] = {}
    titles: dict[str, str] = {}
    for edition in sorted(editions, key=lambda edition: edition.name, reverse=True):
        for top in edition.schema.root.children:
            titles.setdefault(top.name, top.title)
            fields = (field for field in top.walk() if "[]" not in field.path and _is_compared(field))
            for field in fields:
                found.setdefault(top.name, {}).setdefault(field.path, field)
    blocks = (_block(titles[name], tuple(fields.values()), schools) for name, fields in found.items())
    return tuple(block for block in blocks if block.questions)


def _is_compared(field: Field) -> bool:
    if field.kind in (FieldKind.RECORD, FieldKind.COLOUR):
        return False
    return field.kind.is_option or field.path.partition(".")[0] not in _OF_ONE_SCHOOL


def _block(title: str, fields: Iterable[Field], schools: Sequence[InForce]) -> Block:
    columns = [(field, [_answer(field.path, school) for school in schools]) for field in fields]
    answered = [(field, answers) for field, answers in columns if any(a not in ("", NOT_ASKED) for a in answers)]
    questions = tuple(Question(field.path, field.title) for field, _ in answered)
    return Block(title, questions, tuple(zip(*(answers for _, answers in answered), strict=True)))


def _answer(path: str, school: InForce) -> str:
    """Return a school's answer in words."""
    field = school.edition.schema.lookup(path)
    return NOT_ASKED if field is None else in_words(field, get(school.values, path))
