"""Fill: put a school's values into the words of its clauses."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

import jinja2

from build_tools.policy.model import Citation, Kind, Node, Origin, Promise, PromiseMark, Text, Unnumbered
from build_tools.resolving.printing import ENVIRONMENT, ListEntry, Markdown, Value
from build_tools.schema.answers import get
from build_tools.schema.fields import Field, FieldKind, Schema, capital
from build_tools.schema.relied_on import SHORT_NAME
from build_tools.template import markup

NOT_USED = f"Not used at {{{{ {SHORT_NAME.path} }}}}"
"""The heading of a section that a school does not have."""


@dataclasses.dataclass(frozen=True, slots=True)
class Filler:
    """Turns the words of clauses into text, for one school or for the edition itself."""

    context: Mapping[str, Any]
    entries: Callable[[str, int], Any]
    """Returns the entry of a list by the list's path and the entry's index."""
    compile: Callable[[str], jinja2.Template]
    date: Callable[[str], str] = str
    """Returns the date at a field's path; a date is returned as it is."""

    def text(self, source: str, entry: tuple[str, int] | None = None) -> Text:
        """Return one clause's words as runs."""
        if "{" not in source:
            return markup.parse_inline(source)
        scope = {**self.context, "item": self.entries(*entry)} if entry else self.context
        return markup.parse_inline(self.compile(source).render(scope))

    def promise(self, mark: PromiseMark, entry: tuple[str, int] | None = None) -> Promise:
        """Return what a clause with a mark promises."""
        return Promise(self.text(mark.who, entry), mark.every, self.date(mark.by) if mark.by else None)


def fill(drafts: Iterable[Unnumbered], filler: Filler) -> tuple[Node, ...]:
    """Return drafts as nodes with their text, not yet numbered."""
    return tuple(_filled(draft, filler) for draft in drafts)


def school_filler(schema: Schema, values: Mapping[str, Any], cited: Mapping[str, Citation]) -> Filler:
    """Return the filler that puts a school's values into clauses."""
    context = {field.name: _wrap(field, values.get(field.name)) for field in schema.root.children}
    for field in schema.fields:
        for form, word in field.words:
            value = get(values, field.path)
            if value is None:
                context[word] = context[capital(word)] = None
                continue
            text = _word(field, value, form)
            context[word] = Value(text, field.path, many=form == "many")
            context[capital(word)] = Value(capital(text), field.path, many=form == "many")

    def entry(path: str, index: int) -> Any:  # noqa: ANN401 - a text or a record
        field = schema.lookup(path)
        return _wrap(field, get(values, path))[index] if field else None

    def date(said: str) -> str:
        return get(values, said) if schema.lookup(said) else said

    return Filler(with_citations(context, cited), entry, _compile, date)


def with_citations(context: Mapping[str, Any], cited: Mapping[str, Citation]) -> Mapping[str, Any]:
    """Return a context in which texts can cite law and guidance, and one another."""

    def cite(name: str) -> Markdown:
        citation = cited[name]
        title = markup.escape(citation.title)
        year = f" ({markup.escape(citation.year)})" if citation.year else ""
        return Markdown((markup.link(title, citation.url) if citation.url else title) + year)

    return {**context, "cite": cite, "ref": lambda provision: Markdown(markup.mark_citation(provision))}


def _filled(draft: Unnumbered, filler: Filler) -> Node:
    provision = draft.provision
    origin = draft.origin
    if draft.is_left_out:
        # a section keeps its number with these words, like a repealed section of an Act; a clause leaves a gap
        text = filler.text(NOT_USED) if draft.kind is Kind.SECTION else ()
    else:
        text = filler.text(draft.source, draft.entry)
    if origin is Origin.TEMPLATE and any(run.field for run in text):
        origin = Origin.FILLED
    mark = provision.promise if provision else draft.promise
    return Node(
        kind=draft.kind,
        id=draft.id,
        text=text,
        origin=origin,
        provision=provision.id if provision else None,
        reason=draft.reason,
        was=filler.text(provision.source, draft.entry)
        if provision and (draft.is_left_out or origin.traits.is_own)
        else None,
        when=provision.when if provision else (),
        by=draft.by,
        children=fill(draft.children, filler),
        place=draft.place,
        promise=filler.promise(mark, draft.entry) if mark and not draft.is_left_out else None,
        rests_on=provision.rests_on if provision else (),
        freedom=provision.freedom if provision else None,
        # what a school says in its own words, it says of today
        begins=provision.begins if provision and not origin.traits.is_own else None,
        says=provision.says if provision else (),
        blank=provision.blank if provision else draft.blank,
        choices=provision.choices if provision else draft.choices,
    )


@functools.lru_cache(maxsize=8192)
def _compile(source: str) -> jinja2.Template:
    return ENVIRONMENT.from_string(source)


def _wrap(field: Field, value: Any) -> Any:  # noqa: ANN401 - any answer
    """Return an answer in the form for templates."""
    match field.kind:
        case FieldKind.RECORD:
            given = value or {}
            return ListEntry({child.name: _wrap(child, given.get(child.name)) for child in field.children})
        case FieldKind.RECORDS:
            return tuple(_wrap_entry(field, entry) for entry in value or ())
        case FieldKind.NAMES | FieldKind.CHOICES:
            return tuple(Value(entry, field.path) for entry in value or ())
        case FieldKind.FLAG:
            return bool(value)
        case FieldKind.ADDRESS | FieldKind.TELEPHONE | FieldKind.EMAIL if value is not None:
            address = field.kind.traits.link(value) or value
            return Markdown(markup.link(markup.mark_value(field.path, markup.escape(value)), address))
        case FieldKind.CHOICE if isinstance(value, Mapping):
            return Value(value["plural"], field.path, many=True)
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
            return Value(field.kind.traits.printed(value), field.path) if value is not None else None
        case _:
            assert_never(field.kind)


def _wrap_entry(field: Field, entry: Mapping[str, Any]) -> ListEntry:
    """Return an entry of a list; its values belong to the list, and only the link filter uses its address."""
    values = {
        child.name: _wrap(dataclasses.replace(child, path=field.path), entry.get(child.name))
        for child in field.children
    }
    if "url" in entry:
        values["url"] = Value(entry["url"], field.path)
    return ListEntry(values)


def _word(field: Field, value: Any, form: str) -> str:  # noqa: ANN401 - any answer
    if isinstance(value, Mapping):
        return str(value["plural" if form == "many" else "singular"])
    if form == "one" and field.choices:
        return next((c.singular for c in field.choices if c.value == value and c.singular), str(value))
    return str(value)
