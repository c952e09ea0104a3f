"""The names of what is compared: `SCHOOL` (a school's draft), `SCHOOL@DATE` (a version) or `template:EDITION`."""

from collections.abc import Iterable

from build_tools.comparing.difference import Side
from build_tools.project import Project, UnknownName, require
from build_tools.reading import Reading
from build_tools.resolving.facts import facts
from build_tools.resolving.resolve import TEMPLATE_PREFIX, resolve_template
from build_tools.schema.relied_on import NAME
from build_tools.template.edition import Edition, newest
from build_tools.text.dates import is_day, long_date
from build_tools.text.problems import known_names
from build_tools.versions.register import order
from build_tools.versions.signing import read_verified

VERSION_MARK = "@"
LATEST = "latest"


def drafts(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that mean the draft of a school."""
    return tuple(name for name in names if not name.startswith(TEMPLATE_PREFIX) and VERSION_MARK not in name)


def find_side(project: Project, reading: Reading, name: str) -> Side:
    """Return the policy that a name means; `reading` has the drafts.

    Raises:
        UnknownName: if there is no such school, version or edition.
        Mistakes: if it, or its edition, has mistakes, or a version of the school was changed.
    """
    if VERSION_MARK in name:
        return _version(project, reading, *name.split(VERSION_MARK, 1))
    if name.startswith(TEMPLATE_PREFIX):
        edition = find_edition(project, reading, name.removeprefix(TEMPLATE_PREFIX))
        return Side(resolve_template(edition), edition, f"The template, edition {edition.name}", is_template=True)
    found = reading.school(name)
    title = f"{NAME.of(found.school.values)}, draft"
    return Side(found.policy, found.edition, title, facts(found.edition, found.school))


def newest_edition(reading: Reading) -> Edition:
    """Return the newest edition.

    Raises:
        UnknownName: if there are editions of several kinds of policy.
        Mistakes: if an edition has mistakes.
    """
    name = newest(reading.editions)
    if name is None:
        names = known_names("edition", reading.editions)
        raise UnknownName(f"Several kinds of policy have editions. Say which to use with --edition.{names}")
    return reading.edition(name)


def find_edition(project: Project, reading: Reading, name: str) -> Edition:
    """Return an edition.

    Raises:
        UnknownName: if there is none of that name.
        Mistakes: if it, or another one, has mistakes.
    """
    require(name, project.edition_folders(), "edition")
    return reading.edition(name)


def _version(project: Project, reading: Reading, school: str, date: str) -> Side:
    require(school, project.school_names(), "school")
    found = {version.decision.on: version for version in read_verified(project.schools_folder / school, project.root)}
    if not found:
        raise UnknownName(f"{school} has no ratified version yet. For its draft, type {school}.")
    date = max(found, key=order) if date == LATEST else date
    require(date, [*found, LATEST], f"version of {school}")
    version = found[date]
    title = f"{NAME.of(version.values)}, ratified {'on' if is_day(date) else 'in'} {long_date(date)}"
    edition = find_edition(project, reading, version.edition)
    return Side(version.policy, edition, title, facts(edition, version.as_school))
