"""Comparisons as Word documents: LibreOffice accepts and rejects them to exactly the new and the old policy."""

import dataclasses
import io
import subprocess
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from folders import ROOT

from build_tools import commands
from build_tools.comparing.difference import Difference, Side, differ
from build_tools.outputs.word.document import _run, render_word
from build_tools.policy.model import Kind, Node, Origin, Phrase, Policy, Run, plain
from build_tools.policy.tree import is_printed
from build_tools.project import Project

pytestmark = pytest.mark.slow

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
            clause("i", "(5A)", Run("Last of all."), origin=Origin.INSERTED, reason="Ours <b> & only."),
        ),
    )
    edition = real.new.edition
    return differ(
        Side(Policy("x@2029", "2029-01", "Old Policy", old), edition, "X, 2029"),
        Side(Policy("x", "2030-01", "New Policy", new), edition, "X, draft"),
    )


def lines(policy: Policy) -> list[str]:
    """Return a policy as the paragraphs that it is printed in."""
    found = [policy.title]
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
    data = render_word(difference)
    assert_tracked(data)
    settled = settle(data, verb)
    assert not list(settled.element.iter(qn("w:ins"), qn("w:del")))
    assert [paragraph.text for paragraph in settled.paragraphs] == [*lines(getattr(difference, side).policy), ""]


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
    settled = [paragraph.text for paragraph in settle(render_word(difference), verb).paragraphs]
    policy = lines(getattr(difference, side).policy)
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
    document = docx.Document(io.BytesIO(render_word(differ(real.new, real.new))))
    assert not list(document.element.iter(qn("w:ins"), qn("w:del")))
    assert len(document.comments) == 0
    assert [paragraph.text for paragraph in document.paragraphs][:-1] == lines(real.new.policy)


def test_every_reason_is_a_comment_anchored_in_the_text(hard: Difference, real: Difference) -> None:
    for difference in (hard, real):
        document = docx.Document(io.BytesIO(render_word(difference)))
        said = "\n".join(comment.text for comment in document.comments)
        reasons = {r for c in difference.comparison.changes for r in (c.reason, c.old_reason) if r}
        assert reasons
        assert [reason for reason in reasons if reason not in said] == []
        anchored = [element.get(qn("w:id")) for element in document.element.iter(qn("w:commentReference"))]
        assert sorted(map(int, filter(None, anchored))) == sorted(comment.comment_id for comment in document.comments)


def test_a_comment_stands_beside_what_it_explains(hard: Difference) -> None:
    document = docx.Document(io.BytesIO(render_word(hard)))
    said = {comment.comment_id: comment.text for comment in document.comments}
    beside: dict[str, list[str]] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        words = "".join(text.text or "" for text in paragraph.iter(qn("w:t"), qn("w:delText")))
        for anchor in paragraph.iter(qn("w:commentReference")):
            beside.setdefault(words, []).append(said[int(anchor.get(qn("w:id")) or 0)])
    assert beside["(5A)Last of all."] == ["1(5A): amendment added\nBecause: Ours <b> & only."]
    assert beside["(4)Omitted soon."] == ["1(5): amendment added\nBecause: We have\nnone."]


def test_changes_and_comments_have_an_author_and_a_fixed_date(
    hard: Difference, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    undated = render_word(hard)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1538352000")
    for data, date in ((undated, "1980-01-01T00:00:00Z"), (render_word(hard), "2018-10-01T00:00:00Z")):
        document = docx.Document(io.BytesIO(data))
        comments = [comment._element for comment in document.comments]
        tracked = [*document.element.iter(qn("w:ins"), qn("w:del")), *comments]
        assert {element.get(qn("w:author")) for element in tracked} == {"schoolpolicy: x@2029 -> x"}
        assert {element.get(qn("w:date")) for element in tracked} == {date}
        identities = [element.get(qn("w:id")) for element in tracked if element not in comments]
        assert len(identities) == len(set(identities))


def test_words_in_another_language_say_so(hard: Difference) -> None:
    phrases = (Phrase("Stay here", "cy"), Phrase("the law", "la"), Phrase("gone", "fr"))
    new = dataclasses.replace(hard.new, policy=dataclasses.replace(hard.new.policy, phrases=phrases))
    data = render_word(dataclasses.replace(hard, new=new))
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
    assert not list(docx.Document(io.BytesIO(render_word(hard))).element.body.iter(qn("w:lang")))


def test_words_from_right_to_left_are_marked_as_word_does() -> None:
    run = _run(Run("مدرسة", strong=True, language="ar"), is_deleted=False)
    assert [element.tag for element in run.rPr] == [qn(name) for name in ("w:b", "w:bCs", "w:rtl", "w:lang")]
    assert run.rPr[-1].attrib == {qn("w:bidi"): "ar"}
    unnamed = _run(Run("مدرسة", language="und-Arab"), is_deleted=False)
    assert [element.tag for element in unnamed.rPr] == [qn("w:rtl")]


def test_the_same_policies_give_the_same_bytes(hard: Difference) -> None:
    data = render_word(hard)
    assert data == render_word(hard)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_it_is_british_english_with_headings_word_can_list(real: Difference) -> None:
    document = docx.Document(io.BytesIO(render_word(real)))
    assert {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    headings = [p.style.name for p in document.paragraphs if p.style and (p.style.name or "").startswith("Heading")]
    assert {"Heading 1", "Heading 2", "Heading 3"} <= set(headings)


def test_every_page_says_what_is_compared_and_its_page_number(hard: Difference) -> None:
    page = docx.Document(io.BytesIO(render_word(hard))).sections[0]
    assert page.header.paragraphs[0].text == f"Changes from: {hard.old.title}\nto: {hard.new.title}"
    fields = [field.get(qn("w:instr")) for field in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
