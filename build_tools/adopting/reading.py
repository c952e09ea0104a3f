"""Read a policy from a file of any supported kind, or say in one sentence why it cannot be read."""

import zipfile
from pathlib import Path
from typing import NoReturn

from build_tools.adopting import read_markdown, read_pdf, read_text, read_word
from build_tools.adopting.clean import cleaned, without_contents_lines, without_edges
from build_tools.adopting.document import Document, TextBlock
from build_tools.adopting.layout import blocks_of
from build_tools.text.problems import Mistakes, Place, Problem, one_of
from build_tools.text.source import read_bytes

MAX_BYTES = 30_000_000
MAX_BLOCKS = 6_000
_LEAST_WORDS = 100
_KINDS = (".docx", ".pdf", ".md", ".txt")
_OFFICE = b"\xd0\xcf\x11\xe0"
"""The first bytes of Word files from before 2007, and of Word files with a password."""
_INVISIBLE = {
    **dict.fromkeys([*range(9), 11, *range(14, 32), *range(127, 160), 0xAD, 0x200B, 0x200E, 0x200F, 0xFEFF]),
    0xA0: " ",
}


def read_document(path: Path) -> Document:
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
    raw = read_bytes(path, file, MAX_BYTES)
    if not raw.strip():
        _refuse(file, "This file is empty.")
    match path.suffix.lower():
        case ".docx":
            blocks, furniture = _word(raw, file)
        case ".pdf":
            blocks, furniture = _pdf(raw, file)
        case _:
            blocks, furniture = _text(raw, path.suffix.lower() == ".md")
    kept, repeated = cleaned(blocks)
    if sum(len(block.words.split()) for block in kept) < _LEAST_WORDS:
        hint = " It may be a scan: save the policy as a PDF from the program that it was written in."
        _refuse(
            file,
            (
                f"Fewer than {_LEAST_WORDS} words of this file can be "
                f"read.{hint if path.suffix.lower() == '.pdf' else ''}"
            ),
        )
    if len(kept) > MAX_BLOCKS:
        _refuse(
            file,
            f"It has more than {MAX_BLOCKS:,} paragraphs, too many for a policy. Check that it is the right file.",
        )
    return Document(file, tuple(kept), tuple(dict.fromkeys(map(_visible, [*furniture, *repeated]))))


def _word(raw: bytes, file: str) -> tuple[list[TextBlock], list[str]]:
    try:
        if raw.startswith(_OFFICE):
            _refuse(
                file,
                "This file has a password, or was saved by Word 2003 or older. Save it as .docx without a password.",
            )
        if read_word.is_too_large(raw):
            _refuse(file, "It unpacks to more than any policy contains. Check that it is the right file.")
        blocks, furniture = read_word.word_blocks(raw)
    except zipfile.BadZipFile:
        _refuse(file, "This is not a Word document, or it is damaged. Open it in Word and save it as .docx.")
    except read_word.NOT_WORD:
        _refuse(file, "This Word document is damaged. Open it in Word and save it again.")
    return [_clear(block) for block in blocks], furniture


def _pdf(raw: bytes, file: str) -> tuple[list[TextBlock], list[str]]:
    try:
        lines, edges = read_pdf.pdf_lines(raw)
    except read_pdf.TooLarge:
        _refuse(
            file,
            (
                f"It has more than {read_pdf.MAX_PAGES} pages, or more words than any policy. Check that it is "
                "the right file."
            ),
        )
    except read_pdf.ENCRYPTED:
        _refuse(file, "It is protected by a password. Save it without one.")
    except read_pdf.NOT_PDF as error:
        if any(isinstance(argument, read_pdf.ENCRYPTED) for argument in error.args):
            _refuse(file, "It is protected by a password. Save it without one.")
        _refuse(file, "This is not a PDF, or it is damaged. Export it again from the program it was written in.")
    rest, furniture = without_edges(edges)
    every = sorted([*lines, *rest], key=lambda line: (line.spot.page or 0, line.spot.number))
    return [_clear(block) for block in blocks_of(without_contents_lines(every))], furniture


def _text(raw: bytes, is_markdown: bool) -> tuple[list[TextBlock], list[str]]:  # noqa: FBT001 - from the file's extension
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    if is_markdown or read_markdown.is_markdown(text):
        return [_clear(block) for block in read_markdown.markdown_blocks(text)], []
    lines = without_contents_lines(list(read_text.text_lines(text)))
    return [_clear(block) for block in blocks_of(lines)], []


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        # the encoding of Windows programs that do not write UTF-8; it has a character for all bytes that matter
        return raw.decode("cp1252", errors="replace")


def _clear(block: TextBlock) -> TextBlock:
    return TextBlock(_visible(block.text), block.shape, block.spot, block.depth, block.is_strong)


def _visible(text: str) -> str:
    """Return a text without invisible characters."""
    return text.translate(_INVISIBLE)


def _refuse(file: str, message: str) -> NoReturn:
    raise Mistakes([Problem(Place(file), message)])
