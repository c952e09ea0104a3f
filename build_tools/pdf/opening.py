"""Opens a PDF that an engine made, so that it can be mended."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

from pikepdf import AccessMode, Pdf


@contextmanager
def opened(made: bytes) -> Iterator[Pdf]:
    """Give a PDF that can be changed.

    It is read from a file without a name, which pikepdf maps into memory: bytes that Python holds take it twice as
    long, since it asks Python for a few of them at a time.
    """
    with TemporaryFile() as file:
        file.write(made)
        file.seek(0)
        with Pdf.open(file, access_mode=AccessMode.mmap) as pdf:
            yield pdf
