"""Comparisons as Word documents: LibreOffice accepts and rejects them to exactly the new and the old policy."""

import dataclasses
import datetime as dt
import io
import subprocess
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from folders import ROOT

from build_tools import commands
from build_tools.comparing.difference import Difference, Side, differ
from build_tools.outputs.word.document import _run, render_word
from build_tools.policy.model import Kind, Node, Origin, Phrase, Policy, Run, plain
from build_tools.policy.tree import is_printed
from build_tools.project import Project
from build_tools.resolving.facts import Fact

pytestmark = pytest.mark.slow

DAY = dt.datetime(2029, 3, 4, tzinfo=dt.UTC)

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(source As String, command As String, target As String)
  Dim opened(0) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden" : opened(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, opened())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" + command, "", 0, Array())
  Dim stored(0) As New com.sun.star.beans.PropertyValue
  stored(0).Name = "FilterName" : stored(0).Value = "MS Word 2007 XML"
  document.storeToURL(ConvertToURL(target), stored())
  document.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""

Settle = Callable[[bytes, str], Document]


@pytest.fixture(scope="module")
def settle(tmp_path_factory: pytest.TempPathFactory) -> Settle:
    """Return what lets LibreOffice accept or reject all changes of a document."""
    folder = tmp_path_factory.mktemp("office")
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    # a first start fills the profile, and would overwrite a macro that is already there
    subprocess.run([*office, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    library = folder / "profile/user/basic/Standard"
    (library / "Module1.xba").write_text(_MACRO, encoding="utf-8")
    index = (library / "script.xlb").read_text(encoding="utf-8")
    if "Module1" not in index:
        entry = '<library:element library:name="Module1"/></library:library>'
        head = index.replace("/>", ">", 1) if "</library:library>" not in index else index
        (library / "script.xlb").write_text(head.replace("</library:library>", "") + entry, encoding="utf-8")

    def run(data: bytes, verb: str) -> Document:
        source, target = folder / "changes.docx", folder / "settled.docx"
        source.write_bytes(data)
        target.unlink(missing_ok=True)
        macro = f'macro:///Standard.Module1.Settle("{source}","{verb}AllTrackedChanges","{target}")'
        # the build without windows falls over a missing toolbar once all is done, so only the file counts
        subprocess.run([*office, macro], check=False, capture_output=True, timeout=120)
        return docx.Document(str(target))

    return run


@pytest.fixture(scope="module")
def real() -> Difference:
    return commands.diff(Project(ROOT), "the-north-school@latest", "trottiscliffe")


def clause(identity: str, number: str, *runs: Run, origin: Origin = Origin.TEMPLATE, **details: object) -> Node:
    return Node(Kind.CLAUSE, identity, runs, origin, identity, number, f"1{number}", **details)  # type: ignore[arg-type]


def section(identity: str, number: str, title: str, *children: Node) -> Node:
    return Node(Kind.SECTION, identity, (Run(title),), Origin.TEMPLATE, identity, number, number, children=children)


@pytest.fixture(scope="module")
def hard(real: Difference) -> Difference:
    """Return two policies that differ at both ends, in links and marks, in order and depth."""
    link = Run("the guidance", href="https://example.org/a?b=1&c=2")
    old = (
        section("gone", "1", "Gone", clause("g", "(1)", Run("First & <gone>."))),
        section(
            "kept",
            "2",
            "Kept",
            clause("a", "(1)", Run("Stay "), Run("here", strong=True), Run(".")),
            clause("b", "(2)", Run("Read "), link, Run(".")),
            clause("c", "(3)", Run("Third."), children=(clause("d", "(a)", Run("Deep.")),)),
            clause("o", "(4)", Run("Omitted soon.")),
            clause("s", "(6)", Run("We log it")),
            clause("z", "(5)", Run("Last, and gone.")),
        ),
    )
    new = (
        section("front", "1", "Front", clause("f", "(1)", Run("New first."))),
        section(
            "kept",
            "2",
            "Kept",
            clause("c", "(1)", Run("Third.")),
            clause("d", "(2)", Run("Deep.")),
            clause("a", "(3)", Run("Stay "), Run("here", emphasis=True), Run(" “now”.")),
            clause("b", "(4)", Run("Read "), Run("the law", href="https://example.org/law"), Run(".")),
            clause("o", "(5)", origin=Origin.OMITTED, reason="We have\nnone.", was=(Run("Omitted soon."),)),
            clause("s", "(6)", Run("We log it: by hand"), children=(clause("t", "(a)", Run("At once.")),)),
            clause("i", "(5A)", Run("Last of all."), origin=Origin.INSERTED, reason="Ours <b> & only."),
        ),
    )
    edition = real.new.edition
    was = (
        Fact("people.head", "Head", ("Ms Old",)),
        Fact("people.governors", "Named governor", ("Mrs <May>",)),
        Fact("document.number", "Number", ("7 & 8",)),
        Fact("document.ratified", "Agreed on", ("1 March 2029",), is_recorded=True),
        Fact("document.next_review", "Next review", ("October 2029",)),
    )
    mail = (Run("Mr New, "), Run("new@x.example", href="mailto:new@x.example"))
    now = (
        Fact("people.head", "Head", ("Mr New, new@x.example",), linked=(mail,)),
        Fact("people.governors", "Named governors", ("Mrs <May>", "Mr Kofi Mensah")),
        Fact("contact.telephone", "Telephone", ("01632 960 001",)),
        Fact("document.next_review", "Next review", ("June 2030",)),
    )
    return differ(
        Side(
            Policy("x@2029", "2029-01", "Old Policy", old),
            edition,
            "X, 2029",
            was,
            "X",
            "Old Policy 1",
            stage="version of 2029",
        ),
        Side(Policy("x", "2030-01", "New Policy", new), edition, "X, draft", now, "Y", "New Policy 2"),
    )


def front(side: Side) -> list[str]:
    """Return what is printed before the sections; what only a record has is not compared with a draft."""
    groups = {"Who to speak to": [], "Document control": []}  # type: dict[str, list[str]]
    for fact in side.facts:
        heading = "Document control" if fact.path.startswith("document.") else "Who to speak to"
        groups[heading] += [] if fact.is_recorded else [f"{fact.label}\t{'; '.join(fact.values)}"]
    about = ["About this policy"] if side.facts else []
    listed = [line for heading, said in groups.items() if said for line in (heading, *said)]
    return [*filter(None, [side.school_name]), side.document_title or side.policy.title, *about, *listed]


def lines(side: Side) -> list[str]:
    """Return a policy as the paragraphs that it is printed in."""
    policy, found = side.policy, front(side)
    for node in filter(is_printed, policy.walk()):
        found.append("\t".join(filter(None, (node.number, plain(node.text)))))
        if node.is_left_out and node.reason:
            found.append(node.reason)
    return found


@pytest.mark.parametrize("name", ["hard", "real"])
@pytest.mark.parametrize(("verb", "side"), [("Accept", "new"), ("Reject", "old")])
def test_libreoffice_settles_it_to_exactly_one_of_the_policies(
    name: str, verb: str, side: str, settle: Settle, request: pytest.FixtureRequest
) -> None:
    difference: Difference = request.getfixturevalue(name)
    data = render_word(difference, DAY)
    assert_tracked(data)
    settled = settle(data, verb)
    assert not list(settled.element.iter(qn("w:ins"), qn("w:del")))
    # a blank at the end of a paragraph keeps LibreOffice from joining it with the next
    assert [paragraph.text.removesuffix(" ") for paragraph in settled.paragraphs] == [
        *lines(getattr(difference, side)),
        "",
    ]


@pytest.mark.parametrize(
    ("verb", "side", "said", "unsaid"),
    [
        ("Accept", "new", "Name: the Children's Social Work Service", "Year: 2016"),
        ("Reject", "old", "Name: Specialist Children's Services", "Year: 2018"),
    ],
)
def test_libreoffice_settles_what_editions_declare(
    verb: str, side: str, said: str, unsaid: str, settle: Settle
) -> None:
    difference = commands.diff(Project(ROOT), "template:2017-09", "template:2018-09")
    settled = [paragraph.text for paragraph in settle(render_word(difference, DAY), verb).paragraphs]
    policy = lines(getattr(difference, side))
    assert settled[: len(policy)] == policy
    assert said in settled[len(policy) :]
    assert unsaid not in settled
    assert "[-" not in "".join(settled)


def assert_tracked(data: bytes) -> None:
    """Fail if a document says nothing new or takes nothing away: settling it would then show nothing."""
    body = docx.Document(io.BytesIO(data)).element.body
    assert len(list(body.iter(qn("w:ins")))) > 5
    assert len(list(body.iter(qn("w:del")))) > 5


def test_two_equal_policies_have_no_tracked_change(real: Difference) -> None:
    document = docx.Document(io.BytesIO(render_word(differ(real.new, real.new), DAY)))
    assert not list(document.element.iter(qn("w:ins"), qn("w:del")))
    assert len(document.comments) == 0
    assert [paragraph.text for paragraph in document.paragraphs][:-1] == lines(real.new)


def test_every_reason_is_a_comment_anchored_in_the_text(hard: Difference, real: Difference) -> None:
    for difference in (hard, real):
        document = docx.Document(io.BytesIO(render_word(difference, DAY)))
        said = "\n".join(comment.text for comment in document.comments)
        reasons = {r for c in difference.comparison.changes for r in (c.reason, c.old_reason) if r}
        assert reasons
        assert [reason for reason in reasons if reason not in said] == []
        anchored = [element.get(qn("w:id")) for element in document.element.iter(qn("w:commentReference"))]
        assert sorted(map(int, filter(None, anchored))) == sorted(comment.comment_id for comment in document.comments)


def test_a_comment_stands_beside_what_it_explains(hard: Difference) -> None:
    document = docx.Document(io.BytesIO(render_word(hard, DAY)))
    said = {comment.comment_id: comment.text for comment in document.comments}
    beside: dict[str, list[str]] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        words = "".join(text.text or "" for text in paragraph.iter(qn("w:t"), qn("w:delText")))
        for anchor in paragraph.iter(qn("w:commentReference")):
            beside.setdefault(words, []).append(said[int(anchor.get(qn("w:id")) or 0)])
    assert beside["(5A)Last of all."] == ["1(5A): amendment added\nBecause: Ours <b> & only."]
    assert beside["(4)Omitted soon."] == ["1(5): amendment added\nBecause: We have\nnone."]


def test_changes_and_comments_have_an_author_in_words(hard: Difference) -> None:
    document = docx.Document(io.BytesIO(render_word(hard, DAY)))
    comments = [comment._element for comment in document.comments]
    tracked = [*document.element.iter(qn("w:ins"), qn("w:del")), *comments]
    assert {element.get(qn("w:author")) for element in tracked} == {"Draft"}
    assert {element.get(qn("w:date")) for element in tracked} == {"2029-03-04T00:00:00Z"}
    identities = [element.get(qn("w:id")) for element in tracked if element not in comments]
    assert len(identities) == len(set(identities))


def test_it_is_of_the_day_it_is_made_or_of_the_time_that_is_set(
    hard: Difference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1538352000")
    assert _days(commands.tracked_changes(hard)) == {"2018-10-01T00:00:00Z"}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before, found, after = dt.date.today(), _days(commands.tracked_changes(hard)), dt.date.today()  # noqa: DTZ011 - as a reader counts days
    assert found in ({f"{before}T00:00:00Z"}, {f"{after}T00:00:00Z"})


def _days(data: bytes) -> set[str | None]:
    document = docx.Document(io.BytesIO(data))
    return {element.get(qn("w:date")) for element in document.element.iter(qn("w:ins"), qn("w:del"))}


def test_a_new_governor_and_date_are_two_tracked_changes(real: Difference) -> None:
    facts = {fact.path: fact for fact in real.new.facts}
    facts["people.governors"] = dataclasses.replace(facts["people.governors"], values=("Mr Kofi Mensah",))
    facts["document.next_review"] = dataclasses.replace(facts["document.next_review"], values=("June 2031",))
    new = dataclasses.replace(real.new, facts=tuple(facts.values()))
    document = docx.Document(io.BytesIO(render_word(differ(real.new, new), DAY)))
    changed = {
        paragraph.text.partition("\t")[0]
        for paragraph in document.paragraphs
        if list(paragraph._p.iter(qn("w:ins"), qn("w:del")))
    }
    assert len(changed) == 2
    inserted = "".join(
        text.text or "" for found in document.element.body.iter(qn("w:ins")) for text in found.iter(qn("w:t"))
    )
    assert "Mr Kofi Mensah" in inserted
    assert "June 2031" in inserted.replace("\t", "")


def test_authors_are_named_by_what_they_are() -> None:
    project = Project(ROOT)
    found = commands.diff(project, "template:2018-09", "the-north-school@latest")
    assert (found.old.stage, found.new.stage) == ("template of September 2018", "version of 23 May 2018")
    assert commands.diff(project, "the-north-school@latest", "the-north-school").new.stage == "draft"


def test_words_in_another_language_say_so(hard: Difference) -> None:
    phrases = (Phrase("Stay here", "cy"), Phrase("the law", "la"), Phrase("gone", "fr"))
    new = dataclasses.replace(hard.new, policy=dataclasses.replace(hard.new.policy, phrases=phrases))
    data = render_word(dataclasses.replace(hard, new=new), DAY)
    document = docx.Document(io.BytesIO(data))
    found = [
        (language.get(qn("w:val")), "".join(words.text or "" for words in run.iter(qn("w:t"), qn("w:delText"))))
        for run in document.element.body.iter(qn("w:r"))
        for language in run.iter(qn("w:lang"))
    ]
    assert found == [
        ("fr", "gone"),
        ("cy", "Stay "),
        ("cy", "here"),
        ("cy", "here"),
        ("la", "the law"),
        ("fr", "gone"),
    ]
    assert not list(docx.Document(io.BytesIO(render_word(hard, DAY))).element.body.iter(qn("w:lang")))


def test_words_from_right_to_left_are_marked_as_word_does() -> None:
    run = _run(Run("مدرسة", strong=True, language="ar"), is_deleted=False)
    assert [element.tag for element in run.rPr] == [qn(name) for name in ("w:b", "w:bCs", "w:rtl", "w:lang")]
    assert run.rPr[-1].attrib == {qn("w:bidi"): "ar"}
    unnamed = _run(Run("مدرسة", language="und-Arab"), is_deleted=False)
    assert [element.tag for element in unnamed.rPr] == [qn("w:rtl")]


def test_the_same_policies_give_the_same_bytes(hard: Difference) -> None:
    data = render_word(hard, DAY)
    assert data == render_word(hard, DAY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_it_is_british_english_with_headings_word_can_list(real: Difference) -> None:
    document = docx.Document(io.BytesIO(render_word(real, DAY)))
    assert {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    headings = [p.style.name for p in document.paragraphs if p.style and (p.style.name or "").startswith("Heading")]
    assert {"Heading 1", "Heading 2", "Heading 3"} <= set(headings)


def test_every_page_says_what_is_compared_and_its_page_number(hard: Difference) -> None:
    page = docx.Document(io.BytesIO(render_word(hard, DAY))).sections[0]
    assert page.header.paragraphs[0].text == "From: X, 2029\nTo: X, draft\nChanges marked on 4 March 2029"
    fields = [field.get(qn("w:instr")) for field in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_policy_and_its_own_past_have_one_school_in_the_head(hard: Difference) -> None:
    old = dataclasses.replace(hard.old, school_name=hard.new.school_name)
    page = docx.Document(io.BytesIO(render_word(dataclasses.replace(hard, old=old), DAY))).sections[0]
    head = page.header.paragraphs[0]
    assert head.text == "Y\nFrom the version of 2029 to the draft\nChanges marked on 4 March 2029"
    # three lines of 9 points fit between the edge and the text, with room to spare
    assert head.style
    assert (page.top_margin or 0) - (page.header_distance or 0) > 3 * 1.3 * Pt(9) + Pt(10)
