"""A PNG crest, rebuilt so that nothing but its picture is left."""

import contextlib
import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageFile

from build_tools.text.problems import Mistakes, Place, Problem

MIN_SIDE, MAX_SIDE = 100, 4000
"""Pixels of the longer side: fewer look blurred in print, more only use the reader's memory."""

_HEADER = struct.Struct(">8s4x4sII")  # PNG 3, 5.2 and 11.2.1: signature, length, name of the first chunk, width, height
_PNG = (b"\x89PNG\r\n\x1a\n", b"IHDR")


def clean_png(raw: bytes, file: str) -> tuple[bytes, float]:
    """Return a PNG file with nothing but its pixels, and its width divided by its height.

    Raises:
        Mistakes: if it is not a PNG file, is broken, or has too few or too many pixels.
    """
    *kind, width, height = _HEADER.unpack(raw[: _HEADER.size].ljust(_HEADER.size, b"\0"))
    if tuple(kind) != _PNG:
        raise Mistakes([Problem(Place(file), "This is not a PNG file, whatever its name says. Export it as PNG.")])
    if not MIN_SIDE <= max(width, height) <= MAX_SIDE:
        message = f"Its longer side is {max(width, height):,} pixels. Export it with {MIN_SIDE} to {MAX_SIDE:,} pixels."
        raise Mistakes([Problem(Place(file), message)])
    made = BytesIO()
    try:
        with _strictly(), Image.open(BytesIO(raw), formats=["PNG"]) as image:
            # rewritten without notes, colour profiles and anything after the picture
            image.save(made, "PNG", optimize=True, icc_profile=None, exif=b"")
    except (OSError, SyntaxError, ValueError) as error:
        message = f"This PNG file is broken: {error}. Export it again."
        raise Mistakes([Problem(Place(file), message)]) from None
    return made.getvalue(), width / height


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Refuse broken pictures: once WeasyPrint is loaded, it makes Pillow lenient for the whole process."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
