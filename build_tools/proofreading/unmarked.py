"""Clauses of an edition that read like a promise without being marked as one.

Some of what reads like a promise promises nothing where it is, so what is found only looks wrong.
"""

from collections.abc import Iterable, Iterator

from build_tools.policy.model import Kind, Provision
from build_tools.proofreading.edition_words import words_of
from build_tools.proofreading.promise_phrases import find_phrase
from build_tools.template.edition import Edition
from build_tools.text.problems import Problem, Severity

_HELP = "Add .promise with who=, or leave it as it is if it promises nothing."


def find_unmarked(edition: Edition) -> Iterator[Problem]:
    """Yield a warning for each clause that reads like a promise, but has no mark, nor does what it belongs to.

    An edition without any mark gets one warning for all of them.
    """
    found = list(_unmarked(edition.sections))
    if any(provision.promise for provision in edition.walk()):
        for provision, phrase in found:
            message = f'{provision.id}: "{phrase}" reads like a promise, but the clause is not marked as one. {_HELP}'
            yield Problem(provision.place, message, Severity.WARNING)
    elif found:
        first, phrase = found[0]
        what = "this clause reads" if len(found) == 1 else f"{len(found)} clauses from here on read"
        message = f'{first.id}: {what} like a promise (here "{phrase}"), but the edition marks none. {_HELP}'
        yield Problem(first.place, message, Severity.WARNING)


def _unmarked(provisions: Iterable[Provision]) -> Iterator[tuple[Provision, str]]:
    """Yield each clause with the phrase that reads like a promise; clauses around and below a promise belong to it."""
    for provision in provisions:
        if provision.promise:
            continue
        is_marked_below = any(below.promise for below in provision.walk())
        phrase = find_phrase(words_of(provision.source)) if provision.kind is Kind.CLAUSE else None
        if phrase and not is_marked_below:
            yield provision, phrase
        yield from _unmarked(provision.children)
