"""The rules of an edition: what it says of answers that depend on one another."""

import dataclasses

from build_tools.policy.model import Condition
from build_tools.text.problems import Severity


@dataclasses.dataclass(frozen=True, slots=True)
class Need:
    """An answer that makes other answers necessary."""

    when: tuple[Condition, ...]
    fields: tuple[str, ...]
    """The paths of the fields that must then be given, none of them a group."""
    because: str
    """Why, in the edition's words."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """Answers that do not fit together."""

    condition: str
    """In the language of rules; it holds for a school whose answers do not fit."""
    fields: tuple[str, ...]
    """The paths of the fields that it asks about; the first is the one to which the message belongs."""
    message: str
    """What is wrong, in the edition's words, not yet filled in."""
    severity: Severity
    clauses: tuple[str, ...] = ()
    """The ids of the clauses that would not be true; with none of them, the rule does not apply to a school."""


@dataclasses.dataclass(frozen=True, slots=True)
class Role:
    """Words that name a role in clauses, and the field with the people who have it."""

    words: tuple[str, ...]
    field: str


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """What an edition says of answers that depend on one another."""

    needs: tuple[Need, ...] = ()
    rules: tuple[Rule, ...] = ()
    roles: tuple[Role, ...] = ()
