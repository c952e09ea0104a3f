"""The names of what is compared: `SCHOOL` (a school's draft), `SCHOOL@DATE` (a version) or `template:EDITION`."""

from collections.abc import Iterable, Mapping

from build_tools.comparing.difference import Side
from build_tools.policy.model import Policy, School
from build_tools.project import Project, UnknownName, require
from build_tools.reading import Reading
from build_tools.resolving.facts import document_title, facts
from build_tools.resolving.resolve import TEMPLATE_PREFIX, resolve_template
from build_tools.schema.relied_on import NAME
from build_tools.template.edition import Edition, newest
from build_tools.text.dates import long_date, when
from build_tools.text.problems import known_names
from build_tools.versions.history import Version, order, version_in_force
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
        stage = f"template of {long_date(edition.date)}"
        title = f"The template, edition {edition.name}"
        return Side(resolve_template(edition), edition, title, is_template=True, stage=stage)
    found = reading.school(name)
    return _side(found.policy, found.edition, found.school, "draft", "draft")


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


def find_version(project: Project, name: str) -> Version:
    """Return the version named `SCHOOL@DATE`, once its files and its signature are verified.

    Raises:
        UnknownName: if there is no such school or version.
        Mistakes: if a version of the school was changed.
    """
    school, _, date = name.partition(VERSION_MARK)
    found = _versions(project, school)
    if not date:
        raise UnknownName(f"Name the version by its date, such as {school}@{max(found, key=order)}.")
    require(date, found, f"version of {school}")
    return found[date]


def _version(project: Project, reading: Reading, school: str, date: str) -> Side:
    found = _versions(project, school)
    if date == LATEST:
        latest = version_in_force(tuple(found.values()))
        if latest is None:
            raise UnknownName(f"Every version of {school} was withdrawn. For its draft, type {school}.")
        date = latest.decision.on
    require(date, [*found, LATEST], f"version of {school}")
    version = found[date]
    told = f", {version.withdrawal.words}" if version.withdrawal else ""
    edition = find_edition(project, reading, version.edition)
    stage = f"version of {long_date(date)}"
    return _side(version.policy, edition, version.as_school, stage, f"ratified {when(date)}{told}")


def _side(policy: Policy, edition: Edition, school: School, stage: str, told: str) -> Side:
    name: str = NAME.of(school.values)
    title = f"{name}, {told}"
    return Side(policy, edition, title, facts(edition, school), name, document_title(school), stage=stage)


def _versions(project: Project, school: str) -> Mapping[str, Version]:
    """Return the versions of a school by date, oldest first; there is at least one."""
    require(school, project.school_names(), "school")
    found = {version.decision.on: version for version in read_verified(project.schools_folder / school, project.root)}
    if not found:
        raise UnknownName(f"{school} has no ratified version yet. For its draft, type {school}.")
    return found
