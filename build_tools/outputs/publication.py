"""What a school publishes: the version in force with exactly the ratified files, and the draft separately."""

import dataclasses
import functools
import operator
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from build_tools.comparing.departures import compare_with_template
from build_tools.engine import Engine
from build_tools.outputs import onepage, pdf
from build_tools.outputs.dated import on_its_day
from build_tools.outputs.hub.calendar import render_calendar
from build_tools.outputs.hub.status import dated_status
from build_tools.outputs.hub.summary import Summary, summarise
from build_tools.outputs.in_force import in_force
from build_tools.outputs.published import listed_copies
from build_tools.outputs.site.content import gather_school
from build_tools.outputs.site.handouts import pdf_of
from build_tools.outputs.site.pages import DRAFT, Folder, Page
from build_tools.outputs.site.promises import SHEET
from build_tools.outputs.site.sitemap import SITEMAP, render_sitemap
from build_tools.outputs.site.versions import Life, version_pages
from build_tools.policy.model import Node
from build_tools.policy.promises import promises_of
from build_tools.policy.storage import policy_data, render_json
from build_tools.policy.tree import printed_handouts
from build_tools.project import Project
from build_tools.reading import Reading
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import NAME
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes, Problem
from build_tools.versions.freezing import PDF_FILE, POLICY_FILE, frozen_content
from build_tools.versions.history import Version, read_versions, version_in_force
from build_tools.versions.register import load_register
from build_tools.versions.register_lines import Entry

ONE_PAGE = "policy.html"


@dataclasses.dataclass(frozen=True)
class Publication:
    """One policy as it is published in a folder of its school."""

    project: Project
    folder: str
    """Inside the school's own: empty, or that of a draft next to a version in force."""
    resolved: Resolved
    """The policy with everything in it, whenever that begins."""
    draft: Resolved
    """The policy as the school's file has it now."""
    versions: tuple[Version, ...]
    """All versions that the school ratified, oldest first, with those that were withdrawn."""
    lines: tuple[Entry, ...]
    """The lines of the register about them, in its order."""
    frozen: Version | None
    """The version, whose files are published as they were ratified; None for a draft."""
    editions: Mapping[str, Edition]
    engine: Engine
    """The PDF engine for a draft."""

    def contents(self, document: bytes | None, *, kept: Path | None = None, with_versions: bool = True) -> Folder:
        """Return the pages and the files of the folder.

        `document` is the PDF, whose size the home page shows; where it is None it is made when it is wanted. `kept` is
        a folder with the same PDFs, which are not printed again. The pages about versions take long: they are left out
        of the school's own folder if not `with_versions`.

        Raises:
            Mistakes: if a section's id is the name of another page.
        """
        comparison = compare_with_template(self.shown.edition, self.shown.policy)
        size = None if document is None else len(document)
        life: tuple[Page, ...] = ()
        files: dict[str, Callable[[], bytes]] = {name: functools.partial(make, self) for name, make in FILES.items()}
        if document is not None:
            files[PDF_FILE] = functools.partial(bytes, document)
        files |= {name: (kept / name).read_bytes if kept else make for name, make in self._sheets()}
        if self.versions and not self.folder and with_versions:
            life = version_pages(
                self.project.template_folders, Life(self.versions, self.lines, self.draft, self.editions)
            )
            files |= {
                path: functools.partial(frozen_content, file) for path, file in listed_copies(self.versions).items()
            }
        site = gather_school(self.project, self.shown, self.versions, comparison, size, life)
        if self.frozen and site.address:
            files[SITEMAP] = functools.partial(render_sitemap, site, (ONE_PAGE, PDF_FILE))
        return Folder(site, files)

    def _sheets(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield what makes each PDF besides that of the policy, with its path."""
        if not self.frozen and promises_of(self.shown.policy):
            yield SHEET, self.sheet
        for node in printed_handouts(self.shown.policy):
            yield pdf_of(node), functools.partial(self.handout, node)

    def document(self) -> bytes:
        """Return the PDF."""
        if self.frozen:
            return frozen_content(self.frozen.folder / PDF_FILE)
        return pdf.render_pdf(self.shown, self.project.template_folders, engine=self.engine)

    def handout(self, node: Node) -> bytes:
        """Return the PDF of a summary, agreement or form."""
        return pdf.render_handout(self.shown, node, self.project.template_folders, engine=self.engine)

    def sheet(self) -> bytes:
        """Return the sheet of what a draft promises, for the meeting that agrees it."""
        return pdf.render_sheet(self.shown, self.project.template_folders, engine=self.engine)

    @functools.cached_property
    def shown(self) -> Resolved:
        """The policy as it reads on its day."""
        return on_its_day(self.resolved)

    @functools.cached_property
    def data(self) -> bytes:
        """The policy as JSON."""
        if self.frozen:
            return frozen_content(self.frozen.folder / POLICY_FILE)
        policy, school = self.resolved.policy, self.resolved.school
        return render_json(policy_data(policy, NAME.of(school.values))).encode()

    def one_page(self) -> bytes:
        """Return the policy on one HTML page."""
        address = self.project.address(self.resolved.school.name, self.folder)
        full = f"{address}{ONE_PAGE}" if address else None
        return onepage.render_one_page(self.shown, self.project.template_folders, full).encode()

    def reviews(self) -> bytes:
        """Return the calendar of its next review."""
        status = dated_status(self.resolved, self.versions)
        return render_calendar(f"Reviews: {status.name}", [status])


FILES: dict[str, Callable[[Publication], bytes]] = {
    PDF_FILE: Publication.document,
    POLICY_FILE: operator.attrgetter("data"),
    ONE_PAGE: Publication.one_page,
    "reviews.ics": Publication.reviews,
}
"""The files next to the pages of every policy that is published. Builds and previews both take them from here."""


def publications(
    project: Project, reading: Reading, name: str, engine: Engine = Engine.WEASYPRINT
) -> Iterator[Publication]:
    """Yield what a school without mistakes publishes: its version in force, if there is one, then its draft.

    Raises:
        Mistakes: if a version or the register was changed, or the edition of a version no longer exists.
    """
    draft, editions = reading.resolved[name], reading.editions
    versions = read_versions(project.schools_folder / name, project.root)
    register = load_register(project.schools_folder, project.root)
    lines = register.of(name) if register else ()
    current = version_in_force(versions)
    if current:
        # its policy has no name here, which would keep it in memory with the draft
        yield Publication(
            project, "", in_force(draft, versions, editions), draft, versions, lines, current, editions, engine
        )
    yield Publication(project, DRAFT if current else "", draft, draft, versions, lines, None, editions, engine)


def summaries(project: Project, reading: Reading) -> tuple[tuple[Summary, ...], tuple[Problem, ...]]:
    """Return the summary of each school that was read, and the mistakes of the others."""
    problems = list(reading.problems((*reading.resolved, *reading.of_schools)))
    found = []
    for name, resolved in sorted(reading.resolved.items()):
        try:
            versions = read_versions(project.schools_folder / name, project.root)
            found.append(summarise(resolved, versions, reading.editions))
        except Mistakes as mistakes:
            problems += mistakes.problems
    return tuple(found), Mistakes(problems).problems
