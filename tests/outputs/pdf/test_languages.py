"""Words in another language in the PDFs, read back by another library than made them."""

import dataclasses
import io
import re
from collections.abc import Mapping

import page
import pikepdf
import pytest
from folders import ROOT
from pdf_reading import expect_from_html, read_pdf

from build_tools.comparing.difference import Difference, Side, differ
from build_tools.outputs.pdf import Engine, render_pdf
from build_tools.outputs.pdf.by_weasyprint import render_document
from build_tools.outputs.pdf.document import gather_document
from build_tools.outputs.pdf.report import render_change_report, render_report_document
from build_tools.policy.model import Kind, Node, Origin, Phrase, Run
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)
NAME, MOTTO, WELCOME = "Ysgol y Garn", "Floreat ~ be kind", "Croeso i bawb"
PHRASES = (Phrase(NAME, "cy"), Phrase("Floreat", "la"), Phrase(WELCOME, "cy"), Phrase("Mlle Côte", "fr-CA"))


@pytest.fixture(scope="module")
def resolved(editions: Mapping[str, Edition]) -> Resolved:
    """Return a policy with words of other languages in each of its parts, and in one clause of several pages."""
    school = read_school(ROOT / "schools/trottiscliffe", ROOT, editions)
    values = dict(school.values)
    values["school"] = {**values["school"], "name": NAME, "short_name": NAME, "motto": MOTTO}
    values["people"] = {**values["people"], "governors": [{"name": "Mlle Côte"}, {"name": "Mr Hill"}]}
    school = dataclasses.replace(school, values=values, amendments=())
    policy = resolve(editions[school.edition], school)
    long = (Run(f"{NAME} says "), Run("Ysgol ", strong=True), Run("y Garn’s “"), Run(WELCOME), Run("” again; "))
    linked = Run(f"at {NAME} online", href="https://www.example.org/")
    clause = Node(Kind.CLAUSE, "own-1", (*long * 90, linked), Origin.INSERTED, None, "(1)", "99(1)")
    section = Node(Kind.SECTION, "own", (Run(WELCOME),), Origin.INSERTED, None, "99", "99", children=(clause,))
    policy = dataclasses.replace(policy, sections=(policy.sections[0], section), phrases=PHRASES)
    return Resolved(editions[school.edition], school, policy)


@pytest.fixture(scope="module", params=Engine)
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine(request.param)


@pytest.fixture(scope="module")
def data(resolved: Resolved, engine: Engine) -> bytes:
    return render_pdf(resolved, TEMPLATES, engine=engine)


def _outlines(data: bytes, html: str) -> tuple[list[str], list[str]]:
    reading = read_pdf(data)
    return list(reading.document.outline()), list(expect_from_html(html, reading.destinations).outline())


def test_words_are_in_the_language_that_the_html_says(resolved: Resolved, data: bytes) -> None:
    heard, wanted = _outlines(data, render_document(gather_document(resolved), TEMPLATES))
    assert heard == wanted
    told = "\n".join(heard)
    for part in (
        "<cy: Ysgol y Garn>\n",  # on the cover
        "H1\n",
        "<la: Floreat> ~ be kind",
        "<fr-CA: Mlle Côte>",
        "[<cy: Croeso i bawb>] ",  # in the contents
        "99 <cy: Croeso i bawb>\n",
        "says <cy: Ysgol y Garn>’s “<cy: Croeso i bawb>” again; <cy: Ysgol y Garn> says",
        "[at <cy: Ysgol y Garn> online]",
    ):
        assert part in told


def test_a_missing_language_is_found(resolved: Resolved, data: bytes) -> None:
    spoiled = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        marked = (found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Lang" in found)
        element = next(found for found in marked if "/S" in found)
        del element.Lang
        pdf.save(spoiled)
    heard, wanted = _outlines(spoiled.getvalue(), render_document(gather_document(resolved), TEMPLATES))
    assert heard != wanted


def test_both_standards_are_kept_and_nothing_of_the_way_is_left(data: bytes) -> None:
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(data, profile=profile).failures == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        targets = [str(a.A.URI) for each in pdf.pages for a in each.get("/Annots", ()) if "/A" in a]
    assert any(target.startswith("https:") for target in targets)
    assert not any(target.startswith("language:") for target in targets)


def test_the_same_words_give_the_same_bytes(resolved: Resolved, engine: Engine, data: bytes) -> None:
    assert render_pdf(resolved, TEMPLATES, engine=engine) == data


def test_a_report_of_changes_says_so_too(resolved: Resolved) -> None:
    silent = dataclasses.replace(resolved.policy, phrases=(), sections=resolved.policy.sections[:1])
    sides = (
        Side(policy, resolved.edition, f"{NAME}, {when}")
        for policy, when in ((silent, "before"), (resolved.policy, "now"))
    )
    difference: Difference = differ(*sides)
    made = render_change_report(difference, TEMPLATES)
    heard, wanted = _outlines(made, render_report_document(difference, TEMPLATES))
    assert "<cy: Ysgol y Garn>, now." in "\n".join(heard)
    # where a line of the PDF ends, there is no blank
    told, said = (re.findall("<[^>]*>", re.sub(r"(?<!:)\s", "", "".join(lines))) for lines in (heard, wanted))
    assert told == said
    assert page.validate_pdf_bytes(made, profile="ua1").failures == []
