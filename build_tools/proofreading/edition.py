"""An edition before it is published: find what is valid but still wrong, or looks wrong."""

import re
from collections.abc import Iterator, Mapping

from build_tools.policy.sources import title_of
from build_tools.proofreading.edition_history import turned_around
from build_tools.proofreading.edition_synonyms import dead_synonyms
from build_tools.proofreading.edition_uses import unused
from build_tools.proofreading.edition_words import asked_words, words, written_words
from build_tools.proofreading.fit import article_of
from build_tools.proofreading.roles import unguarded_roles
from build_tools.proofreading.unmarked import find_unmarked
from build_tools.schema.fields import Field
from build_tools.template.edition import Draft, Edition
from build_tools.text.dates import is_before, is_date, long_date
from build_tools.text.problems import Problem, Severity, did_you_mean, in_order
from build_tools.text.yaml_file import Document

_ARTICLE = re.compile(r"\b(an?) \{\{\s*([a-z_][\w.]*)\s*\}\}", re.IGNORECASE)


def proofread_edition(draft: Draft, editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """Return what is wrong, or looks wrong, in an edition's words, dates and questions.

    `editions` are all those of the project without mistakes. Where the edition itself has some, only what does not
    depend on the whole is read.
    """
    handouts = draft.edition.handouts if draft.edition else ()
    found = list(words((*draft.sections, *handouts)))
    if draft.document:
        found += written_words(draft.document)
    if draft.edition and draft.document:
        older = editions.get(draft.edition.supersedes or "")
        found += _supersedes(draft.edition, draft.document, editions)
        found += _cited(draft.edition, draft.document)
        found += _looked_up(draft.edition, draft.document)
        found += unused(draft.edition, draft.document)
        found += dead_synonyms(draft.edition)
        found += asked_words(draft.edition.schema)
        found += unguarded_roles(draft.edition)
        found += _articles(draft.edition)
        found += find_unmarked(draft.edition)
        found += turned_around(older, draft.edition) if older else ()
    return in_order(found)


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


def _supersedes(edition: Edition, document: Document, editions: Mapping[str, Edition]) -> Iterator[Problem]:
    older = edition.supersedes
    place = document.place(("supersedes",))
    before = [name for name, other in editions.items() if _is_before(other, edition)]
    if older and not (is_date(older) and older < edition.name):
        yield Problem(place, f"supersedes: {older} is not an edition before {edition.name}.")
    elif older and older in editions and editions[older].policy_kind != edition.policy_kind:
        other = f"{older} is an edition of {editions[older].policy_kind}, and this is one of {edition.policy_kind}"
        message = f"supersedes: {other}. Write policy: {editions[older].policy_kind} if they are of one kind."
        yield Problem(place, message)
    elif older and older not in editions:
        message = f"supersedes: no edition here is {older}.{did_you_mean(older, before)}"
        yield Problem(place, message, Severity.WARNING)
    elif before and older != before[-1]:
        message = f"supersedes: the edition before this one is {before[-1]}. Write supersedes: {before[-1]}"
        yield Problem(place, message, Severity.WARNING)


def _is_before(other: Edition, edition: Edition) -> bool:
    return other.policy_kind == edition.policy_kind and other.name < edition.name


def _looked_up(edition: Edition, document: Document) -> Iterator[Problem]:
    """Yield what looks wrong in saying until when the law was looked up, where clauses say what they rest on."""
    if edition.looked_up is None:
        if any(provision.rests_on for provision in edition.walk()):
            message = (
                "looked_up is missing. Say until which day the law was looked up (until:), and by whom it is to be "
                "looked up again (again_by:)."
            )
            yield Problem(document.place(), message, Severity.WARNING)
    elif edition.looked_up.is_stale_on(edition.date):
        until = long_date(edition.looked_up.until)
        message = f"looked_up: {until} is more than a year before the date of this edition. Look the law up again."
        yield Problem(document.place(("looked_up", "until")), message, Severity.WARNING)


def _cited(edition: Edition, document: Document) -> Iterator[Problem]:
    issued = edition.date
    for name, citation in edition.cited.items():
        begins, ends = citation.in_force_from, citation.in_force_until
        place, until = document.place(("cited", name)), document.place(("cited", name, "until"))
        if begins and ends and is_before(ends, begins):
            message = (
                f"cited.{name}: until ({long_date(ends)}) is before from ({long_date(begins)}). Correct the one "
                "that is wrong."
            )
            yield Problem(until, message)
        elif ends and is_before(ends, issued):
            lived = f"{title_of(citation)} was in force to {long_date(ends)}"
            message = f"cited.{name}: {lived}, before the date of this edition."
            yield Problem(until, message, Severity.WARNING)
        elif begins and is_before(issued, begins):
            begun = f"{title_of(citation)} is in force from {long_date(begins)}"
            message = f"cited.{name}: {begun}, after the date of this edition."
            yield Problem(document.place(("cited", name, "from")), message, Severity.WARNING)
        if citation.year and not re.fullmatch(r"\d{4}", citation.year):
            message = f'cited.{name}: "{citation.year}" is not a year. Write four digits.'
            yield Problem(document.place(("cited", name, "year")), message, Severity.WARNING)
        if not (begins or ends or citation.year or re.search(r"\b(?:19|20)\d\d\b", citation.title)):
            message = f"cited.{name} has no year:, from: or until:, so no check can find out when it is out of date."
            yield Problem(place, message, Severity.WARNING)
