"""Policies as other people would have written them: our own, put into other words and other kinds of file.

What is put in and what is taken out is known, so that what a reader finds can be told right from wrong.
"""

import dataclasses
import io
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import docx
from folders import ROOT

from build_tools.adopting.subject import Subject, read_subject
from build_tools.policy.model import Kind, Node, School, plain
from build_tools.resolving.resolve import resolve
from build_tools.schools.school import read_school
from build_tools.template.edition import Edition
from build_tools.text.dates import long_date

FOLDER = Path(__file__).parent / "puddlewick-marsh"

OTHER_WORDS: Mapping[str, str] = {
    r"\bWe will\b": "The school will",
    r"\bwe will\b": "the school will",
    r"\b[Mm]ake sure\b": "Ensure",
    r"\btell\b": "inform",
    r"\bTell\b": "Inform",
    r"\bat once\b": "immediately",
    r"\bour\b": "the school's",
    r"\bOur\b": "The school's",
    r"\b[Ee]veryone in (?:our|the school's) community\b": "All members of the school community",
    r"\bparents and carers\b": "parents/carers",
    r"\bthe DSL\b": "the Designated Safeguarding Lead",
    r"\bAUPs\b": "Acceptable Use Policies",
    r"\bphones\b": "mobile phones",
    r"\bmobile mobile\b": "mobile",
    r"\bkept to\b": "adhered to",
    r"\bkeep to\b": "adhere to",
    r"\btaught\b": "educated",
    r"\bteach\b": "educate",
    r"\bsuitable\b": "appropriate",
    r"\bdevices\b": "equipment",
    r"\bhelp\b": "support",
    r"\bregularly\b": "on a regular basis",
    r"\bnot permitted\b": "prohibited",
    r"\bfor example\b": "such as",
    r"\bstaff\b": "members of staff",
    r"\bworries\b": "concerns",
}
"""What other authors of such policies write for our words."""

OWN = (
    "Smart watches with a camera are given to the office before the first bell and fetched after the last one.",
    "The school pond has a webcam, which shows herons and newts and is turned away from the playground.",
    "Drones may be flown over the field by the science club, with a licence and never during break.",
    "Each summer a fair of second-hand computers raises money for the library, and volunteers wipe their disks.",
    "The caretaker holds the keys to the cabinet in which the routers stand.",
)
"""What no edition has."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A heading, or a clause by its id; None for what is the school's own."""

    text: str
    level: int = 0
    """Of a heading; 0 for a clause."""
    depth: int = 1
    id: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Rewritten:
    """A policy in other words, with what is true of it."""

    school: School
    front: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    dropped: frozenset[str]

    def first(self, count: int) -> "Rewritten":
        """Return only as many parts, to be set and read in less time."""
        return dataclasses.replace(self, parts=self.parts[:count])


def rewrite(edition: Edition, *, shuffle: int | None = None, other_words: bool = True) -> Rewritten:
    """Return the policy of the invented school in other words, some clauses dropped and some of its own put in.

    `shuffle` is the seed by which its sections are put into another order.
    """
    school = read_school(FOLDER, FOLDER.parents[2], {edition.name: edition})
    sections = list(resolve(edition, school).sections)
    if shuffle is not None:
        random.Random(shuffle).shuffle(sections)  # noqa: S311 - nothing depends on its being hard to guess
    leaves = [node.id for top in sections for node in top.walk() if node.kind is Kind.CLAUSE and not node.children]
    dropped = frozenset(leaves[20::23])
    parts = [part for top in sections for part in _parts(top, 1, 1, dropped)]
    if other_words:
        parts = [part if part.level else dataclasses.replace(part, text=in_other_words(part.text)) for part in parts]
    at = [index for index, part in enumerate(parts) if part.depth == 1 and not part.level]
    for number, text in enumerate(OWN):
        parts.insert(at[40 + 31 * number] + number, Part(text))
    values = school.values
    front = (
        ("Designated Safeguarding Lead", f"{values['people']['dsl'][0]['name']}, {values['people']['dsl'][0]['role']}"),
        ("Deputy Designated Safeguarding Lead", values["people"]["deputy_dsl"][0]["name"]),
        ("Named governor for safeguarding", values["people"]["governors"][0]["name"]),
        ("Policy written", long_date(values["document"]["written"])),
        ("Next review", long_date(values["document"]["next_review"])),
    )
    return Rewritten(school, front, tuple(parts), dropped)


def as_markdown(written: Rewritten) -> str:
    """Return a policy as Markdown."""
    lines = [f"# {written.school.values['school']['name']}", "", "## Online Safety Policy", ""]
    lines += [f"**{label}:** {value}\n" for label, value in written.front]
    for part in written.parts:
        lines.append(
            f"\n{'#' * (part.level + 1)} {part.text}\n" if part.level else f"{'    ' * (part.depth - 1)}- {part.text}"
        )
    return "\n".join(lines) + "\n"


def as_text(written: Rewritten) -> str:
    """Return a policy as plain text, broken into lines as mail programs do."""
    lines = [written.school.values["school"]["name"].upper(), "", "ONLINE SAFETY POLICY", ""]
    lines += [f"{label}: {value}" for label, value in written.front]
    for part in written.parts:
        if part.level:
            lines += ["", part.text.upper(), ""]
        else:
            lines += list(_wrapped(f"{'   ' * (part.depth - 1)}• ", part.text))
    return "\n".join(lines) + "\n"


def as_word(written: Rewritten) -> bytes:
    """Return a policy as a Word document with headings, lists, a table and running heads."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = written.school.values["school"]["name"]
    document.add_paragraph(written.school.values["school"]["name"], style="Title")
    document.add_paragraph("Online Safety Policy", style="Subtitle")
    table = document.add_table(rows=0, cols=2)
    for pair in written.front:
        for cell, words in zip(table.add_row().cells, pair, strict=True):
            cell.text = words
    for part in written.parts:
        style = (
            f"Heading {part.level}"
            if part.level
            else "List Bullet" + (f" {min(part.depth, 3)}" if part.depth > 1 else "")
        )
        document.add_paragraph(part.text, style=style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_page(written: Rewritten) -> str:
    """Return a policy as HTML, from which a PDF is made, with running heads and feet."""
    name = written.school.values["school"]["name"]
    margins = (
        f'@top-left {{ content: "{name}" }} @bottom-right {{ content: "Page " counter(page) " of " counter(pages) }}'
    )
    head = f"<style>@page {{ size: A4; margin: 25mm 20mm; {margins} }} body {{ font: 10pt/1.4 sans-serif }}</style>"
    body = [f"<h1>{name}</h1><p>Online Safety Policy</p>"]
    body += [f"<p>{label}: {value}</p>" for label, value in written.front]
    for part in written.parts:
        indent = f'style="margin-left: {part.depth * 8}mm; text-indent: -4mm"'
        body.append(
            f"<h{part.level + 1}>{part.text}</h{part.level + 1}>" if part.level else f"<p {indent}>• {part.text}</p>"
        )
    return head + "".join(body)


def _parts(node: Node, level: int, depth: int, dropped: frozenset[str]) -> Iterator[Part]:
    if node.is_left_out or node.id in dropped:
        return
    if node.kind is Kind.CLAUSE:
        yield Part(plain(node.text), 0, depth, node.provision)
    else:
        yield Part(plain(node.text), level)
    for child in node.children:
        below = depth + 1 if node.kind is Kind.CLAUSE else 1
        yield from _parts(child, level + 1, below, dropped)


def in_other_words(text: str) -> str:
    """Return a text with other words for the same."""
    for words, other in OTHER_WORDS.items():
        text = re.sub(words, other, text)
    return text


def _wrapped(sign: str, text: str, width: int = 92) -> Iterator[str]:
    line = sign
    for word in text.split():
        if len(line) + len(word) > width:
            yield line.rstrip()
            line = " " * len(sign)
        line += f"{word} "
    yield line.rstrip()


def shares(found: Mapping[str, set[str]], written: Rewritten) -> tuple[float, float]:
    """Return the share of what was found that is right, and the share of what is there that was found.

    `found` has for each text of a part the ids of the clauses that it was taken for.
    """
    there: Sequence[Part] = [part for part in written.parts if part.id]
    pairs = [(text, identity) for text, ids in found.items() for identity in ids]
    true = {(part.text, part.id) for part in there}
    return (
        sum(pair in true for pair in pairs) / max(len(pairs), 1),
        sum((part.text, part.id or "") in set(pairs) for part in there) / len(there),
    )


def subject_of(edition: Edition) -> Subject:
    """Return what a real edition says of its subject."""
    return read_subject(ROOT / "policy_src" / edition.name, ROOT, edition)
