"""What a school's answers make necessary, by the rules of its edition."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from build_tools.schema.answers import get
from build_tools.schema.fields import Schema
from build_tools.template.conditions import describe, holds
from build_tools.template.rules import Need, Rules


@dataclasses.dataclass(frozen=True, slots=True)
class Unmet:
    """An answer that makes others necessary which a school has not given."""

    need: Need
    missing: tuple[str, ...]
    """The paths of the fields without an answer."""


def made_necessary(rules: Rules, schema: Schema, answers: Any) -> Mapping[str, Need]:  # noqa: ANN401 - any YAML value
    """Return the fields that must be given after some answers, by path, each with what makes it necessary.

    `answers` have the types of the schema, but no defaults, and need not be right or complete.
    """
    found: dict[str, Need] = {}
    for need in rules.needs:
        if all(holds(condition, answer_to(condition.field, schema, answers)) for condition in need.when):
            for path in need.fields:
                found.setdefault(path, need)
    return found


def unmet_needs(rules: Rules, schema: Schema, answers: Any) -> tuple[Unmet, ...]:  # noqa: ANN401 - any YAML value
    """Return the answers that make others necessary, with those that are missing."""
    missing: dict[Need, list[str]] = {}
    for path, need in made_necessary(rules, schema, answers).items():
        if get(answers, path) is None:
            missing.setdefault(need, []).append(path)
    return tuple(Unmet(need, tuple(paths)) for need, paths in missing.items())


def needed_if(path: str, rules: Rules, schema: Schema) -> tuple[tuple[str, str], ...]:
    """Return the answers that make a field necessary, in words, each with the reason."""
    return tuple(
        (" and ".join(describe(condition, schema) for condition in need.when), need.because)
        for need in rules.needs
        if path in need.fields
    )


def answer_to(path: str, schema: Schema, answers: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return the answer to a question, or what applies without one."""
    field = schema.lookup(path)
    given = get(answers, path)
    while given is None and field and field.same_as:
        field = schema.lookup(field.same_as)
        given = get(answers, field.path) if field else None
    return field.default if given is None and field else given
