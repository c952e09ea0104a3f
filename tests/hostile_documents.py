"""Documents that no school writes: much of one thing, which a program that restarts its search takes for ever to read.

Each is made for a size, so that the tests can show that the program ends, and the benchmark how the time grows.
"""

import io
import string
import zipfile
import zlib
from collections.abc import Callable, Mapping


def _repeated(part: str) -> Callable[[int], str]:
    return lambda size: part * (size // len(part))


def _counted(part: str, *, start: int = 10_000) -> Callable[[int], str]:
    """Return parts that differ, so that they are not left out as headers; a `#` in the part becomes letters."""

    def text(size: int) -> str:
        each = len(part.replace("#", "xxxx"))
        return "".join(part.replace("#", letters(start + at)) for at in range(size // each))

    return text


def letters(number: int) -> str:
    """Return a number in letters: ten thousand of them have four."""
    found = ""
    while number:
        number, rest = divmod(number, 26)
        found += string.ascii_lowercase[rest]
    return found


FILLING = _counted("Everybody at our # school keeps to these rules, at home as well as here.\n\n")(1000)
"""Enough words for a policy."""

TEXTS: Mapping[str, Callable[[int], str]] = {
    "parentheses": _repeated("("),
    "brackets": _repeated("["),
    "pairs of brackets": _repeated("[]("),
    "one-letter paragraphs": _repeated("a\n\n"),
    "one-letter lines": _repeated("a\n"),
    "one long word": _repeated("a"),
    "a capital at every word": _repeated("Abc "),
    "capitals": _repeated("A"),
    "names": _repeated("Mr A Ab "),
    "schools": _repeated("The Ab of Cd and Ef "),
    "spaces": _repeated(" "),
    "spaces between words": lambda size: ("word" + " " * 1000 + "x") * (size // 1005),
    "tabs": _repeated("a\t"),
    "dots": _repeated("."),
    "dots and spaces": _repeated(". "),
    "double quotes": _repeated('"'),
    "single quotes": _repeated("'"),
    "words with quotes": _repeated("a'"),
    "digits": _repeated("1"),
    "numbers with dots": _repeated("1."),
    "hyphens": _repeated("-"),
    "hyphenated words": _repeated("a-"),
    "words with dots": _repeated("a."),
    "lines that end in a hyphen": _counted("# ab-\n"),
    "colons": _repeated(":"),
    "labels": _repeated("Named "),
    "labels with colons": _repeated("Policy ab: "),
    "label and blanks": lambda size: "Ab" + " " * size + "x",
    "a b a b": _repeated("a b "),
    "commas": _repeated("a, "),
    "and": _repeated("a and "),
    "the": _repeated("the "),
    "words": _repeated("word "),
    "addresses": _repeated("www.a.uk "),
    "one clause again and again": _repeated("Online safety is an essential part of safeguarding. "),
    "one clause without an end": _repeated("online safety is an essential part of safeguarding and "),
    "different sentences": _counted("Children # must ask the headteacher before they use the internet at school. "),
    "different paragraphs": _counted("Children # must ask the headteacher before they use the internet.\n\n"),
    "lead-ins": _counted("The # will:\n\n"),
    "headings": _counted("# # heading\n\n"),
    "headings in capitals": lambda size: _counted("# HEADING\n\n")(size).upper(),
    "headings with words below": _counted("## Children #\n\nAsk # before they use the internet.\n\n"),
    "list items": _counted("- Children # must ask the headteacher before they use the internet.\n"),
    "items with numbers": _counted("1. Children # must ask the headteacher.\n"),
    "contents": _counted("Children # ........ 3\n"),
    "lines like contents": _repeated("a .... 1 .... "),
    "nested lists": lambda size: "".join(" " * at + "- a\n" for at in range(int((2 * size) ** 0.5))),
    "nested bullets": _repeated("- "),
    "nested quotes": _repeated("> "),
    "nested quotes on many lines": _repeated("> " * 50 + "a\n"),
    "pipes": _repeated("|"),
    "a wide table": lambda size: "|a" * (size // 6) + "|\n" + "|-" * (size // 6) + "|\n" + "|b" * (size // 6) + "|\n",
    "a table of short rows": lambda size: "|a|" * 1 + "|b" * 900 + "\n" + "|-" * 901 + "|\n" + "|a|\n" * (size // 8),
    "emphasis": _repeated("*a "),
    "emphasis of two kinds": _repeated("*a _b "),
    "emphasis that closes": _repeated("a**b"),
    "backticks": lambda size: "".join("a" + "`" * at for at in range(int((2 * size) ** 0.5))),
    "links": _repeated("[a](b"),
    "images": _repeated("![a]("),
    "references": _counted("[#]: x\n"),
    "tags": _repeated("<a "),
    "comments": _repeated("<!-- "),
    "entities": _repeated("&"),
    "backslashes": _repeated("\\"),
    "blank lines": _repeated("\n"),
    "underlines": _repeated("===\n"),
    "form feeds": _repeated("\f"),
}
"""What a text holds much of; each is written as plain text and as Markdown."""


def word(body: str) -> bytes:
    """Return a Word document whose body has these elements; `w:` is its namespace."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
        )
    return stream.getvalue()


def paragraph(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_FILLED = "".join(map(paragraph, FILLING.split("\n\n")))
_TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def _word(part: Callable[[int], str], each: int) -> Callable[[int], bytes]:
    return lambda size: word(_FILLED + "".join(part(at) for at in range(size // each)))


WORD_DOCUMENTS: Mapping[str, Callable[[int], bytes]] = {
    "one-letter paragraphs": _word(lambda _: paragraph("a"), 60),
    "tables of one cell": _word(lambda at: _TABLE.format(paragraph(f"word {letters(at + 1)}")), 100),
    "nested tables": lambda size: word(
        _FILLED
        + "<w:tbl><w:tr><w:tc>" * (depth := min(size // 80, 60))
        + paragraph("a")
        + "</w:tc></w:tr></w:tbl>" * depth
    ),
    "a table of many rows": lambda size: word(
        f"{_FILLED}<w:tbl>"
        + "".join(f"<w:tr><w:tc>{paragraph(letters(at + 1))}</w:tc></w:tr>" for at in range(size // 90))
        + "</w:tbl>"
    ),
    "a row of many cells": lambda size: word(
        f"{_FILLED}<w:tbl><w:tr>" + f"<w:tc>{paragraph('a b')}</w:tc>" * (size // 70) + "</w:tr></w:tbl>"
    ),
    "a cell of many paragraphs": lambda size: word(_FILLED + _TABLE.format(paragraph("a b") * (size // 60))),
    "many runs": lambda size: word(f"{_FILLED}<w:p>" + "<w:r><w:t>a </w:t></w:r>" * (size // 25) + "</w:p>"),
    "one long paragraph": lambda size: word(_FILLED + paragraph("word " * (size // 5))),
    "empty paragraphs": lambda size: word(_FILLED + "<w:p/>" * (size // 6)),
    "empty elements": lambda size: word(_FILLED + "<w:p>" + "<w:r/>" * (size // 6) + "</w:p>"),
}


def pdf(*pages: bytes, shared: Mapping[int, bytes] | None = None) -> bytes:
    """Return a PDF with these contents of pages, each compressed; `F1` is its font.

    `shared` has other objects by number, from 6 if there is one page; the page calls the first of them `X0`.
    """
    drawn = f"/XObject<</X0 {min(shared)} 0 R>>" if shared else ""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    parts = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for at, content in enumerate(pages):
        parts[4 + 2 * at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>{drawn}>>>>"
        ).encode()
        packed = zlib.compress(content, 9)
        parts[5 + 2 * at] = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    parts.update(shared or {})
    made, places = b"%PDF-1.4\n", {}
    for number, body in parts.items():
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(parts) + 1, table, len(parts) + 1, len(made))
    )


def shown(*lines: str) -> bytes:
    """Return the content of a page with these lines."""
    return b"BT /F1 10 Tf 40 800 Td " + b"".join(b"(%s) Tj 0 -12 Td " % line.encode() for line in lines) + b"ET "


_FILLED_PAGE = shown(*FILLING.split("\n\n"))

PDFS: Mapping[str, Callable[[int], bytes]] = {
    "a bomb of spaces": lambda size: pdf(_FILLED_PAGE + b" " * (1000 * size)),
    "a bomb of letters": lambda size: pdf(_FILLED_PAGE + shown("a") * size),
    "a bomb of states": lambda size: pdf(_FILLED_PAGE + b"q Q " * (10 * size)),
    "one letter a line": lambda size: pdf(shown(*FILLING.split("\n\n"), *["a"] * (size // 60))),
    "one long line": lambda size: pdf(shown(*FILLING.split("\n\n"), "word " * (size // 10))),
    "letters in one place": lambda size: pdf(
        _FILLED_PAGE + b"BT /F1 10 Tf 40 40 Td " + b"(a) Tj -5.56 0 Td " * (size // 18) + b"ET"
    ),
    "many pages": lambda size: pdf(*[shown(f"word {letters(at + 1)}") for at in range(size // 300)]),
}


def documents() -> Mapping[str, Callable[[int], bytes]]:
    """Return all of them, by the names of their files."""
    made = {name + suffix: _filled(text) for name, text in TEXTS.items() for suffix in (".txt", ".md")}
    made |= {f"{name}.docx": make for name, make in WORD_DOCUMENTS.items()}
    return made | {f"{name}.pdf": make for name, make in PDFS.items()}


def _filled(text: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda size: (FILLING + text(size) + "\n").encode()
