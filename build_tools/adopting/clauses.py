"""The clauses of an edition as they may appear in a document: every possible wording, and its context."""

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes

from build_tools.policy.model import Condition, Kind, Provision, plain
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.relied_on import AUTHORITY
from build_tools.template import markup
from build_tools.template.conditions import answers_of
from build_tools.template.edition import Edition
from build_tools.template.syntax import parse_text

_MOST_WORDINGS = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a clause, for certain answers of a school."""

    text: str
    """With general words instead of a school's own, and nothing for values that only the school knows."""
    shown: str
    """The same for people, with field names in brackets for values that only the school knows."""
    answers: tuple[Condition, ...] = ()
    """The answers that give this wording."""
    besides: str = ""
    """What a policy may have instead: the address that it links to, or what most schools answer."""

    @property
    def compared(self) -> str:
        """Everything that a document may contain of it."""
        return f"{self.text} {self.besides}" if self.besides else self.text


@dataclasses.dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the edition."""

    index: int
    id: str
    number: str
    wordings: tuple[Wording, ...]
    headings: tuple[str, ...]
    """The titles of the sections and groups around it, the highest first."""
    lead_in: str
    when: frozenset[Condition]
    """All that must hold for a school to have it."""
    slots: tuple[str, ...]
    """The paths of the fields whose values are in its words."""
    is_entry: bool
    """Whether it is repeated for each entry of a list."""
    is_lead_in: bool
    """Whether other clauses are nested under it."""
    provision: Provision


def clauses_of(edition: Edition) -> tuple[Clause, ...]:
    """Return the clauses of an edition in reading order."""
    found = _clauses(edition, edition.sections, (), "")
    return tuple(dataclasses.replace(clause, index=index) for index, clause in enumerate(found))


def _clauses(
    edition: Edition, provisions: Iterable[Provision], headings: tuple[str, ...], lead_in: str
) -> Iterator[Clause]:
    for provision in provisions:
        wordings = _wordings(edition, provision)
        if provision.kind is not Kind.CLAUSE:
            yield from _clauses(edition, provision.children, (*headings, wordings[0].text), "")
            continue
        yield Clause(
            0,
            provision.id,
            edition.labels[provision.id].citation,
            wordings,
            headings,
            lead_in,
            edition.conditions.get(provision.id, frozenset(provision.when)),
            tuple(_slots(edition, provision)),
            provision.each is not None,
            bool(provision.children),
            provision,
        )
        yield from _clauses(edition, provision.children, headings, wordings[0].text)


def _wordings(edition: Edition, provision: Provision) -> tuple[Wording, ...]:
    """Return the wordings of a provision, for the answers on which its phrases depend."""
    teller, namer = _Teller(edition), _Teller(edition, names_fields=True)
    options = teller.options(parse_text(provision.source))
    usual = [word for path in _slots(edition, provision) for word in _default(edition, path)]
    found: dict[str, Wording] = {}
    for answers in itertools.islice(itertools.product(*options.values()), _MOST_WORDINGS):
        given = dict(zip(options, answers, strict=True))
        body = parse_text(provision.source).body
        runs, shown = (markup.parse_inline(told.text(body, given)) for told in (teller, namer))
        text = " ".join(plain(runs).split())
        conditions = tuple(Condition(path, frozenset({answer})) for path, answer in given.items() if answer)
        besides = [run.href for run in runs if run.href and run.text not in run.href]
        found.setdefault(text, Wording(text, plain(shown), conditions, " ".join([*besides, *usual])))
    return tuple(found.values())


def _slots(edition: Edition, provision: Provision) -> Iterator[str]:
    """Yield the fields whose values are in the words of a provision, except those with their own words."""
    tree = parse_text(provision.source)
    for node in [*tree.find_all(nodes.Getattr), *tree.find_all(nodes.Name)]:
        field = edition.schema.lookup(dotted(node))
        if field and not field.words and field.kind.traits.has_own_words:
            yield field.path
    if provision.each:
        yield provision.each


def _default(edition: Edition, path: str) -> list[str]:
    field = edition.schema.lookup(path)
    default = field.default if field else None
    return [default] if isinstance(default, str) else [entry for entry in default or () if isinstance(entry, str)]


def dotted(node: nodes.Node) -> str:
    """Return the path for a name in a clause."""
    return f"{dotted(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else str(getattr(node, "name", ""))


class _Teller:
    """Builds the words of a clause as a school could have them."""

    def __init__(self, edition: Edition, *, names_fields: bool = False) -> None:
        self.edition = edition
        self.names_fields = names_fields
        self.words = edition.schema.words

    def options(self, tree: nodes.Template) -> Mapping[str, tuple[str, ...]]:
        """Return the options that phrases depend on, with their answers; includes fields that may be empty."""
        found: dict[str, tuple[str, ...]] = {}
        for branch in tree.find_all(nodes.If):
            for node in [branch.test, *branch.test.find_all(nodes.Getattr), *branch.test.find_all(nodes.Name)]:
                field = self.edition.schema.lookup(dotted(node))
                if field and field.path and not field.kind.traits.is_block:
                    found[field.path] = answers_of(field) or ("", "given")
        return found

    def text(self, body: Iterable[nodes.Node], given: Mapping[str, str]) -> str:
        """Return the words for some answers."""
        return "".join(self._part(node, given) for node in body)

    def _part(self, node: nodes.Node, given: Mapping[str, str]) -> str:
        match node:
            case nodes.Output():
                return self.text(node.nodes, given)
            case nodes.TemplateData():
                return str(node.data)
            case nodes.If():
                for branch in [node, *node.elif_]:
                    if _holds(branch.test, given):
                        return self.text(branch.body, given)
                return self.text(node.else_, given)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter() if node.name == "one_or_many":
                return str(node.args[0].as_const())
            case nodes.Filter() if node.node is not None:
                return self._part(node.node, given)
        return self._value(dotted(node))

    def _call(self, node: nodes.Call) -> str:
        name = str(node.args[0].as_const())
        return self.edition.cited[name].title if dotted(node.node) == "cite" else ""

    def _value(self, path: str) -> str:
        if path in self.words:
            return _plain_word(self.words[path], path)
        if AUTHORITY.holds(path):
            return self.edition.authority.get(path.removeprefix(f"{AUTHORITY.path}."), "")
        if not self.names_fields:
            return ""
        name = "an entry of yours" if path.startswith("item") else self.edition.schema.title_of(path)
        return markup.escape(f"[{name}]")


def _plain_word(field: Field, word: str) -> str:
    """Return the general word for something that schools have their own words for."""
    return word.lower().replace("_", " ") if field.kind is FieldKind.CHOICE or word.lower() != "head" else "headteacher"


def _holds(test: nodes.Node, given: Mapping[str, str]) -> bool:
    match test:
        case nodes.And():
            return _holds(test.left, given) and _holds(test.right, given)
        case nodes.Or():
            return _holds(test.left, given) or _holds(test.right, given)
        case nodes.Not():
            return not _holds(test.node, given)
        case nodes.Compare():
            operand: Any = test.ops[0]
            subject, answer = (operand.expr, test.expr) if operand.op == "in" else (test.expr, operand.expr)
            is_it = given.get(dotted(subject)) == answer.as_const()
            return not is_it if operand.op == "ne" else is_it
    return given.get(dotted(test), "") not in ("", "no")
