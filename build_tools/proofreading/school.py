"""Proofread a school: find what is wrong, or looks wrong, in its own words and dates.

The template is checked once for all schools; a school's own words are read here as a careful colleague would.
"""

import dataclasses
import functools
from collections.abc import Iterator, Mapping

from build_tools.policy.model import Kind, plain
from build_tools.proofreading.chronology import is_late_review, late_review, wrong_dates
from build_tools.proofreading.contacts import missing_contacts
from build_tools.proofreading.currency import cited_in, every_citation
from build_tools.proofreading.fixed import fixed_amendments
from build_tools.proofreading.handouts import lagging_lines
from build_tools.proofreading.in_sentences import misfitting
from build_tools.proofreading.languages import unnamed_languages
from build_tools.proofreading.leftovers import find_residue, find_self_description
from build_tools.proofreading.neighbours import other_schools_in, shared_names
from build_tools.proofreading.outdated import not_in_force, outdated_citations, outdated_mentions, stale_law
from build_tools.proofreading.own_words import Printed, Words, amendments_in, answers_in, printed_in, reasons_in
from build_tools.proofreading.people import doubles, strangers_in
from build_tools.proofreading.rules import broken_by
from build_tools.proofreading.terms import other_terms_in
from build_tools.proofreading.typing_errors import find_slips, find_unpaired
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import NAME, PEOPLE, SCHOOL, SHORT_NAME
from build_tools.template.edition import Edition
from build_tools.text.names import Names, Vocabulary
from build_tools.text.problems import Finding, Place, Problem, Severity, in_order
from build_tools.versions.history import Version


@dataclasses.dataclass(frozen=True, slots=True)
class Surroundings:
    """What the check of one school needs to know about the rest of the project."""

    editions: Mapping[str, Edition]
    others: Names
    """The names of the schools outside its federation."""
    partners: frozenset[str]
    """The names of the other schools of its federation."""
    namesakes: frozenset[str]
    """Its own names that another school has too."""
    ratified: str | None
    """When its version in force was ratified; None if there is none."""


def proofread(resolved: Resolved, around: Surroundings) -> tuple[Problem, ...]:
    """Return what is wrong, or looks wrong, in what a school wrote, in the order of its file."""
    school, policy, schema = resolved.school, resolved.policy, resolved.edition.schema
    reader = _Reader(resolved, around)
    problems = [*doubles(school, schema), *shared_names(school, schema, around.namesakes)]
    problems += missing_contacts(school, resolved.edition)
    problems += [*wrong_dates(school, schema, around.ratified), *broken_by(resolved), *lagging_lines(resolved)]
    problems += [*outdated_citations(policy, school, around.editions), *stale_law(school, resolved.edition)]
    problems += fixed_amendments(resolved)
    answers, amendments, reasons = map(tuple, (answers_in(school, schema), amendments_in(policy), reasons_in(school)))
    for words in answers:
        problems += _placed(words, reader.of_answer(words))
    for words in amendments:
        problems += _placed(words, reader.of_clause(words))
    for words in reasons:
        problems += _placed(words, reader.of_reason(words.text))
    problems += unnamed_languages((*answers, *amendments, *reasons), school.phrases)
    printed = tuple(printed_in(policy, school, schema))
    problems += misfitting(printed)
    for one in printed:
        problems += _at_seams(one)
    return in_order(problems)


def vocabulary(resolved: Resolved) -> Vocabulary:
    """Return the words of all texts of a school that are searched for other schools' names."""
    school = resolved.school
    answers = (words for words in answers_in(school, resolved.edition.schema) if not SCHOOL.holds(words.name))
    texts = (words.text for words in (*answers, *amendments_in(resolved.policy), *reasons_in(school)))
    return Vocabulary.of((NAME.of(school.values), SHORT_NAME.of(school.values), *texts))


def proofread_version(version: Version, edition: Edition, file: str) -> Iterator[Problem]:
    """Yield what looks wrong in a version on the day on which it was ratified; `file` is its record."""
    on, review = version.decision.on, version.decision.next_review
    for why in not_in_force(tuple(cited_in(version.policy, edition)), on):
        yield Problem(Place(file), why, Severity.WARNING)
    if is_late_review(on, review):
        yield Problem(Place(file), f"next_review: {late_review(on, review)}", Severity.WARNING)


class _Reader:
    """Checks texts of one school; each kind of text has its own exceptions."""

    def __init__(self, resolved: Resolved, around: Surroundings) -> None:
        self.resolved = resolved
        school = resolved.school
        self.short_name: str = SHORT_NAME.of(school.values)
        called = (NAME.of(school.values), self.short_name, *((school.federation,) if school.federation else ()))
        self.own_names = Names.of((*called, *school.partners, *around.partners))
        self.others = around.others
        learners = resolved.edition.pages.learners
        self.learners = resolved.edition.schema.lookup(learners) if learners else None
        self.known_law = every_citation(around.editions.values())
        self.headings = [plain(node.text) for node in resolved.policy.walk() if node.kind is not Kind.CLAUSE]

    def of_answer(self, words: Words) -> Iterator[Finding]:
        """Yield what is wrong in an answer; answers about the school or people may contain their names."""
        yield from self._of_policy(words.text, is_filled_in=False)
        if not SCHOOL.holds(words.name):
            yield from other_schools_in(words.text, self.own_names, self.others, self.short_name)
        if not PEOPLE.holds(words.name):
            yield from strangers_in(words.text, self.resolved.school)

    def of_clause(self, words: Words) -> Iterator[Finding]:
        """Yield what is wrong in a clause or title, except inside the answers that it prints."""
        found = (
            *self._of_policy(words.text, is_filled_in=True),
            *other_schools_in(words.text, self.own_names, self.others, f"{{{{ {SHORT_NAME.path} }}}}"),
            *strangers_in(words.text, self.resolved.school),
        )
        for finding in found:
            if not any(span.start <= finding.start and finding.end <= span.stop for span in words.filled):
                yield finding

    def of_reason(self, text: str) -> Iterator[Finding]:
        """Yield what is wrong in a reason, which may mention the template, the past and people who asked for it."""
        yield from self._of_any(text, is_filled_in=False)
        yield from other_schools_in(text, self.own_names, self.others, self.short_name)

    def _of_policy(self, text: str, *, is_filled_in: bool) -> Iterator[Finding]:
        yield from self._of_any(text, is_filled_in=is_filled_in)
        yield from find_self_description(text)
        yield from outdated_mentions(text, self.resolved.school.values, self.known_law)

    def _of_any(self, text: str, *, is_filled_in: bool) -> Iterator[Finding]:
        """Yield what is wrong in any text; `is_filled_in` says whether it may contain the words of the schema."""
        yield from find_slips(text)
        yield from find_residue(text, self.headings)
        if self.learners:
            yield from other_terms_in(text, self.learners, self.resolved.school.values, is_filled_in=is_filled_in)


def _placed(words: Words, findings: Iterator[Finding]) -> Iterator[Problem]:
    for finding in findings:
        yield Problem(words.place, f"{words.name}: {finding.message}", finding.severity)


def _at_seams(printed: Printed) -> Iterator[Problem]:
    """Yield what is wrong where the template's words and an answer join, but not inside either of them."""
    if printed.node.is_own:
        return
    span, words = printed.at, printed.typed
    for finding in _unpaired_and_residue(printed.text):
        meets = finding.start < span.stop and span.start < finding.end
        if meets and not (span.start <= finding.start and finding.end <= span.stop):
            yield Problem(words.place, f"{words.name}: {finding.message}", finding.severity)


@functools.lru_cache(maxsize=8192)  # most clauses are the same in many schools
def _unpaired_and_residue(text: str) -> tuple[Finding, ...]:
    return (*find_unpaired(text), *find_residue(text))
