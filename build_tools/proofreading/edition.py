"""Proofread an edition before it is published: find what is valid but still wrong, or looks wrong."""

import re
from collections.abc import Iterator, Mapping

from build_tools.proofreading.currency import said
from build_tools.proofreading.fit import article_of
from build_tools.proofreading.leftovers import find_residue
from build_tools.proofreading.typing_errors import find_slips
from build_tools.schema.fields import Field
from build_tools.template.edition import Edition
from build_tools.text.dates import first_day, is_date, last_day, long_date
from build_tools.text.problems import Problem, Severity, in_order
from build_tools.text.yaml_file import Document

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ARTICLE = re.compile(r"\b(an?) \{\{\s*([a-z_][\w.]*)\s*\}\}", re.IGNORECASE)
# a link: its words in square brackets, and an address, which may have brackets in pairs
_LINK = re.compile(r"\[([^\[\]]*)\](\((?:[^()]|\([^()]*\))*\))")


def proofread_edition(edition: Edition, document: Document, editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """Return what is wrong, or looks wrong, in an edition's words and dates.

    `document` is its `edition.yml`, and `editions` are all of the project.
    """
    return in_order(
        [*_words(edition), *_articles(edition), *_supersedes(edition, document, editions), *_cited(edition, document)]
    )


def _words(edition: Edition) -> Iterator[Problem]:
    for provision in edition.walk():
        text = _LINK.sub(_only_words, _JINJA.sub(_blotted, provision.source))
        for finding in (*find_slips(text), *find_residue(text)):
            yield Problem(provision.place, f"{provision.id}: {finding.message}", finding.severity)


def _articles(edition: Edition) -> Iterator[Problem]:
    """Yield the articles before values that do not go with the answers of all schools."""
    for provision in edition.walk():
        for article, word in _ARTICLE.findall(provision.source):
            field = edition.schema.words.get(word) or edition.schema.lookup(word)
            if field is None or (field.choices and not field.other and _goes_with_all(article.lower(), field)):
                continue
            why = f'"{article}" does not go with every answer to {field.path} ({field.title}).'
            message = f"{provision.id}: {why} Write the, each or every, or turn the sentence round."
            yield Problem(provision.place, message, Severity.WARNING)


def _goes_with_all(article: str, field: Field) -> bool:
    return all(article_of(choice.singular or choice.value) == article for choice in field.choices)


def _blotted(match: re.Match[str]) -> str:
    return "0" * len(match[0])


def _only_words(link: re.Match[str]) -> str:
    """Return the words of a link where they are, without its brackets and address."""
    return f"0{link[1]}0{'0' * len(link[2])}"


def _supersedes(edition: Edition, document: Document, editions: Mapping[str, Edition]) -> Iterator[Problem]:
    older = edition.supersedes
    if older and not (is_date(older) and older < edition.name):
        message = f"supersedes: {older} is not an edition before {edition.name}."
        yield Problem(document.place(("supersedes",)), message)
    elif older and older in editions and editions[older].policy_kind != edition.policy_kind:
        other = f"{older} is an edition of {editions[older].policy_kind}, and this is one of {edition.policy_kind}"
        message = f"supersedes: {other}. Write policy: {editions[older].policy_kind} if they are of one kind."
        yield Problem(document.place(("supersedes",)), message)


def _cited(edition: Edition, document: Document) -> Iterator[Problem]:
    issued = first_day(edition.date)
    for name, citation in edition.cited.items():
        begins, ends = citation.in_force_from, citation.in_force_until
        if begins and ends and last_day(ends) < first_day(begins):
            message = (
                f"cited.{name}: until ({long_date(ends)}) is before from ({long_date(begins)}). Correct the one "
                "that is wrong."
            )
            yield Problem(document.place(("cited", name, "until")), message)
        elif ends and last_day(ends) < issued:
            message = (
                f"cited.{name}: {said(citation)} was in force to {long_date(ends)}, before the date of this edition."
            )
            yield Problem(document.place(("cited", name, "until")), message, Severity.WARNING)
