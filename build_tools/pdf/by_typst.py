"""A policy set by Typst: `policy.typ` reads it as data, and then one pass over the tags that became of it."""

import dataclasses
import datetime as dt
import functools
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pikepdf import Pdf

from build_tools.model import Crest, Node, Phrase, Run, Text
from build_tools.pages import Fact, find_template, is_printed
from build_tools.pdf.archive import save
from build_tools.pdf.document import Document
from build_tools.pdf.typst_tags import mend
from build_tools.spoken import mark

LAYOUT = "pdf/policy.typ"
_NO_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""What Typst is told where no time is set, since it writes no PDF/A without one; the file then bears none."""


def print_document(document: Document, templates: tuple[Path, ...]) -> bytes:
    """Return a policy as a PDF."""
    data = json.dumps(_policy(document), ensure_ascii=False)
    compiler = _compiler(templates)
    made = compiler.compile(
        sys_inputs={"policy": data},
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=document.made_at or _NO_TIME,
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
    with Pdf.open(BytesIO(made)) as pdf:
        mend(pdf, document.citations)
        pdf.docinfo["/Producer"] = pdf.docinfo["/Creator"]
        unsaid = ["/Creator"] if document.made_at else ["/Creator", "/CreationDate", "/ModDate"]
        for key in unsaid:
            del pdf.docinfo[key]
        return save(pdf, templates, document.seal)


@functools.lru_cache(maxsize=4)
def _compiler(templates: tuple[Path, ...]) -> typst.Compiler:
    """Return what sets documents in our typeface; no other font is known to it, and no file but the layout."""
    layout = find_template(templates, LAYOUT)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[find_template(templates, "fonts/SourceSans3-Regular.ttf").parent],
    )
    return typst.Compiler(layout, root=layout.parent, font_paths=fonts)


# --- a document as JSON: words are lists of runs, everything else plain -----------------------------------------------


def _policy(document: Document) -> Mapping[str, Any]:
    words = functools.partial(_words, phrases=document.phrases)
    time = document.made_at or _NO_TIME
    return {
        "title": words(document.title),
        "school_name": words(document.school_name),
        "motto": words(document.motto or ""),
        "heading": f"{document.title}, {document.school_name}",
        "author": document.school_name,
        "subject": document.subject,
        "running_head": document.title,
        "running_foot": document.motto or document.school_name,
        "crest": _crest(document.crest),
        "colour": document.colour,
        "is_ratified": document.is_ratified,
        "state": words(document.state),
        "next_review": f"Next review: {document.next_review}",
        "source": f"From the template of {document.publisher}, edition {document.edition}",
        "contacts": _facts(document.contacts, document.phrases),
        "control": _facts(document.control, document.phrases),
        "made_at": {name: getattr(time, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "sections": [_node(node, document.phrases) for node in document.sections],
    }


def _facts(facts: Iterable[Fact], phrases: tuple[Phrase, ...]) -> list[Mapping[str, Any]]:
    return [
        {"label": _words(fact.label, phrases), "values": [_words(value, phrases) for value in fact.values]}
        for fact in facts
    ]


def _node(node: Node, phrases: tuple[Phrase, ...]) -> Mapping[str, Any]:
    is_kept = not node.is_left_out
    return {
        "kind": node.kind,
        "id": node.id,
        "number": node.number,
        "words": _runs(node.text, phrases),
        "reason": None if is_kept else _words(node.reason or "", phrases),
        "children": [_node(child, phrases) for child in node.children if is_kept and is_printed(child)],
    }


def _words(words: str, phrases: tuple[Phrase, ...]) -> list[Mapping[str, Any]]:
    return _runs((Run(words),) if words else (), phrases)


def _runs(text: Text, phrases: tuple[Phrase, ...]) -> list[Mapping[str, Any]]:
    """Return stretches that look alike and lead to the same place, each with its words by language."""
    alike = itertools.groupby(mark(text, phrases), key=lambda run: dataclasses.replace(run, text="", language=None))
    return [
        {
            "strong": look.strong,
            "emphasis": look.emphasis,
            "href": look.href,
            "target": look.target,
            "words": [
                {"text": run.text, "language": _language(run.language) if run.language else None} for run in runs
            ],
        }
        for look, runs in alike
    ]


def _language(tag: str) -> Mapping[str, str]:
    """Return a language as Typst knows it: of a BCP 47 tag, the language itself and the region."""
    language, *others = tag.split("-")
    region = next((part for part in others if re.fullmatch("[A-Z]{2}", part)), None)
    return {"lang": language, "region": region} if region else {"lang": language}


def _crest(crest: Crest | None) -> Mapping[str, Any] | None:
    """Return a crest as Typst takes it: the bytes of the file, and in which format they are."""
    if crest is None:
        return None
    return {"data": list(crest.data), "format": crest.file_name.rpartition(".")[2], "ratio": crest.ratio}
