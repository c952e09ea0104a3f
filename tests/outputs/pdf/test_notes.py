"""Words in other scripts in the PDFs of both engines: read aloud as they are written, copied as they are seen."""

import dataclasses
import io
from collections.abc import Mapping

import page
import pikepdf
import pypdfium2
import pytest
from folders import ROOT
from pdf_reading import expect_from_html, read_pdf

from build_tools.outputs.pdf import Engine, render_pdf
from build_tools.outputs.pdf.by_weasyprint import render_document
from build_tools.outputs.pdf.document import gather_document
from build_tools.policy.model import Kind, Node, Origin, Phrase, Run
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)
NAME, MOTTO = "Al-Noor مدرسة النور School", "דעת, חסד ואמת!"
PEOPLE = (
    "Ms 李伟", "Pan Łódź Żółć", "Bay İbrahim Işık", "Mrs ਹਰਪ੍ਰੀਤ ਕੌਰ", "Mr अनिल कुमार।", "Mrs আয়েশা বেগম",
    "Mr முருகன் செல்வம்", "Ms પ્રિયા પટેલ", "Mr محمد علی (اردو)", "Κα Ελένη", "Пані Ольга",
)  # fmt: skip
DIVIDED = {"(اردو)", "செல்வம்", "আয়েশা"}
"""Words with a bracket or with letters of several glyphs, which pdfium divides or repeats; the tags have them whole."""
PHRASES = (Phrase("مدرسة النور", "ar"), Phrase(MOTTO, "he"), Phrase("李伟", "zh-Hans"), Phrase("Pan Łódź Żółć", "pl"))


@pytest.fixture(scope="module")
def resolved(editions: Mapping[str, Edition]) -> Resolved:
    """Return a policy with names in many scripts on its cover, in its facts, contents, headings, links and clauses."""
    school = read_school(ROOT / "schools/trottiscliffe", ROOT, editions)
    values = dict(school.values)
    values["school"] = {**values["school"], "name": NAME, "short_name": NAME, "motto": MOTTO}
    values["people"] = {**values["people"], "governors": [{"name": name} for name in PEOPLE]}
    school = dataclasses.replace(school, values=values, amendments=())
    policy = resolve(editions[school.edition], school)
    long = (Run("Families who read العربية or "), Run("עברית", strong=True), Run(" (or 中文) may ask; "))
    linked = Run("at النور online", href="https://www.example.org/")
    clause = Node(Kind.CLAUSE, "own-1", (*long * 60, linked), Origin.INSERTED, None, "(1)", "99(1)")
    title = (Run("Our رسائل البريد and 电子邮件"),)
    section = Node(Kind.SECTION, "own", title, Origin.INSERTED, None, "99", "99", children=(clause,))
    policy = dataclasses.replace(policy, sections=(policy.sections[0], section), phrases=PHRASES)
    return Resolved(editions[school.edition], school, policy)


@pytest.fixture(scope="module", params=Engine)
def data(request: pytest.FixtureRequest, resolved: Resolved) -> bytes:
    return render_pdf(resolved, TEMPLATES, engine=Engine(request.param))


def test_words_are_read_aloud_as_the_html_says(resolved: Resolved, data: bytes) -> None:
    reading = read_pdf(data)
    heard = list(reading.document.outline())
    html = render_document(gather_document(resolved), TEMPLATES)
    assert heard == list(expect_from_html(html, reading.destinations).outline())
    told = "\n".join(heard)
    for part in (
        "Al-Noor <ar: مدرسة النور> School\n",  # on the cover
        "<he: דעת, חסד ואמת!>\n",
        "Ms <zh-Hans: 李伟>\n",
        "Mr <und-Arab: محمد علی (اردو)>\n",
        "Mrs <und-Beng: আয়েশা বেগম>\n",
        "[Our <und-Arab: رسائل البريد> and <und-Hani: 电子邮件>] ",  # in the contents
        "99 Our <und-Arab: رسائل البريد> and <und-Hani: 电子邮件>\n",
        "read <und-Arab: العربية> or <und-Hebr: עברית> (or <und-Hani: 中文>) may ask",
        "[at <und-Arab: النور> online]",
    ):
        assert part in told


def test_words_are_copied_as_they_are_seen(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    copied = "".join(pages).replace("\u200b", "")
    words = {word for name in (NAME, *PEOPLE) for word in name.split()} - DIVIDED
    assert {word for word in words if word not in copied} == set()
    # the brackets of English text stay what they are, although some are mirrored elsewhere
    assert "(1)" in copied
    assert not {"(1(", ")1("} & set(copied.split())


def test_both_standards_are_kept_and_nothing_of_the_way_is_left(data: bytes) -> None:
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(data, profile=profile).failures == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        targets = [str(a.A.URI) for each in pdf.pages for a in each.get("/Annots", ()) if "/A" in a]
        fonts = {
            str(found.BaseFont)
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and "/BaseFont" in found
        }
    assert targets
    assert not any(target.startswith("language:") for target in targets)
    assert {font.partition("+")[2].partition("-")[0] for font in fonts} <= {
        "Policy", "SourceSans3", "IBMPlexSansArabic", *(f"NotoSans{script}" for script in SCRIPTS),
    }  # fmt: skip


SCRIPTS = ("Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Hebrew", "SC", "Tamil")


@pytest.mark.parametrize("engine", Engine)
def test_the_same_words_give_the_same_bytes(resolved: Resolved, engine: Engine) -> None:
    assert render_pdf(resolved, TEMPLATES, engine=engine) == render_pdf(resolved, TEMPLATES, engine=engine)
