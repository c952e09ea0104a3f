"""Read a school's folder: its answers and its amendments, checked against its edition."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from build_tools.amendments import AmendmentReader
from build_tools.answers import complete, validate
from build_tools.edition import Edition
from build_tools.model import School
from build_tools.problems import Mistakes, Place, Problem, one_of
from build_tools.sections import is_id
from build_tools.source import Document, read_yaml, relative

SCHOOL_FILE = "school.yml"
CREST_FILES = ("crest.svg", "crest.png")
RESERVED_NAMES = ("assets", "template")
"""Folders that stand beside those of the schools on the hub's site."""


def read_school(folder: Path, root: Path, editions: Mapping[str, Edition | None]) -> School:
    """Return the school in a folder; places are told relative to `root`.

    `editions` are those that there are; None stands for one that has mistakes of its own.

    Raises:
        Mistakes: everything that is wrong in its `school.yml`.
    """
    return parse_school(read_yaml(folder / SCHOOL_FILE, relative(folder / SCHOOL_FILE, root)), folder, root, editions)


def parse_school(document: Document, folder: Path, root: Path, editions: Mapping[str, Edition | None]) -> School:
    """Return the school that a `school.yml` describes, which need not be written into its folder yet.

    Raises:
        Mistakes: everything that is wrong in it.
    """
    problems = list(_name_problems(folder, root))
    data = document.data
    if not isinstance(data, dict):
        message = "A school's file is a block of fields: edition, school, people and so on."
        raise Mistakes([*problems, Problem(Place(document.file), message)])
    edition = _edition(document, editions)
    answers = {name: value for name, value in data.items() if name not in ("edition", "amendments")}
    typed, wrong_answers = validate(edition.schema, document, answers)
    reader = AmendmentReader(document, edition)
    amendments = tuple(reader.read(data.get("amendments", [])))
    problems += [*wrong_answers, *reader.problems]
    if problems:
        raise Mistakes(problems)
    crest = next((folder / name for name in CREST_FILES if (folder / name).is_file()), None)
    values = complete(edition.schema, typed, edition.authority)
    return School(folder.name, edition.name, values, amendments, crest, document.place())


def _name_problems(folder: Path, root: Path) -> Iterator[Problem]:
    """Yield what keeps a folder's name from being part of an address."""
    if not is_id(folder.name):
        message = f"The name of a school's folder is lower-case words with hyphens; {folder.name} is not."
        yield Problem(Place(relative(folder, root)), message)
    if folder.name in RESERVED_NAMES:
        yield Problem(
            Place(relative(folder, root)), f"The site has a folder {folder.name} of its own. Choose another name."
        )


def _edition(document: Document, editions: Mapping[str, Edition | None]) -> Edition:
    name = document.data.get("edition")
    if name is None:
        raise Mistakes([Problem(document.place(), f"edition is missing. It is {one_of(editions)}.")])
    if not isinstance(name, str) or name not in editions:
        message = f'edition: there is no edition "{name}". It is {one_of(editions)}.'
        raise Mistakes([Problem(document.place(("edition",)), message)])
    edition = editions[name]
    if edition is None:
        message = f"edition: {name} has mistakes of its own. Mend them first."
        raise Mistakes([Problem(document.place(("edition",)), message)])
    return edition
