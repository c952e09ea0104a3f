"""What a PDF shows besides its words, or says and does not show, is found in a real one that somebody has changed."""

import functools
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from certificates import PASSPHRASE, make_certificate
from folders import ROOT
from frozen import freeze_pdf, short
from pdfminer.pdfparser import PDFSyntaxError
from pikepdf import Array, Dictionary, Name, Pdf, String

from build_tools.outputs.pdf import Engine
from build_tools.versions import pades
from build_tools.versions.printed import pages
from build_tools.versions.printed.held_against import faults

pytestmark = pytest.mark.slow

NOT_A_PDF = ("This is not a PDF, or it is damaged.",)


@functools.cache
def _frozen(engine: Engine) -> tuple[bytes, bytes]:
    return freeze_pdf(short(), engine=engine)


def _found(change: Callable[[Pdf], None], engine: Engine = Engine.TYPST) -> tuple[str, ...]:
    document, policy = _frozen(engine)
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as pdf:
        change(pdf)
        pdf.save(changed)
    return faults(changed.getvalue(), policy)


def _draw(pdf: Pdf, content: bytes, *, page: int = 4, prepend: bool = False) -> None:
    """Draw something on the page with the clauses, with a font of its own."""
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    target = pdf.pages[page - 1]
    target.obj.Resources.Font["/Forged"] = pdf.make_indirect(helvetica)
    target.contents_add(pdf.make_stream(b"q " + content + b" Q"), prepend=prepend)


def _text(words: bytes, at: int) -> bytes:
    return b"/Artifact BMC BT /Forged 11 Tf 100 %d Td (%s) Tj ET EMC" % (at, words)


def _nothing(_pdf: Pdf) -> None:
    pass


@pytest.mark.parametrize("engine", Engine)
def test_what_was_only_saved_again_has_no_fault(engine: Engine) -> None:
    assert _found(_nothing, engine) == ()


@pytest.mark.parametrize("engine", Engine)
def test_words_outside_the_tags_among_the_words_are_found(engine: Engine) -> None:
    found = _found(lambda pdf: _draw(pdf, _text(b"Staff are exempt.", 600)), engine)
    assert found == ("Page 4: “Staff are exempt.” is drawn among the words, but is not one of them.",)


def test_a_line_in_the_margin_of_a_later_layout_has_no_fault() -> None:
    assert _found(lambda pdf: _draw(pdf, _text(b"Printed by the council", 20))) == ()


@pytest.mark.parametrize("engine", Engine)
def test_a_white_box_over_words_is_found(engine: Engine) -> None:
    def hide(pdf: Pdf) -> None:
        top = float(pdf.pages[3].mediabox[3])
        _draw(pdf, b"1 1 1 rg 60 %d 400 200 re f" % int(top - 330))

    found = _found(hide, engine)
    assert len(found) == 1
    assert found[0].startswith("Page 4: something is drawn over “")


def test_a_ground_below_words_has_no_fault() -> None:
    assert _found(lambda pdf: _draw(pdf, b"0.9 0.9 1 rg 0 0 600 850 re f", prepend=True)) == ()


def test_a_picture_of_words_between_clauses_is_found() -> None:
    def show(pdf: Pdf) -> None:
        picture = pdf.make_stream(b"\xff" * 3, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
        pdf.pages[3].obj.Resources["/XObject"] = Dictionary(Forged=pdf.make_indirect(picture))
        _draw(pdf, b"30 0 0 12 5 400 cm /Forged Do")

    assert _found(show) == ("Page 4: there is a picture among the words.",)


@pytest.mark.parametrize(
    "way", [b"3 Tr", b"/Clear gs", b"1 0 0 1 5000 0 cm"], ids=["not drawn", "transparent", "off the page"]
)
def test_words_that_cannot_be_seen_are_found(way: bytes) -> None:
    def hide(pdf: Pdf) -> None:
        target = pdf.pages[3]
        target.obj.Resources["/ExtGState"] = Dictionary(Clear=Dictionary(ca=0.0))
        content = b"".join(stream.read_bytes() for stream in _streams(target))
        target.obj.Contents = pdf.make_stream(way + b"\n" + content.replace(b"0 Tr", b""))

    found = _found(hide)
    assert "Page 4: “(2)” is in the file, but cannot be seen." in found


def _streams(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, Array) else [contents]


def test_other_words_for_programs_than_for_people_are_found() -> None:
    def say(pdf: Pdf) -> None:
        for element in pdf.objects:
            if isinstance(element, Dictionary) and element.get("/S") == Name.LBody:
                element.ActualText = String("Staff may do as they like.")
                return

    (found, *_) = [fault for fault in _found(say) if "read" in fault]
    assert found.endswith("“Staff may do as they like.” is what programs read, but not what is drawn there.")


def test_latin_letters_in_another_script_are_compared() -> None:
    def say(pdf: Pdf) -> None:
        element = next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name.LBody)
        element.ActualText = String("مدرسة must")

    assert any("is what programs read, but not what is drawn" in fault for fault in _found(say))


def _note(pdf: Pdf, **entries: Any) -> None:  # noqa: ANN401 - any object of a PDF
    note = Dictionary(
        {"/Type": Name.Annot, "/Rect": Array([100, 500, 300, 520])} | {f"/{k}": v for k, v in entries.items()}
    )
    if "/Annots" not in pdf.pages[3].obj:
        pdf.pages[3].obj.Annots = Array()
    pdf.pages[3].obj.Annots.append(pdf.make_indirect(note))


def _field(pdf: Pdf) -> None:
    _note(pdf, Subtype=Name.Widget, FT=Name.Tx, V=String("Not in force"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[3].obj.Annots[-1]]))


ADDED: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "a note": (
        lambda pdf: _note(pdf, Subtype=Name.FreeText, Contents=String("Not in force"), DA=String("/Helv 12 Tf")),
        "Page 4: there is a note or a field on top of the page.",
    ),
    "a field": (
        _field,
        "Page 4: there is a note or a field on top of the page.",
    ),
    "a link that starts a program": (
        lambda pdf: _note(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("virus.exe"))),
        "Page 4: there is a note or a field on top of the page.",
    ),
    "another file": (
        lambda pdf: pdf.attachments.__setitem__("real.txt", b"The real policy"),
        "It contains other files.",
    ),
    "a program": (
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
        "It contains a program, which runs when the file is opened.",
    ),
    "layers": (
        lambda pdf: pdf.Root.__setitem__("/OCProperties", Dictionary(OCGs=Array(), D=Dictionary())),
        "It contains layers, which programs can show and hide.",
    ),
}


@pytest.mark.parametrize("added", ADDED)
def test_what_is_added_to_a_pdf_is_found(added: str) -> None:
    change, message = ADDED[added]
    assert _found(change) == (message,)


# --- the file and its seal --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF\n", None], ids=["empty", "text", "head", "cut"]
)
def test_what_is_no_pdf_is_reported_as_such(content: bytes | None) -> None:
    document, policy = _frozen(Engine.TYPST)
    assert faults(document[: len(document) // 2] if content is None else content, policy)[:1] == NOT_A_PDF


def test_the_seal_counts_only_in_its_place() -> None:
    def move(pdf: Pdf) -> None:
        source = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(source.replace(b"dc:source", b"dc:relation"))

    assert _found(move) == (
        "This PDF was not made with the policy.json next to it, whose digest its metadata should have.",
    )


def test_a_pdf_without_tags_has_no_words() -> None:
    def untag(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot

    assert "It has no words that programs can read." in _found(untag)


def test_tags_without_end_are_refused() -> None:
    def loop(pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.K.append(root.K[0]) if isinstance(root.K, Array) else root.__setitem__("/K", Array([root.K, root.K]))

    assert _found(loop) == NOT_A_PDF


@pytest.mark.parametrize("engine", Engine)
def test_a_signature_is_nothing_hidden(engine: Engine) -> None:
    document, policy = _frozen(engine)
    key, _ = make_certificate()
    assert faults(pades.sign(document, pades.read_signer(key, PASSPHRASE)), policy) == ()


def test_a_policy_that_another_program_saved_again_is_read(tmp_path: Path) -> None:
    for file in sorted(ROOT.glob("schools/*/ratified/*/policy.pdf")):
        with pikepdf.open(file) as pdf:
            pdf.save(tmp_path / "again.pdf", linearize=True)
        assert faults((tmp_path / "again.pdf").read_bytes(), file.with_name("policy.json").read_bytes()) == ()


def test_notes_on_a_page_that_are_no_notes_are_refused() -> None:
    assert NOT_A_PDF[0] in _found(lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", Array([1])))


def test_what_only_one_library_cannot_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PDFSyntaxError("No /Root object! - Is this really a PDF?")

    monkeypatch.setattr(pages, "words_as_drawn", fail)
    monkeypatch.setattr(pages, "_LEFTWARDS", re.compile(""))
    assert faults.__wrapped__(*_frozen(Engine.TYPST)) == NOT_A_PDF
