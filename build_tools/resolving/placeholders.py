"""Fill clauses with the names of the fields: the edition as its authors see it, every branch of a phrase shown."""

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any, assert_never

import jinja2
from jinja2 import nodes

from build_tools.policy.model import Citation, Condition
from build_tools.resolving.fill import Filler, with_citations
from build_tools.resolving.printing import ENVIRONMENT, ListEntry, Markdown, Value
from build_tools.schema.fields import Field, FieldKind, Schema, capital
from build_tools.template import markup
from build_tools.template.conditions import describe
from build_tools.template.syntax import parse_text, path_of
from build_tools.text.typeset import typeset


def template_filler(schema: Schema, cited: Mapping[str, Citation]) -> Filler:
    """Return the filler that puts field names into clauses and shows every branch of a phrase with its condition."""
    context = {field.name: _placeholder(field) for field in schema.root.children}
    for field in schema.fields:
        for form, word in field.words:
            for shown in (word, capital(word)):
                context[shown] = Value(f"[{shown.replace('_', ' ')}]", field.path, many=form == "many")

    def entry(path: str, _index: int) -> Any:  # noqa: ANN401 - a text or a record
        field = schema.lookup(path)
        return _placeholder(field)[0] if field else None

    def compile_all_branches(source: str) -> jinja2.Template:
        return _ENVIRONMENT.from_string(_show_branches(parse_text(source), schema))

    def date(said: str) -> str:
        return f"[{typeset(schema.title_of(said))}]" if schema.lookup(said) else said

    return Filler(with_citations(context, cited), entry, functools.cache(compile_all_branches), date)


def _both_words(_values: tuple[Any, ...], one: str, many: str) -> Markdown:
    return Markdown(markup.escape(f"[{one} or {many}]"))


_ENVIRONMENT = ENVIRONMENT.overlay()
_ENVIRONMENT.filters = {**ENVIRONMENT.filters, "one_or_many": _both_words}


def _placeholder(field: Field) -> Any:  # noqa: ANN401 - as an answer to the field would be
    name = f"[{typeset(field.title)}]"
    match field.kind:
        case FieldKind.RECORD:
            return ListEntry({child.name: _placeholder(child) for child in field.children})
        case FieldKind.RECORDS:
            entry = {child.name: _placeholder(dataclasses.replace(child, path=field.path)) for child in field.children}
            return (ListEntry({**entry, "name": Value(name, field.path)}),)
        case FieldKind.NAMES | FieldKind.CHOICES:
            return (Value(name, field.path),)
        case FieldKind.FLAG:
            return True
        case (
            FieldKind.CHOICE
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            return Value(name, field.path)
        case _:
            assert_never(field.kind)


def _show_branches(tree: nodes.Template, schema: Schema) -> nodes.Template:
    """Return a copy of a text with each phrase that depends on an answer in brackets after its condition."""
    copy = nodes.Template(_branches(tree.body, schema), lineno=1)
    copy.set_environment(_ENVIRONMENT)
    return copy


def _branches(body: list[nodes.Node], schema: Schema) -> list[nodes.Node]:
    shown: list[nodes.Node] = []
    for node in body:
        if not isinstance(node, nodes.If):
            shown.append(node)
            continue
        for condition, part in [
            (_in_words(node.test, schema), node.body),
            *((_in_words(branch.test, schema), branch.body) for branch in node.elif_),
            ("otherwise", node.else_),
        ]:
            if part:
                before = " " if _begins_with_space(part) else ""
                opened = _data(f"{before}&#91;{markup.escape(condition)}:{'' if before else ' '}")
                shown += [opened, *_branches(part, schema), _data("&#93;")]
    return shown


def _begins_with_space(body: list[nodes.Node]) -> bool:
    first = body[0].nodes[0] if isinstance(body[0], nodes.Output) else None
    return isinstance(first, nodes.TemplateData) and first.data.startswith(" ")


def _data(text: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text, lineno=1)], lineno=1)


def _in_words(test: nodes.Node, schema: Schema) -> str:
    """Return a checked condition in words."""
    match test:
        case nodes.And():
            return f"{_in_words(test.left, schema)}, and {_in_words(test.right, schema)}"
        case nodes.Or():
            return f"{_in_words(test.left, schema)}, or {_in_words(test.right, schema)}"
        case nodes.Not():
            return f"not {_in_words(test.node, schema)}"
        case nodes.Compare():
            operand = test.ops[0]
            subject, answer = (operand.expr, test.expr) if operand.op == "in" else (test.expr, operand.expr)
            words = typeset(describe(Condition(str(path_of(subject)), frozenset((answer.as_const(),))), schema))
            return f"not {words}" if operand.op == "ne" else words
    path = str(path_of(test))
    return "if given" if path.startswith("item.") else typeset(describe(Condition(path), schema))
