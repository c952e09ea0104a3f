"""Full descriptions of an edition's questions, for its page of questions and for editors of `school.yml`."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, assert_never

import yaml

from build_tools.policy.model import Node, Policy
from build_tools.schema.answers import in_words
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.relied_on import AUTHORITY
from build_tools.template.edition import Edition
from build_tools.template.field_uses import uses_in
from build_tools.template.needs import needed_if


@dataclasses.dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A field or option, with everything that a school needs to know to answer it."""

    field: Field
    takes: str
    """The form of an answer, in words: `text, at most 120 characters`."""
    duty: str
    """Whether it must be answered, and what applies if it is not."""
    example: str
    """An answer as in `school.yml`, without indentation; empty for a part of an entry, which its list shows."""
    suggested: tuple[str, ...]
    """What an interview offers, in words, each with the schools that see it."""
    used_in: tuple[Node, ...]
    """The sections and clauses of the template that its answer fills, selects or repeats, in reading order."""
    parts: tuple["AskedQuestion", ...]
    """The questions inside a block, or inside each entry of a list."""

    def walk(self) -> Iterator["AskedQuestion"]:
        """Yield this question and every question inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """An entry that a school's file may have besides the answers to an edition's questions."""

    name: str
    title: str
    description: str


ENTRIES = (
    Entry("edition", "Edition", "The edition of the template that the answers are for: the name of its folder."),
    Entry(
        "federation",
        "Federation",
        "The folder of the federation whose answers and amendments the school shares. "
        "In the file of the federation itself: its name.",
    ),
    Entry(
        "amendments",
        "Amendments",
        "Where the policy departs from the words of the template: "
        "each replaces, inserts or omits a clause or section, and says why.",
    ),
    Entry(
        "languages",
        "Other languages",
        "Which names and words are in a language other than English: its code, such as cy for Welsh, and the words.",
    ),
    Entry("partners", "Partners", "The names of other schools that the policy may mention."),
)


def questions(edition: Edition, template: Policy) -> tuple[AskedQuestion, ...]:
    """Return the questions of an edition, in the order of its schema; `template` is the edition's own policy."""
    return _parts(edition.schema.root, edition, _used_in(edition, template))


def _parts(field: Field, edition: Edition, nodes: Mapping[str, Sequence[Node]]) -> tuple[AskedQuestion, ...]:
    # fields from the record of a ratified version are not asked
    return tuple(_question(child, field, edition, nodes) for child in field.children if not child.is_recorded)


def _question(field: Field, parent: Field, edition: Edition, nodes: Mapping[str, Sequence[Node]]) -> AskedQuestion:
    return AskedQuestion(
        field=field,
        takes=_takes(field),
        duty=" ".join((_duty(field, parent), *_duties(field, edition))),
        example="" if "[]" in field.path or field.kind.traits.is_block else _example(field),
        suggested=tuple(_suggested(field, edition)),
        used_in=tuple(nodes.get(field.path, ())),
        parts=_parts(field, edition, nodes),
    )


def _used_in(edition: Edition, template: Policy) -> Mapping[str, Sequence[Node]]:
    """Return, for each field, the provisions that its answer fills, selects or repeats, in reading order."""
    uses, found = uses_in(edition), defaultdict[str, list[Node]](list)
    for node in template.walk():
        for path in uses[node.id]:
            found[path].append(node)
    return found


def _suggested(field: Field, edition: Edition) -> Iterator[str]:
    suggestions = edition.suggestions.get(field.path, ())
    for suggestion in suggestions:
        words = [in_words(field, suggestion.value)] if suggestion.value is not None else []
        if suggestion.examples:
            words.append(f"examples: {', '.join(in_words(field, example) for example in suggestion.examples)}")
        conditions = suggestion.conditions_in_words(edition.schema)
        schools = f" ({conditions})" if conditions else " (otherwise)" if len(suggestions) > 1 else ""
        yield f"{'; '.join(words)}{schools}"


def _takes(field: Field) -> str:
    most = {
        "maxLength": "at most {} characters",
        "maxItems": "at most {} entries",
    }
    limits = [words.format(field.declared[name]) for name, words in most.items() if name in field.declared]
    own = ["or another word with its singular and plural"] if field.other else []
    return ", ".join([field.kind.traits.takes, *limits, *own])


def _duty(field: Field, parent: Field) -> str:
    if field.name in parent.needs:
        is_certain = field.required or not parent.path or parent.kind is FieldKind.RECORDS
        return "It must be answered." if is_certain else f"It must be answered if anything is said about {parent.name}."
    if field.same_as:
        return f"If left out, it is the same as {field.same_as}."
    if field.default is not None and not field.kind.traits.is_block:
        return f"If left out, it is: {in_words(field, field.default)}."
    if AUTHORITY.holds(field.path):
        return "If left out, it is what the edition says."
    return "It can be left out."


def _duties(field: Field, edition: Edition) -> Iterator[str]:
    """Yield which answers to other questions make this one necessary, and why."""
    for answers, because in needed_if(field.path, edition.rules, edition.schema):
        yield f"It must be answered after this answer: {answers}. {because}"


# --- examples ------------------------------------------------------------------------------------


class _PlainDumper(yaml.SafeDumper):
    """Writes YAML as schools do: a text has quotation marks only where it needs them."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # each class has its own

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their names."""
        super().increase_indent(flow, indentless=False)


def _example(field: Field) -> str:
    given = _answer(field)
    for name in reversed(field.path.split(".")):
        given = {name: given}
    return yaml.dump(given, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=200)


def _answer(field: Field) -> Any:  # noqa: ANN401 - any answer
    """Return an answer that a school may give, if possible not the default; a blank if only the school knows one."""
    if examples := field.declared.get("examples"):
        return examples[0]
    match field.kind:
        case FieldKind.CHOICE:
            return next((c.value for c in field.choices if c.value != field.default), field.default)
        case FieldKind.CHOICES:
            return [choice.value for choice in field.choices[:2]]
        case FieldKind.FLAG:
            return "no" if field.default else "yes"
        case FieldKind.RECORDS:
            return [{child.name: _answer(child) for child in field.children}]
        case FieldKind.NAMES:
            return field.default or ["One", "Another"]
        case (
            FieldKind.RECORD
            | FieldKind.DATE
            | FieldKind.TIME
            | FieldKind.ADDRESS
            | FieldKind.TELEPHONE
            | FieldKind.EMAIL
            | FieldKind.COLOUR
            | FieldKind.TEXT
        ):
            form = field.kind.traits.form
            return field.default or (form.example if form else field.title)
        case _:
            assert_never(field.kind)
