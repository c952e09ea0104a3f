"""Verify: find everything that has changed in what was ratified, by all that the project still knows of it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from build_tools.building.last_build import lost_since
from build_tools.building.manifest import read_manifest
from build_tools.outputs.published import copies, false_copies, strange_copies
from build_tools.project import Project
from build_tools.template.seal import is_published, seal_digest
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.versions.confirming import confirmation_problems
from build_tools.versions.entering import register_doubts, register_mistakes
from build_tools.versions.freezing import RECORD_FILE
from build_tools.versions.history import Version
from build_tools.versions.other_copies import Compared
from build_tools.versions.signing import read_verified


def verify(
    project: Project, names: Sequence[str], against: Compared | None = None, *, all_schools: bool
) -> Mapping[str, tuple[Version, ...]]:
    """Return the versions of schools, once all are found unchanged and their signatures valid.

    `against` is another copy of the register. If `all_schools`, versions of schools that were deleted are reported too.

    Raises:
        Mistakes: everything that was changed in any of them or in the register.
    """
    found: dict[str, tuple[Version, ...]] = {}
    problems = [*register_doubts(project), *register_mistakes(project, all_schools=all_schools)]
    problems += confirmation_problems(project, names, all_schools=all_schools)
    last, out = read_manifest(project.site_folder), project.site_folder
    looked_at = {version.partition("@")[0] for version in last.ratified} if all_schools else names
    lost = lost_since(last, project, looked_at, out)
    problems += [*(problem for found in lost.values() for problem in found), *(against.problems if against else ())]
    editions = {name: folder for name, (folder, _) in project.edition_folders().items() if is_published(folder)}
    for name in names:
        try:
            found[name] = read_verified(project.schools_folder / name, project.root)
        except Mistakes as mistakes:
            problems += mistakes.problems
        else:
            problems += _other_editions(found[name], editions, project.root)
    if problems:
        raise Mistakes(problems)
    return found


def verify_site(project: Project, site: Path, found: Mapping[str, Sequence[Version]], *, all_schools: bool) -> int:
    """Return the number of copies of versions on a site; `found` has the versions, by school.

    If `all_schools`, copies for schools that do not exist are reported too.

    Raises:
        Mistakes: a problem for each copy that is missing, or is not what was ratified.
    """
    problems = [
        problem for name, versions in found.items() for problem in false_copies(site, name, versions, project.root)
    ]
    if all_schools:
        problems += strange_copies(site, found, project.root)
    if problems:
        raise Mistakes(problems)
    return sum(len(copies(versions)) for versions in found.values())


def _other_editions(versions: Sequence[Version], editions: Mapping[str, Path], root: Path) -> Iterator[Problem]:
    """Yield a problem for each version that was ratified on another form of its edition; `editions` are sealed."""
    for version in versions:
        folder = editions.get(version.edition)
        if folder and version.edition_digest and seal_digest(folder) != version.edition_digest:
            message = (
                f"{version.name} was ratified on edition {version.edition}, but the {version.edition} of this project "
                "was published with other words. Restore the edition from a backup or from Git."
            )
            yield Problem(Place(relative(version.folder / RECORD_FILE, root)), message)
