"""A PDF by Typst: a layout reads what it prints as data, and then one pass repairs the tags of a policy."""

import datetime as dt
import functools
import itertools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import typst
from fontTools.ttLib import TTFont
from pikepdf import Pdf

from build_tools.outputs.html import NUMBERING
from build_tools.outputs.pdf.archive import opened, save
from build_tools.outputs.pdf.document import LAW_COLUMNS, Document, LawRow
from build_tools.outputs.pdf.handout import PrintedHandout
from build_tools.outputs.pdf.notes import note, settle_notes
from build_tools.outputs.pdf.sheet import LINES, Sheet
from build_tools.outputs.pdf.typst_tags import repair
from build_tools.policy.headings import named
from build_tools.policy.languages import mark
from build_tools.policy.model import Crest, Node, Phrase, Run, Text, plain
from build_tools.policy.promises import Due, Promised
from build_tools.policy.scripts import has_other_scripts, is_right_to_left
from build_tools.policy.sources import LAW_LEAD, LAW_TITLE
from build_tools.policy.tree import is_printed
from build_tools.project import TEMPLATES, find_template, require_inside
from build_tools.proofreading.typeface import fonts_for
from build_tools.resolving.facts import Fact
from build_tools.resolving.reporting import Report
from build_tools.text.dates import long_date
from build_tools.text.problems import Mistakes, Place, Problem

LAYOUT, SHEET_LAYOUT, HANDOUT_LAYOUT = "pdf/policy.typ", "pdf/promises.typ", "pdf/handout.typ"
SHARED = ("words.typ", "sheet.typ")
"""What layouts import."""
_NO_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""The time for Typst if none is set, since it needs one for PDF/A; it is then removed from the file."""

_TYPEFACE = "Source Sans 3"

_Words: TypeAlias = str | Mapping[str, Any]
"""Plain words, or words with their properties."""
_MARKS = ("strong", "emphasis", "href", "target")
_look = operator.attrgetter(*_MARKS, "code", "field")


def print_document(document: Document, templates: tuple[Path, ...]) -> bytes:
    """Return a policy as a PDF."""
    data = {"policy.json": _policy(document), "sheet.json": _sheet(document)}
    with opened(_compiled(LAYOUT, data, document.made_at, templates)) as pdf:
        targets = (*_targets(data["policy.json"]["sections"]), *_cited(row.clauses for row in document.law))
        front = 3 if document.report else 2
        repair(pdf, document.citations, targets, front=front, has_law=bool(document.law))
        return _saved(pdf, document.made_at, templates, document.seal)


def print_sheet(sheet: Sheet, templates: tuple[Path, ...]) -> bytes:
    """Return the sheet of a policy's promises as a PDF."""
    data = {"sheet.json": _promises(sheet)}
    with opened(_compiled(SHEET_LAYOUT, data, sheet.made_at, templates)) as pdf:
        settle_notes(pdf)
        return _saved(pdf, sheet.made_at, templates)


def print_handout(handout: PrintedHandout, templates: tuple[Path, ...]) -> bytes:
    """Return a summary, agreement or form as a PDF."""
    data = {"sheet.json": _handout(handout)}
    with opened(_compiled(HANDOUT_LAYOUT, data, handout.made_at, templates)) as pdf:
        settle_notes(pdf)
        return _saved(pdf, handout.made_at, templates)


def _compiled(layout: str, data: Mapping[str, Any], made_at: dt.datetime | None, templates: tuple[Path, ...]) -> bytes:
    """Return the PDF that a layout makes of data, with Typst's own tags.

    Raises:
        Mistakes: if Typst finds a fault in the layout.
    """
    files = {"main.typ": layout, **{name: f"pdf/{name}" for name in SHARED}}
    scripts = [file for file, _ in fonts_for(msgspec.json.encode(data).decode(), templates)]
    fonts = {"fonts.json": [_TYPEFACE, *dict.fromkeys(map(_family, scripts))]}
    compiler = _compiler(templates, tuple(dict.fromkeys(file.parent for file in scripts)))
    try:
        made = compiler.compile(
            # not as `sys_inputs`: new ones would clear Typst's cache of layouts
            {name: find_template(templates, path).read_bytes() for name, path in files.items()}
            | {name: msgspec.json.encode(content) for name, content in {**data, **fonts}.items()},  # type: ignore[type-var]  # it also accepts folders
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
            timestamp=made_at or _NO_TIME,
        )
    except typst.TypstError as error:
        raise Mistakes([_fault(error, files)]) from error
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
    return made


def _fault(error: typst.TypstError, files: Mapping[str, str]) -> Problem:
    """Return what Typst says of a layout, with the place that is drawn below it; `files` has the path of each file."""
    found = re.search(r"┌─ (?:.*[/\\])?(?P<name>[^/\\]+):(?P<line>\d+):\d+", error.diagnostic)
    path, line = (files.get(found["name"], found["name"]), int(found["line"])) if found else (files["main.typ"], None)
    return Problem(Place(f"{TEMPLATES}/{path}", line), f"Typst finds a fault in this layout: {error.message}.")


def _saved(pdf: Pdf, made_at: dt.datetime | None, templates: tuple[Path, ...], seal: str | None = None) -> bytes:
    """Return a PDF as bytes, without a time if none is set."""
    pdf.docinfo["/Producer"] = pdf.docinfo["/Creator"]
    unsaid = ["/Creator"] if made_at else ["/Creator", "/CreationDate", "/ModDate"]
    for key in unsaid:
        del pdf.docinfo[key]
    return save(pdf, templates, seal)


@functools.lru_cache(maxsize=4)
def _compiler(templates: tuple[Path, ...], scripts: tuple[Path, ...]) -> typst.Compiler:
    """Return the compiler, which can use only our fonts and files.

    `scripts` has the folders of fonts for other scripts.

    Raises:
        Mistakes: if there is a link to a file outside the folders, which Typst would follow.
    """
    root = find_template(templates, LAYOUT).parent
    for file in root.rglob("*"):
        require_inside(file, templates, f"{TEMPLATES}/{root.name}/{file.relative_to(root).as_posix()}")
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[find_template(templates, "fonts/SourceSans3-Regular.ttf").parent, *scripts],
    )
    return typst.Compiler(root=root, font_paths=fonts)


@functools.lru_cache(maxsize=64)
def _family(file: Path) -> str:
    """Return the family of a font, by which Typst knows it."""
    with TTFont(file, lazy=True) as font:
        family: str = font["name"].getBestFamilyName()
    return family


# --- a document as JSON: words are lists of runs, everything else plain -----------------------------------------------


def _policy(document: Document) -> Mapping[str, Any]:
    words = functools.partial(_words, phrases=document.phrases)
    return {
        "title": words(document.title),
        "school_name": words(document.school_name),
        "motto": words(document.motto or ""),
        "heading": document.heading,
        "author": document.school_name,
        "subject": document.subject,
        "crest": _crest(document.crest),
        "state": words(document.state),
        "next_review": f"Next review: {document.next_review}",
        "source": document.source,
        "looked_up": document.looked_up,
        "report": _report(document.report, document.phrases),
        "contacts_title": document.contacts_title,
        "contacts": _facts(document.contacts, document.phrases),
        "control": _facts(document.control, document.phrases),
        "numbering": NUMBERING,
        "made_at": _time(document.made_at),
        "last_listed": sorted(document.last_listed),
        "sections": [_node(node, document.phrases) for node in document.sections],
        "law": {
            "heading": LAW_TITLE,
            "caption": LAW_LEAD,
            "columns": LAW_COLUMNS,
            "rows": [_law(row, document.phrases) for row in document.law],
        },
    }


def _time(made_at: dt.datetime | None) -> Mapping[str, int]:
    time = made_at or _NO_TIME
    return {name: getattr(time, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def _around(sheet: Sheet | PrintedHandout) -> Mapping[str, Any]:
    """Return the data that every sheet without a cover has."""
    words = functools.partial(_words, phrases=sheet.phrases)
    return {
        "title": words(sheet.title),
        "heading": f"{sheet.title}: {sheet.policy_title}, {sheet.school_name}",
        "author": sheet.school_name,
        "subject": sheet.subject,
        "school_name": words(sheet.school_name),
        "policy_title": words(sheet.policy_title),
        "colour": sheet.colour,
        "made_at": _time(sheet.made_at),
    }


def _handout(handout: PrintedHandout) -> Mapping[str, Any]:
    return {
        **_around(handout),
        "size": handout.size,
        "lines": [_line(line, handout.phrases) for line in handout.lines],
        "parts": [
            {
                "title": _uncited(part.text, handout.phrases),
                "lines": [_line(line, handout.phrases) for line in part.children],
            }
            for part in handout.parts
        ],
    }


def _line(line: Node, phrases: tuple[Phrase, ...]) -> Mapping[str, Any]:
    return {
        "words": _uncited(line.text, phrases),
        "number": line.citation,
        "blank": line.blank.value if line.blank else None,
        "choices": line.choices,
        "children": [_line(child, phrases) for child in line.children],
    }


def _promises(sheet: Sheet) -> Mapping[str, Any]:
    return {
        **_around(sheet),
        "advice": _words(sheet.advice, sheet.phrases),
        "dues": [_due(due, sheet.phrases) for due in sheet.dues],
        "lines": LINES,
    }


def _due(due: Due, phrases: tuple[Phrase, ...]) -> Mapping[str, Any]:
    return {"title": due.title, "promises": [_promised(promised, phrases) for promised in due.promises]}


def _promised(promised: Promised, phrases: tuple[Phrase, ...]) -> Mapping[str, Any]:
    node, promise = promised.node, promised.promise
    runs = functools.partial(_uncited, phrases=phrases)
    return {
        "number": node.citation,
        "words": [part for lead in promised.leads for part in (*runs(lead.text), " ")] + runs(node.text),
        "inside": [runs(child.text) for child in promised.inside],
        "who": runs(promise.who),
        "by": long_date(promise.by) if promise.by else None,
    }


def _uncited(text: Text, phrases: tuple[Phrase, ...]) -> list[_Words]:
    """Return stretches of words; the numbers of other clauses are no links, because those are not on the sheet."""
    return _runs(tuple(msgspec.structs.replace(run, target=None) for run in text), phrases)


def _sheet(document: Document) -> Mapping[str, Any]:
    """Return the data for every page."""
    return {
        "head": document.title,
        "foot": _words(document.motto or document.school_name, document.phrases),
        "is_draft": not document.is_ratified,
        "colour": document.colour,
    }


def _facts(facts: Iterable[Fact], phrases: tuple[Phrase, ...]) -> list[Mapping[str, Any]]:
    return [
        {"label": _words(fact.label, phrases), "values": [_words(value, phrases) for value in fact.values]}
        for fact in facts
    ]


def _report(report: Report | None, phrases: tuple[Phrase, ...]) -> Mapping[str, Any] | None:
    if report is None:
        return None
    return {
        "heading": _words(report.heading, phrases),
        "emergency": _words(report.emergency or "", phrases),
        "text": _words(report.text, phrases),
        "contacts": _facts(report.contacts, phrases),
        "worries": [_runs(worry.on_paper, phrases) for worry in report.worries],
    }


def _node(node: Node, phrases: tuple[Phrase, ...]) -> Mapping[str, Any]:
    is_kept = not node.is_left_out
    return {
        "kind": node.kind,
        "id": node.id,
        "number": node.number,
        "words": _runs(node.text, phrases),
        "listed": _words(plain(named(node)), phrases) if named(node) != node.text else None,
        "reason": None if is_kept or not node.reason else _words(node.reason, phrases),
        "children": [_node(child, phrases) for child in node.children if is_kept and is_printed(child)],
    }


def _law(row: LawRow, phrases: tuple[Phrase, ...]) -> list[list[_Words]]:
    """Return a line of the table of law and guidance: the words of each cell."""
    return [_runs(row.source, phrases), _words(row.in_force, phrases), _runs(row.clauses, phrases)]


def _cited(texts: Iterable[Text]) -> Iterator[str]:
    """Yield where each link inside the policy leads, of texts in the order of the layout."""
    yield from (run.target for text in texts for run in text if run.target)


def _targets(nodes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield where each link inside the policy leads, in the order of the layout."""
    for node in nodes:
        for part in (*node["words"], *(node["reason"] or ())):
            if "target" in part and not isinstance(part, str):
                yield part["target"]
        yield from _targets(node["children"])


def _words(words: str, phrases: tuple[Phrase, ...]) -> list[_Words]:
    return _runs((Run(words),) if words else (), phrases)


def _runs(text: Text, phrases: tuple[Phrase, ...]) -> list[_Words]:
    """Return stretches with the same look and link, each with its words by language."""
    stretches: list[_Words] = []
    marked = mark(text, phrases)
    for look, runs in itertools.groupby(marked, key=_look):
        words = [_spoken(run, is_alone=len(marked) == 1) for run in runs]
        marks = {name: value for name, value in zip(_MARKS, look, strict=False) if value}
        stretches += [{"words": words, **marks}] if marks else words
    return stretches


def _spoken(run: Run, *, is_alone: bool) -> _Words:
    """Return words by language; `is_alone` says whether the text has no other words."""
    if not run.language:
        return run.text
    spoken = {
        "text": run.text,
        "language": _language(run.language),
        "is-leftwards": is_alone and is_right_to_left(run.text),
    }
    return {**spoken, "note": note(run.language, run.text)} if has_other_scripts(run.text) else spoken


def _language(tag: str) -> Mapping[str, str]:
    """Return a language for Typst: the language and the region of a BCP 47 tag."""
    language, *others = tag.split("-")
    region = next((part for part in others if re.fullmatch("[A-Z]{2}", part)), None)
    return {"lang": language, "region": region} if region else {"lang": language}


def _crest(crest: Crest | None) -> Mapping[str, Any] | None:
    """Return a crest for Typst: the bytes of the file, and their format."""
    if crest is None:
        return None
    return {"data": list(crest.data), "format": crest.file_name.rpartition(".")[2], "ratio": crest.ratio}
