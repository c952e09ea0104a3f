"""A school's crest, checked and made anew, so that only its picture reaches a page or a PDF."""

import contextlib
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile

from build_tools.crest_svg import clean_svg
from build_tools.model import Crest
from build_tools.problems import Mistakes, Place, Problem
from build_tools.source import decode, read_bytes, relative

_FILES = ("crest.svg", "crest.png")
MAX_BYTES = 300_000
"""Every page of a school loads it."""
MIN_SIDE, MAX_SIDE = 100, 4000
"""Pixels of the longer side: fewer are a blur in print, more only fill the reader's memory."""

_HEADER = struct.Struct(">8s4x4sII")  # PNG 3, 5.2 and 11.2.1: signature, length, name of the first chunk, width, height
_PNG = (b"\x89PNG\r\n\x1a\n", b"IHDR")


def find_crest(folder: Path, root: Path) -> Crest | None:
    """Return the crest of the school in a folder, None if it has none; places are told relative to `root`.

    Raises:
        Mistakes: if there are several, or if it cannot be a crest.
    """
    found = sorted(path for path in folder.iterdir() if path.stem.lower() == "crest")
    wrong = [path for path in found if path.name not in _FILES]
    if wrong:
        message = f"A crest is called {_FILES[0]} or {_FILES[1]}. Export it as one of these, or take it away."
        raise Mistakes(Problem(Place(relative(path, root)), message) for path in wrong)
    if len(found) > 1:
        message = f"There is a {found[0].name} as well. Keep one of them."
        raise Mistakes([Problem(Place(relative(found[1], root)), message)])
    return read_crest(found[0], relative(found[0], root)) if found else None


def read_crest(path: Path, file: str) -> Crest:
    """Return the crest in a file, without anything in it that is not its picture; `file` is what messages call it.

    Raises:
        Mistakes: if it is no SVG or PNG file, is too large, or holds what could do more than be looked at.
    """
    raw = read_bytes(path, file, MAX_BYTES)
    if path.suffix == ".svg":
        return Crest("image/svg+xml", *clean_svg(decode(raw, file), file))
    return _read_png(raw, file)


def _read_png(raw: bytes, file: str) -> Crest:
    *kind, width, height = _HEADER.unpack(raw[: _HEADER.size].ljust(_HEADER.size, b"\0"))
    if tuple(kind) != _PNG:
        raise Mistakes([Problem(Place(file), "This is not a PNG file, whatever its name says. Export it as PNG.")])
    if not MIN_SIDE <= max(width, height) <= MAX_SIDE:
        message = f"The longer side is {max(width, height):,} pixels. Export it with {MIN_SIDE} to {MAX_SIDE:,}."
        raise Mistakes([Problem(Place(file), message)])
    made = BytesIO()
    try:
        with _strictly(), Image.open(BytesIO(raw), formats=["PNG"]) as image:
            # written anew: notes, colour profiles and whatever hangs behind the picture stay behind
            image.save(made, "PNG", optimize=True, icc_profile=None, exif=b"")
    except (OSError, SyntaxError, ValueError) as error:
        message = f"This PNG file is broken: {error}. Export it again."
        raise Mistakes([Problem(Place(file), message)]) from None
    return Crest("image/png", made.getvalue(), width / height)


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Let no broken picture pass; WeasyPrint, once it is loaded, tells Pillow for the whole process to be lenient."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
