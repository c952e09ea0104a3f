"""The language of clauses: the small part of Jinja that an edition and a school's amendments may use.

A text is checked once, before any value is known, for everything that could go wrong with it for any school:
names that are not in the schema, values that some schools would not have, dead citations. A text that passes cannot
fail later.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import assert_never

import jinja2
from jinja2 import nodes

from build_tools.schema.fields import Field, FieldKind, Schema, capital
from build_tools.schema.relied_on import AUTHORITY
from build_tools.template.conditions import answers_of
from build_tools.template.rule_language import IN_BOTH, called, is_text, paths_of, wrong_part
from build_tools.template.syntax import explained, parse_text, path_of
from build_tools.text.problems import Place, Problem, did_you_mean, known_names, one_of

_NOTHING_ELSE = "A clause may use {{ … }} and {% if … %}, but no other part of Jinja."
# What Jinja removes from a text before there is a tree to check.
_LOST = re.compile(r"\{#|\{%[-+]?\s*raw\b")
_FILTERS: Mapping[str, tuple[tuple[FieldKind, ...], tuple[int, int], str]] = {
    "listed": ((FieldKind.NAMES,), (0, 1), "a list of names"),
    "names": ((FieldKind.RECORDS,), (0, 0), "a list of people"),
    "one_or_many": ((FieldKind.NAMES, FieldKind.RECORDS), (2, 2), "a list"),
    "possessive": ((FieldKind.TEXT,), (0, 0), "a word or a name"),
    "link": ((FieldKind.RECORD, FieldKind.TEXT), (0, 0), "an entry of a list"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """What a text may refer to."""

    schema: Schema
    cited: frozenset[str]
    """The names of the law and guidance that can be cited."""
    item: Field | None = None
    """The list whose entry the text is for."""
    given: frozenset[str] = frozenset()
    """Optional fields that always have a value where this text is used."""
    is_message: bool = False
    """Whether the text is a message about answers, which can name the people of two lists."""


@dataclasses.dataclass(frozen=True, slots=True)
class Uses:
    """What a text refers to."""

    fields: frozenset[str]
    refs: frozenset[str]


class _WrongTextError(Exception):
    """A text that is not in the language; the message says why."""


def check_text(source: str, place: Place, scope: Scope) -> tuple[Uses, list[Problem]]:
    """Return what a text refers to, and every mistake in it."""
    if lost := _LOST.search(source):
        line = source.count("\n", 0, lost.start()) + 1
        return Uses(frozenset(), frozenset()), [Problem(_at(place, line), _NOTHING_ELSE)]
    try:
        tree = parse_text(source)
    except jinja2.TemplateSyntaxError as error:
        return Uses(frozenset(), frozenset()), [
            Problem(_at(place, error.lineno), explained(error.message or "", source))
        ]
    checker = _Checker(scope, place)
    checker.body(tree.body, scope.given)
    return Uses(frozenset(checker.fields), frozenset(checker.refs)), checker.problems


def _at(place: Place, lineno: int) -> Place:
    return dataclasses.replace(place, line=(place.line or 1) + lineno - 1)


class _Checker:
    """Walks a syntax tree and accepts only what the language allows."""

    def __init__(self, scope: Scope, place: Place) -> None:
        self.scope = scope
        self.place = place
        self.problems: list[Problem] = []
        self.fields: set[str] = set()
        self.refs: set[str] = set()
        self.words = scope.schema.words

    def body(self, body: list[nodes.Node], given: frozenset[str]) -> None:
        for node in body:
            for part in node.nodes if isinstance(node, nodes.Output) else [node]:
                try:
                    self._part(part, given)
                except _WrongTextError as error:
                    self.problems.append(Problem(_at(self.place, part.lineno), str(error)))

    def _part(self, node: nodes.Node, given: frozenset[str]) -> None:
        if isinstance(node, nodes.TemplateData):
            # a leftover brace, or one hidden by {% raw %}, would be printed
            if re.search(r"\{\{|\}\}|\{%|%\}", node.data):
                raise _WrongTextError("A brace here has no match. Write {{ … }} or {% … %}.")
        elif isinstance(node, nodes.Expr):
            self._value(node, given)
        elif isinstance(node, nodes.If):
            self._condition(node.test)
            self.body(node.body, given | frozenset(granted(node.test)))
            for branch in node.elif_:
                self._part(branch, given)
            self.body(node.else_, given)
        else:
            raise _WrongTextError(_NOTHING_ELSE)

    def _value(self, node: nodes.Expr, given: frozenset[str]) -> None:
        if isinstance(node, nodes.Call):
            self._call(node)
            return
        if isinstance(node, nodes.Filter):
            self._filter(node, given)
            return
        path = path_of(node)
        if path is None:
            raise _WrongTextError(
                "Only a field, a word of the schema, a filter, cite(…) or ref(…) can be inside {{ }}."
            )
        field = self._field(path)
        self._must_be_given(path, field, given)
        if path in self.words:
            return
        match field.kind:
            case (
                FieldKind.TEXT
                | FieldKind.DATE
                | FieldKind.TIME
                | FieldKind.ADDRESS
                | FieldKind.TELEPHONE
                | FieldKind.EMAIL
                | FieldKind.COLOUR
            ):
                return
            case FieldKind.NAMES:
                raise _WrongTextError(f"{path} is a list. Write {{{{ {path} | listed }}}}.")
            case FieldKind.RECORDS:
                raise _WrongTextError(f"{path} is a list. Write {{{{ {path} | names }}}}.")
            case FieldKind.RECORD | FieldKind.CHOICES | FieldKind.CHOICE | FieldKind.FLAG:
                takes = field.kind.traits.takes
                raise _WrongTextError(f"{path} is {takes} and cannot be printed. Use it in {{% if %}} or when=.")
            case _:
                assert_never(field.kind)

    def _filter(self, node: nodes.Filter, given: frozenset[str]) -> None:
        if node.name not in _FILTERS:
            raise _WrongTextError(
                f"Unknown filter {node.name}.{did_you_mean(node.name, _FILTERS)}{known_names('filter', _FILTERS)}"
            )
        kinds, (least, most), takes = _FILTERS[node.name]
        path = path_of(node.node) if node.node is not None else None
        if path is None:
            raise _WrongTextError(f"Write the filter {node.name} after a field: {{{{ a.field | {node.name} }}}}.")
        field = self._field(path)
        self._must_be_given(path, field, given)
        is_word = node.name == "possessive" and path in self.words
        if (field.kind not in kinds and not is_word) or (node.name == "link" and path != "item"):
            raise _WrongTextError(f"The filter {node.name} takes {takes}; {path} is {field.kind.traits.takes}.")
        if node.name in ("names", "link") and field.children and not _is_named(field):
            raise _WrongTextError(f"The filter {node.name} prints names, but the entries of {path} may have none.")
        if node.kwargs or not least <= len(node.args) <= most or not all(is_text(arg) for arg in node.args):
            raise _WrongTextError(f"The filter {node.name} takes {most or 'no'} words in quotation marks.")

    def _call(self, node: nodes.Call) -> None:
        name = called(node)
        if name == IN_BOTH and self.scope.is_message:
            for why in wrong_part(node, self.scope.schema):
                raise _WrongTextError(why)
            self.fields.update(paths_of(node))
            return
        if name not in ("cite", "ref") or len(node.args) != 1 or not is_text(node.args[0]) or node.kwargs:
            raise _WrongTextError('The functions are cite("name") and ref("id").')
        argument = node.args[0].value  # type: ignore[attr-defined]  # a Const, as is_text found
        if name == "ref":
            self.refs.add(argument)
        elif argument not in self.scope.cited:
            raise _WrongTextError(
                f"edition.yml has no {argument} under cited.{did_you_mean(argument, self.scope.cited)}"
            )

    def _condition(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.And | nodes.Or):
            self._condition(node.left)
            self._condition(node.right)
        elif isinstance(node, nodes.Not):
            self._condition(node.node)
        elif isinstance(node, nodes.Compare) and len(node.ops) == 1:
            self._comparison(node.expr, node.ops[0])
        elif (path := path_of(node)) is not None:
            self._field(path)
        else:
            raise _WrongTextError(
                'A condition must be a field, a field == "answer", "answer" in a field, or these with and, or, not.'
            )

    def _comparison(self, left: nodes.Expr, operand: nodes.Operand) -> None:
        subject, answer = (operand.expr, left) if operand.op == "in" else (left, operand.expr)
        path = path_of(subject)
        if operand.op not in ("eq", "ne", "in") or path is None or not is_text(answer):
            raise _WrongTextError(
                'Compare a field with an answer in quotation marks: field == "answer" or "answer" in field.'
            )
        field = self._field(path)
        value = answer.value  # type: ignore[attr-defined]  # a Const, as is_text found
        if field.kind is FieldKind.CHOICE and operand.op == "in":
            raise _WrongTextError(f'{path} has one answer. Write {path} == "{value}".')
        if field.kind is FieldKind.CHOICES and operand.op != "in":
            raise _WrongTextError(f'{path} can have several answers. Write "{value}" in {path}.')
        known = answers_of(field)
        if not field.choices or value not in known:
            if not known:
                raise _WrongTextError(
                    f"{path} has no list of answers. Ask only whether it is given: {{% if {path} %}}."
                )
            raise _WrongTextError(f'"{value}" is not one of the answers to {path}: {one_of(known)}.')

    def _field(self, path: str) -> Field:
        """Return the field for a name in the text."""
        if path in self.words:
            self.fields.add(self.words[path].path)
            return self.words[path]
        head, _, rest = path.partition(".")
        if head == "item" and self.scope.item is not None:
            return self._item_field(self.scope.item, rest)
        field = self.scope.schema.lookup(path)
        if field is None:
            known = [*self.words, *(f.path for f in self.scope.schema.fields)]
            hint = " An item can only be used in a clause with each=." if head == "item" else did_you_mean(path, known)
            if word := self._word_for(path):
                hint = f" Write {{{{ {word} }}}}: it prints your word for them."
            raise _WrongTextError(f"Unknown field {path}.{hint}")
        self.fields.add(path)
        return field

    def _word_for(self, path: str) -> str | None:
        """Return the word of the schema that prints a choice which somebody wrote as if it were a field."""
        for word, field in self.words.items():
            form = next((form for form, spelling in field.words if spelling == word), None)
            for choice in field.choices:
                written = choice.singular if form == "one" else choice.value if form == "many" else None
                if path in (written, capital(written or "")):
                    return word if path == written else capital(word)
        return None

    def _item_field(self, owner: Field, name: str) -> Field:
        self.fields.add(owner.path)
        if not name:
            kind = FieldKind.TEXT if owner.kind is FieldKind.NAMES else FieldKind.RECORD
            return dataclasses.replace(owner, kind=kind)
        field = owner.child(name)
        if field is None:
            raise _WrongTextError(
                f"An entry of {owner.path} has no {name}.{did_you_mean(name, (f.name for f in owner.children))}"
            )
        return field

    def _must_be_given(self, path: str, field: Field, given: frozenset[str]) -> None:
        if path == "item" or field.always or AUTHORITY.holds(field.path):
            return
        if path not in given and field.path not in given:
            where = field.path if path in self.words else path
            raise _WrongTextError(
                f'Not every school has {where}. Put when="{where}" on the clause, or {{% if {where} %}} around it.'
            )


def _is_named(entry: Field) -> bool:
    name = entry.child("name")
    return name is not None and name.required


def granted(test: nodes.Node) -> Iterator[str]:
    """Yield the paths that must have a value for a condition to be true."""
    if isinstance(test, nodes.And):
        yield from granted(test.left)
        yield from granted(test.right)
    elif isinstance(test, nodes.Compare) and test.ops[0].op == "eq":
        yield from granted(test.expr)
    elif (path := path_of(test)) is not None:
        yield path
