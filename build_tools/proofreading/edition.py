"""Proofread an edition before it is published: find what is valid but still wrong, or looks wrong."""

from collections.abc import Iterator, Mapping

from build_tools.proofreading.currency import said
from build_tools.proofreading.edition_words import words_of
from build_tools.proofreading.leftovers import find_residue
from build_tools.proofreading.roles import unguarded_roles
from build_tools.proofreading.typing_errors import find_slips
from build_tools.proofreading.unmarked import find_unmarked
from build_tools.template.edition import Edition
from build_tools.text.dates import first_day, is_date, last_day, long_date
from build_tools.text.problems import Problem, Severity, in_order
from build_tools.text.yaml_file import Document


def proofread_edition(edition: Edition, document: Document, editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """Return what is wrong, or looks wrong, in an edition's words and dates.

    `document` is its `edition.yml`, and `editions` are all of the project.
    """
    others = (*_supersedes(edition, document, editions), *_cited(edition, document))
    return in_order([*_words(edition), *unguarded_roles(edition), *find_unmarked(edition), *others])


def _words(edition: Edition) -> Iterator[Problem]:
    for provision in edition.walk():
        sources = (provision.source, *((provision.promise.who,) if provision.promise else ()))
        for text in map(words_of, sources):
            for finding in (*find_slips(text), *find_residue(text)):
                yield Problem(provision.place, f"{provision.id}: {finding.message}", finding.severity)


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
