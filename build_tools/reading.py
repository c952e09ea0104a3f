"""Read a project: its editions and schools, resolved as far as they are sound, with every mistake in the rest."""

import dataclasses
from collections.abc import Iterable, Mapping

from build_tools.edition import Edition
from build_tools.problems import Mistakes, Problem, did_you_mean, in_order, one_of
from build_tools.project import Project, Titles, read_editions, read_federations, read_named_school, read_titles
from build_tools.proofreading import Surroundings, proofread
from build_tools.resolve import Resolved, resolve
from build_tools.versions import version_folders


class UnknownName(Exception):  # noqa: N818 - a wrong argument, which the command line reports
    """A school or edition that was named on the command line and is not there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What a project holds."""

    editions: Mapping[str, Edition]
    """Those without mistakes, oldest first."""
    resolved: Mapping[str, Resolved]
    """The schools without mistakes."""
    of_editions: tuple[Problem, ...]
    """The mistakes in editions, which concern every school."""
    of_schools: Mapping[str, tuple[Problem, ...]]
    """The mistakes of each school that has some."""
    of_federations: Mapping[str, tuple[Problem, ...]]
    """The mistakes of each federation that has some."""
    doubts: Mapping[str, tuple[Problem, ...]]
    """What looks wrong in each school without mistakes; it stops nothing."""

    def warnings(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return what looks wrong in the named schools, in the order of files and lines."""
        return in_order(problem for name in names for problem in self.doubts.get(name, ()))

    def problems(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return all that keeps the named schools and federations from being right, in the order of files and lines."""
        found = {**self.of_federations, **self.of_schools}
        own = (problem for name in names for problem in found.get(name, ()))
        return Mistakes([*self.of_editions, *own]).problems

    def edition(self, name: str) -> Edition:
        """Return one edition.

        Raises:
            Mistakes: if it, or another one, has mistakes.
        """
        if name not in self.editions:
            raise Mistakes(self.problems([]))
        return self.editions[name]

    def school(self, name: str) -> Resolved:
        """Return one school.

        Raises:
            Mistakes: if it has mistakes.
        """
        if name not in self.resolved:
            raise Mistakes(self.problems([name]))
        return self.resolved[name]


def read(project: Project, names: Iterable[str]) -> Reading:
    """Return the named schools, resolved; mistakes of one school, federation or edition do not hide those of another.

    Raises:
        UnknownName: if a school is named that is not there.
    """
    wanted = tuple(names)
    for name in wanted:
        require(name, project.school_names(), "school")
    return read_schools(project, wanted, *read_editions(project))


def read_schools(
    project: Project, wanted: Iterable[str], editions: Mapping[str, Edition], of_editions: Iterable[Problem]
) -> Reading:
    """Return schools that are there, resolved on editions that are read already, whose mistakes are `of_editions`."""
    federations, of_federations = read_federations(project, editions)
    titles = read_titles(project)
    resolved, of_schools, doubts = {}, {}, {}
    for name in wanted:
        try:
            school = read_named_school(project, name, editions, federations)
            edition = editions[school.edition]
            found = Resolved(edition, school, resolve(edition, school))
            doubts[name] = _doubts(project, found, editions, titles)
            resolved[name] = found
        except Mistakes as mistakes:
            of_schools[name] = mistakes.problems
    return Reading(editions, resolved, tuple(of_editions), of_schools, of_federations, doubts)


def _doubts(
    project: Project, found: Resolved, editions: Mapping[str, Edition], titles: Mapping[str, Titles]
) -> tuple[Problem, ...]:
    """Return what looks wrong in what a school wrote.

    Raises:
        Mistakes: what is wrong in it, and what looks wrong.
    """
    own = titles[found.school.name]
    versions = version_folders(project.schools_folder / found.school.name)
    around = Surroundings(
        editions=editions,
        others=frozenset(name for other in titles.values() if not other.stands_with(own) for name in other.names),
        partners=frozenset(name for other in titles.values() if other.stands_with(own) for name in other.names),
        ratified=versions[-1].name if versions else None,
    )
    problems = proofread(found, around)
    if not all(problem.is_warning for problem in problems):
        raise Mistakes(problems)
    return problems


def require(name: str, known: Iterable[str], what: str) -> None:
    """Do nothing if a name is among those that are known.

    Raises:
        UnknownName: if it is not.
    """
    names = tuple(known)
    if name not in names:
        hint = did_you_mean(name, names) or (f" There is {one_of(names)}." if names else "")
        raise UnknownName(f"There is no {what} {name}.{hint}")
