"""Policies in four kinds of file: what is read from each, what is left out, and what is refused."""

import contextlib
import io
import itertools
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pikepdf
import pytest
import weasyprint
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hostile_documents import FILLING as DIFFERENT
from hostile_documents import paragraph, word
from rewritten import Rewritten, as_markdown, as_page, as_text, as_word, rewrite

from build_tools.adopting.document import Document, Shape, TextBlock, passages
from build_tools.adopting.limits import MAX_PARAGRAPHS
from build_tools.adopting.reading import read_document
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

FILLING = "Everybody at our school keeps to these rules, at home as well as here, on every day of the year.\n" * 8


@pytest.fixture(scope="module")
def written(editions: Mapping[str, Edition]) -> Rewritten:
    return rewrite(editions["2018-09"]).first(140)


def _read(tmp_path: Path, name: str, content: bytes | str) -> Document:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(file)


def _pdf(html: str) -> bytes:
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made


WRITERS: Mapping[str, Callable[[Rewritten], bytes | str]] = {
    "policy.md": as_markdown,
    "policy.txt": as_text,
    "policy.docx": as_word,
    "policy.pdf": lambda written: _pdf(as_page(written)),
}


@pytest.mark.parametrize("name", WRITERS)
def test_each_kind_of_file_gives_the_same_blocks(name: str, written: Rewritten, tmp_path: Path) -> None:
    document = _read(tmp_path, name, WRITERS[name](written))
    read = [block.words for block in document.blocks if block.shape is Shape.ITEM]
    assert read == [part.text for part in written.parts if not part.level]
    headings = {block.words.lower() for block in document.blocks if block.shape is Shape.HEADING}
    assert {part.text.lower() for part in written.parts if part.level} <= headings


@pytest.mark.parametrize("name", ["policy.docx", "policy.pdf"])
def test_what_every_page_repeats_is_kept_apart(name: str, written: Rewritten, tmp_path: Path) -> None:
    document = _read(tmp_path, name, WRITERS[name](written))
    school = written.school.values["school"]["name"]
    assert document.furniture == (school,)
    assert [block.words for block in document.blocks].count(school) == 1
    assert not any(block.words.startswith("Page ") for block in document.blocks)


def _blocks(tmp_path: Path, text: str, name: str = "policy.txt") -> tuple[TextBlock, ...]:
    return _read(tmp_path, name, f"{text}\n\n{FILLING}\n").blocks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("• Phones are kept\n  in the office.\n• Watches too.", ["Phones are kept in the office.", "Watches too."]),
        ("(a) Phones are kept.\n(b) Watches too.", ["Phones are kept.", "Watches too."]),
        (
            "- It is a multi-\n  agency matter of multi-agency work.",
            ["It is a multi-agency matter of multi-agency work."],
        ),
        ("- Nobody may for-\n  ward it. We forward nothing.", ["Nobody may forward it. We forward nothing."]),
        (
            "- Sites that are blocked are of these kinds, whoever looks for them, at any time:\n  games.",
            ["Sites that are blocked are of these kinds, whoever looks for them, at any time: games."],
        ),
        ("\uf0b7 A bullet of Word’s own.", ["A bullet of Word’s own."]),
    ],
)
def test_lines_are_put_together(tmp_path: Path, text: str, words: list[str]) -> None:
    assert [block.words for block in _blocks(tmp_path, text) if block.shape is Shape.ITEM] == words


def test_labels_below_one_another_are_apart(tmp_path: Path) -> None:
    lead = "Designated Safeguarding Lead: Mrs Ada Fennimore, Assistant Head, and Mr Bertram Quill, Head of Year"
    words = [block.words for block in _blocks(tmp_path, f"{lead}\nNamed Governor: Dr Celia Oxbow")]
    assert words[:2] == [lead, "Named Governor: Dr Celia Oxbow"]


def test_a_list_of_contents_is_left_out(tmp_path: Path) -> None:
    contents = "Contents\n\n1. Aims ........ 3\n2. Scope ....... 4\n2.1 Links ...... 5\n3. Review ...... 9\n\n"
    words = [block.words for block in _blocks(tmp_path, f"{contents}1. Aims\n\nWe keep children safe.")]
    assert words[:2] == ["1. Aims", "We keep children safe."]


def test_a_list_with_numbers_is_no_list_of_contents(tmp_path: Path) -> None:
    words = [block.words for block in _blocks(tmp_path, "- Ring 101\n- Ring 999\n- Write to room 12\n- Ask in room 3")]
    assert words[:2] == ["Ring 101", "Ring 999"]


def test_a_passage_knows_what_it_stands_under(tmp_path: Path) -> None:
    document = _read(
        tmp_path, "policy.md", f"# 1 Phones\n\n## Staff\n\n- Staff will:\n    - Lock them away.\n\n{FILLING}"
    )
    found = next(passage for passage in passages(document) if passage.text == "Lock them away.")
    assert (found.headings, found.lead_in, str(found.spot)) == (("Phones", "Staff"), "Staff will:", "line 6")


def test_words_in_text_boxes_and_tables_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(FILLING)
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>Reviewed every May.</w:t></w:r></w:p></w:txbxContent>"
    run = document.add_paragraph("Beside it").add_run()
    run._r.append(parse_xml(f"<w:pict {nsdecls('w')}>{box}</w:pict>"))
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "DSL", "Mrs Ada Fennimore"
    stream = io.BytesIO()
    document.save(stream)
    words = [block.text for block in _read(tmp_path, "policy.docx", stream.getvalue()).blocks]
    assert words[1:] == ["Beside it", "Reviewed every May.", "DSL\tMrs Ada Fennimore"]


# --- what is refused -----------------------------------------------------------------------------


def _locked() -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf(f"<p>{FILLING}</p>"))) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    return stream.getvalue()


def _bomb(part: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"\0" * 70_000_000)
    return stream.getvalue()


def _archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _deep() -> bytes:
    stream = io.BytesIO()
    docx.Document().save(stream)
    copy = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            deep = b"<w:sdt>" * 3000 + b"</w:sdt>" * 3000
            new.writestr(name, raw.replace(b"<w:body>", b"<w:body>" + deep) if name == "word/document.xml" else raw)
    return copy.getvalue()


def _without_target() -> bytes:
    """Return a Word document whose list of parts has an entry for no part."""
    stream, copy = io.BytesIO(), io.BytesIO()
    docx.Document().save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            new.writestr(name, raw.replace(b"Target=", b"Source=") if name == "_rels/.rels" else raw)
    return copy.getvalue()


def _with_half_a_page() -> bytes:
    """Return a PDF whose page has three sides."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf(f"<p>{FILLING}</p>"))) as pdf:
        pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 9])
        pdf.save(stream)
    return stream.getvalue()


def _with_entities(entities: str, text: str) -> bytes:
    """Return a Word document that declares entities, and then says a text."""
    stream = io.BytesIO()
    plain = word(paragraph(text) + "".join(map(paragraph, DIFFERENT.split("\n\n"))))
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            declared = f"<!DOCTYPE d [{entities}]>".encode() if name == "word/document.xml" else b""
            new.writestr(name, declared + old.read(name))
    return stream.getvalue()


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in itertools.pairwise("abcdef")
)


def _in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _thick() -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(251):
            pdf.add_blank_page()
        pdf.save(stream)
    return stream.getvalue()


REFUSED: Mapping[str, tuple[str, Callable[[], bytes], str]] = {
    "old Word": ("policy.doc", lambda: b"x", "Open it in Word and save it as .docx"),
    "another kind": ("policy.png", lambda: b"x", "policy adopt reads .docx, .pdf, .md or .txt files"),
    "no ending": ("policy", lambda: b"x", "a file without an extension"),
    "nothing": ("policy.txt", lambda: b" \n ", "empty"),
    "hardly a word": ("policy.md", lambda: b"# Policy\n", "Fewer than 100 words of this file can be read."),
    "a scan": ("policy.pdf", lambda: _pdf("<p></p>"), "It may be a scan"),
    "a book": ("policy.pdf", _thick, "It has more than 250 pages, which is too long for one policy"),
    "a book of short lines": (
        "policy.md",
        lambda: "\n\n".join(f"We keep rule {_in_letters(at)}." for at in range(MAX_PARAGRAPHS + 1)).encode(),
        f"It has more than {MAX_PARAGRAPHS:,} paragraphs, which is too long for one policy",
    ),
    "a locked PDF": ("policy.pdf", _locked, "protected by a password"),
    "a text called PDF": ("policy.pdf", FILLING.encode, "This is not a PDF"),
    "half a PDF": ("policy.pdf", lambda: _pdf(f"<p>{FILLING}</p>")[:400], "This is not a PDF, or it is damaged"),
    "a text called Word": ("policy.docx", FILLING.encode, "This is not a Word document"),
    "a locked Word file": ("policy.docx", lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600, "This file has a password"),
    "half a page": ("policy.pdf", _with_half_a_page, "This is not a PDF, or it is damaged"),
    "a part that is nowhere": ("policy.docx", _without_target, "This Word document is damaged"),
    "an empty archive": ("policy.docx", _archive, "This Word document is damaged"),
    "a bomb": ("policy.docx", _bomb, "unpacks to more than any policy"),
    "a bomb of pictures": (
        "policy.docx",
        lambda: _bomb("word/media/a.png"),
        "unpacks to more",
    ),
    "a bomb of entities": ("policy.docx", lambda: _with_entities(LAUGHS, "&f;"), "This Word document is damaged"),
    "a page called Word": ("policy.docx", lambda: b"<html><p>" + FILLING.encode(), "This is not a Word document"),
    "half a Word file": ("policy.docx", lambda: word(paragraph(FILLING))[:400], "This is not a Word document"),
    "rich text": ("policy.rtf", lambda: b"{\\rtf1 word}", "Open it in Word and save it as .docx"),
    "noise": ("policy.txt", lambda: b"\xff\xfe" + bytes(range(1, 255)) * 2, "Fewer than 100 words of this file"),
    "bottomless nesting": ("policy.docx", _deep, "This Word document is damaged"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    name, make, says = REFUSED[case]
    with pytest.raises(Mistakes) as caught:
        _read(tmp_path, name, make())
    (problem,) = caught.value.problems
    assert problem.place.file == name
    assert says in problem.message


def test_a_word_document_cannot_quote_another_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("turnips", encoding="utf-8")
    content = _with_entities(f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "before &x; after")
    document = _read(tmp_path, "policy.docx", content)
    assert document.blocks[0].text.startswith("before")
    assert "turnips" not in repr(document)


def test_a_pdf_that_only_may_not_be_printed_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(_pdf(f"<p>{FILLING}</p>"))) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "keeps to these rules" in _read(tmp_path, "policy.pdf", stream.getvalue()).blocks[0].text


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Mistakes, match="missing"):
        read_document(tmp_path / "policy.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["> " * 3000 + "deep", "- " * 2000 + "deep", "[" * 9000, "*a " * 30_000])
def test_hostile_markdown_is_read_or_refused(text: str, tmp_path: Path) -> None:
    with contextlib.suppress(Mistakes):
        assert _blocks(tmp_path, text, "policy.md")
