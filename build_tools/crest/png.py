"""A PNG crest, rebuilt so that nothing but its picture is left."""

import contextlib
import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageFile

from build_tools.text.problems import Mistakes, Place, Problem

MIN_SIDE, MAX_SIDE = 100, 4000
"""Pixels of the longer side: fewer look blurred in print, more only use the reader's memory."""

_HEADER = struct.Struct(">8s4x4sII")  # PNG 3, 5.2 and 11.2.1: signature, length, name of the first chunk, width, height
_PNG = (b"\x89PNG\r\n\x1a\n", b"IHDR")
_TWO_SIZES = "it has two sizes"


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
            _save(image, (width, height), made)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Mistakes([_broken(file, _TWO_SIZES)]) from None
    except (LookupError, OSError, SyntaxError, ValueError, struct.error, zlib.error) as error:
        raise Mistakes([_broken(file, error)]) from None
    return made.getvalue(), width / height


def _broken(file: str, why: str | Exception) -> Problem:
    return Problem(Place(file), f"This PNG file is broken: {why}. Export it again.")


def _save(image: Image.Image, size: tuple[int, int], made: BytesIO) -> None:
    """Write a picture without notes, colour profiles and anything after it.

    Raises:
        ValueError: if it is not of that size, as when a second header follows the first, or its colours are missing.
    """
    if image.size != size:
        raise ValueError(_TWO_SIZES)
    if image.mode == "P" and image.palette is None:
        raise ValueError("its colours are missing")
    image.save(made, "PNG", optimize=True, icc_profile=None, exif=b"")


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Refuse broken pictures: once WeasyPrint is loaded, it makes Pillow lenient for the whole process."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # a second header may declare more pixels than the first, which was checked
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
