"""The matrix: every school's answer to every question, side by side."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from build_tools.resolving.resolve import Resolved
from build_tools.schema.answers import get, in_words
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.relied_on import DOCUMENT, PEOPLE, SCHOOL
from build_tools.template.edition import Edition

NOT_ASKED = "not asked in this edition"

_OF_ONE_SCHOOL = (SCHOOL, PEOPLE, DOCUMENT)
"""The blocks of which only the options are compared; people are on each school's own pages."""


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """A field or option as a column."""

    path: str
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixBlock:
    """The questions of one block of the schema, with the answers of all schools."""

    title: str
    questions: tuple[MatrixQuestion, ...]
    rows: tuple[tuple[str, ...], ...]
    """For each school, in order, its answer to each question in words; empty if it gives none."""


def answers_of(school: Resolved) -> Mapping[str, str]:
    """Return a school's answer to each question of its edition, in words, by path."""
    fields = (field for top in school.edition.schema.root.children for field in top.walk() if _is_compared(field))
    return {field.path: in_words(field, get(school.school.values, field.path)) for field in fields}


def matrix(schools: Sequence[Mapping[str, str]], editions: Iterable[Edition]) -> tuple[MatrixBlock, ...]:
    """Return the answers of schools, in their order, as blocks in the order of the newest edition's schema.

    Questions that no school answers are left out.
    """
    found: dict[str, dict[str, Field]] = {}
    titles: dict[str, str] = {}
    for edition in sorted(editions, key=lambda edition: edition.name, reverse=True):
        for top in edition.schema.root.children:
            titles.setdefault(top.name, top.title)
            for field in filter(_is_compared, top.walk()):
                found.setdefault(top.name, {}).setdefault(field.path, field)
    blocks = (_block(titles[name], tuple(fields.values()), schools) for name, fields in found.items())
    return tuple(block for block in blocks if block.questions)


def _is_compared(field: Field) -> bool:
    if "[]" in field.path or field.kind.traits.is_block or field.kind is FieldKind.COLOUR:
        return False
    return field.kind.traits.is_option or not any(group.holds(field.path) for group in _OF_ONE_SCHOOL)


def _block(title: str, fields: Iterable[Field], schools: Sequence[Mapping[str, str]]) -> MatrixBlock:
    columns = [(field, [school.get(field.path, NOT_ASKED) for school in schools]) for field in fields]
    answered = [(field, answers) for field, answers in columns if any(a not in ("", NOT_ASKED) for a in answers)]
    questions = tuple(MatrixQuestion(field.path, field.title) for field, _ in answered)
    return MatrixBlock(title, questions, tuple(zip(*(answers for _, answers in answered), strict=True)))
