"""What the program does, a function for each command: read this module to read the program.

    project folder --read--> editions, schools --resolve--> policies --> site, PDF, JSON, comparisons

Functions here print nothing: they return what a command found, and `cli` shows it.
"""

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from build_tools.compare import Comparison, compare
from build_tools.departures import compare_with_template
from build_tools.edition import Edition
from build_tools.model import Policy
from build_tools.problems import Mistakes
from build_tools.project import Project
from build_tools.publish import BuildReport, Step
from build_tools.reading import Reading, read, require
from build_tools.resolve import TEMPLATE_PREFIX, Resolved, resolve_template
from build_tools.typeface import missing_characters


def check(project: Project, names: Iterable[str]) -> Reading:
    """Return all that can be known of the named schools, or all, and of the editions, without building.

    Raises:
        UnknownName: if a school is named that is not there.
    """
    reading = read(project, tuple(names) or project.school_names())
    unprintable = {
        name: tuple(missing_characters(found.edition, found.school, found.policy, project.template_folders))
        for name, found in reading.resolved.items()
    }
    return dataclasses.replace(reading, of_schools={**reading.of_schools, **unprintable})


def show(project: Project, name: str) -> Resolved:
    """Return one school with its policy.

    Raises:
        UnknownName: if there is no such school.
        Mistakes: if the school or its edition has mistakes.
    """
    return read(project, [name]).school(name)


def diff(project: Project, old: str, new: str) -> tuple[Comparison, Edition]:
    """Return the changes from one policy to another, and the edition of the new one.

    Each is a school or `template:EDITION`.

    Raises:
        UnknownName: if there is no such school or edition.
        Mistakes: if one of them has mistakes.
    """
    reading = read(project, [name for name in (old, new) if not name.startswith(TEMPLATE_PREFIX)])
    before, _ = _policy(project, reading, old)
    after, edition = _policy(project, reading, new)
    if old == f"{TEMPLATE_PREFIX}{edition.name}" and not new.startswith(TEMPLATE_PREFIX):
        return compare_with_template(edition, after, before), edition
    return compare(before, after), edition


def steps(project: Project, names: Iterable[str]) -> int:
    """Return how many pieces of work a build of the named schools, or all, has at most."""
    return len(tuple(names) or project.school_names()) + len(project.edition_folders()) + 1


def build(project: Project, names: Iterable[str], out: Path, step: Step) -> BuildReport:
    """Write the sites and PDFs of the named schools, or all, the templates and the hub into `out`.

    A school with mistakes keeps the pages of the last build. If no school can be built, nothing is written.
    `step` is told of each piece of work that is done.

    Raises:
        UnknownName: if a school is named that is not there.
        Mistakes: if `out` holds something else than a site.
    """
    # MkDocs and WeasyPrint take a second to load, which no other command should pay
    from build_tools import building  # noqa: PLC0415

    wanted = tuple(names) or project.school_names()
    for name in wanted:
        require(name, project.school_names(), "school")
    return building.build(project, read(project, project.school_names()), wanted, out, step)


def _policy(project: Project, reading: Reading, name: str) -> tuple[Policy, Edition]:
    """Return the policy that a name of the command line means, and its edition."""
    if not name.startswith(TEMPLATE_PREFIX):
        found = reading.school(name)
        return found.policy, found.edition
    wanted = name.removeprefix(TEMPLATE_PREFIX)
    require(wanted, project.edition_folders(), "edition")
    if wanted not in reading.editions:
        raise Mistakes(reading.problems([]))
    return resolve_template(reading.editions[wanted]), reading.editions[wanted]
