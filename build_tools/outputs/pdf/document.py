"""The content of a printed policy in reading order, for any engine: everything except its layout."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

from build_tools.outputs.colour import CALM, readable
from build_tools.policy.headings import named
from build_tools.policy.model import Crest, Node, Phrase, Run, Text, plain
from build_tools.policy.sources import Source, sources_of, title_of
from build_tools.policy.tree import contents
from build_tools.proofreading.currency import lifetime
from build_tools.resolving.facts import Fact, agreement, based_on, document_title, facts
from build_tools.resolving.reporting import Report, other_facts, report_of
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import COLOUR, DOCUMENT, MOTTO, NAME, NEXT_REVIEW, RATIFIED_ON
from build_tools.template.edition import Edition
from build_tools.text.dates import long_date, source_date

LAW_COLUMNS = ("Source", "In force", "Clauses")

_LAST_LINES = 12
_CLAUSES_OF_A_ROW = 120
"""No row of the table may be higher than a page, since no page break divides it."""


@dataclasses.dataclass(frozen=True, slots=True)
class LawRow:
    """A line of the table of law and guidance."""

    source: Text
    """Its title, with its address if it has one."""
    in_force: str
    clauses: Text
    """The numbers of the clauses that rest on it, each a link."""


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A policy to be printed."""

    title: str
    school_name: str
    motto: str | None
    subject: str
    """A description in one sentence, for the file's metadata."""
    crest: Crest | None
    colour: str
    """The brand colour, dark enough to read."""
    is_ratified: bool
    state: str
    """Who agreed it and when, or that it is a draft."""
    next_review: str
    report: Report | None
    """Who to tell about a concern, on a page of its own."""
    contacts: tuple[Fact, ...]
    """The people who are not on that page."""
    control: tuple[Fact, ...]
    source: str
    """Whose template it is from, and which edition of it."""
    looked_up: str | None
    """Until when the law was looked up, and by whom it is to be looked up again."""
    made_at: dt.datetime | None
    """The time for the file, in UTC; None if none is set."""
    seal: str | None
    """The SHA-256 of the decision, for the file's metadata; None for a draft."""
    contents: tuple[Node, ...]
    """The sections, two levels deep."""
    sections: tuple[Node, ...]
    law: tuple[LawRow, ...]
    """What the clauses rest on; empty if the edition does not say."""
    phrases: tuple[Phrase, ...]
    """The words in other languages."""

    @property
    def heading(self) -> str:
        """The title of the file, which shows it in lists and search results."""
        return f"{self.title}{'' if self.is_ratified else ' (draft)'}, {self.school_name}"

    @property
    def contacts_title(self) -> str:
        """The caption of the table of people."""
        return "Who else is responsible" if self.report else "Who to speak to"

    @staticmethod
    def listed(node: Node) -> str:
        """Return the words of a section in the contents, which name what is not used."""
        return plain(named(node))

    @property
    def last_listed(self) -> frozenset[str]:
        """The last sections, by id, which stay on one page of the contents, so that it never has only a line or two."""
        lines, kept = 0, []
        for top in reversed(self.contents):
            if lines >= _LAST_LINES:
                break
            kept.append(top.id)
            lines += 1 + len(top.children)
        return frozenset(kept)

    @property
    def citations(self) -> Mapping[str, str]:
        """The full number of each section and clause, by id."""
        return {node.id: node.citation for top in self.sections for node in top.walk()}


def _source(edition: Edition) -> str:
    return f"{based_on(edition)}. {edition.origin}" if edition.origin else based_on(edition)


def gather_document(resolved: Resolved, seal: str | None = None) -> Document:
    """Return the content of a school's printed policy; a version's has the `seal` of the decision."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    name, colour = NAME.of(school.values), COLOUR.of(school.values)
    found, report = facts(edition, school), report_of(edition, school)
    others = other_facts(found, report)
    title = document_title(school)
    return Document(
        title=title,
        school_name=name,
        motto=MOTTO.of(school.values),
        subject=f"{title} of {name}, based on edition {edition.name} of the template published by {edition.publisher}",
        crest=school.crest,
        colour=readable(colour or CALM),
        is_ratified=RATIFIED_ON.of(school.values) is not None,
        state=agreement(school),
        next_review=long_date(NEXT_REVIEW.of(school.values)),
        report=report,
        contacts=tuple(fact for fact in others if not DOCUMENT.holds(fact.path)),
        control=tuple(fact for fact in others if DOCUMENT.holds(fact.path)),
        source=_source(edition),
        looked_up=edition.looked_up.words if edition.looked_up else None,
        made_at=source_date(),
        seal=seal,
        contents=contents(policy),
        sections=policy.sections,
        law=tuple(row for source in sources_of(policy) for row in _law_rows(source)),
        phrases=policy.phrases,
    )


def _law_rows(source: Source) -> Iterator[LawRow]:
    """Yield a line for law or guidance, or several if more clauses rest on it than fit on a page."""
    citation = source.citation
    after = f"; then {citation.successor}" if citation.successor else ""
    for first in range(0, len(source.clauses), _CLAUSES_OF_A_ROW):
        clauses = source.clauses[first : first + _CLAUSES_OF_A_ROW]
        numbers = [run for node in clauses for run in (Run(node.citation, target=node.id), Run(", "))]
        yield LawRow(
            (Run(title_of(citation), href=citation.url),),
            f"{lifetime(citation) or 'date not given'}{after}",
            tuple(numbers[:-1]),
        )
