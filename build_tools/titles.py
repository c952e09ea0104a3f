"""What each school is called, which tells whether another school's words name it."""

import dataclasses
from collections.abc import Mapping

from build_tools.problems import Mistakes
from build_tools.project import SCHOOL_FILE, Project
from build_tools.source import read_yaml, relative


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
