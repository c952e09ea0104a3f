"""Read only the names of a project's schools from their files."""

import functools
from pathlib import Path

from build_tools.project import SCHOOL_FILE, Project
from build_tools.schema.relied_on import NAME, SHORT_NAME
from build_tools.schools.all_names import AllNames, SchoolNames
from build_tools.text.problems import Mistakes
from build_tools.text.source import relative
from build_tools.text.yaml_file import read_yaml


def read_roll_call(project: Project) -> AllNames:
    """Return the names of all schools of the project."""
    return AllNames.of({name: read_titles(project, name) for name in project.school_names()})


def read_titles(project: Project, name: str) -> SchoolNames:
    """Return a school's names; a school whose file cannot be read has none."""
    file = project.schools_folder / name / SCHOOL_FILE
    if not file.exists():
        return SchoolNames(frozenset(), None)
    stat = file.stat()
    return _titles(file, project.root, (stat.st_mtime_ns, stat.st_size))


@functools.lru_cache(maxsize=32768)
def _titles(file: Path, root: Path, _state: tuple[int, int]) -> SchoolNames:
    """Return a school's names for one state of its file; a preview asks for all schools after every change."""
    try:
        data = read_yaml(file, relative(file, root), inside=file.parents[1]).data
    except Mistakes:
        data = None
    data = data if isinstance(data, dict) else {}
    given = (NAME.of(data), SHORT_NAME.of(data))
    federation, edition = (
        name if isinstance(name := data.get(key), str) else None for key in ("federation", "edition")
    )
    names = frozenset(" ".join(text.split()) for text in given if isinstance(text, str))
    return SchoolNames(names, federation, edition)
