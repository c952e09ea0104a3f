"""The whole cases in `policies/`: each folder is a project of its own, and shows what its name and its clauses say."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from build_tools.policy.model import Node, School
from build_tools.project import Project
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.federation import Federation
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition, read_edition
from build_tools.text.problems import Place

CASES = sorted((Path(__file__).parent / "policies").iterdir())
EXAMPLES = [path.parent for case in CASES for path in sorted(case.glob("schools/*/school.yml"))]
"""The schools of all cases."""


def read_editions(case: Path) -> Mapping[str, Edition]:
    """Return the editions of a case, by name."""
    return {folder.name: read_edition(folder, case) for folder in sorted((case / "policy_src").iterdir())}


def read_example(folder: Path) -> tuple[Edition, School]:
    """Return one school of a case with its edition."""
    editions = read_editions(case_of(folder))
    school = read_school(folder, case_of(folder), editions)
    return editions[school.edition], school


def named_example(case: str, school: str) -> tuple[Edition, School]:
    """Return one school of a case, by both names, with its edition."""
    return read_example(next(path for path in EXAMPLES if name_example(path) == f"{case}-{school}"))


def resolved_example(case: str, school: str) -> Resolved:
    """Return one school of a case, by both names, with its policy."""
    edition, read = named_example(case, school)
    return Resolved(edition, read, resolve(edition, read))


def case_of(folder: Path) -> Path:
    """Return the case that a school belongs to."""
    return folder.parents[1]


def placeless(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the parts of a policy without where they were written, which no file of a policy keeps."""
    return tuple(msgspec.structs.replace(node, place=Place(""), children=placeless(node.children)) for node in nodes)


def name_example(folder: Path) -> str:
    """Return what the tests of a school are called."""
    return f"{case_of(folder).name}-{folder.name}"


def read_named_school(
    project: Project, name: str, editions: Mapping[str, Edition], federations: Mapping[str, Federation] | None = None
) -> School:
    """Return one school of a project by itself; `editions` and `federations` are those without mistakes."""
    return read_school(project.schools_folder / name, project.root, editions, federations or {})
