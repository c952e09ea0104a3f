"""Two policies as one Word document with tracked changes: accept them for the new policy, reject them for the old one.

Explanations of a change, above all its reason, are comments next to it. The elements are those of ISO/IEC 29500-1,
17.13.5: `ins` and `del` around runs, and in the properties of a paragraph whose end is inserted or deleted.
"""

import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterator

import msgspec
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor

from build_tools.comparing.compare import Change, Comparison
from build_tools.comparing.difference import Difference, Side
from build_tools.comparing.listing import explanation, numbers
from build_tools.comparing.topics import topics
from build_tools.outputs.word.declarations import declared_paragraphs
from build_tools.outputs.word.redline import (
    CLAUSE,
    FACT,
    GAP,
    HEADING,
    REASON,
    SCHOOL,
    TITLE,
    Paragraph,
    Stretch,
    Style,
    redline,
)
from build_tools.policy.languages import UNDETERMINED
from build_tools.policy.model import Policy, Run
from build_tools.policy.scripts import is_right_to_left
from build_tools.policy.tree import heading, is_printed
from build_tools.schema.fields import Schema
from build_tools.text.dates import iso_time, long_date
from build_tools.text.differing import DELETED, SAME

_LABEL = Mm(72)
"""The width of the labels of key facts."""
_INK = RGBColor(0x22, 0x22, 0x22)
_MARGIN, _STEP = Mm(14), Mm(9)
_DEEPEST = 6


def render_word(difference: Difference, made_at: dt.datetime) -> bytes:
    """Return a .docx with every change from one policy to another as a tracked change.

    The author of all changes is the newer of the two, in words, and their date is `made_at`. The same policies and date
    give the same bytes.
    """
    before, after = difference.old, difference.new
    old, new = before.policy, after.policy
    author = f"{after.stage[0].upper()}{after.stage[1:]}"
    document = _blank(after.heading, author, made_at)
    _add_margins(document, _head(before, after, made_at))
    comments = _comments(old, new, difference.comparison, difference.new.edition.schema)
    writer = _Writer(document, author, made_at)
    paragraphs = redline(before, after)
    kept = {paragraph.id for paragraph in paragraphs if paragraph.kind != DELETED}
    for paragraph in paragraphs:
        is_moved_away = paragraph.kind == DELETED and paragraph.id in kept
        writer.write(paragraph, () if is_moved_away else comments.pop(paragraph.id, ()))
    for paragraph in declared_paragraphs(difference.declarations):
        writer.write(paragraph, ())
    # the end of the last paragraph cannot be tracked, because no paragraph follows it
    document.element.body.add_p()
    return _packed(document)


def _head(old: Side, new: Side, made_at: dt.datetime) -> str:
    """Return what every page says at its top."""
    made = f"Changes marked on {long_date(made_at.date().isoformat())}"
    if old.school_name == new.school_name:
        compared = f"From the {old.stage} to the {new.stage}"
        return "\n".join(filter(None, (new.school_name, compared, made)))
    return f"From: {old.title}\nTo: {new.title}\n{made}"


# --- the document -----------------------------------------------------------------------------------------------------


def _blank(title: str, author: str, made_at: dt.datetime) -> WordDocument:
    """Return an empty document with the styles that policies need."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, "en-GB"
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    properties.comments = properties.last_modified_by = ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.header_distance, page.top_margin = Mm(12), Mm(34)
    # the thumbnail of another document
    package = document.part.package
    for identity, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[identity]
    _add_styles(document)
    return document


def _add_margins(document: WordDocument, head: str) -> None:
    """Print on every page what is compared, the page number and the number of pages."""
    page = document.sections[0]
    top = page.header.paragraphs[0]
    top.text, top.style = head, document.styles["Page head"]
    foot = page.footer.paragraphs[0]
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(words)
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        run = counted.makeelement(qn("w:r"))
        text = counted.makeelement(qn("w:t"))
        text.text = "1"  # until Word updates the field
        run.append(text)
        counted.append(run)
        foot._p.append(counted)  # noqa: SLF001 - python-docx does not support fields


def _add_styles(document: WordDocument) -> None:
    styles = document.styles
    for name in ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, _DEEPEST + 1))):
        styles[name].font.color.rgb = _INK
    for level in range(1, _DEEPEST + 1):
        made = styles.add_style(f"Clause {level}", WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        spacing = made.paragraph_format
        spacing.left_indent = _MARGIN + _STEP * (level - 1)
        spacing.first_line_indent = -(_MARGIN if level == 1 else _STEP)
        spacing.tab_stops.add_tab_stop(spacing.left_indent)
        spacing.space_after = Pt(5)
    fact = styles.add_style("Key fact", WD_STYLE_TYPE.PARAGRAPH)
    fact.base_style = styles["Normal"]
    fact.paragraph_format.left_indent, fact.paragraph_format.first_line_indent = _LABEL, -_LABEL
    fact.paragraph_format.tab_stops.add_tab_stop(_LABEL)
    fact.paragraph_format.space_after = Pt(4)
    head = styles.add_style("Page head", WD_STYLE_TYPE.PARAGRAPH)
    head.base_style, head.font.size = styles["Normal"], Pt(9)
    # a head of more lines than there is room for pushes the text down, and must not touch it
    head.paragraph_format.space_after = Pt(10)
    reason = styles.add_style("Reason", WD_STYLE_TYPE.PARAGRAPH)
    reason.base_style, reason.font.italic = styles["Normal"], True


def _style_name(style: Style) -> str:
    level = min(style.level, _DEEPEST)
    return {
        SCHOOL: "Subtitle",
        TITLE: "Title",
        FACT: "Key fact",
        HEADING: f"Heading {level}",
        CLAUSE: f"Clause {level}",
        REASON: "Reason",
    }[style.name]


def _packed(document: WordDocument) -> bytes:
    """Return a document as a file whose entries do not have the current time."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()


# --- paragraphs -------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes paragraphs into one document, and numbers its changes."""

    def __init__(self, document: WordDocument, author: str, made_at: dt.datetime) -> None:
        self.document = document
        self.author = author
        self.made_at = iso_time(made_at)
        self.counter = itertools.count(1)
        self.styles = {style.name: style.style_id for style in document.styles}

    def write(self, paragraph: Paragraph, comments: tuple[str, ...]) -> None:
        made = self.document.element.body.add_p()
        made.style = self.styles[_style_name(paragraph.style)]
        if paragraph.kind != SAME:
            mark = OxmlElement("w:rPr")
            mark.append(self._tracked(paragraph.kind))
            made.get_or_add_pPr().append(mark)
        written = [element for stretch in paragraph.stretches for element in self._stretch(stretch)]
        for text in comments:
            identity = self._comment(text)
            written = [_anchor("w:commentRangeStart", identity), *written, _anchor("w:commentRangeEnd", identity)]
            reference = OxmlElement("w:r")
            reference.append(_anchor("w:commentReference", identity))
            written.append(reference)
        made.extend(written)

    def _stretch(self, stretch: Stretch) -> Iterator[BaseOxmlElement]:
        for href, runs in itertools.groupby(stretch.runs, key=lambda run: run.href):
            outer: list[BaseOxmlElement] = []
            if href:
                link = OxmlElement("w:hyperlink")
                link.set(qn("r:id"), self.document.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                outer.append(link)
            if stretch.kind != SAME:
                outer.append(self._tracked(stretch.kind))
            made = [_run(run, is_deleted=stretch.kind == DELETED) for run in _joined(runs)]
            for element in reversed(outer):
                element.extend(made)
                made = [element]
            yield from made

    def _tracked(self, kind: str) -> BaseOxmlElement:
        element: BaseOxmlElement = OxmlElement("w:del" if kind == DELETED else "w:ins")
        element.set(qn("w:id"), str(next(self.counter)))
        element.set(qn("w:author"), self.author)
        element.set(qn("w:date"), self.made_at)
        return element

    def _comment(self, text: str) -> int:
        comment = self.document.comments.add_comment(text, self.author, self.author[0])
        comment._element.set(qn("w:date"), self.made_at)  # noqa: SLF001 - the library uses the clock for the date of a comment
        return comment.comment_id


def _anchor(name: str, identity: int) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(name)
    element.set(qn("w:id"), str(identity))
    return element


def _joined(words: Iterator[Run]) -> Iterator[Run]:
    """Yield words that look alike as one run."""
    for _, alike in itertools.groupby(words, key=lambda run: (run.strong, run.emphasis, run.code, run.language)):
        first, *others = alike
        yield msgspec.structs.replace(first, text="".join(run.text for run in (first, *others)))


def _known(language: str | None) -> str | None:
    """Return the language for Word, which has no tag for one that nobody has named."""
    return None if language and language.startswith(UNDETERMINED) else language


def _run(run: Run, *, is_deleted: bool) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    is_leftwards = is_right_to_left(run.text)
    # Word has its own marks for words from right to left (ISO/IEC 29500-1, 17.3.2)
    looks: dict[str, bool | str | None] = {
        "w:b": run.strong,
        "w:bCs": run.strong and is_leftwards,
        "w:i": run.emphasis,
        "w:u": run.href and "single",
        "w:rtl": is_leftwards,
        "w:lang": _known(run.language),
    }
    for name, wanted in looks.items():
        if wanted:
            look = OxmlElement(name)
            if isinstance(wanted, str):
                look.set(qn("w:bidi" if name == "w:lang" and is_leftwards else "w:val"), wanted)
            properties.append(look)
    made.append(properties)
    for index, text in enumerate(run.text.split(GAP)):
        if index:
            made.append(OxmlElement("w:tab"))
        if text:
            words = OxmlElement("w:delText" if is_deleted else "w:t")
            words.text = text
            words.set(qn("xml:space"), "preserve")
            made.append(words)
    return made


# --- comments ---------------------------------------------------------------------------------------------------------


def _comments(old: Policy, new: Policy, comparison: Comparison, schema: Schema) -> dict[str, tuple[str, ...]]:
    """Return the comments on paragraphs, by id; a part that is not printed is explained at the part before it."""
    printed = {node.id for policy in (old, new) for node in policy.walk_all() if is_printed(node)}
    places = _places(old) | _places(new)
    found: dict[str, tuple[str, ...]] = {}
    for change in comparison.changes:
        if change.kind.traits.is_commented or change.reason or change.old_reason:
            place = change.id if change.id in printed else places[change.id]
            found[place] = (*found.get(place, ()), _said(change, schema))
    for place, said in _sums(new, comparison):
        found[place] = (said, *found.get(place, ()))
    return found


def _sums(new: Policy, comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield how many clauses changed in each section, if they are too many to be read in a row, by its id."""
    sections = {heading(section): section.id for section in new.sections}
    for section in itertools.chain.from_iterable(topic.shares for topic in topics(comparison)):
        if section.title in sections:
            counts = (f"{share.heading}: {len(found)}" for share, found in section.shares.items())
            yield sections[section.title], "\n".join(counts)


def _places(policy: Policy) -> dict[str, str]:
    """Return for each part's id the same id or, if the part is not printed, that of the last printed one before it."""
    places: dict[str, str] = {}
    last = ""
    for node in policy.walk_all():
        last = node.id if is_printed(node) else last
        places[node.id] = last
    return places


def _said(change: Change, schema: Schema) -> str:
    number = f"{numbers(change.old_number, change.number)}: " if change.number else ""
    heading = f"{number}{change.kind.traits.words}"
    return "\n".join((heading, *explanation(change, schema)))
