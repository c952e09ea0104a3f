"""Law and guidance that has an end or a successor, with the clauses of every school that rest on it."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from build_tools.outputs.source_listing import citation_data
from build_tools.policy.model import Citation, Policy
from build_tools.policy.sources import changed_sources, numbered
from build_tools.policy.tree import section_of
from build_tools.proofreading.currency import life_in_words
from build_tools.text.problems import all_of


@dataclasses.dataclass(frozen=True, slots=True)
class RestingClause:
    """A clause that rests on law or guidance."""

    id: str
    section: str
    """The id of its top-level section."""
    number: str
    """Its full number, and what the school did to it if it amended it."""


@dataclasses.dataclass(frozen=True, slots=True)
class ChangedLaw:
    """Law or guidance with an end or a successor, and what rests on it in one school."""

    citation: Citation
    clauses: tuple[RestingClause, ...]
    """Those that the school amended come first."""

    @property
    def words(self) -> str:
        """What happens to it, and to which clauses."""
        return f"{life_in_words(self.citation)}: {all_of([clause.number for clause in self.clauses])}"


def changed_law_of(policy: Policy) -> tuple[ChangedLaw, ...]:
    """Return the law and guidance with an end or a successor on which clauses of a policy rest."""
    tops = section_of(policy)
    return tuple(
        ChangedLaw(
            source.citation,
            tuple(RestingClause(node.id, tops[node.id], numbered(node)) for node in source.clauses),
        )
        for source in changed_sources(policy)
    )


def by_law(schools: Iterable[tuple[str, Sequence[ChangedLaw]]]) -> Mapping[Citation, Mapping[str, ChangedLaw]]:
    """Return what has changed, each with the schools whose clauses rest on it, from what changed for each school."""
    found: dict[Citation, dict[str, ChangedLaw]] = {}
    for school, laws in schools:
        for law in laws:
            found.setdefault(law.citation, {})[school] = law
    return found


def law_data(law: ChangedLaw) -> Mapping[str, Any]:
    """Return changed law with the clauses of one school as JSON values."""
    return {
        **citation_data(law.citation),
        "clauses": [{"id": clause.id, "number": clause.number} for clause in law.clauses],
    }
