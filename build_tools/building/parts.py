"""Build one part of a site: everything that a school publishes, or the pages of an edition. Parts are independent.

What every part needs (editions, federations, all schools' names) is read once in each process and kept.
"""

import dataclasses
import functools
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from build_tools.building.manifest import Printed, read_called, render_vocabulary
from build_tools.building.planning import state, template_part
from build_tools.building.sharing import share
from build_tools.engine import Engine
from build_tools.outputs.hub.summary import render_summary, summarise
from build_tools.outputs.publication import Publication, publications
from build_tools.outputs.site.build import write_folder
from build_tools.outputs.site.content import template_folder
from build_tools.project import Project
from build_tools.proofreading.school import vocabulary
from build_tools.reading import Ground, Reading, edition_of, lay_ground, read_editions, read_federations, resolve_school
from build_tools.resolving.facts import facts
from build_tools.resolving.reporting import report_of
from build_tools.schools.all_names import AllNames
from build_tools.schools.federation import Federation
from build_tools.template.edition import Edition
from build_tools.text.digests import combined, of_bytes
from build_tools.text.problems import Mistakes, Problem
from build_tools.versions.freezing import PDF_FILE, RECORD_FILE, digest, frozen_content
from build_tools.versions.history import Version


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """One part to build."""

    project: Project
    part: str
    """The name of a school, or the path of an edition's pages."""
    staging: Path
    """The folder in which its own folder is created."""
    last: Path
    """The site of the last build."""
    printed: tuple[Printed, ...]
    """The PDFs of the last build, if they still exist unchanged."""
    engine: Engine
    for_all: str
    """The fingerprint of what every part needs."""
    for_pdf: str
    """The fingerprint of what every PDF is built with."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an order."""

    part: str
    problems: tuple[Problem, ...] = ()
    """The reasons, if there are no pages."""
    state: str = ""
    """The state of what was written."""
    editions: tuple[str, ...] = ()
    federations: tuple[str, ...] = ()
    """The federations that a school takes answers from."""
    printed: tuple[Printed, ...] = ()
    words: bytes = b"null"
    """For a school: the words that were searched for other schools' names, as JSON."""
    summary: bytes = b"null"
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in a school."""
    ratified: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """For a school: the SHA-256 of the record of each version."""


@dataclasses.dataclass(frozen=True, slots=True)
class Workshop:
    """What every part needs."""

    ground: Ground
    problems: tuple[Problem, ...]
    """The mistakes in editions."""


@functools.lru_cache(maxsize=1)
def workshop(project: Project, for_all: str, called: Path) -> Workshop:
    """Return what every part needs; `called` is the file with all schools' names."""
    editions, problems, federations = _shared(project, for_all)
    return Workshop(lay_ground(project, editions, federations, AllNames.of(read_called(called))), problems)


@functools.lru_cache(maxsize=1)
def _shared(
    project: Project,
    for_all: str,  # noqa: ARG001 - cached until the fingerprint changes
) -> tuple[Mapping[str, Edition], tuple[Problem, ...], Mapping[str, Federation]]:
    editions, problems = read_editions(project)
    federations, _ = read_federations(project, editions)
    return editions, tuple(problems), federations


def titles_file(staging: Path) -> Path:
    """Return the path of the file with all schools' names for a build that writes into a folder."""
    return staging.with_name("titles.json")


def make_part(order: Order) -> Outcome:
    """Write one part into the staging folder, completely or not at all, and return the result.

    A part may be built twice, if a worker seems to be lost: one of the two is used.
    """
    given = workshop(order.project, order.for_all, titles_file(order.staging))
    with tempfile.TemporaryDirectory(dir=order.staging.parent) as own:
        folder = Path(own, "part")
        try:
            make = _make_template if order.part.startswith(template_part("")) else _make_school
            outcome = make(order, given, folder)
        except Mistakes as mistakes:
            return Outcome(order.part, mistakes.problems)
        share(folder, order.staging.parent)
        place = order.staging / order.part
        place.parent.mkdir(exist_ok=True)
        if not place.exists():
            folder.rename(place)
    return dataclasses.replace(outcome, state=state(order.staging, [order.part]))


def _make_template(order: Order, given: Workshop, folder: Path) -> Outcome:
    name = order.part.removeprefix(template_part(""))
    if edition := given.ground.editions.get(name):
        write_folder(order.project, template_folder(order.project, edition), folder)
        return Outcome(order.part)
    # its mistakes are reported once for all schools that use it
    raise Mistakes(())


def _make_school(order: Order, given: Workshop, folder: Path) -> Outcome:
    """Write everything that a school publishes.

    Raises:
        Mistakes: if the school has any, or one of its versions was changed.
    """
    project, name = order.project, order.part
    editions = given.ground.editions
    draft, doubts = resolve_school(given.ground, name)
    reading = Reading(given.ground, editions, {name: draft}, given.problems, {}, {}, {name: doubts})
    school, printed = draft.school, []
    versions: tuple[Version, ...] = ()
    for published in publications(project, reading, name, order.engine):
        versions = published.versions
        printed.append(Printed(published.folder, combined(order.for_pdf, *_printed_parts(published))))
        kept = _kept_folder(order, printed[-1])
        document = (kept / PDF_FILE).read_bytes() if kept and not published.frozen else published.document()
        write_folder(project, published.contents(document, kept=kept), folder / published.folder)
    # what kinds of policy its twins have decides whether they are the same school
    twins = given.ground.roll_call.twins(name)
    of_twins = (edition_of(given.ground, twin) for twin in twins)
    shared = {given.ground.roll_call.titles[twin].federation for twin in twins}
    return Outcome(
        name,
        editions=tuple(sorted({school.edition, *(version.edition for version in versions), *filter(None, of_twins)})),
        federations=tuple(
            folder
            for folder, federation in given.ground.federations.items()
            if federation and (federation.name == school.federation or folder in shared)
        ),
        printed=tuple(printed),
        words=render_vocabulary(vocabulary(draft)),
        summary=render_summary(summarise(draft, versions, editions)),
        warnings=doubts,
        ratified={version.name: digest(frozen_content(version.folder / RECORD_FILE)) for version in versions},
    )


def _kept_folder(order: Order, printed: Printed) -> Path | None:
    """Return the folder of the last build with the same PDFs, if there is one."""
    same = (last for last in order.printed if last.fingerprint == printed.fingerprint)
    return next((order.last / order.part / last.folder for last in same), None)


def _printed_parts(published: Publication) -> Iterable[str]:
    """Yield everything in a policy that its PDFs may show, without its places in the school's file."""
    edition, school = published.resolved.edition, published.resolved.school
    yield "version" if published.frozen else "draft"
    yield of_bytes(published.data)
    shown = (
        facts(edition, school),
        report_of(edition, school),
        school.values,
        school.crest,
        edition.publisher,
        edition.origin,
        edition.date,
        edition.looked_up,
    )
    yield from (of_bytes(msgspec.json.encode(value, order="deterministic")) for value in shown)
