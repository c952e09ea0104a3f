"""Read a project: its valid editions and schools, resolved, and every mistake in the others."""

import dataclasses
from collections.abc import Iterable, Mapping

from build_tools.policy.model import School
from build_tools.project import FEDERATION_FILE, SCHOOL_FILE, Project, require
from build_tools.proofreading.school import Surroundings, proofread
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.all_names import AllNames
from build_tools.schools.federation import Federation, read_federation
from build_tools.schools.reading_names import read_roll_call
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition, read_edition
from build_tools.text.file_bytes import leads_out, link_problem
from build_tools.text.problems import Mistakes, Place, Problem, in_order
from build_tools.text.source import relative
from build_tools.versions.history import date_in_force


@dataclasses.dataclass(frozen=True, slots=True)
class Ground:
    """What all schools of a project share, read once for all of them."""

    project: Project
    editions: Mapping[str, Edition]
    """Those without mistakes, oldest first."""
    known_editions: Mapping[str, Edition | None]
    """All of them, with None for one that has mistakes."""
    federations: Mapping[str, Federation | None]
    """All of them, with None for one that has mistakes."""
    roll_call: AllNames


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """The contents of a project."""

    ground: Ground
    editions: Mapping[str, Edition]
    """Those without mistakes, oldest first."""
    resolved: Mapping[str, Resolved]
    """The schools without mistakes."""
    of_editions: tuple[Problem, ...]
    """The mistakes in editions, which concern every school."""
    of_schools: Mapping[str, tuple[Problem, ...]]
    """The mistakes of each school that has any."""
    of_federations: Mapping[str, tuple[Problem, ...]]
    """The mistakes of each federation that has any."""
    doubts: Mapping[str, tuple[Problem, ...]]
    """What looks wrong in each school without mistakes; it stops nothing."""
    unfit: Mapping[str, Resolved] = dataclasses.field(default_factory=dict)
    """The schools that have a policy, although there are mistakes in what they wrote."""

    def warnings(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return what looks wrong in the named schools, in the order of files and lines."""
        return in_order(problem for name in names for problem in self.doubts.get(name, ()))

    def problems(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return all mistakes that affect the named schools and federations, in the order of files and lines."""
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
    """Return the named schools, resolved; mistakes in one school, federation or edition do not hide those in another.

    Raises:
        UnknownName: if a named school does not exist.
    """
    wanted = tuple(names)
    for name in wanted:
        require(name, project.school_names(), "school")
    return read_schools(project, wanted, *read_editions(project))


def read_schools(
    project: Project, wanted: Iterable[str], editions: Mapping[str, Edition], of_editions: Iterable[Problem]
) -> Reading:
    """Return existing schools, resolved with editions that are already read; their mistakes are `of_editions`."""
    federations, of_federations = read_federations(project, editions)
    ground = lay_ground(project, editions, federations, read_roll_call(project))
    found: dict[str, Resolved] = {}
    of_schools: dict[str, tuple[Problem, ...]] = {}
    doubts: dict[str, tuple[Problem, ...]] = {}
    for name in wanted:
        try:
            found[name], problems = _examine(ground, name)
        except Mistakes as mistakes:
            of_schools[name] = mistakes.problems
        else:
            (doubts if _are_doubts(problems) else of_schools)[name] = problems
    resolved = {name: school for name, school in found.items() if name in doubts}
    unfit = {name: school for name, school in found.items() if name not in doubts}
    return Reading(ground, editions, resolved, tuple(of_editions), of_schools, of_federations, doubts, unfit)


def lay_ground(
    project: Project, editions: Mapping[str, Edition], federations: Mapping[str, Federation], roll_call: AllNames
) -> Ground:
    """Return what all schools share; `editions` and `federations` are those without mistakes."""
    known = {**dict.fromkeys(project.federation_names()), **federations}
    return Ground(project, editions, every_edition(project, editions), known, roll_call)


def resolve_school(ground: Ground, name: str) -> tuple[Resolved, tuple[Problem, ...]]:
    """Return a school with its policy, and what looks wrong in what it wrote.

    Raises:
        Mistakes: if there are any.
    """
    found, problems = _examine(ground, name)
    return found, _only_doubts(problems)


def _only_doubts(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return problems that are all warnings.

    Raises:
        Mistakes: if one of them is a mistake.
    """
    if not _are_doubts(problems):
        raise Mistakes(problems)
    return problems


def _are_doubts(problems: Iterable[Problem]) -> bool:
    return all(problem.is_warning for problem in problems)


def _examine(ground: Ground, name: str) -> tuple[Resolved, tuple[Problem, ...]]:
    """Return a school with its policy, and what is wrong, or looks wrong, in what it wrote.

    Raises:
        Mistakes: if they leave it without a policy.
    """
    school = _read_school(ground.project, name, ground.known_editions, ground.federations)
    edition = ground.editions[school.edition]
    found = Resolved(edition, school, resolve(edition, school))
    return found, _found_wrong(ground, found)


def read_doubts(ground: Ground, found: Resolved) -> tuple[Problem, ...]:
    """Return what looks wrong in what a school wrote.

    Raises:
        Mistakes: what is wrong in it, and what looks wrong.
    """
    return _only_doubts(_found_wrong(ground, found))


def _found_wrong(ground: Ground, found: Resolved) -> tuple[Problem, ...]:
    """Return what is wrong, or looks wrong, in what a school wrote."""
    name = found.school.name
    same = _other_policies(ground, name, found.edition.policy_kind)
    around = Surroundings(
        editions=ground.editions,
        others=ground.roll_call.others(name, same),
        partners=ground.roll_call.partners(name),
        namesakes=ground.roll_call.namesakes(name, same),
        ratified=date_in_force(ground.project.schools_folder / name),
    )
    return proofread(found, around)


def edition_of(ground: Ground, name: str) -> str | None:
    """Return the edition that a school's folder uses, None if it names none."""
    titles = ground.roll_call.titles[name]
    federation = ground.federations.get(titles.federation or "")
    return titles.edition or (federation.edition if federation else None)


def _other_policies(ground: Ground, name: str, kind: str) -> tuple[str, ...]:
    """Return the folders in which the same school has policies of other kinds."""
    twins = ground.roll_call.twins(name)
    used = ((folder, ground.known_editions.get(edition_of(ground, folder) or "")) for folder in twins)
    return tuple(folder for folder, edition in used if edition and edition.policy_kind != kind)


def read_editions(project: Project) -> tuple[Mapping[str, Edition], list[Problem]]:
    """Return the valid editions by name, oldest first, and all mistakes in the others."""
    editions: dict[str, Edition] = {}
    problems: list[Problem] = []
    for name, (folder, base) in project.edition_folders().items():
        try:
            editions[name] = read_edition(folder, base)
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    return editions, problems


def read_federations(
    project: Project, editions: Mapping[str, Edition]
) -> tuple[Mapping[str, Federation], Mapping[str, tuple[Problem, ...]]]:
    """Return the valid federations by folder name, and the mistakes of each of the others."""
    federations: dict[str, Federation] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for name in project.federation_names():
        try:
            federations[name] = read_federation(
                project.schools_folder / name, project.root, every_edition(project, editions)
            )
        except Mistakes as mistakes:
            problems[name] = mistakes.problems
    return federations, problems


def _read_school(
    project: Project, name: str, editions: Mapping[str, Edition | None], federations: Mapping[str, Federation | None]
) -> School:
    """Return one school of the project.

    Raises:
        Mistakes: if its file has mistakes or is missing.
    """
    folder = project.schools_folder / name
    if leads_out(folder, project.schools_folder):
        raise Mistakes([link_problem(relative(folder, project.root), project.schools_folder)])
    file = folder / SCHOOL_FILE
    if not file.exists() and not file.is_symlink():
        message = f"This folder contains neither {SCHOOL_FILE} nor {FEDERATION_FILE}. Add one, or delete the folder."
        raise Mistakes([Problem(Place(relative(folder, project.root)), message)])
    return read_school(folder, project.root, editions, federations)


def every_edition(project: Project, editions: Mapping[str, Edition]) -> Mapping[str, Edition | None]:
    """Return all editions by name, None for those that have mistakes."""
    return {**dict.fromkeys(project.edition_folders()), **editions}
