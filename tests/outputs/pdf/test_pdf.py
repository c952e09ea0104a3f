"""The PDFs of both real schools and of invented ones, read back by other libraries than made them."""

import dataclasses
import difflib
import io
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import page
import pikepdf
import pytest
from cases import resolved_example
from folders import ROOT
from pdf_reading import Reading, Tag, expect_from_html, read_pdf
from printed_sheets import sheets_of

from build_tools.crest.file import read_crest
from build_tools.outputs.colour import contrast, readable
from build_tools.outputs.pdf import Engine, render_pdf
from build_tools.outputs.pdf.by_weasyprint import OwnFilesOnly, print_html, render_document
from build_tools.outputs.pdf.document import gather_document
from build_tools.policy.model import Basis, Kind, Node, Origin, Policy, Run, plain
from build_tools.policy.tree import contents, is_printed, sections_of
from build_tools.proofreading.typeface import missing_characters
from build_tools.ratifying import ratified_school
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition
from build_tools.text.problems import Mistakes
from build_tools.versions.freezing import Decision, digest

pytestmark = pytest.mark.slow

TEMPLATES = (ROOT / "templates",)
FILLED = 0.2
"""A page with its head and two or three lines is filled to an eighth."""
RATIFIED = sorted(ROOT.glob("schools/*/ratified/*/policy.pdf"))
PROJECTS = {"trottiscliffe": ROOT, "the-north-school": ROOT / "tests/upgrades/the-north-school"}
"""Where a school is found on each of the two editions."""


@dataclasses.dataclass(frozen=True)
class Made:
    """A policy, its PDF, and what the PDF says."""

    resolved: Resolved
    data: bytes
    reading: Reading

    @property
    def html(self) -> str:
        return html_of(self.resolved)


def html_of(resolved: Resolved) -> str:
    return render_document(gather_document(resolved), TEMPLATES)


def make(resolved: Resolved, engine: Engine) -> Made:
    data = render_pdf(resolved, TEMPLATES, engine=engine)
    return Made(resolved, data, read_pdf(data))


@pytest.fixture(scope="module", params=Engine)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each engine in turn: what the one promises, the other keeps."""
    return Engine(request.param)


@pytest.fixture(scope="module")
def north(editions: Mapping[str, Edition]) -> Resolved:
    project = PROJECTS["the-north-school"]
    school = read_school(project / "schools/the-north-school", project, editions)
    return Resolved(editions[school.edition], school, resolve(editions[school.edition], school))


@pytest.fixture(scope="module", params=PROJECTS)
def made(request: pytest.FixtureRequest, editions: Mapping[str, Edition], engine: Engine) -> Made:
    project = PROJECTS[request.param]
    school = read_school(project / "schools" / request.param, project, editions)
    review = school.values["document"]["next_review"]
    school = ratified_school(school, Decision("2018-10", "Governing Body", review))
    return make(Resolved(editions[school.edition], school, resolve(editions[school.edition], school)), engine)


def shortened(resolved: Resolved, **answers: Mapping[str, Any]) -> Resolved:
    """Return a school with other answers and only the first section of its policy, which takes a second to set."""
    values = dict(resolved.school.values)
    for name, changed in answers.items():
        kept = {key: value for key, value in {**values[name], **changed}.items() if value is not None}
        values[name] = kept
    school = dataclasses.replace(resolved.school, values=values)
    policy = dataclasses.replace(resolved.policy, sections=resolved.policy.sections[:1])
    return dataclasses.replace(resolved, school=school, policy=policy)


def invented(resolved: Resolved, *clauses: Node) -> Resolved:
    """Return a school whose policy is one section with these clauses."""
    section = Node(Kind.SECTION, "only", (Run("Only section"),), Origin.TEMPLATE, "only", "1", "1", children=clauses)
    policy = Policy(resolved.policy.name, resolved.policy.edition, resolved.policy.title, (section,))
    return dataclasses.replace(resolved, policy=policy)


def clause(identity: str, number: str, *text: Run, children: tuple[Node, ...] = ()) -> Node:
    return Node(Kind.CLAUSE, identity, text, Origin.TEMPLATE, identity, number, f"1{number}", children=children)


def failures(data: bytes, profile: str) -> list[str]:
    report = page.validate_pdf_bytes(data, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


# --- standards --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", RATIFIED, ids=lambda file: f"{file.parts[-4]}-{file.parts[-2]}")
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_ratified_pdfs_meet_both_standards_and_have_the_digest(file: Path, profile: str) -> None:
    data = file.read_bytes()
    assert failures(data, profile) == []
    decided = digest(file.with_name("policy.json").read_bytes())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.open_metadata()["dc:source"] == f"What was ratified, as in policy.json: SHA-256 {decided}"


def test_is_pdf_ua_1_and_pdf_a_2a(made: Made) -> None:
    assert failures(made.data, "ua1") == []
    assert failures(made.data, "2a") == []


def test_has_no_syntax_error(made: Made) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert [*pdf.check_pdf_syntax(), *pdf.get_warnings()] == []
        drawn = pdf.pages[0].Contents.read_raw_bytes()
    damaged = made.data.replace(drawn, b"-" + drawn[1:])
    assert damaged != made.data
    with pikepdf.open(io.BytesIO(damaged)) as pdf, pytest.raises(pikepdf.PdfError, match="decoding content"):
        pdf.check_pdf_syntax()


@pytest.mark.parametrize(
    ("profile", "fault"),
    [
        pytest.param("ua1", lambda pdf: pdf.Root.__delitem__("/Lang"), id="language"),
        pytest.param("ua1", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"), id="tags"),
        pytest.param("ua1", lambda pdf: pdf.pages[2].Annots[0].__delitem__("/Contents"), id="description of a link"),
        pytest.param("2a", lambda pdf: pdf.Root.__delitem__("/Metadata"), id="metadata"),
        pytest.param("2a", lambda pdf: pdf.Root.MarkInfo.__delitem__("/Marked"), id="mark"),
    ],
)
def test_the_checker_finds_a_planted_fault(made: Made, profile: str, fault: Callable[[pikepdf.Pdf], None]) -> None:
    spoiled = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        fault(pdf)
        pdf.save(spoiled)
    assert failures(spoiled.getvalue(), profile)


# --- law and guidance -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def resting(engine: Engine) -> Made:
    return make(resolved_example("law", "heath"), engine)


def test_the_table_of_law_meets_both_standards(resting: Made) -> None:
    assert failures(resting.data, "ua1") == []
    assert failures(resting.data, "2a") == []
    assert_same_tree(resting.reading.document, expect_from_html(resting.html, resting.reading.destinations))


def test_the_table_of_law_is_at_the_end(resting: Made) -> None:
    last = resting.reading.document.kids[-1]
    assert isinstance(last, Tag)
    assert list(last.texts()) == [
        "Law and guidance",
        "What the clauses of this policy rest on. All others are good practice.",
        "Source",
        "In force",
        "Clauses",
        "[Animal Keeping Act 2028]",
        "from 1 April 2028 to 31 December 2030; then Animal Keeping Act 2030",
        "[1(1)], [1(2)], [1(2)(c)]",
        "Rules for School Farms (2029)",
        "from September 2029 to 31 August 2030",
        "[1(2)], [1(2)(c)], [1.2(1)]",
    ]
    described = [link.description for cell in last.find("Link") for link in cell.links]
    assert described[:2] == ["web page at www.example.org", "section 1, clause 1"]
    scopes = [cell.entries["A"]["Scope"] for cell in last.find("TH")]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 2


def test_the_cover_says_until_when_the_law_was_looked_up(resting: Made) -> None:
    cover = resting.reading.document.kids[0]
    assert isinstance(cover, Tag)
    said = "Law and guidance looked up to 1 February 2030; to be looked up again by the council’s officer for animals."
    assert list(cover.texts())[-1] == said


def test_a_long_table_of_law_goes_over_several_pages(resting: Made, engine: Engine) -> None:
    resolved = resting.resolved
    clauses = tuple(
        dataclasses.replace(source, in_force_until=None, title=f"Act {at}")
        for at, source in enumerate([resolved.edition.cited["keeping-act"]] * 90)
    )
    names = {f"act-{at}": citation for at, citation in enumerate(clauses)}
    own = clause("own", "(1)", Run("Ours."))
    own = msgspec.structs.replace(own, rests_on=tuple(Basis(name) for name in names))
    policy = dataclasses.replace(invented(resolved, own).policy, sources=names)
    made = make(dataclasses.replace(resolved, policy=policy), engine)
    (table,) = [tag for tag in made.reading.document.find("Table") if len(tag.find("TR")) > 80]
    assert len(table.all_pages()) > 1
    assert failures(made.data, "ua1") == []


def test_a_source_of_countless_clauses_needs_several_pages(resting: Made, engine: Engine) -> None:
    basis = (Basis("keeping-act"),)
    many = (msgspec.structs.replace(clause(f"own-{at}", f"({at})", Run("Ours.")), rests_on=basis) for at in range(700))
    cited = {"keeping-act": resting.resolved.edition.cited["keeping-act"]}
    policy = dataclasses.replace(invented(resting.resolved, *many).policy, sources=cited)
    made = make(dataclasses.replace(resting.resolved, policy=policy), engine)
    last = made.reading.document.kids[-1]
    assert isinstance(last, Tag)
    assert len(last.all_pages()) > 1
    rows = last.find("TR")[1:]
    assert len(rows) > 1
    assert sum(len(row.find("Link")) for row in rows) == len(rows) + 700
    assert all(len(row.all_pages()) == 1 for row in rows)


def test_without_sources_there_is_no_such_table(made: Made) -> None:
    assert "Law and guidance" not in [text for tag in made.reading.document.find("H2") for text in tag.texts()]


# --- reading aloud ----------------------------------------------------------------------------------------------------


def assert_same_tree(actual: Tag, wanted: Tag) -> None:
    ours, theirs = list(actual.outline()), list(wanted.outline())
    assert ours == theirs, "\n".join(difflib.unified_diff(theirs, ours, "HTML", "PDF", lineterm="", n=2))


def test_tags_are_those_of_the_html(made: Made) -> None:
    assert_same_tree(made.reading.document, expect_from_html(made.html, made.reading.destinations))


def test_words_are_those_of_the_policy_in_order(made: Made) -> None:
    wanted = []
    for top in made.resolved.policy.sections:
        for node in filter(is_printed, top.walk()):
            wanted.append(f"{node.number} {plain(node.text)}".strip())
            if node.is_left_out and node.reason:
                wanted.append(node.reason)
    main = next(tag for tag in made.reading.document.kids if isinstance(tag, Tag) and tag.role == "Part")
    heard = " ".join(main.texts())
    assert re.sub(r"[][]", "", heard) == " ".join(" ".join(wanted).split())


def test_the_comparison_of_trees_finds_a_planted_fault(made: Made) -> None:
    wanted = expect_from_html(made.html, made.reading.destinations)
    body = next(tag for tag in wanted.find("LBody") if len(tag.find("L")) > 0)
    body.kids.reverse()
    with pytest.raises(AssertionError):
        assert_same_tree(made.reading.document, wanted)


def test_page_breaks_divide_nothing(made: Made) -> None:
    """The trees are equal, so what stands on two pages is one element: there is such a clause, and such a list."""
    lists = [tag for tag in made.reading.document.find("L") if len(tag.all_pages()) > 1]
    items = [tag for tag in made.reading.document.find("LI") if len(tag.all_pages()) > 1]
    assert lists
    assert items


def test_a_clause_of_several_pages_is_one(north: Resolved, engine: Engine) -> None:
    words = (
        Run("Everyone keeps to this rule, as the "),
        Run("law", href="https://www.legislation.gov.uk/"),
        Run(" says. "),
    )
    inner = clause("inner", "(a)", *(words * 150), children=(clause("deep", "(i)", *(words * 120)),))
    long = invented(north, clause("first", "(1)", *(words * 200), children=(inner,)), clause("last", "(2)", *words))
    made = make(long, engine)
    assert len(made.reading.document.find("Part")[0].find("LBody")[0].pages) > 2
    assert_same_tree(made.reading.document, expect_from_html(made.html, made.reading.destinations))
    assert failures(made.data, "ua1") == []


def test_links_side_by_side_at_a_page_break_stay_apart(north: Resolved, engine: Engine) -> None:
    runs = [Run(f"Site number {i}. ", href=f"https://www.example.org/{i}") for i in range(600)]
    made = make(invented(north, clause("links", "(1)", *runs)), engine)
    found = [tag for tag in made.reading.document.find("Link") if not tag.links[0].is_internal]
    links = found[-len(runs) :]  # after those of the page for concerns
    assert [{link.target for link in tag.links} for tag in links] == [{run.href} for run in runs]
    assert len(links[0].pages | links[-1].pages) > 1


def test_no_page_is_nearly_empty(made: Made) -> None:
    _, *sheets = sheets_of(made.data, foot=25 / 297)
    assert [number for number, sheet in enumerate(sheets, 2) if sheet.filled < FILLED] == []


def test_the_first_page_after_the_cover_says_who_to_tell(made: Made) -> None:
    sheet = sheets_of(made.data)[1].words
    lead = made.resolved.school.values["people"]["dsl"][0]["name"]
    said = ("Report a concern", "If a child is in danger now, call 999.", lead, "Childline, 0800 1111")
    places = [sheet.find(words) for words in said]
    assert -1 not in places
    assert places[1:] == sorted(places[1:])


def test_the_contents_name_what_is_not_used(made: Made) -> None:
    entries = " ".join(words for tag in made.reading.document.find("TOC") for words in tag.texts())
    assert "Not used at" not in entries
    gone = [node for top in made.resolved.policy.sections for node in sections_of(top) if node.is_left_out]
    assert all(f"{plain(node.was or ())}: not used" in entries for node in gone)


def test_running_heads_and_feet_are_artifacts(made: Made) -> None:
    total = len(made.reading.lowest)
    title = made.resolved.school.values["document"]["title"]
    for number in range(2, total + 1):
        outside = made.reading.artifacts[number]
        assert f"Page {number} of {total}" in outside
        assert title in outside
        assert made.resolved.school.values["school"].get("motto", "") in outside
    assert 1 not in made.reading.artifacts
    assert not any("Page 2 of" in text for text in made.reading.document.texts())


def test_contents_have_one_link_an_entry_and_the_right_pages(made: Made) -> None:
    entries = made.reading.document.find("TOCI")
    listed = [node for top in contents(made.resolved.policy) for node in (top, *top.children)]
    assert len(entries) == len(listed)
    headings = {text: tag for tag in made.reading.document.find("H2", "H3") for text in tag.texts()}
    for entry, node in zip(entries, listed, strict=True):
        own = [kid for kid in entry.kids if isinstance(kid, Tag) and kid.role != "TOC"]
        links = [link for tag in own for part in tag.walk() for link in part.links]
        assert [(link.target, link.description) for link in links] == [(node.id, f"section {node.number}")]
        *_, last = own[1].texts()
        assert {int(last.rpartition(" ")[2])} == headings[f"{node.number} {plain(node.text)}"].pages


def test_every_link_says_where_it_leads(made: Made) -> None:
    links = [link for tag in made.reading.document.walk() for link in tag.links]
    assert links
    for link in links:
        pattern = (
            r"section \d+(\.\d+[A-Z]?)?(, clause .+)?" if link.is_internal else r"(web page at|email to|telephone) .+"
        )
        assert re.fullmatch(pattern, link.description), link


def test_row_headers_have_a_scope_and_cells_find_them(made: Made) -> None:
    headers = made.reading.document.find("TH")
    assert headers
    assert {tag.entries["A"]["Scope"] for tag in headers} == {"/Row"}
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        tree = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
        for tag in headers:
            assert str(tree[tag.entries["ID"]].ID) == tag.entries["ID"]
    for row in made.reading.document.find("TR"):
        header, cell = row.kids
        assert isinstance(header, Tag)
        assert isinstance(cell, Tag)
        assert cell.entries["A"]["Headers"] == [header.entries["ID"]]


def test_bookmarks_are_the_sections_with_their_numbers(made: Made) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf, pdf.open_outline() as outline:
        marks = [(mark.title, [below.title for below in mark.children]) for mark in outline.root]
    named = [
        (f"{top.number} {plain(top.text)}", [f"{child.number} {plain(child.text)}" for child in top.children])
        for top in contents(made.resolved.policy)
    ]
    assert marks == named


# --- looks ------------------------------------------------------------------------------------------------------------


def test_no_page_ends_with_a_heading(made: Made) -> None:
    ends = {number: role for number, role in made.reading.lowest.items() if number > 1}
    assert set(ends.values()) <= {"LBody", "Lbl", "Link", "Reference", "P", "TD", "TH"}


def test_a_draft_says_so_on_every_page(north: Resolved, engine: Engine) -> None:
    made = make(shortened(north, document={"ratified": None}), engine)
    assert "DRAFT" in list(made.reading.document.texts())
    assert all("DRAFT" in text for text in made.reading.artifacts.values())
    assert len(made.reading.artifacts) == len(made.reading.lowest) - 1


def test_what_is_ratified_is_no_draft(made: Made) -> None:
    assert "DRAFT" not in "".join([*made.reading.document.texts(), *made.reading.artifacts.values()])


def test_a_crest_has_words_and_is_drawn(north: Resolved, tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "crest.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#7a1f3d"/></svg>'
    )
    crest = read_crest(tmp_path / "crest.svg", "crest.svg", tmp_path)
    plain_one = shortened(north)
    made = make(dataclasses.replace(plain_one, school=dataclasses.replace(plain_one.school, crest=crest)), engine)
    assert [tag.entries["Alt"] for tag in made.reading.document.find("Figure")] == ["Crest of The North School"]
    assert failures(made.data, "ua1") == []
    assert failures(made.data, "2a") == []


@pytest.mark.parametrize("colour", ["#ffe600", "#ffffff", "#7a1f3d", "#808080", "#f2b705", "#00ff00"])
def test_a_colour_that_cannot_be_read_is_darkened(north: Resolved, colour: str) -> None:
    resolved = shortened(north, school={"colour": colour})
    text = html_of(resolved)
    used = text.partition("--brand: ")[2][:7]
    assert contrast(used, "#ffffff") >= 4.5
    assert used == readable(colour)
    assert (used == colour) == (contrast(colour, "#ffffff") >= 4.5)


# --- the same for everyone --------------------------------------------------------------------------------------------


def test_metadata_names_the_policy_and_the_school(made: Made) -> None:
    name = made.resolved.school.values["school"]["name"]
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Online Safety Policy")
        assert str(pdf.docinfo["/Author"]) == name
        assert name in str(pdf.docinfo["/Subject"])
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
            assert metadata["dc:creator"] == [name]
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == (
                "2",
                "A",
                "1",
            )


@pytest.mark.parametrize(("epoch", "date"), [("1538352000", "D:20181001000000Z"), (None, None)])
def test_dates_are_those_of_source_date_epoch(
    north: Resolved, monkeypatch: pytest.MonkeyPatch, epoch: str | None, date: str | None, engine: Engine
) -> None:
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    else:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    resolved = shortened(north)
    data = render_pdf(resolved, TEMPLATES, engine=engine)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        dates = [str(pdf.docinfo[key]) for key in ("/CreationDate", "/ModDate") if key in pdf.docinfo]
    assert dates == ([date, date] if date else [])
    assert failures(data, "2a") == []


_ELSEWHERE = """
import sys
from pathlib import Path
from build_tools.outputs.pdf import Engine, render_pdf
from build_tools.project import Project
from build_tools.ratifying import ratified_school
from build_tools.reading import read
from build_tools.ratifying import ratified_school
from build_tools.resolving.resolve import Resolved, resolve
from build_tools.versions.freezing import Decision

project = Project(Path(sys.argv[1]))
draft = read(project, ["the-north-school"]).school("the-north-school")
review = draft.school.values["document"]["next_review"]
school = ratified_school(draft.school, Decision("2018-10", "Governing Body", review))
resolved = Resolved(draft.edition, school, resolve(draft.edition, school))
made = render_pdf(resolved, project.template_folders, engine=Engine(sys.argv[3]))
Path(sys.argv[2]).write_bytes(made)
"""


@pytest.mark.parametrize("made", ["the-north-school"], indirect=True)
def test_same_bytes_in_another_folder_and_without_system_fonts(
    made: Made, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "another place" / "schools"
    shutil.copytree(PROJECTS["the-north-school"] / "schools/the-north-school", own / "the-north-school")
    (tmp_path / "fonts.conf").write_text("<fontconfig/>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    out = tmp_path / "policy.pdf"
    subprocess.run([sys.executable, "-c", _ELSEWHERE, own.parent, out, engine], cwd=tmp_path, check=True)
    assert out.read_bytes() == made.data


def test_only_the_fonts_of_the_project_are_in_it(north: Resolved, engine: Engine) -> None:
    name = "Şafak’s & Łódź – ğ ı ž ő ŵ ŷ § → School"
    made = make(shortened(north, school={"name": name, "motto": "Ψυχή, Ёлка, Việt Nam"}), engine)
    assert name in list(made.reading.document.texts())
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        fonts = {str(obj.BaseFont) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj}
    assert fonts
    assert all(font.partition("+")[2].startswith(("Policy-Sans", "SourceSans3")) for font in fonts), fonts
    assert failures(made.data, "ua1") == []


def test_a_character_that_the_typeface_lacks_is_a_mistake(north: Resolved, engine: Engine) -> None:
    lacking = shortened(north, school={"name": "The โ School", "motto": "Be kind 🙂"})
    with pytest.raises(Mistakes) as raised:
        render_pdf(lacking, TEMPLATES, engine=engine)
    file = "schools/the-north-school/school.yml"
    emoji, thai = "🙂 (U+1F642, SLIGHTLY SMILING FACE)", "the PDF has no font for โ (script: Thai)"
    another = (
        "Write it in other letters, or add a font that has them: schools/README.md says how, under “Other scripts”."
    )
    assert [str(problem) for problem in raised.value.problems] == [
        # the block: it has none
        f"{file}:4: school.motto: the PDF's typeface does not contain {emoji}. Write it another way.",
        f"{file}:5: school.name: {thai}. {another}",
    ]


def test_a_clause_with_a_character_not_in_the_typeface_is_named(north: Resolved) -> None:
    resolved = invented(north, clause("odd", "(1)", Run("Say โ.")))
    problems = missing_characters(resolved, TEMPLATES)
    assert [problem.message.partition(":")[0] for problem in problems] == ["odd"]


# --- private and safe -------------------------------------------------------------------------------------------------


def test_nothing_is_fetched_but_data_and_templates(tmp_path: Path) -> None:
    fetcher = OwnFilesOnly((tmp_path / "templates",))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/own.txt").write_text("own")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "templates/link.txt").symlink_to(tmp_path / "secret.txt")
    assert fetcher.fetch((tmp_path / "templates/own.txt").as_uri()).read() == b"own"
    assert fetcher.fetch("data:,hello").read() == b"hello"
    for refused in (
        (tmp_path / "secret.txt").as_uri(),
        (tmp_path / "templates").as_uri() + "/../secret.txt",
        (tmp_path / "templates").as_uri() + "/%2e%2e/secret.txt",
        (tmp_path / "templates/link.txt").as_uri(),
        f"file://localhost{tmp_path}/templates/own.txt",
        "http://127.0.0.1:9/x",
        "https://example.org/x.png",
        "ftp://example.org/x",
    ):
        with pytest.raises(ValueError, match=r"outside the template folders|disallowed protocol"):
            fetcher.fetch(refused)


def test_no_file_of_the_machine_gets_into_a_pdf(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not tell")
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title></svg>')
    text = f"""<!DOCTYPE html><html lang="en-GB"><head><title>x</title><link rel="attachment" href="{secret.as_uri()}">
    <link rel="stylesheet" href="{secret.as_uri()}"></head><body><p><a rel="attachment" href="{secret.as_uri()}">a</a>
    <img src="{picture.as_uri()}" alt="A picture">
    <img src="http://127.0.0.1:9/x.png" alt="Another"></p></body></html>"""
    with caplog.at_level(logging.ERROR, "weasyprint"):
        data = print_html(text, TEMPLATES)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not pdf.attachments
        streams = [obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream)]
    assert not any(b"do not tell" in stream for stream in streams)
    assert sum("outside the template folders" in message for message in caplog.messages) >= 3


def test_weasyprint_has_nothing_to_complain_of(north: Resolved, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        make(shortened(north, school={"colour": "#7a1f3d", "motto": "Onward"}), Engine.WEASYPRINT)
    assert caplog.messages == []
