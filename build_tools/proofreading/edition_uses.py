"""What an edition asks or cites and then never uses: questions, answers, law and guidance."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.policy.model import Kind, Provision
from build_tools.schema.fields import Field, FieldKind
from build_tools.schema.relied_on import DOCUMENT, PEOPLE, RELIED_ON
from build_tools.template.basis_marks import RESTS_ON
from build_tools.template.edition import Edition
from build_tools.template.field_uses import all_uses_in
from build_tools.template.glossary import uses
from build_tools.template.language import check_text
from build_tools.template.syntax import sources_in
from build_tools.text.problems import Place, Problem, Severity, all_of
from build_tools.text.yaml_file import Document

_CONDITIONAL = ("if", "then", "else", "allOf", "anyOf", "not", "dependentRequired", "dependentSchemas")
_SEVERAL = 2


def unused(edition: Edition, document: Document) -> Iterator[Problem]:
    """Yield a warning for each question, answer, law and guidance of an edition that makes no difference.

    Law and guidance that nobody cites is a mistake if the clauses say what they rest on. `document` is the edition's
    `edition.yml`.
    """
    for place, message in (
        *_questions(edition),
        *_offered(edition),
        *_bare_lead_ins(edition),
        *_unused_terms(edition),
    ):
        yield Problem(place, message, Severity.WARNING)
    says_what_it_rests_on = any(provision.rests_on for provision in edition.walk())
    for place, message in _uncited(edition, document, rests=says_what_it_rests_on):
        yield Problem(place, message, Severity.MISTAKE if says_what_it_rests_on else Severity.WARNING)


def _questions(edition: Edition) -> Iterator[tuple[Place, str]]:
    used, suggesting = _used(edition), _suggesting(edition)
    for field in edition.schema.fields:
        if not (field.kind.traits.is_block or field.path in used or _is_a_fact(field)):
            message = f"{field.path}: no clause uses this answer. Use it, or delete the question."
            yield edition.schema.place(field.path), message
        elif field.kind is FieldKind.CHOICE and not field.words and field.path not in suggesting:
            for answer, message in _answers(field, edition):
                yield edition.schema.place_of_answer(field.path, answer), f"{field.path}: {message}"


def _offered(edition: Edition) -> Iterator[tuple[Place, str]]:
    for field in edition.schema.fields:
        if len(field.choices) == 1 and not field.other:
            message = f"{field.path} offers only one answer. Offer another, or delete the question."
            yield edition.schema.place_of_answer(field.path, field.choices[0].value), message
        for choice in field.choices:
            if len(field.words) > 1 and not choice.singular:
                message = (
                    f"{field.path}: {choice.value} has no x-singular, which clauses print where they speak of one."
                )
                yield edition.schema.place_of_answer(field.path, choice.value), message
            if [other.title for other in field.choices].index(choice.title) < field.choices.index(choice):
                message = f'{field.path}: two answers have the title "{choice.title}". Schools could not choose.'
                yield edition.schema.place_of_answer(field.path, choice.value), message
            if choice.title == choice.value and choice.value.islower():
                message = f"{field.path}: {choice.value} has no title. Give it one, so that schools know what it means."
                yield edition.schema.place_of_answer(field.path, choice.value), message


def _uncited(edition: Edition, document: Document, *, rests: bool) -> Iterator[tuple[Place, str]]:
    provisions = edition.amendable.values()
    texts = (text for provision in provisions for text in (provision.source, *provision.guidance))
    used = {basis.source for provision in provisions for basis in provision.rests_on}.union(*map(sources_in, texts))
    for name in edition.cited:
        if name not in used:
            why = "no clause cites it or rests on it" if rests else "no clause cites it"
            how = f'Write {{{{ cite("{name}") }}}} in one, {f"add it to {RESTS_ON}=, " if rests else ""}or delete it.'
            yield document.place(("cited", name)), f"cited.{name}: {why}. {how}"


def _unused_terms(edition: Edition) -> Iterator[tuple[Place, str]]:
    terms = edition.pages.glossary
    texts = [provision.source for provision in edition.walk() if provision.kind is Kind.CLAUSE]
    # clauses print answers and their titles too, and an example may be the answer that most schools give
    texts += [str(edition.schema.raw), *edition.authority.values()]
    used = {term for text in texts for _, _, term in uses(text, terms)}
    for term in terms:
        if term not in used:
            yield term.place, f"glossary: no clause uses {term.name}. Correct its spelling, or delete it."


def _bare_lead_ins(edition: Edition) -> Iterator[tuple[Place, str]]:
    for provision in edition.walk():
        for child in provision.children:
            field = edition.schema.lookup(child.each) if child.each else None
            if field and not field.always and field.path not in {c.field for c in edition.conditions[provision.id]}:
                without = f"{provision.id}: schools without {field.path} have it with nothing under it."
                yield provision.place, f'{without} Add when="{field.path}".'


def _is_a_fact(field: Field) -> bool:
    return PEOPLE.holds(field.path) or DOCUMENT.holds(field.path)


def _used(edition: Edition) -> set[str]:
    """Return the paths of the fields on which a clause, a label, a page, another question or the program depends."""
    used = set[str]().union(*all_uses_in(edition).values())
    used |= {relied.path for relied in RELIED_ON} | _suggesting(edition)
    report = edition.pages.report
    texts = [edition.pages.home, *(report.texts if report else ())]
    texts += [label for field in edition.schema.fields for label in field.labels or ()]
    texts += [text for term in edition.pages.glossary for text in (term.stands_for, term.meaning)]
    for text in texts:
        used |= check_text(text or "", edition.schema.place(""), edition.scope())[0].fields
    used |= {field.same_as for field in edition.schema.fields if field.same_as}
    used |= {*(report.tell if report else ()), edition.pages.learners or ""}
    used |= {condition.field for need in edition.rules.needs for condition in need.when}
    used |= {path for rule in edition.rules.rules for path in rule.fields}
    names = set(_names_in_conditions(edition.schema.raw))
    return used | {field.path for field in edition.schema.fields if field.name in names}


def _suggesting(edition: Edition) -> set[str]:
    """Return the paths of the questions on whose answers a suggestion depends."""
    suggestions = (suggestion for found in edition.suggestions.values() for suggestion in found)
    return {condition.field for suggestion in suggestions for condition in suggestion.when}


def _names_in_conditions(schema: Any, *, is_inside: bool = False) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield the names that the conditions of a schema mention."""
    if isinstance(schema, Mapping):
        for key, value in schema.items():
            if is_inside:
                yield str(key)
            yield from _names_in_conditions(value, is_inside=is_inside or key in _CONDITIONAL)
    elif isinstance(schema, list):
        for entry in schema:
            yield from _names_in_conditions(entry, is_inside=is_inside)
    elif is_inside and isinstance(schema, str):
        yield schema


def _answers(field: Field, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield which answers to an option no clause names, if that is more than the one that means the rest."""
    phrases = [provision for provision in edition.amendable.values() if _mentions(provision, field)]
    chosen = {answer for c in _conditions(edition) if c[0] == field.path for answer in c[1]}
    named = chosen | {choice.value for choice in field.choices if any(_names(p, choice.value) for p in phrases)}
    rest = [choice.value for choice in field.choices if choice.value not in named]
    if len(rest) >= _SEVERAL:
        yield rest[0], f"no clause distinguishes {all_of(rest)}. Write a clause for each, or make them one answer."
    elif rest and not phrases and len(chosen) >= _SEVERAL:
        yield rest[0], f"no clause is for {rest[0]}, but the other answers have one. Write it, or delete the answer."


def _conditions(edition: Edition) -> Iterator[tuple[str, frozenset[str]]]:
    for provision in edition.amendable.values():
        for condition in provision.when:
            yield condition.field, condition.answers or frozenset()


def _mentions(provision: Provision, field: Field) -> bool:
    """Return whether the words of a provision depend on a field."""
    return re.search(rf"(?<![\w.]){re.escape(field.path)}(?![\w.])", provision.source) is not None


def _names(provision: Provision, answer: str) -> bool:
    return f'"{answer}"' in provision.source or f"'{answer}'" in provision.source
