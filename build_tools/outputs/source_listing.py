"""The law and guidance that policies rest on, as text for terminals and as data for programs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from build_tools.policy.model import Citation, Node, plain
from build_tools.policy.sources import Source, amended_by, amended_first, clauses_on, sources_of, title_of
from build_tools.proofreading.currency import life_in_words
from build_tools.resolving.resolve import Resolved
from build_tools.text.problems import counted


def render_sources(schools: Sequence[Resolved]) -> str:
    """Return all law and guidance that schools' policies rest on as text: its name, its dates and how many clauses."""
    found = _by_source(schools)
    if not found:
        return "These policies' editions do not say what their clauses rest on.\n"
    lines = []
    for name, (citation, sources) in found.items():
        clauses = sum(len(source.clauses) for source in sources)
        lines.append(f"{name}: {life_in_words(citation)}")
        lines.append(f"    {counted(clauses, 'clause')} in {counted(len(sources), 'school')}")
    return "\n".join(lines) + "\n"


def render_source(name: str, schools: Iterable[Resolved]) -> str:
    """Return the clauses that rest on one source as text, by school; those that a school amended come first."""
    lines: list[str] = []
    for resolved in schools:
        clauses = amended_first(clauses_on(resolved.policy, name))
        if clauses:
            lines += ["", f"{resolved.school.name}: {life_in_words(resolved.policy.sources[name])}"]
            lines += (f"  {line}" for line in _lines(clauses))
    return "\n".join(lines[1:]) + "\n" if lines else f"No clause rests on {name}.\n"


def sources_data(schools: Iterable[Resolved], name: str | None = None) -> list[Mapping[str, Any]]:
    """Return as JSON values what policies rest on: each source, or the one named, of each school with its clauses."""
    return [
        {
            "school": resolved.school.name,
            "edition": resolved.edition.name,
            "source": source.name,
            **citation_data(source.citation),
            "clauses": [
                {"id": node.id, "number": node.citation, "text": plain(node.text), "origin": node.origin.value}
                for node in amended_first(source.clauses)
            ],
        }
        for resolved in schools
        for source in sources_of(resolved.policy)
        if name in (None, source.name)
    ]


def citation_data(citation: Citation) -> Mapping[str, str | None]:
    """Return law or guidance as JSON values: its name, its dates and its successor."""
    return {
        "title": title_of(citation),
        "from": citation.in_force_from,
        "until": citation.in_force_until,
        "successor": citation.successor,
    }


def _by_source(schools: Iterable[Resolved]) -> Mapping[str, tuple[Citation, list[Source]]]:
    found: dict[str, tuple[Citation, list[Source]]] = {}
    for resolved in schools:
        for source in sources_of(resolved.policy):
            found.setdefault(source.name, (source.citation, []))[1].append(source)
    return found


def _lines(clauses: Iterable[Node]) -> Iterator[str]:
    for node in clauses:
        yield f"{node.citation}  {plain(node.text)}{amended_by(node)}"
