"""Currency: the law and guidance that a text cites, and whether it is in force on a day.

Only the editions (`cited` in `edition.yml`) say what is in force when.
"""

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from build_tools.policy.model import Citation, Policy, plain
from build_tools.policy.sources import title_of
from build_tools.policy.tree import worded_parts
from build_tools.resolving.placeholders import template_filler
from build_tools.template.edition import Edition
from build_tools.text.dates import first_day, last_day, long_date

_YEAR = r"(?:\s\((?P<bracketed>(?:19|20)\d\d)\)|,?\s(?P<bare>(?:19|20)\d\d)\b)"
_LEAST_LETTERS = 4
"""Shorter initials have too many other meanings."""


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """Law or guidance that a text mentions by its title or initials, with or without a year."""

    start: int
    end: int
    known: tuple[Citation, ...]
    """All law and guidance with that name in the editions."""
    year: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Title:
    """A name of law or guidance, and the regular expression that finds it."""

    name: str
    pattern: re.Pattern[str]
    known: tuple[Citation, ...]


def is_in_force(citation: Citation, day: dt.date) -> bool:
    """Return whether law or guidance is in force on a day, if its dates are known."""
    return has_begun(citation, day) and not has_ended(citation, day)


def has_begun(citation: Citation, day: dt.date) -> bool:
    """Return whether law or guidance is in force on a day or was before, if its dates are known."""
    return citation.in_force_from is None or first_day(citation.in_force_from) <= day


def has_ended(citation: Citation, day: dt.date) -> bool:
    """Return whether law or guidance was in force only before a day, if its dates are known."""
    return citation.in_force_until is not None and last_day(citation.in_force_until) < day


def lifetime(citation: Citation) -> str:
    """Return in words when law or guidance is in force: "from … to …", with the dates that are known."""
    begins, ends = citation.in_force_from, citation.in_force_until
    return " ".join([*([f"from {long_date(begins)}"] if begins else []), *([f"to {long_date(ends)}"] if ends else [])])


def life_in_words(citation: Citation) -> str:
    """Return law or guidance with its dates and its successor, as far as they are known."""
    dates, after = lifetime(citation), citation.successor
    return f"{title_of(citation)}{f', in force {dates}' if dates else ''}{f'; then {after}' if after else ''}"


def cited_in(policy: Policy, edition: Edition) -> Iterator[Citation]:
    """Yield the law and guidance that the clauses of a policy cite or rest on, in the order of the edition.

    Citations are found by their words, so that a version is judged by its text and not by how the text was made.
    """
    texts = (plain(node.text) for node in worded_parts(policy) if not node.is_left_out)
    cited = set(cited_by(texts, edition))
    for name, citation in edition.cited.items():
        if citation in cited or name in policy.sources:
            yield citation


def cited_by(texts: Iterable[str], edition: Edition) -> Iterator[Citation]:
    """Yield the law and guidance that texts cite in the words of the edition, in its order."""
    text = "\n".join(texts)
    found = set()
    for name, words in _words_of(edition):
        if words in text:
            found.add(name)
            text = text.replace(words, "\n")
    yield from (citation for name, citation in edition.cited.items() if name in found)


def every_citation(editions: Iterable[Edition]) -> tuple[Citation, ...]:
    """Return all law and guidance of some editions, each once."""
    return tuple(dict.fromkeys(citation for edition in editions for citation in edition.cited.values()))


def mentions_in(text: str, known: Sequence[Citation]) -> Iterator[Mention]:
    """Yield the mentions of known law or guidance in a text, if it is clear which is meant."""
    taken: list[range] = []
    for title in _titles(tuple(known)):
        for match in title.pattern.finditer(text):
            is_other_word = title.name.isupper() and match[0].islower()
            if not is_other_word and not any(match.start() in span for span in taken):
                taken.append(range(*match.span()))
                yield Mention(*match.span(), title.known, match["bracketed"] or match["bare"])


def meant(mention: Mention) -> Citation | None:
    """Return the law or guidance that is meant; None if no year is given and there are several, or if none fits."""
    if mention.year is None:
        return mention.known[0] if len(mention.known) == 1 and not _year_of(mention.known[0]) else None
    return next((citation for citation in mention.known if _year_of(citation) == mention.year), None)


def successor(citation: Citation, known: Iterable[Citation]) -> Citation | None:
    """Return the successor of law or guidance: same title, in force from a later day; None if none is known."""
    name, begun = _bare_title(citation), citation.in_force_from or ""
    later = [c for c in known if _bare_title(c) == name and (c.in_force_from or "") > begun]
    return min(later, key=lambda c: c.in_force_from or "", default=None)


def replaced_by(mention: Mention) -> Citation | None:
    """Return the oldest issue that is later than the one a text cites with a year; None if there is none."""
    later = [c for c in mention.known if mention.year and (_year_of(c) or "") > mention.year]
    return min(later, key=lambda c: _year_of(c) or "", default=None)


@functools.lru_cache(maxsize=8)
def _words_of(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the names and words of an edition's citations, longest first, because one title may contain another."""
    filler = template_filler(edition.schema, edition.cited)
    words = {name: plain(filler.text(f'{{{{ cite("{name}") }}}}')) for name in edition.cited}
    return tuple(sorted(words.items(), key=lambda item: len(item[1]), reverse=True))


@functools.lru_cache(maxsize=8)
def _titles(known: tuple[Citation, ...]) -> tuple[_Title, ...]:
    """Return all names of law and guidance, longest first."""
    by_name: dict[str, list[Citation]] = {}
    for citation in known:
        for name in _names(citation):
            by_name.setdefault(name, []).append(citation)
    found = []
    for name in sorted(by_name, key=len, reverse=True):
        words = re.escape(name).replace(r"\ ", r"\s+")
        found.append(_Title(name, re.compile(rf"(?i)(?<!\w){words}(?!\w)(?:{_YEAR})?"), tuple(by_name[name])))
    return tuple(found)


def _names(citation: Citation) -> Iterator[str]:
    """Yield the names of law or guidance: its title, and its initials if they are long enough."""
    title = _bare_title(citation)
    yield title
    if short := re.fullmatch(r"(.+?)\s+\(([A-Z]{3,})\)", title):
        yield from short.groups()
    initials = "".join(word[0] for word in re.findall(r"\w+", title)).upper()
    if len(initials) >= _LEAST_LETTERS and not short:
        yield initials


def _bare_title(citation: Citation) -> str:
    return re.sub(r"\s+(?:19|20)\d\d$", "", citation.title)


def _year_of(citation: Citation) -> str | None:
    in_title = re.search(r"\s((?:19|20)\d\d)$", citation.title)
    return citation.year or (in_title[1] if in_title else None)
