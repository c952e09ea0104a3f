"""Law and guidance that a policy cites and that is not in force for the whole time of the policy."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from build_tools.policy.model import Citation, Node, Policy, School, plain
from build_tools.policy.sources import amended_first, changed_sources, numbered, sources_of, title_of
from build_tools.policy.tree import worded_parts
from build_tools.proofreading.currency import (
    cited_by,
    every_citation,
    has_begun,
    has_ended,
    lifetime,
    meant,
    mentions_in,
    replaced_by,
    successor,
)
from build_tools.schema.relied_on import NEXT_REVIEW, WRITTEN
from build_tools.template.edition import Edition, of_one_kind
from build_tools.text.dates import first_day, last_day, long_date, when
from build_tools.text.problems import Finding, Problem, Severity, all_of


def outdated_citations(policy: Policy, school: School, editions: Mapping[str, Edition]) -> Iterator[Problem]:
    """Yield what the template's clauses cite that is not in force from the writing of a draft to its review."""
    values = school.values
    later = every_citation(
        edition
        for name, edition in of_one_kind(editions, editions[policy.edition].policy_kind).items()
        if name > policy.edition
    )
    # mentions in a school's own words are reported at those words
    texts = (plain(node.text) for node in worded_parts(policy) if not node.is_own and not node.is_left_out)
    cited = set(cited_by(texts, editions[policy.edition]))
    resting = {source.name: source.clauses for source in sources_of(policy)}
    for name, citation in editions[policy.edition].cited.items():
        clauses = resting.get(name, ())
        why = _why_not(citation, values) if clauses or citation in cited else None
        place, rests = school.places.get(NEXT_REVIEW.key, school.place), f" {_touched(clauses)}" if clauses else ""
        if why:
            message = f"{title_of(citation)} is cited. It is in force {why}.{_after(citation, later)}{rests}"
            yield Problem(place, message, Severity.WARNING)
        elif clauses and citation.successor and not citation.in_force_until:
            message = f"{title_of(citation)} is cited.{_after(citation, later)}{rests}"
            yield Problem(place, message, Severity.WARNING)


def still_to_change(policy: Policy, school: School) -> Iterator[str]:
    """Yield what a draft's clauses rest on that changes only after the next review, so that nothing is due yet."""
    for source in changed_sources(policy):
        citation = source.citation
        if citation.in_force_until and not _why_not(citation, school.values):
            ends = f"{title_of(citation)} ends {when(citation.in_force_until)}, after the next review."
            yield f"{ends}{_after(citation, ())} {_touched(source.clauses)}"


def stale_law(school: School, edition: Edition) -> Iterator[Problem]:
    """Yield a warning if the law was looked up more than a year before a draft was written, or two before its review.

    A review can be a year after a policy was written, so for the review a year more passes.
    """
    looked_up = edition.looked_up
    for field, years, said in (
        (WRITTEN, 1, "a year before the policy was written"),
        (NEXT_REVIEW, 2, "two years before the next review"),
    ):
        date = field.of(school.values)
        if looked_up and date and looked_up.is_stale_on(date, years):
            message = (
                f"The law and guidance of edition {edition.name} was looked up to {long_date(looked_up.until)},"
                f" more than {said}, {long_date(date)}. It is to be looked up again by {looked_up.again_by}."
                " Ask there what has changed."
            )
            yield Problem(school.places.get(field.key, school.place), message, Severity.WARNING)
            return


def _after(citation: Citation, later: Sequence[Citation]) -> str:
    """Return what replaced law or guidance, with a leading space; nothing if that is not known."""
    if citation.successor:
        return f" Its successor is {citation.successor}."
    after = successor(citation, later)
    return f" A newer edition cites {title_of(after)}." if after else ""


def _touched(clauses: Sequence[Node]) -> str:
    """Return which clauses rest on something, those that the school amended first."""
    return f"Look at the clauses that rest on it: {all_of([numbered(node) for node in amended_first(clauses)])}."


def outdated_mentions(text: str, values: Mapping[str, Any], known: Sequence[Citation]) -> Iterator[Finding]:
    """Yield the law and guidance in a text that is not in force from the writing of the policy to its review."""
    for mention in mentions_in(text, known):
        citation, later, written = meant(mention), replaced_by(mention), WRITTEN.of(values)
        why = _why_not(citation, values) if citation else None
        message = f"It is in force {why}." if why else None
        if later and not citation and written and has_begun(later, first_day(written)):
            message = f"{title_of(later)} has replaced it."
        if message:
            message = f'"{text[mention.start : mention.end]}" is cited. {message}'
            yield Finding(mention.start, mention.end, message, Severity.WARNING)


def not_in_force(citations: Collection[Citation], ratified: str) -> Iterator[str]:
    """Yield the reasons why cited law or guidance was not in force when a policy was ratified."""
    for citation in citations:
        if has_ended(citation, first_day(ratified)) or not has_begun(citation, last_day(ratified)):
            lives = f"It is in force {lifetime(citation)}"
            yield f"{title_of(citation)} is cited. {lives}, but the policy was ratified {when(ratified)}."


def _why_not(citation: Citation, values: Mapping[str, Any]) -> str | None:
    """Return why law or guidance is not in force from the writing of a policy to its review; None if it is."""
    written, review = WRITTEN.of(values), NEXT_REVIEW.of(values)
    lives = lifetime(citation)
    if written and has_ended(citation, first_day(written)):
        return f"{lives}, but the policy was written {when(written)}"
    if review and (has_ended(citation, first_day(review)) or not has_begun(citation, last_day(review))):
        return f"{lives}, but the next review is {when(review)}"
    return None
