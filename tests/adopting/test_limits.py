"""How much a policy can contain: a file with more is refused before work begins, while it is read."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_documents import FILLING, letters, paragraph, pdf, shown, word

from build_tools.adopting.document import Shape, Spot, TextBlock
from build_tools.adopting.limits import MAX_CHARACTERS, MAX_LINES, MAX_PARAGRAPHS, MAX_SENTENCES, TooLong, limited
from build_tools.adopting.reading import read_document
from build_tools.text.problems import Mistakes

LONG = "word " * (MAX_CHARACTERS // 5)
NEXT = "If it contains several policies, save each as a file of its own, and adopt one at a time."
REFUSED = {
    "characters.txt": (f"{FILLING}{LONG}".encode(), f"{MAX_CHARACTERS:,} characters"),
    "characters.md": (f"{FILLING}{LONG}".encode(), f"{MAX_CHARACTERS:,} characters"),
    "characters.docx": (word(paragraph(LONG) + paragraph("more")), f"{MAX_CHARACTERS:,} characters"),
    "paragraphs.txt": (
        "\n\n".join(f"We keep rule {letters(at + 1)}." for at in range(MAX_PARAGRAPHS + 1)).encode(),
        f"{MAX_PARAGRAPHS:,} paragraphs",
    ),
    "paragraphs.docx": (word(paragraph("We agree.") * (MAX_PARAGRAPHS + 1)), f"{MAX_PARAGRAPHS:,} paragraphs"),
    "tables.docx": (
        word(f"<w:tbl><w:tr><w:tc>{paragraph('word')}</w:tc></w:tr></w:tbl>" * (MAX_PARAGRAPHS + 1)),
        f"{MAX_PARAGRAPHS:,} paragraphs",
    ),
    "empty.docx": (word("<w:p/>" * (10 * MAX_PARAGRAPHS + 1)), f"{10 * MAX_PARAGRAPHS:,} paragraphs"),
    "lines.txt": (b"a\n" * (MAX_LINES + 1), f"{MAX_LINES:,} lines"),
    "lines.md": (b"a\n\n" * (MAX_LINES + 1), f"{MAX_LINES:,} lines"),
    "sentences.txt": (
        " ".join(f"Rule {letters(at + 1)} is kept by us." for at in range(MAX_SENTENCES + 1)).encode(),
        f"{MAX_SENTENCES:,} sentences",
    ),
    "drawings.pdf": (pdf(shown("word") + b"q Q " * 2_500_000), "10,000,000 bytes of text and drawings"),
    "pages.pdf": (pdf(*[shown("word")] * 251), "250 pages"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_more_than_a_policy_has_is_refused(name: str, tmp_path: Path) -> None:
    content, most = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Mistakes) as caught:
        read_document(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.message == f"It has more than {most}, which is too long for one policy. {NEXT}"


def test_reading_stops_at_the_limit() -> None:
    asked: list[int] = []

    def endless() -> Iterator[TextBlock]:
        for number in itertools.count(1):
            asked.append(number)
            yield TextBlock("a", Shape.PARAGRAPH, Spot(number))

    with pytest.raises(TooLong):
        list(limited(endless()))
    assert len(asked) == MAX_PARAGRAPHS + 1


def test_a_policy_of_the_longest_kind_is_read(tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    rules = (f"Rule {letters(at + 1)} of our school is kept by everybody in it." for at in range(MAX_PARAGRAPHS))
    file.write_text("\n\n".join(rules), encoding="utf-8")
    assert len(read_document(file).blocks) == MAX_PARAGRAPHS


def test_words_that_are_all_repeated_are_not_called_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "tables.docx"
    file.write_bytes(word(f"<w:tbl><w:tr><w:tc>{paragraph('word')}</w:tc></w:tr></w:tbl>" * 5_000))
    with pytest.raises(Mistakes, match="Its 5,000 words are nearly all repeated, as headers and footers are"):
        read_document(file)
