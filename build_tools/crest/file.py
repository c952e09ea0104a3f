"""A school's crest, checked and rebuilt, so that only its picture reaches a page or a PDF."""

from pathlib import Path

from build_tools.policy.model import Crest
from build_tools.text.file_bytes import read_bytes
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import decode, relative

_FILES = ("crest.svg", "crest.png")
MAX_BYTES = 300_000
"""Limited, because every page of a school loads it."""


def find_crest(folder: Path, root: Path) -> Crest | None:
    """Return the crest of the school in a folder, None if it has none; places are relative to `root`.

    Raises:
        Mistakes: if there are several, or if it cannot be a crest.
    """
    found = sorted(path for path in folder.iterdir() if path.stem.lower() == "crest")
    wrong = [path for path in found if path.name not in _FILES]
    if wrong:
        message = f"A crest must be called {_FILES[0]} or {_FILES[1]}. Export it as one of these, or delete the file."
        raise Mistakes(Problem(Place(relative(path, root)), message) for path in wrong)
    if len(found) > 1:
        message = f"There is also a {found[0].name}. Keep one of them."
        raise Mistakes([Problem(Place(relative(found[1], root)), message)])
    return read_crest(found[0], relative(found[0], root), folder.parent) if found else None


def read_crest(path: Path, file: str, inside: Path) -> Crest:
    """Return the crest in a file, with nothing but its picture; `file` is its name in messages.

    No link may lead out of the folder `inside`.

    Raises:
        Mistakes: if it cannot be read, is not an SVG or PNG file, is too large, or contains anything active.
    """
    raw = read_bytes(path, file, MAX_BYTES, inside=inside)
    # the code for pictures takes long to load, and half of all schools have no crest
    if path.suffix == ".svg":
        from build_tools.crest.svg import clean_svg  # noqa: PLC0415

        return Crest("image/svg+xml", *clean_svg(decode(raw, file), file))
    from build_tools.crest.png import clean_png  # noqa: PLC0415

    return Crest("image/png", *clean_png(raw, file))
