"""What an edition suggests as answers, for the kind of school that the earlier answers describe.

    school.schema.yml                     x-suggested, at the field itself
    policy_src/EDITION/suggestions.yml    the same by field, instead of what the schema says; optional

An interview offers a suggestion, and it counts only once the school accepts it. So the second file is not under the
seal: a published edition can still learn what suits a kind of school.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.policy.model import Condition
from build_tools.schema.answers import coerce_for, get, wrong_answer
from build_tools.schema.fields import Field, Schema, Suggested
from build_tools.schema.file import SUGGESTED, suggested_in
from build_tools.schema.json_schema import Checker
from build_tools.schema.wording import broken_rules
from build_tools.template.conditions import describe, holds, parse_condition
from build_tools.text.problems import Mistakes, Problem, did_you_mean
from build_tools.text.source import relative
from build_tools.text.yaml_file import Document, read_yaml

SUGGESTIONS_FILE = "suggestions.yml"
"""A file in an edition's folder that can still be changed after the edition is published."""

_SUGGESTIONS = Checker({"type": "object", "additionalProperties": SUGGESTED})


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """What is suggested to the schools whose earlier answers meet all conditions."""

    when: tuple[Condition, ...] = ()
    value: Any = None
    """The answer that is offered; None if none is."""
    examples: tuple[Any, ...] = ()
    """The examples that these schools see; empty if they see those of the field."""

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Return whether answers meet all conditions; a question without an answer meets none."""
        answers = ((condition, get(values, condition.field)) for condition in self.when)
        return all(answer is not None and holds(condition, answer) for condition, answer in answers)

    def conditions_in_words(self, schema: Schema) -> str:
        """Return for which schools it is, in words; empty if it is for all."""
        return ", and ".join(describe(condition, schema) for condition in self.when)


def first_fitting(suggestions: Iterable[Suggestion], values: Mapping[str, Any]) -> Suggestion:
    """Return the first suggestion that fits some answers; an empty one if none does."""
    return next((one for one in suggestions if one.fits(values)), Suggestion())


def read_suggestions(schema: Schema, folder: Path, root: Path) -> Mapping[str, tuple[Suggestion, ...]]:
    """Return the suggestions of an edition by field, in order; places are relative to `root`.

    Raises:
        Mistakes: everything that is wrong in them, in the schema and in the optional file.
    """
    path = folder / SUGGESTIONS_FILE
    problems: list[Problem] = []
    fields = {field.path: field for field in schema.root.walk()}
    written = {path: field.suggested for path, field in fields.items() if field.suggested}
    if path.exists():
        written |= _read_file(read_yaml(path, relative(path, root)), schema, problems)
    order = {asked: position for position, asked in enumerate(_in_order_of_asking(schema.root.children))}
    found = {
        path: tuple(_parsed(_Asked(schema, fields[path], order), suggested, problems))
        for path, suggested in written.items()
    }
    if problems:
        raise Mistakes(problems)
    return found


def _read_file(document: Document, schema: Schema, problems: list[Problem]) -> Mapping[str, tuple[Suggested, ...]]:
    """Return what the file suggests, by field, and add what is wrong with it to `problems`."""
    if not isinstance(document.data, dict):
        message = (
            "This file must have the path of a question on each line, such as learners:, and suggestions below it."
        )
        problems.append(Problem(document.place(), message))
        return {}
    if broken := list(broken_rules(document, _SUGGESTIONS)):
        problems.extend(broken)
        return {}
    # an author writes people.dsl.role for what an entry of people.dsl has
    fields = {field.path.replace("[]", ""): field for field in schema.root.walk() if field.path}
    known = {}
    for path, entries in document.data.items():
        if why := _why_unasked(path, fields):
            problems.append(Problem(document.place((path,)), why))
        else:
            known[fields[path].path] = suggested_in(document, (path,), entries)
    return known


def _why_unasked(path: str, fields: Mapping[str, Field]) -> str | None:
    """Return why nothing can be suggested for a path; None if something can."""
    field = fields.get(path)
    if field is None:
        return f"{path}: unknown question.{did_you_mean(path, fields)}"
    if field.kind.traits.is_block:
        return f"{path}: this is a group of answers. Suggest answers to the questions in it."
    if field.is_recorded:
        return f"{path}: policy ratify records this, so no school is asked. Delete it."
    return None


@dataclasses.dataclass(frozen=True, slots=True)
class _Asked:
    """A field for which something is suggested."""

    schema: Schema
    field: Field
    order: Mapping[str, int]
    """The position of every question in the order of asking; the parts of an entry have that of their list."""

    @property
    def path(self) -> str:
        """The path of the field as an author writes it."""
        return self.field.path.replace("[]", "")

    @property
    def is_part_of_an_entry(self) -> bool:
        """Whether each entry of a list has its own answer to it."""
        return "[]" in self.field.path

    def wrong_conditions(self, when: str) -> tuple[tuple[Condition, ...], list[str]]:
        """Return the conditions of a suggestion, and what is wrong with them."""
        conditions, wrong = parse_condition(when, self.schema)
        for condition in conditions:
            field = self.schema.lookup(condition.field)
            if field and field.kind.traits.is_block:
                wrong.append(f"when: {condition.field} is a group of answers. Name one of the questions in it.")
            elif self.order[condition.field] >= self.order[self.field.path.partition("[]")[0]]:
                wrong.append(
                    f"when: {condition.field} is not asked before {self.path}, so its answer is not known yet. "
                    "Name a question that is asked before."
                )
        lists = self.schema.lists
        if any(one.excludes(other, lists) for one in conditions for other in conditions):
            wrong.append("when: no school can meet all of these conditions. Delete one.")
        return conditions, wrong

    def wrong_value(self, what: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - any answer
        """Yield why no school could give an answer that is suggested."""
        yield from (f"{what}: {why}" for _, why in wrong_answer(self.schema, self.field, value))

    def wrong(self, one: Suggestion) -> Iterator[str]:
        """Yield what is wrong with what is suggested, apart from its conditions."""
        if one.value is not None and self.is_part_of_an_entry:
            yield f"a value cannot be suggested for a part of an entry. Suggest {self.path.rpartition('.')[0]}."
        elif one.value is not None:
            yield from self.wrong_value("value", one.value)
        elif not one.examples:
            yield "give a value: or examples:, or delete this suggestion."
        for example in one.examples:
            yield from self.wrong_value("examples", example)


def _parsed(asked: _Asked, suggested: Iterable[Suggested], problems: list[Problem]) -> Iterator[Suggestion]:
    """Yield the suggestions for one field, and add what is wrong with them to `problems`."""
    before: list[Suggestion] = []
    for given in suggested:
        conditions, wrong = asked.wrong_conditions(given.when) if given.when is not None else ((), [])
        value = None if given.value is None else coerce_for(asked.field, given.value)
        one = Suggestion(conditions, value, tuple(coerce_for(asked.field, example) for example in given.examples))
        wrong += asked.wrong(one)
        if not wrong and any(_covers(other.when, conditions) for other in before):
            wrong.append("this is never offered, because a suggestion above it fits the same schools. Move it up.")
        before += [] if wrong else [one]
        problems += (Problem(given.place, f"{asked.path}: {message}") for message in wrong)
        yield one


def _covers(wider: Iterable[Condition], narrower: Sequence[Condition]) -> bool:
    """Return whether every school that meets the second conditions meets the first too."""
    return all(any(_implies(one, needed) for one in narrower) for needed in wider)


def _implies(one: Condition, other: Condition) -> bool:
    same = one.field == other.field
    return same and (other.answers is None or (one.answers is not None and one.answers <= other.answers))


def _in_order_of_asking(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        yield field.path
        if field.kind.traits.is_block:
            yield from _in_order_of_asking(field.in_turn)
