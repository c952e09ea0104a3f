"""The rules for the name of a folder in `schools/`, of a school or of a federation."""

from collections.abc import Iterator
from pathlib import Path

from build_tools.template.sections import is_id
from build_tools.text.file_names import unfit_name
from build_tools.text.problems import Place, Problem
from build_tools.text.source import relative

RESERVED_NAMES = ("amendments", "assets", "matrix", "template")
"""Folders next to those of the schools on the hub's site."""


def name_problems(folder: Path, root: Path, what: str) -> Iterator[Problem]:
    """Yield why a folder's name cannot be part of an address; `what` says whether it is a school or a federation."""
    place = Place(relative(folder, root))
    if not is_id(folder.name):
        yield Problem(
            place, f"The name of a {what}'s folder must be lower-case words with hyphens. Rename {folder.name}."
        )
    elif unfit := unfit_name(folder.name):
        yield Problem(place, unfit)
    if folder.name in RESERVED_NAMES:
        yield Problem(place, f"The site already uses the name {folder.name}. Rename the folder.")
