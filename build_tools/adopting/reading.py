"""Read a policy from a file of any supported kind, or say in one sentence why it cannot be read."""

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from build_tools.adopting import read_markdown, read_pdf, read_text, read_word
from build_tools.adopting.clean import cleaned, without_contents_lines, without_edges
from build_tools.adopting.document import Document, TextBlock, in_pieces, passages
from build_tools.adopting.layout import blocks_of
from build_tools.adopting.limits import MAX_SENTENCES, TooLong, limited, need_characters, need_lines
from build_tools.adopting.watching import Watch, unwatched
from build_tools.text.file_bytes import LARGEST, read_bytes
from build_tools.text.problems import Mistakes, Place, Problem, one_of

_LEAST_WORDS = 100
_KINDS = (".docx", ".pdf", ".md", ".txt")
_OFFICE = b"\xd0\xcf\x11\xe0"
"""The first bytes of Word files from before 2007, and of Word files with a password."""
_MOST_BLANKS = 20
_BLANKS = re.compile(rf"\s{{{_MOST_BLANKS},}}")
_INVISIBLE = {
    **dict.fromkeys([*range(9), 11, *range(14, 32), *range(127, 160), 0xAD, 0x200B, 0x200E, 0x200F, 0xFEFF]),
    0xA0: " ",
}


def read_document(path: Path, watch: Watch = unwatched) -> Document:
    """Return the policy in a file.

    Raises:
        Mistakes: if it is missing, too large, of an unsupported kind, damaged, or without words.
    """
    file = path.name
    if path.suffix.lower() not in _KINDS:
        hint = " Open it in Word and save it as .docx." if path.suffix.lower() in (".doc", ".odt", ".rtf") else ""
        _refuse(
            file,
            (
                f"policy adopt reads {one_of(_KINDS)} files; this is "
                f"{path.suffix or 'a file without an extension'}.{hint}"
            ),
        )
    raw = read_bytes(path, file, LARGEST)
    if not raw.strip():
        _refuse(file, "This file is empty.")
    try:
        return _document(raw, path, watch)
    except TooLong as error:
        _refuse(
            file,
            (
                f"It has more than {error}, which is too long for one policy. If it contains several policies, save "
                "each as a file of its own, and adopt one at a time."
            ),
        )


def _document(raw: bytes, path: Path, watch: Watch) -> Document:
    file = path.name
    match path.suffix.lower():
        case ".docx":
            blocks, furniture = _word(raw, file)
        case ".pdf":
            blocks, furniture = _pdf(raw, file, watch)
        case _:
            blocks, furniture = _text(raw, path.suffix.lower() == ".md")
    kept, repeated = cleaned(piece for block in blocks for piece in in_pieces(block))
    if _words(kept) < _LEAST_WORDS:
        _refuse(file, _why_empty(_words(blocks), is_pdf=path.suffix.lower() == ".pdf"))
    document = Document(file, tuple(kept), tuple(dict.fromkeys(map(_visible, [*furniture, *repeated]))))
    if len(passages(document)) > MAX_SENTENCES:
        raise TooLong(MAX_SENTENCES, "sentences")
    return document


def _words(blocks: Iterable[TextBlock]) -> int:
    return sum(len(block.words.split()) for block in blocks)


def _why_empty(words: int, *, is_pdf: bool) -> str:
    """Return why nothing is left of a document with a number of words."""
    if words >= _LEAST_WORDS:
        return (
            f"Its {words:,} words are nearly all repeated, as headers and footers are, or page numbers or a table of "
            "contents. Check that it is the right file."
        )
    hint = " It may be a scan: save the policy as a PDF from the program that it was written in." if is_pdf else ""
    return f"Fewer than {_LEAST_WORDS} words of this file can be read.{hint}"


def _word(raw: bytes, file: str) -> tuple[list[TextBlock], list[str]]:
    try:
        if raw.startswith(_OFFICE):
            _refuse(
                file,
                "This file has a password, or was saved by Word 2003 or older. Save it as .docx without a password.",
            )
        if read_word.is_too_large(raw):
            _refuse(file, "It unpacks to more than any policy contains. Check that it is the right file.")
        found, furniture = read_word.word_blocks(raw)
        blocks = [_clear(block) for block in limited(found)]
    except zipfile.BadZipFile:
        _refuse(file, "This is not a Word document, or it is damaged. Open it in Word and save it as .docx.")
    except read_word.NOT_WORD:
        _refuse(file, "This Word document is damaged. Open it in Word and save it again.")
    return blocks, furniture


def _pdf(raw: bytes, file: str, watch: Watch) -> tuple[list[TextBlock], list[str]]:
    try:
        lines, edges = read_pdf.pdf_lines(raw, watch)
    except read_pdf.ENCRYPTED:
        _refuse(file, "It is protected by a password. Save it without one.")
    except read_pdf.NOT_PDF as error:
        if any(isinstance(argument, read_pdf.ENCRYPTED) for argument in error.args):
            _refuse(file, "It is protected by a password. Save it without one.")
        if any(isinstance(argument, MemoryError) for argument in error.args):
            raise MemoryError from None
        _refuse(file, "This is not a PDF, or it is damaged. Export it again from the program it was written in.")
    rest, furniture = without_edges(edges)
    every = sorted([*lines, *rest], key=lambda line: (line.spot.page or 0, line.spot.number))
    return [_clear(block) for block in limited(blocks_of(without_contents_lines(every)))], furniture


def _text(raw: bytes, is_markdown: bool) -> tuple[list[TextBlock], list[str]]:  # noqa: FBT001 - from the file's extension
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    need_characters(len(text))
    need_lines(sum(1 for line in text.split("\n") if line.strip()))
    if is_markdown or read_markdown.is_markdown(text):
        return [_clear(block) for block in limited(read_markdown.markdown_blocks(text))], []
    lines = without_contents_lines(list(read_text.text_lines(text)))
    return [_clear(block) for block in limited(blocks_of(lines))], []


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        # the encoding of Windows programs that do not write UTF-8; it has a character for all bytes that matter
        return raw.decode("cp1252", errors="replace")


def _clear(block: TextBlock) -> TextBlock:
    text = _BLANKS.sub(lambda blanks: blanks[0][:_MOST_BLANKS], _visible(block.text))
    return TextBlock(text, block.shape, block.spot, block.depth, block.is_strong)


def _visible(text: str) -> str:
    """Return a text without invisible characters."""
    return text.translate(_INVISIBLE)


def _refuse(file: str, message: str) -> NoReturn:
    raise Mistakes([Problem(Place(file), message)])
