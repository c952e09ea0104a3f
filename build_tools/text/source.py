"""Text from disk: UTF-8 of limited length, without characters that a policy may not contain."""

import codecs
import re
from pathlib import Path, PurePosixPath

from build_tools.text.file_bytes import read_bytes
from build_tools.text.problems import Mistakes, Place, Problem

# The private use areas carry our own marks through Markdown (see `markup`); the other characters are
# invisible, reverse the reading direction or are not allowed in HTML and PDF. Joiners are needed by some scripts.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ud800-\uf8ff\ufeff\ufffd-\uffff\U000f0000-\U0010ffff]"
)


def read_text(path: Path, file: str, inside: Path | None = None) -> str:
    """Return the text of a UTF-8 file, with Unix line endings; no link may lead out of the folder `inside`.

    Raises:
        Mistakes: if the file cannot be read, is not UTF-8, or contains characters that are refused.
    """
    return decode(read_bytes(path, file, inside=inside), file)


def read_unchecked(path: Path, file: str, inside: Path | None = None) -> str:
    """Return the same, even if it contains characters that are refused.

    Raises:
        Mistakes: if the file cannot be read, or is not UTF-8.
    """
    return _decoded(read_bytes(path, file, inside=inside), file)


def decode(raw: bytes, file: str) -> str:
    """Return the UTF-8 text of a file's bytes, with Unix line endings.

    Raises:
        Mistakes: if it is not UTF-8, or contains characters that are refused.
    """
    text = _decoded(raw, file)
    found = [Problem(Place(file, line), message) for line, message in unwanted_by_line(text)]
    if found:
        raise Mistakes(found)
    return text


def _decoded(raw: bytes, file: str) -> str:
    try:
        if why := _no_text(raw):
            raise Mistakes([Problem(Place(file), why)])
        text = as_written(raw).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Mistakes([Problem(Place(file, line), _other_encoding(raw, error))]) from None
    return text


def _no_text(raw: bytes) -> str | None:
    """Return what a file is that is no plain text in UTF-8, by the first bytes that such files have."""
    save = "Open it in the program that wrote it, and save it as plain text."
    if raw.startswith(b"PK\x03\x04"):
        what = "a Word document" if b"word/" in raw else "a spreadsheet" if b"xl/" in raw else "a zip archive"
        return f"This file is {what}, not plain text. {save}"
    for start, what in _STARTS.items():
        if raw.startswith(start):
            return f"This file is {what}, not plain text. {save}"
    # text that is mostly Latin letters has a zero in every second byte
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:2].count(0) == 1:
        return "This file has the encoding UTF-16, which Notepad calls Unicode. Save it with the encoding UTF-8."
    return None


_STARTS = {
    b"{\\rtf": "rich text (RTF)",
    b"\xd0\xcf\x11\xe0": "a document of an old version of Word or Excel",
    b"%PDF": "a PDF",
}


def _other_encoding(raw: bytes, error: UnicodeDecodeError) -> str:
    """Return in which encoding a file probably is, with the first character that shows it."""
    save = "Save the file with the encoding UTF-8."
    byte = raw[error.start : error.start + 1]
    character = byte.decode("cp1252", "replace")
    if character == "\ufffd" or not character.isprintable():
        return f"This is not UTF-8 text. {save}"
    return f"This is not UTF-8 text: the character {character} in this line is in Windows-1252 (ANSI). {save}"


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


def unwanted_by_line(text: str) -> list[tuple[int, str]]:
    """Return the same with the line of each."""
    return [(text.count("\n", 0, match.start()) + 1, _unwanted(match[0])) for match in _FORBIDDEN.finditer(text)]


def without_unwanted(text: str) -> str:
    """Return a text without the characters that input may not contain."""
    return _FORBIDDEN.sub("", text)


def _unwanted(character: str) -> str:
    if character == "\ufffd":
        return "U+FFFD marks a character that was lost. Type the original character."
    return f"The character U+{ord(character):04X} is invisible or for private use. Delete it."
