"""Judge a condition of the language of rules by a school's answers.

Comparisons with a question that has no answer are never so, except `not in` and `!=` with one of the edition's answers.
"""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

from build_tools.schema.answers import get
from build_tools.template.rule_language import (
    IN_BOTH,
    LENGTH,
    MONTHS,
    called,
    is_text,
    paths_of,
)
from build_tools.template.syntax import parse_expression, path_of
from build_tools.text.dates import whole_months
from build_tools.text.names import mentions_words
from build_tools.text.person_name import same_person

_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
}
_SEVERAL_ROLES = re.compile(r"\s*(?:[,/&]|\band\b)\s*")
"""What separates the roles in a job title, as in "Headteacher and SENCO"."""


def is_so(source: str, values: Mapping[str, Any]) -> bool:
    """Return whether a valid condition holds for a school's answers, completed with all defaults."""
    return _holds(parse_expression(source), values)


def in_both(first: Any, second: Any) -> tuple[str, ...]:  # noqa: ANN401 - any answers
    """Return the people of one list who are in another one too, as the first names them."""
    return tuple(name for name in names_in(first) if any(same_person(name, other) for other in names_in(second)))


def names_in(people: Any) -> tuple[str, ...]:  # noqa: ANN401 - any answer
    """Return the names in a list of names, or in a list of people."""
    entries = people or ()
    return tuple(entry if isinstance(entry, str) else entry["name"] for entry in entries if entry)


def _holds(node: nodes.Node, values: Mapping[str, Any]) -> bool:
    if isinstance(node, nodes.And):
        return _holds(node.left, values) and _holds(node.right, values)
    if isinstance(node, nodes.Or):
        return _holds(node.left, values) or _holds(node.right, values)
    if isinstance(node, nodes.Not):
        return not _holds(node.node, values)
    if isinstance(node, nodes.Compare):
        return _compared(node.expr, node.ops[0], values)
    if isinstance(node, nodes.Call) and called(node) == IN_BOTH:
        return bool(in_both(*(get(values, path) for path in paths_of(node))))
    return bool(get(values, path_of(node) or ""))


def _compared(left: nodes.Expr, operand: nodes.Operand, values: Mapping[str, Any]) -> bool:
    right, sign = operand.expr, operand.op
    if sign in ("in", "notin"):
        holder = get(values, path_of(right) or "")
        if is_text(left):
            return _has(holder, left.as_const()) == (sign == "in")
        who = get(values, path_of(left) or "")
        return bool(who) and _is_among(who, holder) == (sign == "in")
    if any(isinstance(side, nodes.Filter | nodes.Call) for side in (left, right)):
        first, second = _number(left, values), _number(right, values)
        return first is not None and second is not None and _COMPARE[sign](first, second)
    one, other = (get(values, path_of(side) or "") if path_of(side) else side.as_const() for side in (left, right))
    if is_text(left) or is_text(right):
        return bool(one == other) == (sign == "eq")
    return bool(one and other) and _is_same(one, other) == (sign == "eq")


def _number(node: nodes.Expr, values: Mapping[str, Any]) -> int | None:
    if isinstance(node, nodes.Filter) and node.name == LENGTH and node.node:
        return len(get(values, path_of(node.node) or "") or ())
    if isinstance(node, nodes.Call) and called(node) == MONTHS:
        early, late = (get(values, path) for path in paths_of(node))
        return whole_months(early, late) if early and late else None
    return int(node.as_const())


def _has(holder: Any, words: str) -> bool:  # noqa: ANN401 - any answer
    """Return whether a list has an answer, or a text some words, regardless of capitals."""
    if isinstance(holder, str):
        return mentions_words(holder, words)
    return any(entry == words or _has(entry, words) for entry in holder or ())


def _is_among(who: str, people: Any) -> bool:  # noqa: ANN401 - any answer
    """Return whether a list of people has a person, by name, or somebody with that job title."""
    titles = [entry.get("role", "") for entry in people or () if isinstance(entry, Mapping)]
    roles = {role for title in titles for role in _SEVERAL_ROLES.split(title.casefold())}
    is_role = who.casefold() in roles
    return is_role or any(same_person(who, name) for name in names_in(people))


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold() or same_person(one, other)
