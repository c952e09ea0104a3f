"""The language of rules: what a condition on a school's answers may ask, checked before any school is known.

It is the condition of `{% if … %}` with a few more questions: about people, about the time between two dates, about
the length of a list, and about words in a text.
"""

from collections.abc import Callable, Iterator
from typing import assert_never

import jinja2
from jinja2 import nodes

from build_tools.schema.fields import Field, FieldKind, Schema
from build_tools.template.conditions import answers_of
from build_tools.template.syntax import parse_expression, path_of
from build_tools.text.problems import did_you_mean, one_of

IN_BOTH, MONTHS, LENGTH = "in_both", "months_between", "length"
_FORMS = (
    'A condition must be a field, a field == "answer", "answer" in a field, somebody in a field, '
    f"{IN_BOTH}(a field, a field), {MONTHS}(a date, a date) > 12, a field | {LENGTH} > 1, or these with and, or, not."
)
_COUNTED = ("eq", "ne", "gt", "gteq", "lt", "lteq")


class _WrongConditionError(Exception):
    """A condition that is not in the language; the message says why."""


def wrong_condition(source: str, schema: Schema) -> Iterator[str]:
    """Yield everything that is wrong with a condition; one without mistakes can be judged for every school."""
    try:
        tree = parse_expression(source)
    except jinja2.TemplateSyntaxError as error:
        yield f"{(error.message or '').rstrip('.')}. {_FORMS}"
        return
    for part in _parts(tree):
        yield from wrong_part(part, schema)


def wrong_part(part: nodes.Node, schema: Schema) -> Iterator[str]:
    """Yield what is wrong with a condition without `and`, `or` and `not`."""
    try:
        _check(part, schema)
    except _WrongConditionError as error:
        yield str(error)


def paths_in_condition(source: str) -> tuple[str, ...]:
    """Return the paths of the fields that a valid condition asks about, in their order, each once."""
    return tuple(dict.fromkeys(_paths(parse_expression(source))))


def answered_if(node: nodes.Node) -> frozenset[str]:
    """Return the paths of the fields that certainly have an answer if a valid condition holds."""
    if isinstance(node, nodes.And):
        return answered_if(node.left) | answered_if(node.right)
    if isinstance(node, nodes.Or):
        return answered_if(node.left) & answered_if(node.right)
    if isinstance(node, nodes.Not):
        return frozenset()
    if isinstance(node, nodes.Compare):
        # a person can be missing from a list without answers, and such a list has a length
        is_certain = node.ops[0].op != "ne" and not any(node.find_all(nodes.Filter))
        return frozenset(_paths(node.expr if node.ops[0].op == "notin" else node)) if is_certain else frozenset()
    return frozenset(_paths(node))


def is_text(node: nodes.Node) -> bool:
    """Return whether an expression is a text in quotation marks."""
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def called(node: nodes.Node) -> str | None:
    """Return the name of the function that an expression calls, None if it is not a call."""
    return str(node.node.name) if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) else None


def paths_of(call: nodes.Call) -> tuple[str, ...]:
    """Return the paths of the fields that are the arguments of a valid call."""
    return tuple(path for argument in call.args if (path := path_of(argument)))


def _parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the parts of a condition that `and`, `or` and `not` join."""
    if isinstance(node, nodes.And | nodes.Or):
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif isinstance(node, nodes.Not):
        yield from _parts(node.node)
    else:
        yield node


def _paths(node: nodes.Node) -> Iterator[str]:
    if path := path_of(node):
        yield path
        return
    for child in node.args if isinstance(node, nodes.Call) else node.iter_child_nodes():
        yield from _paths(child)


# --- one function for each form ------------------------------------------------------------------


def _check(node: nodes.Node, schema: Schema) -> None:
    """Do nothing if one part of a condition is in the language.

    Raises:
        _WrongConditionError: if it is not.
    """
    if isinstance(node, nodes.Compare) and len(node.ops) == 1:
        _comparison(node.expr, node.ops[0], schema)
    elif isinstance(node, nodes.Call) and called(node) == IN_BOTH:
        _arguments(node, schema, "lists of people", _has_people)
    elif path := path_of(node):
        _field(path, schema)
    else:
        raise _WrongConditionError(_FORMS)


def _comparison(left: nodes.Expr, operand: nodes.Operand, schema: Schema) -> None:
    right, operator = operand.expr, operand.op
    if operator in ("in", "notin"):
        _containment(left, right, schema)
    elif any(isinstance(side, nodes.Filter | nodes.Call) for side in (left, right)):
        _count(left, operator, right, schema)
    elif operator in ("eq", "ne"):
        _equality(left, right, schema)
    else:
        raise _WrongConditionError(_FORMS)


def _containment(left: nodes.Expr, right: nodes.Expr, schema: Schema) -> None:
    path = path_of(right)
    if path is None:
        raise _WrongConditionError(_FORMS)
    holder = _field(path, schema)
    if is_text(left):
        _words_in(left.value, holder)  # type: ignore[attr-defined]  # a Const, as is_text found
        return
    who = path_of(left)
    if who is None:
        raise _WrongConditionError(_FORMS)
    person = _field(who, schema)
    if person.kind is not FieldKind.TEXT or not _has_people(holder):
        raise _WrongConditionError(
            f"{who} in {path} asks whether somebody is in a list of people. "
            f"{who} is {person.kind.traits.name}, and {path} is {holder.kind.traits.name}."
        )


def _words_in(words: str, holder: Field) -> None:
    """Do nothing if a text may be looked for in the value of a field."""
    match holder.kind:
        case FieldKind.CHOICES:
            _one_of_answers(words, holder)
        case FieldKind.NAMES | FieldKind.TEXT:
            return
        case FieldKind.CHOICE:
            raise _WrongConditionError(f'{holder.path} has one answer. Write {holder.path} == "{words}".')
        case (
            FieldKind.RECORD
            | FieldKind.RECORDS
            | FieldKind.FLAG
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
        ):
            takes = holder.kind.traits.name
            raise _WrongConditionError(f'"{words}" cannot be looked for in {holder.path}, because it is {takes}.')
        case _:
            assert_never(holder.kind)


def _equality(left: nodes.Expr, right: nodes.Expr, schema: Schema) -> None:
    sides = (right, left) if is_text(left) else (left, right)
    first, second = map(path_of, sides)
    if first is None:
        raise _WrongConditionError(_FORMS)
    field = _field(first, schema)
    if is_text(sides[1]):
        value = sides[1].value  # type: ignore[attr-defined]  # a Const, as is_text found
        if field.kind is FieldKind.FLAG:
            raise _WrongConditionError(f"{first} is yes or no. Write {first} or not {first}.")
        if field.kind is FieldKind.CHOICES:
            raise _WrongConditionError(f'{first} can have several answers. Write "{value}" in {first}.')
        _one_of_answers(value, field)
        return
    if second is None:
        raise _WrongConditionError(_FORMS)
    other = _field(second, schema)
    if field.kind is not FieldKind.TEXT or other.kind is not FieldKind.TEXT:
        raise _WrongConditionError(
            f"{first} and {second} cannot be compared: one is {field.kind.traits.name}, the other "
            f"{other.kind.traits.name}. Two texts can be, such as two names."
        )


def _one_of_answers(value: str, field: Field) -> None:
    known = answers_of(field) if field.choices else ()
    if not known:
        raise _WrongConditionError(f'{field.path} has no list of answers. Write "{value}" in {field.path}.')
    if value not in known:
        raise _WrongConditionError(f'"{value}" is not one of the answers to {field.path}: {one_of(known)}.')


def _count(left: nodes.Expr, operator: str, right: nodes.Expr, schema: Schema) -> None:
    counted, number = (right, left) if isinstance(left, nodes.Const) else (left, right)
    is_number = isinstance(number, nodes.Const) and type(number.value) is int
    if operator not in _COUNTED or not is_number:
        raise _WrongConditionError(f"Compare a {LENGTH} or {MONTHS}(…) with a whole number: > 1.")
    if isinstance(counted, nodes.Filter) and counted.name == LENGTH and counted.node and not counted.args:
        path = path_of(counted.node)
        if path is None or not _field(path, schema).kind.traits.is_list:
            raise _WrongConditionError(f"| {LENGTH} counts the entries of a list. Write it after the path of a list.")
    elif called(counted) == MONTHS:
        _arguments(counted, schema, "dates", lambda field: field.kind is FieldKind.DATE)
    else:
        raise _WrongConditionError(_FORMS)


def _arguments(node: nodes.Node, schema: Schema, what: str, is_fit: Callable[[Field], bool]) -> None:
    assert isinstance(node, nodes.Call)  # noqa: S101 - as the callers found
    paths = [path_of(argument) for argument in node.args]
    two = 2
    if len(paths) != two or None in paths or node.kwargs:
        raise _WrongConditionError(f"{called(node)} takes the paths of two {what}.")
    for path in paths:
        field = _field(path or "", schema)
        if not is_fit(field):
            raise _WrongConditionError(f"{called(node)} takes two {what}; {path} is {field.kind.traits.name}.")


def _has_people(field: Field) -> bool:
    """Return whether a field is a list whose entries have names."""
    if field.kind is FieldKind.NAMES:
        return True
    name = field.child("name")
    return field.kind is FieldKind.RECORDS and name is not None and name.required and name.kind is FieldKind.TEXT


def _field(path: str, schema: Schema) -> Field:
    field = schema.lookup(path)
    if field is None:
        raise _WrongConditionError(f"Unknown field {path}.{did_you_mean(path, (f.path for f in schema.fields))}")
    if field.kind is FieldKind.RECORD:
        raise _WrongConditionError(f"{path} is a group of answers. Name one of the questions in it.")
    return field
