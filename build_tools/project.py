"""The folder that the command works on, and what comes with the program where the folder has none of its own."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from build_tools.edition import Edition, read_edition
from build_tools.edition_file import EDITION_FILE
from build_tools.federation import FEDERATION_FILE, Federation, read_federation
from build_tools.model import School
from build_tools.problems import Mistakes, Place, Problem
from build_tools.school import INTERVIEW_FILE, SCHOOL_FILE, read_school
from build_tools.source import read_yaml, relative

_PACKAGE = Path(__file__).resolve().parent
BUNDLED = _PACKAGE / "_project" if (_PACKAGE / "_project").is_dir() else _PACKAGE.parent
"""The templates, editions and `mkdocs.yml` that the program brings, in a wheel or in a checkout."""


@dataclasses.dataclass(frozen=True, slots=True)
class Project:
    """A council's or a school's folder."""

    root: Path

    @property
    def schools_folder(self) -> Path:
        """Where the schools are."""
        return self.root / "schools"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates are looked for: the project's own before those that the program brings."""
        return tuple(dict.fromkeys((self.root / "templates", BUNDLED / "templates")))

    @property
    def mkdocs_file(self) -> Path:
        """The settings of the site: the project's own, else those that the program brings."""
        own = self.root / "mkdocs.yml"
        return own if own.is_file() else BUNDLED / "mkdocs.yml"

    def edition_folders(self) -> Mapping[str, tuple[Path, Path]]:
        """Return the folder of each edition by name, oldest first, and the folder that messages tell its files from."""
        found = {}
        for base in (BUNDLED, self.root):
            for file in (base / "policy_src").glob(f"*/{EDITION_FILE}"):
                found[file.parent.name] = (file.parent, base)
        return dict(sorted(found.items()))

    def school_names(self) -> tuple[str, ...]:
        """Return the names of all schools, in order: of all folders but federations' and those not finished."""
        schools = {file.parent.name for file in self.schools_folder.glob(f"*/{SCHOOL_FILE}")}
        folders = {path.name for path in self.schools_folder.glob("[!.]*") if path.is_dir()}
        return tuple(sorted(schools | folders.difference(self.federation_names(), self.unfinished_names())))

    def unfinished_names(self) -> tuple[str, ...]:
        """Return the names of the schools about which an interview is not finished, in order."""
        begun = (file.parent for file in self.schools_folder.glob(f"*/{INTERVIEW_FILE}"))
        return tuple(sorted(folder.name for folder in begun if not (folder / SCHOOL_FILE).exists()))

    def federation_names(self) -> tuple[str, ...]:
        """Return the names of the folders of all federations, in order."""
        return tuple(sorted(file.parent.name for file in self.schools_folder.glob(f"*/{FEDERATION_FILE}")))


def read_editions(project: Project) -> tuple[Mapping[str, Edition], list[Problem]]:
    """Return the editions that are sound, by name, oldest first, and all mistakes in the others."""
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
    """Return the federations that are sound, by the names of their folders, and the mistakes of each other."""
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


def read_named_school(
    project: Project, name: str, editions: Mapping[str, Edition], federations: Mapping[str, Federation] | None = None
) -> School:
    """Return one school of the project; `editions` and `federations` are those without mistakes.

    Raises:
        Mistakes: if its file has mistakes, or its folder holds none.
    """
    folder = project.schools_folder / name
    if not (folder / SCHOOL_FILE).exists():
        message = f"This folder holds neither {SCHOOL_FILE} nor {FEDERATION_FILE}. Write one, or take the folder out."
        raise Mistakes([Problem(Place(relative(folder, project.root)), message)])
    known: dict[str, Federation | None] = {**dict.fromkeys(project.federation_names()), **(federations or {})}
    return read_school(folder, project.root, every_edition(project, editions), known)


@dataclasses.dataclass(frozen=True, slots=True)
class Titles:
    """What a school is called, as its file says, whether or not it has mistakes."""

    school: str
    """The name of its folder."""
    names: frozenset[str]
    federation: str | None
    """The name of the folder of its federation."""

    def stands_with(self, other: "Titles") -> bool:
        """Return whether it is the other school, or one of the same federation."""
        return self.school == other.school or (self.federation is not None and self.federation == other.federation)


def read_titles(project: Project) -> Mapping[str, Titles]:
    """Return what each school of the project is called, by the name of its folder; what cannot be read has no names."""
    return {name: _titles(project, name) for name in project.school_names()}


def _titles(project: Project, name: str) -> Titles:
    file = project.schools_folder / name / SCHOOL_FILE
    try:
        data = read_yaml(file, relative(file, project.root)).data
    except Mistakes:
        data = None
    data = data if isinstance(data, dict) else {}
    own = data.get("school")
    given = (own.get("name"), own.get("short_name")) if isinstance(own, dict) else ()
    federation = data.get("federation")
    names = frozenset(" ".join(text.split()) for text in given if isinstance(text, str))
    return Titles(name, names, federation if isinstance(federation, str) else None)


def every_edition(project: Project, editions: Mapping[str, Edition]) -> Mapping[str, Edition | None]:
    """Return all editions by name, None for those that have mistakes."""
    return {**dict.fromkeys(project.edition_folders()), **editions}
