"""What an editor can check of an edition's rules: the answers that make other answers necessary."""

from typing import Any

from build_tools.policy.model import Condition
from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.template.conditions import holds
from build_tools.template.rules import Need, Rules

_WRITTEN: dict[str, list[Any]] = {
    "yes": ["yes", "Yes", "YES", "true", "True", "TRUE", True],
    "no": ["no", "No", "NO", "false", "False", "FALSE", False],
}
"""What an editor may find for the answers to a question of yes or no; it reads some spellings as a truth value."""


def needs_for_editors(rules: Rules, schema: Schema) -> list[dict[str, Any]]:
    """Return JSON Schema (draft-07) for each answer that makes others necessary; a federation may give the others."""
    return [
        {
            "if": {"allOf": [*(_asked(condition, schema) for condition in need.when), _NO_FEDERATION]},
            "then": _required(need),
        }
        for need in rules.needs
    ]


_NO_FEDERATION = {"not": {"required": ["federation"]}}


def _required(need: Need) -> dict[str, Any]:
    return {"allOf": [_at(path, {}, is_required=True) for path in need.fields]}


def _asked(condition: Condition, schema: Schema) -> dict[str, Any]:
    field = schema.lookup(condition.field)
    is_default = field is not None and holds(condition, field.default)
    test = _answer(condition, field) if field and condition.answers is not None else {}
    return _at(condition.field, test, is_required=not is_default)


def _answer(condition: Condition, field: Field) -> dict[str, Any]:
    answers = sorted(condition.answers or ())
    if field.kind is FieldKind.FLAG:
        return {"enum": [written for answer in answers for written in _WRITTEN[answer]]}
    return {"contains": {"enum": answers}} if field.kind is FieldKind.CHOICES else {"enum": answers}


def _at(path: str, test: dict[str, Any], *, is_required: bool) -> dict[str, Any]:
    """Return a schema that tests the value at a dotted path."""
    name, _, rest = path.partition(".")
    inner = _at(rest, test, is_required=is_required) if rest else test
    return {"properties": {name: inner}} | ({"required": [name]} if is_required else {})
