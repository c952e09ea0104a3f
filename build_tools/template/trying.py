"""Find the conditions of rules that no answers can change, by trying answers that differ in everything they ask."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, assert_never

from jinja2 import nodes

from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.template.judging import is_so
from build_tools.template.rule_language import paths_in_condition
from build_tools.template.syntax import parse_expression

_MOST_TRIED = 20_000
"""The number of combinations of answers that are tried; a condition that needs more is not examined."""
_PEOPLE = ("Ann Alder", "Ben Birch", "Cyd Cedar")


def always_or_never(source: str, schema: Schema) -> bool | None:
    """Return True for a valid condition that holds for every school, False for none, None if it depends on answers."""
    paths = paths_in_condition(source)
    tree = parse_expression(source)
    numbers = sorted({node.value for node in tree.find_all(nodes.Const) if type(node.value) is int})
    texts = sorted({node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)})
    drawn = [tuple(_samples(field, texts, numbers)) for path in paths if (field := schema.lookup(path))]
    if math.prod(map(len, drawn)) > _MOST_TRIED:
        return None
    found = {is_so(source, _nested(paths, answers)) for answers in itertools.product(*drawn)}
    return found.pop() if len(found) == 1 else None


def _samples(field: Field, texts: Sequence[str], numbers: Sequence[int]) -> Iterator[Any]:  # noqa: C901 - a case for each kind
    """Yield answers to a field that differ in everything that a condition with these words and numbers can ask."""
    if not field.always:
        yield None
    most = max((len(_PEOPLE), *(number + 1 for number in numbers if number < _MOST_TRIED)))
    match field.kind:
        case FieldKind.FLAG:
            yield from (True, False)
        case FieldKind.CHOICE:
            yield from (choice.value for choice in field.choices)
            if field.other:
                yield dict.fromkeys((form for form, _ in field.words), "own word")
        case FieldKind.CHOICES:
            offered = [choice.value for choice in field.choices]
            asked = [value for value in offered if value in texts]
            others = [value for value in offered if value not in texts]
            for chosen in itertools.product((True, False), repeat=len(asked)):
                kept = [value for value, is_chosen in zip(asked, chosen, strict=True) if is_chosen]
                yield from (kept + others[:count] for count in range(len(others) + 1) if kept or count)
        case FieldKind.NAMES:
            yield from ([*texts, name] for name in _PEOPLE)
            yield from (list(_PEOPLE[:count]) for count in range(1, len(_PEOPLE) + 1))
            yield [f"{number}" for number in range(most)]
        case FieldKind.RECORDS:
            yield from ([{"name": name}] for name in _PEOPLE)
            yield from ([{"name": name} for name in _PEOPLE[:count]] for count in range(2, len(_PEOPLE) + 1))
            yield [{"name": f"Dee Number{number}"} for number in range(most)]
        case FieldKind.DATE:
            yield from ("2000-01-01", "2000-01-02")
            yield from (f"{2000 + (number + 1) // 12}-{(number + 1) % 12 + 1:02}-03" for number in numbers)
        case FieldKind.TEXT:
            yield from (*_PEOPLE, *texts, " ".join((*texts, "and more")))
        case (
            FieldKind.RECORD
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
        ):
            yield field.kind.traits.name
        case _:
            assert_never(field.kind)


def _nested(paths: Sequence[str], answers: Sequence[Any]) -> Mapping[str, Any]:
    nested: dict[str, Any] = {}
    for path, answer in zip(paths, answers, strict=True):
        *around, name = path.split(".")
        block = nested
        for part in around:
            block = block.setdefault(part, {})
        block[name] = answer
    return nested
