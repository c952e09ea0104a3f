"""The matrix: every school's answer to every question, side by side, and which schools give each answer."""

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


_MOST_NAMES = 6
"""The number of schools from which their names are folded, so that the answers can be seen at once."""


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixAnswer:
    """An answer, with the schools that give it."""

    words: str
    """Empty for those that give none."""
    schools: tuple[int, ...]
    """Their places among all schools."""
    is_of_all: bool

    @property
    def is_folded(self) -> bool:
        """Whether so many schools give it that their names are folded."""
        return len(self.schools) > _MOST_NAMES


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixQuestion:
    """A field or option as a column."""

    path: str
    title: str
    answers: tuple[MatrixAnswer, ...]
    """What schools answer, the most frequent first."""


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixBlock:
    """The questions of one block of the schema, with the answers of all schools."""

    name: str
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
    blocks = (_block(name, titles[name], tuple(fields.values()), schools) for name, fields in found.items())
    return tuple(block for block in blocks if block.questions)


def _is_compared(field: Field) -> bool:
    if "[]" in field.path or field.kind.traits.is_block or field.kind is FieldKind.COLOUR:
        return False
    return field.kind.traits.is_option or not any(group.holds(field.path) for group in _OF_ONE_SCHOOL)


def _block(name: str, title: str, fields: Iterable[Field], schools: Sequence[Mapping[str, str]]) -> MatrixBlock:
    columns = [(field, [school.get(field.path, NOT_ASKED) for school in schools]) for field in fields]
    answered = [(field, answers) for field, answers in columns if any(a not in ("", NOT_ASKED) for a in answers)]
    questions = tuple(MatrixQuestion(field.path, field.title, _grouped(answers)) for field, answers in answered)
    return MatrixBlock(name, title, questions, tuple(zip(*(answers for _, answers in answered), strict=True)))


def _grouped(answers: Sequence[str]) -> tuple[MatrixAnswer, ...]:
    """Return each answer with the schools that give it: the most frequent first, those who say nothing last."""
    found: dict[str, list[int]] = {}
    for at, words in enumerate(answers):
        found.setdefault(words, []).append(at)
    ranked = sorted(found.items(), key=lambda pair: (pair[0] in ("", NOT_ASKED), -len(pair[1])))
    return tuple(MatrixAnswer(words, tuple(places), len(places) == len(answers)) for words, places in ranked)
