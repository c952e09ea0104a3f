"""The pages about a school's versions: what was ratified when, what has changed, the history of each clause."""

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.comparing.compare import Comparison
from build_tools.comparing.difference import changed_facts, compare_versions
from build_tools.comparing.topics import topics
from build_tools.outputs.html import nowhere
from build_tools.outputs.page_html import render_page
from build_tools.outputs.site.history import history, side_by_side
from build_tools.outputs.site.pages import DRAFT, VERSIONS, Page, compared_folder, size
from build_tools.policy.languages import joined
from build_tools.policy.model import Phrase, Policy
from build_tools.resolving.facts import Fact, facts
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import NAME
from build_tools.template.edition import Edition
from build_tools.text.dates import long_date
from build_tools.versions.freezing import PDF_FILE
from build_tools.versions.history import Version, version_in_force
from build_tools.versions.register_lines import Entry, Event, render_line
from build_tools.versions.withdrawal import WITHDRAWN_FILE

_EVENTS: Mapping[Event, str] = {
    Event.RATIFIED: "ratified",
    Event.ENTERED: "added later",
    Event.WITHDRAWN: "withdrawn",
    Event.REPAIRED: "record repaired",
    Event.MERGED: "order kept",
}
"""What a line of the register reports, for readers of the list of versions."""


@dataclasses.dataclass(frozen=True, slots=True)
class Life:
    """A school's policy over the years."""

    versions: Sequence[Version]
    """All that were ratified, oldest first; at least one."""
    lines: Sequence[Entry]
    """The lines of the register about them, in its order."""
    draft: Resolved
    editions: Mapping[str, Edition]

    @property
    def kept(self) -> tuple[Version, ...]:
        """The versions that were not withdrawn."""
        return tuple(version for version in self.versions if not version.withdrawal)

    @property
    def name(self) -> str:
        """The name of the school."""
        return str(NAME.of(self.draft.school.values))

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The words of all its policies in other languages."""
        return joined(self.draft.policy.phrases, *(version.policy.phrases for version in reversed(self.versions)))


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the life of a policy: a version, or the draft."""

    key: str
    """The part of the address: a date, or `draft`."""
    title: str
    """Its name in running text: `the version of May 2018`, `the draft`."""
    heading: str
    """The heading of its column."""
    policy: Policy
    edition: Edition
    facts: tuple[Fact, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """Two policies of one school, and what changed from one to the other."""

    old: Stage
    new: Stage
    comparison: Comparison

    @property
    def folder(self) -> str:
        """The folder of its page, inside that of the versions."""
        return compared_folder(self.old.key, self.new.key)


def version_pages(folders: tuple[Path, ...], life: Life) -> tuple[Page, ...]:
    """Return the list of versions, the history of clauses, and a page for each comparison."""
    compared = tuple(_compared(life))
    render = functools.partial(render_page, folders)
    return (
        _register(render, life, compared),
        *([_history(render, life)] if life.kept else []),
        *(page for pair in compared for page in _comparison(render, life, pair)),
    )


_Render = Callable[..., str]


def _compared(life: Life) -> Iterator[Compared]:
    """Yield each pair of versions that were not withdrawn, and the latest with the draft; the newest first."""
    stages = [_stage(life, version) for version in life.kept]
    draft = Stage(
        DRAFT, "the draft", "Draft", life.draft.policy, life.draft.edition, facts(life.draft.edition, life.draft.school)
    )
    couples = [*itertools.combinations(stages, 2), *((latest, draft) for latest in stages[-1:])]
    for old, new in reversed(couples):
        yield Compared(old, new, compare_versions(old.policy, new.policy, new.edition))


def _stage(life: Life, version: Version) -> Stage:
    date = long_date(version.decision.on)
    # an edition that no longer exists had much the same questions as the school's own
    edition = life.editions.get(version.edition, life.draft.edition)
    found = facts(edition, version.as_school)
    return Stage(version.decision.on, f"the version of {date}", date, version.policy, edition, found)


def _register(render: _Render, life: Life, compared: Sequence[Compared]) -> Page:
    rows: list[dict[str, Any]] = [
        {
            "version": version,
            "edition": life.editions.get(version.edition),
            "folder": version.decision.on,
            "size": size((version.folder / PDF_FILE).stat().st_size),
            "digest": version.digests[PDF_FILE],
            "lines": [(entry, render_line(entry)) for entry in life.lines if entry.version == version.name],
        }
        for version in reversed(life.versions)
    ]
    html = render(
        life.draft.edition,
        "versions",
        phrases=life.phrases,
        rows=rows,
        compared=compared,
        in_force=version_in_force(life.versions),
        events=_EVENTS,
        pdf_file=PDF_FILE,
        withdrawn_file=WITHDRAWN_FILE,
    )
    description = f"Every version of the policy of {life.name} that was ratified, with its record and its PDF."
    return Page(f"{VERSIONS}/index.html", "Versions", description, html)


def _history(render: _Render, life: Life) -> Page:
    chapters = history([(version.decision.on, version.policy) for version in life.kept])
    html = render(life.draft.edition, "history", phrases=life.phrases, chapters=chapters, versions=life.kept)
    description = f"How each clause of the policy of {life.name} changed, version by version."
    return Page(f"{VERSIONS}/history/index.html", "The history of each clause", description, html)


def _comparison(render: _Render, life: Life, pair: Compared) -> Iterator[Page]:
    """Yield the page of what changed and, if anything did, a page with the whole text of both."""
    has_whole = bool(pair.comparison.changes)
    shown = functools.partial(render, pair.new.edition, pair=pair, phrases=pair.comparison.phrases, address=nowhere)
    html = shown(
        "comparison",
        comparison=pair.comparison,
        facts=changed_facts(pair.old.facts, pair.new.facts),
        topics=list(topics(pair.comparison)),
        has_whole=has_whole,
    )
    of_both, folder = f"{pair.old.title} to {pair.new.title}", f"{VERSIONS}/{pair.folder}"
    title = f"Changes from {of_both}"
    page = functools.partial(Page, is_draft=pair.new.key == DRAFT)
    yield page(f"{folder}/index.html", title, f"{title} of the policy of {life.name}.", html)
    if has_whole:
        title = f"The whole text, from {of_both}"
        stretches = side_by_side(pair.old.policy, pair.new.policy)
        description = f"The whole text of the policy of {life.name}, from {of_both}, with every change marked."
        yield page(f"{folder}/whole/index.html", title, description, shown("whole", stretches=stretches), is_wide=True)
