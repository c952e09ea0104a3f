"""Text from disk: UTF-8 of limited length, without characters that a policy may not contain."""

import codecs
import re
from pathlib import Path, PurePosixPath

from build_tools.text.problems import Mistakes, Place, Problem

MAX_BYTES = 1_000_000

# The private use areas carry our own marks through Markdown (see `markup`); the other characters are
# invisible, reverse the reading direction or are not allowed in HTML and PDF.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufeff\ufffd-\uffff\U000f0000-\U0010ffff]"
)


def read_bytes(path: Path, file: str, most: int = MAX_BYTES) -> bytes:
    """Return the contents of a file.

    Raises:
        Mistakes: if the file is missing, cannot be read, or is larger than `most`.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Mistakes([Problem(Place(file), "This file is missing.")]) from None
    except OSError as error:
        raise Mistakes([Problem(Place(file), f"This file cannot be read: {error.strerror}.")]) from None
    if len(raw) > most:
        raise Mistakes([Problem(Place(file), f"This file is larger than {most:,} bytes.")])
    return raw


def read_text(path: Path, file: str) -> str:
    """Return the text of a UTF-8 file, with Unix line endings.

    Raises:
        Mistakes: if the file is missing, too large, or not UTF-8.
    """
    return decode(read_bytes(path, file), file)


def decode(raw: bytes, file: str) -> str:
    """Return the UTF-8 text of a file's bytes, with Unix line endings.

    Raises:
        Mistakes: if it is not UTF-8, or contains characters that are refused.
    """
    raw = as_written(raw)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Mistakes(
            [Problem(Place(file, line), "This is not UTF-8 text. Save the file with the encoding UTF-8.")],
        ) from None
    found = [
        Problem(Place(file, text.count("\n", 0, match.start()) + 1), _unwanted(match[0]))
        for match in _FORBIDDEN.finditer(text)
    ]
    if found:
        raise Mistakes(found)
    return text


def as_written(raw: bytes) -> bytes:
    """Return a text's bytes with Unix line endings and no byte order mark, as the program writes them.

    Git and editors on Windows may change both, which changes no word.
    """
    return raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def relative(path: Path, root: Path) -> str:
    """Return the path as printed in messages."""
    return PurePosixPath(path.relative_to(root)).as_posix()


def unwanted(text: str) -> tuple[str, ...]:
    """Return what is wrong with each character in a text that input may not contain."""
    return tuple(map(_unwanted, _FORBIDDEN.findall(text)))


def _unwanted(character: str) -> str:
    if character == "\ufffd":
        return "U+FFFD marks a character that was lost. Type the original character."
    return f"The character U+{ord(character):04X} is invisible or for private use. Delete it."
