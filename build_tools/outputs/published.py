"""The copies of versions on a built site, held against the versions themselves by content.

A build looks at the sizes and times of files only, so it does not see a copy that somebody exchanged with care. This
reads all of them.
"""

from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from build_tools.outputs.site.pages import VERSIONS
from build_tools.text.problems import Place, Problem
from build_tools.text.source import relative
from build_tools.versions.freezing import PDF_FILE, POLICY_FILE, RECORD_FILE, frozen_content
from build_tools.versions.history import Version, version_in_force
from build_tools.versions.withdrawal import WITHDRAWN_FILE

_IN_FORCE = (PDF_FILE, POLICY_FILE)
"""What a school's own folder has of the version in force."""
_LISTED = (PDF_FILE, RECORD_FILE, WITHDRAWN_FILE)
"""What the list of versions has of each; of a withdrawal only where there is one."""


def copies(versions: Sequence[Version]) -> dict[str, Path]:
    """Return the ratified file of each copy that a school publishes, by the copy's path in the school's folder."""
    current = version_in_force(versions)
    in_force = {name: current.folder / name for name in _IN_FORCE} if current else {}
    return in_force | listed_copies(versions)


def listed_copies(versions: Sequence[Version]) -> dict[str, Path]:
    """Return the ratified file of each copy in a school's list of versions, by the copy's path in its folder."""
    return {
        f"{VERSIONS}/{version.decision.on}/{name}": version.folder / name
        for version in versions
        for name in _LISTED
        if name != WITHDRAWN_FILE or version.withdrawal
    }


def false_copies(site: Path, school: str, versions: Sequence[Version], root: Path) -> Iterator[Problem]:
    """Yield a problem for each copy on a site that is missing, changed, or of no version; `versions` are unchanged."""
    own, expected = site / school, copies(versions)
    again = f"policy build {school} --force"
    for path, file in expected.items():
        what = f"{file.name} {'of' if file.name == WITHDRAWN_FILE else 'that was ratified on'} {file.parent.name}"
        if not (own / path).is_file():
            yield Problem(_place(own / path, root), f"The {what} is missing on the site. Publish it again: {again}")
        elif (own / path).read_bytes() != frozen_content(file):
            yield Problem(_place(own / path, root), f"This is not the {what}. Publish it again: {again}")
    for copy in _listed(own):
        if copy.relative_to(own).as_posix() not in expected:
            message = (
                f"{school} has no version of this date. If it is lost, restore it from a backup; if not, type: {again}"
            )
            yield Problem(_place(copy, root), message)


def strange_copies(site: Path, schools: Container[str], root: Path) -> Iterator[Problem]:
    """Yield a problem for each copy on a site that belongs to none of the schools."""
    for own in sorted(site.glob("*")):
        if own.name not in schools:
            for path in _listed(own):
                message = (
                    f"No school is called {own.name}. Restore schools/{own.name}/ from a backup, or delete this folder."
                )
                yield Problem(_place(path, root), message)


def _listed(own: Path) -> list[Path]:
    return sorted(path for name in _LISTED for path in own.glob(f"{VERSIONS}/*/{name}"))


def _place(path: Path, root: Path) -> Place:
    return Place(relative(path, root))
