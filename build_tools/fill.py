"""Fill: put a school's values into the words of its clauses, or the names of the fields where no school is meant."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from build_tools import markup
from build_tools.dates import long_date
from build_tools.language import describe, parse_text
from build_tools.model import Citation, Condition, Draft, Kind, Node, Origin, Text
from build_tools.schema import Field, FieldKind, Schema, capital, get

Context: TypeAlias = Mapping[str, Any]


NOT_USED = "Not used at {{ school.short_name }}"
"""The heading of a section that a school does not have."""

_DEPARTURES = (Origin.REPLACED, Origin.OMITTED, Origin.NOT_CHOSEN)


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


class Value(str):
    """The printed form of a school's answer."""

    field: str
    """The path of the field whose value it is."""
    many: bool
    """Whether it is a word in the plural."""

    def __new__(cls, text: str, field: str, *, many: bool = False) -> "Value":
        """Return a text that knows its field."""
        value = super().__new__(cls, text)
        value.field, value.many = field, many
        return value


class Record:
    """Answers with names, for templates to look into: only what the schema declares, never a method of Python's."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Hold the values."""
        self._values = values

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any answer
        """Return the value of a name, None if the school gave none."""
        return self._values.get(name)

    def __bool__(self) -> bool:
        """Return whether anything is given."""
        return bool(self._values)


@dataclasses.dataclass(frozen=True, slots=True)
class Filler:
    """Turns the words of clauses into text, for one school or for the edition itself."""

    context: Context
    entries: Callable[[str, int], Any]
    """Gives the entry of a list by the list's path and the entry's index."""
    compile: Callable[[str], jinja2.Template]

    def text(self, source: str, entry: tuple[str, int] | None = None) -> Text:
        """Return one clause's words as runs."""
        if "{" not in source:
            return markup.parse_inline(source)
        scope = {**self.context, "item": self.entries(*entry)} if entry else self.context
        return markup.parse_inline(self.compile(source).render(scope))


def fill(drafts: Iterable[Draft], filler: Filler) -> tuple[Node, ...]:
    """Return drafts as nodes with their text, not yet numbered."""
    return tuple(_filled(draft, filler) for draft in drafts)


def school_filler(schema: Schema, values: Mapping[str, Any], cited: Mapping[str, Citation]) -> Filler:
    """Return what fills clauses with a school's values."""
    context = {field.name: _wrap(field, values.get(field.name)) for field in schema.root.children}
    for field in schema.fields():
        for form, word in field.words:
            text = _word(field, get(values, field.path), form)
            context[word] = Value(text, field.path, many=form == "many")
            context[capital(word)] = Value(capital(text), field.path, many=form == "many")

    def entry(path: str, index: int) -> Any:  # noqa: ANN401 - a text or a record
        field = schema.lookup(path)
        return _wrap(field, get(values, path))[index] if field else None

    return Filler(_with_citations(context, cited), entry, _compile)


def template_filler(schema: Schema, cited: Mapping[str, Citation]) -> Filler:
    """Return what fills clauses with the names of the fields, every branch of a phrase shown with its condition."""
    context = {field.name: _placeholder(field) for field in schema.root.children}
    for field in schema.fields():
        for form, word in field.words:
            many = form == "many"
            context[word] = Value(f"[{word}]", field.path, many=many)
            context[capital(word)] = Value(f"[{capital(word)}]", field.path, many=many)

    def entry(path: str, _index: int) -> Any:  # noqa: ANN401 - a text or a record
        field = schema.lookup(path)
        return _placeholder(field)[0] if field else None

    def compile_all_branches(source: str) -> jinja2.Template:
        return _ENVIRONMENT.from_string(_show_branches(parse_text(source), schema))

    return Filler(_with_citations(context, cited), entry, functools.cache(compile_all_branches))


def _filled(draft: Draft, filler: Filler) -> Node:
    provision = draft.provision
    origin = draft.origin
    if origin in (Origin.OMITTED, Origin.NOT_CHOSEN):
        # a section keeps its number under these words, as a repealed section of an Act does; a clause leaves a gap
        text = filler.text(NOT_USED) if draft.kind is Kind.SECTION else ()
    else:
        text = filler.text(draft.source, draft.entry)
    if origin is Origin.TEMPLATE and any(run.field for run in text):
        origin = Origin.FILLED
    return Node(
        kind=draft.kind,
        id=draft.id,
        text=text,
        origin=origin,
        provision=provision.id if provision else None,
        reason=draft.reason,
        was=filler.text(provision.source, draft.entry) if provision and origin in _DEPARTURES else None,
        when=provision.when if provision else (),
        children=fill(draft.children, filler),
        place=draft.place,
    )


# --- the environment -----------------------------------------------------------------------------------------------------


def _finalize(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    if isinstance(value, Markdown):
        return str(value)
    if isinstance(value, Value):
        return markup.mark_value(value.field, markup.escape(value))
    raise TypeError(f"A clause prints {value!r}, which its check should have refused")


def _join(values: list[str], last: str) -> Markdown:
    return Markdown(values[0] if len(values) == 1 else f"{', '.join(values[:-1])} {last} {values[-1]}")


def _listed(values: tuple[Value, ...], last: str = "and") -> Markdown:
    return _join([_finalize(value) for value in values], last)


def _names(people: tuple[Record, ...]) -> Markdown:
    return _join([_finalize(p["name"]) + (f" ({_finalize(p['role'])})" if p["role"] else "") for p in people], "and")


def _possessive(value: Value) -> Value:
    ending = "'" if value.many and value.rstrip("]").endswith("s") else "'s"
    return Value(f"{value}{ending}", value.field, many=value.many)


def _one_or_many(values: tuple[Any, ...], one: str, many: str) -> Markdown:
    return Markdown(markup.escape(one if len(values) == 1 else many))


def _link(item: Value | Record) -> Markdown:
    if isinstance(item, Value):
        return Markdown(_finalize(item))
    return Markdown(markup.link(_finalize(item["name"]), item["url"]) if item["url"] else _finalize(item["name"]))


_ENVIRONMENT = ImmutableSandboxedEnvironment(
    undefined=jinja2.StrictUndefined,
    finalize=_finalize,
    autoescape=False,  # noqa: S701 - values are escaped for Markdown, from which HTML is made elsewhere
    cache_size=0,
)
_ENVIRONMENT.filters = {
    "listed": _listed,
    "names": _names,
    "possessive": _possessive,
    "one_or_many": _one_or_many,
    "link": _link,
}


@functools.lru_cache(maxsize=8192)
def _compile(source: str) -> jinja2.Template:
    return _ENVIRONMENT.from_string(source)


def _with_citations(context: Mapping[str, Any], cited: Mapping[str, Citation]) -> Context:
    def cite(name: str) -> Markdown:
        citation = cited[name]
        title = markup.escape(citation.title)
        year = f" ({markup.escape(citation.year)})" if citation.year else ""
        return Markdown((markup.link(title, citation.url) if citation.url else title) + year)

    return {**context, "cite": cite, "ref": lambda provision: Markdown(markup.mark_citation(provision))}


# --- values --------------------------------------------------------------------------------------------------------------


def _wrap(field: Field, value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return an answer as templates see it."""
    match field.kind:
        case FieldKind.RECORD:
            given = value or {}
            return Record({child.name: _wrap(child, given.get(child.name)) for child in field.children})
        case FieldKind.RECORDS:
            return tuple(_wrap_entry(field, entry) for entry in value or ())
        case FieldKind.NAMES | FieldKind.CHOICES:
            return tuple(Value(entry, field.path) for entry in value or ())
        case FieldKind.FLAG:
            return bool(value)
    if value is None:
        return None
    if field.kind is FieldKind.ADDRESS:
        return Markdown(markup.link(markup.mark_value(field.path, markup.escape(value)), value))
    if isinstance(value, Mapping):
        return Value(value["plural"], field.path, many=True)
    return Value(long_date(value) if field.kind is FieldKind.DATE else value, field.path)


def _wrap_entry(field: Field, entry: Mapping[str, str]) -> Record:
    """Return an entry of a list; its values belong to the list, and its address is for the link filter to use."""
    return Record(
        {name: str(value) if name == "url" else Value(value, field.path) for name, value in entry.items()},
    )


def _word(field: Field, value: Any, form: str) -> str:  # noqa: ANN401 - any answer
    if isinstance(value, Mapping):
        return str(value["plural" if form == "many" else "singular"])
    if form == "one" and field.choices:
        return next((c.singular for c in field.choices if c.value == value and c.singular), str(value))
    return str(value)


# --- the edition's own view ----------------------------------------------------------------------------------------------


def _placeholder(field: Field) -> Any:  # noqa: ANN401 - as an answer to the field would be
    name = f"[{field.title}]"
    match field.kind:
        case FieldKind.RECORD:
            return Record({child.name: _placeholder(child) for child in field.children})
        case FieldKind.RECORDS:
            return (Record({"name": Value(name, field.path), "note": Value("[what it is]", field.path)}),)
        case FieldKind.NAMES | FieldKind.CHOICES:
            return (Value(name, field.path),)
        case FieldKind.FLAG:
            return True
    return Value(name, field.path)


def _show_branches(tree: nodes.Template, schema: Schema) -> nodes.Template:
    """Return a copy of a text in which each phrase that depends on an answer stands in brackets after its condition."""
    environment = tree.environment
    copy = nodes.Template(_branches(tree.body, schema), lineno=1)
    copy.set_environment(environment)
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
                shown += [_data(f"&#91;{markup.escape(condition)}:"), *_branches(part, schema), _data("&#93;")]
    return shown


def _data(text: str) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text, lineno=1)], lineno=1)


def _in_words(test: nodes.Expr, schema: Schema) -> str:
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
            words = describe(Condition(_dotted(subject), frozenset((answer.as_const(),))), schema)
            return f"not {words}" if operand.op == "ne" else words
    path = _dotted(test)
    return "if given" if path.startswith("item.") else describe(Condition(path), schema)


def _dotted(node: nodes.Node) -> str:
    return f"{_dotted(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else str(getattr(node, "name", ""))
