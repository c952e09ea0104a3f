"""What a school publishes: the version in force with the very files that were ratified, and the draft apart from it."""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from build_tools.engine import Engine
from build_tools.outputs import onepage, pdf
from build_tools.outputs.hub.calendar import render_calendar
from build_tools.outputs.hub.status import dated_status
from build_tools.outputs.hub.summary import Summary, summarise
from build_tools.outputs.in_force import in_force
from build_tools.outputs.site.pages import DRAFT
from build_tools.policy.storage import policy_data, render_json
from build_tools.project import Project
from build_tools.reading import Reading
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import NAME
from build_tools.text.problems import Mistakes, Problem
from build_tools.versions.freezing import PDF_FILE, POLICY_FILE, RECORD_FILE
from build_tools.versions.register import Version, read_versions


@dataclasses.dataclass(frozen=True)
class Publication:
    """One policy as it is published in a folder of its school."""

    folder: str
    """Inside the school's own: empty, or that of a draft beside a version in force."""
    resolved: Resolved
    versions: tuple[Version, ...]
    """All that the school ratified, oldest first."""
    frozen: Version | None
    """The version that it is, whose files are published as they were ratified; None for a draft."""
    engine: Engine
    """What lays out the PDF of a draft."""

    def files(self, templates: tuple[Path, ...]) -> Mapping[str, Callable[[], bytes]]:
        """Return what stands beside the pages, by its name: what makes each, when it is wanted."""
        return {
            PDF_FILE: functools.partial(self.document, templates),
            POLICY_FILE: lambda: self.data,
            "policy.html": lambda: onepage.render_one_page(self.resolved, templates).encode(),
            "reviews.ics": self._reviews,
        }

    def document(self, templates: tuple[Path, ...]) -> bytes:
        """Return the PDF."""
        if self.frozen:
            return (self.frozen.folder / PDF_FILE).read_bytes()
        return pdf.render_pdf(self.resolved, templates, engine=self.engine)

    @functools.cached_property
    def data(self) -> bytes:
        """The policy as JSON."""
        if self.frozen:
            return (self.frozen.folder / POLICY_FILE).read_bytes()
        policy, school = self.resolved.policy, self.resolved.school
        return render_json(policy_data(policy, NAME.of(school.values))).encode()

    def _reviews(self) -> bytes:
        status = dated_status(self.resolved, self.versions)
        return render_calendar(f"Reviews: {status.name}", [status])


def publications(
    project: Project, reading: Reading, name: str, engine: Engine = Engine.WEASYPRINT
) -> Iterator[Publication]:
    """Yield what a sound school publishes: its latest version, if there is one, then its draft.

    Raises:
        Mistakes: if a version was changed, or its edition is no longer there.
    """
    draft = reading.resolved[name]
    versions = read_versions(project.schools_folder / name, project.root)
    if versions:
        yield Publication("", in_force(draft, versions, reading.editions), versions, versions[-1], engine)
    yield Publication(DRAFT if versions else "", draft, versions, None, engine)


def version_files(versions: Iterable[Version]) -> Mapping[str, Path]:
    """Return the PDF and the record of each version, by their names in the folder of the pages about versions."""
    return {
        f"{version.decision.on}/{name}": version.folder / name
        for version in versions
        for name in (PDF_FILE, RECORD_FILE)
    }


def summaries(project: Project, reading: Reading) -> tuple[tuple[Summary, ...], tuple[Problem, ...]]:
    """Return what is told of each school that was read, and why nothing is told of the others."""
    problems = list(reading.problems((*reading.resolved, *reading.of_schools)))
    found = []
    for name, resolved in sorted(reading.resolved.items()):
        try:
            versions = read_versions(project.schools_folder / name, project.root)
            found.append(summarise(resolved, versions, reading.editions))
        except Mistakes as mistakes:
            problems += mistakes.problems
    return tuple(found), Mistakes(problems).problems
