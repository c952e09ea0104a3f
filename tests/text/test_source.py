"""Text from disk: its line ends, and what is refused."""

from pathlib import Path

import pytest

from build_tools.text.problems import Mistakes
from build_tools.text.source import read_text, relative

ANSI = "in this line is in Windows-1252 (ANSI). Save the file with the encoding UTF-8."
UTF_16 = "This file has the encoding UTF-16, which Notepad calls Unicode. Save it with the encoding UTF-8."
OPEN_IT = "Open it in the program that wrote it, and save it as plain text."


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Trottiscliffe \xc5\x9e", "Trottiscliffe Ş"),
        (b"\xef\xbb\xbfmarked by Windows", "marked by Windows"),
        (b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        (b"", ""),
    ],
)
def test_read_text(tmp_path: Path, raw: bytes, text: str) -> None:
    (tmp_path / "file").write_bytes(raw)
    assert read_text(tmp_path / "file", "file") == text


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        (b"a\nb\x81", ["file:2: This is not UTF-8 text. Save the file with the encoding UTF-8."]),
        ("a\nit’s".encode("cp1252"), [f"file:2: This is not UTF-8 text: the character ’ {ANSI}"]),
        ("a\nb".encode("utf-16"), [f"file: {UTF_16}"]),
        ("a\nb".encode("utf-16-le"), [f"file: {UTF_16}"]),
        (b"{\\rtf1\\ansi a}", [f"file: This file is rich text (RTF), not plain text. {OPEN_IT}"]),
        (b"PK\x03\x04 word/document.xml", [f"file: This file is a Word document, not plain text. {OPEN_IT}"]),
        (b"PK\x03\x04 xl/workbook.xml", [f"file: This file is a spreadsheet, not plain text. {OPEN_IT}"]),
        (b"PK\x03\x04", [f"file: This file is a zip archive, not plain text. {OPEN_IT}"]),
        (b"%PDF-1.7", [f"file: This file is a PDF, not plain text. {OPEN_IT}"]),
        (
            b"\xd0\xcf\x11\xe0",
            [f"file: This file is a document of an old version of Word or Excel, not plain text. {OPEN_IT}"],
        ),
        (
            "a\u202eb\n\ue000\n".encode(),
            [
                "file:1: The character U+202E is invisible or for private use. Delete it.",
                "file:2: The character U+E000 is invisible or for private use. Delete it.",
            ],
        ),
        (b"x" * 1_000_001, ["file: This file is larger than 1,000,000 bytes."]),
    ],
)
def test_read_text_refuses(tmp_path: Path, raw: bytes, problems: list[str]) -> None:
    (tmp_path / "file").write_bytes(raw)
    with pytest.raises(Mistakes) as raised:
        read_text(tmp_path / "file", "file")
    assert str(raised.value).splitlines() == problems


def test_relative_has_forward_slashes() -> None:
    assert relative(Path("/council/schools/x/school.yml"), Path("/council")) == "schools/x/school.yml"
