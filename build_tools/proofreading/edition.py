"""Proofread an edition before it is published: find what is valid but still wrong, or looks wrong."""

import functools
import re
from collections.abc import Iterator, Mapping

from build_tools.proofreading.currency import said
from build_tools.proofreading.leftovers import find_residue
from build_tools.proofreading.typing_errors import find_slips
from build_tools.schema.wording import dotted
from build_tools.template.edition import Edition
from build_tools.text.blanks import is_blank
from build_tools.text.dates import first_day, is_date, last_day, long_date
from build_tools.text.problems import Problem, Severity, in_order
from build_tools.text.yaml_file import Document, paths_in

_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
# a link: its words in square brackets, and an address, which may have brackets in pairs
_LINK = re.compile(r"\[([^\[\]]*)\](\((?:[^()]|\([^()]*\))*\))")


def proofread_edition(edition: Edition, document: Document, editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """Return what is wrong, or looks wrong, in an edition's words and dates.

    `document` is its `edition.yml`, and `editions` are all of the project.
    """
    return in_order(
        [*_words(edition), *_blanks(document), *_supersedes(edition, document, editions), *_cited(edition, document)]
    )


def _words(edition: Edition) -> Iterator[Problem]:
    for provision in edition.walk():
        text = _LINK.sub(_only_words, _JINJA.sub(_blotted, provision.source))
        for finding in (*find_slips(text), *find_residue(text)):
            yield Problem(provision.place, f"{provision.id}: {finding.message}", finding.severity)


def _blanks(document: Document) -> Iterator[Problem]:
    """Yield the entries of `edition.yml` that say that something is missing instead of giving it."""
    for path in paths_in(document.data):
        text = functools.reduce(lambda found, key: found[key], path, document.data)
        if isinstance(text, str) and text and is_blank(text):
            message = f'{dotted(path)}: "{text}" is a blank, not an answer. Type the real one, or delete the line.'
            yield Problem(document.place(path), message)


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
