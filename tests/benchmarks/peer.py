"""The peer: what a council would else take, a MkDocs project for each school, with Material and mkdocs-to-pdf.

Each has the words and links of the school's policy as its author would write them: a home page with the key facts and
the contents, a page for each section, lists inside lists, and an id on each section and clause so that links work.
Numbers are typed, since nothing in MkDocs gives a number that others can cite.
"""

import dataclasses
import itertools
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from lxml import html
from measuring import LOG, WORK, Taken, environment, run_side_by_side

from build_tools.policy.model import Kind, Node, Run, Text, plain
from build_tools.policy.tree import contents, is_printed, section_of
from build_tools.project import Project
from build_tools.reading import read
from build_tools.resolving.facts import document_title, facts
from build_tools.resolving.resolve import Resolved

PACKAGES = ("mkdocs==1.6.1", "mkdocs-material==9.8.2", "mkdocs-to-pdf==0.12.1", "weasyprint==70.0")
PDF = "policy.pdf"
_STYLES = ".md-typeset ul, article ul { list-style: none; }\n"
"""No bullets beside typed numbers. They would also cost the peer a tenth of its time."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&])")
"""What Markdown would not take as it stands."""


@dataclasses.dataclass(frozen=True, slots=True)
class Peer:
    """The peer's projects."""

    python: Path
    folders: Mapping[str, Path]
    """That of each school, by its name."""
    policies: Mapping[str, Resolved]

    @property
    def command(self) -> Sequence[str]:
        """What builds the project of the folder in which it runs: site and PDF."""
        return str(self.python), "-m", "mkdocs", "build", "--quiet", "--clean"

    def build(self) -> Taken:
        """Build all projects from nothing, a process a school, and return what it took."""
        for folder in self.folders.values():
            shutil.rmtree(folder / "site", ignore_errors=True)
        return run_side_by_side(self.command, [*self.folders.values()])


def make_peer(project: Project) -> Peer:
    """Return a MkDocs project for each school, with the same words, built once and found to be whole.

    Raises:
        SystemExit: if MkDocs warns of anything, such as a dead link, or a clause is missing.
    """
    policies = read(project, project.school_names()).resolved
    folders = {name: WORK / "peer" / project.root.name / name for name in policies}
    for name, resolved in policies.items():
        _write(resolved, folders[name])
    peer = Peer(environment("peer-env", PACKAGES), folders, policies)
    LOG.write_bytes(b"")
    run_side_by_side([*peer.command, "--strict"], [*folders.values()])
    if said := re.findall("^(?:WARNING|ERROR).*", LOG.read_text(encoding="utf-8"), re.MULTILINE):
        raise SystemExit("\n".join(["The peer warns:", *said]))
    for name, resolved in policies.items():
        _check(resolved, folders[name] / "site")
    return peer


def count_pages(pdf: Path) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(pdf) as document:
        return len(document.pages)


# --- as its author writes it ----------------------------------------------------------------------


def _write(resolved: Resolved, folder: Path) -> None:
    """Write the project of one school; what else was in the folder is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    docs.mkdir(parents=True)
    policy = resolved.policy
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(_settings(resolved), sort_keys=False), encoding="utf-8")
    for file in (docs / "styles.css", folder / "templates" / "styles.scss"):  # of the pages, and of the PDF
        file.parent.mkdir(exist_ok=True)
        file.write_text(_STYLES, encoding="utf-8")
    (docs / "index.md").write_text("\n".join(_home(resolved)), encoding="utf-8")
    tops = section_of(policy)
    for top in policy.sections:
        (docs / f"{top.id}.md").write_text("\n".join(_lines(top, 1, "", top.id, tops)), encoding="utf-8")


def _settings(resolved: Resolved) -> Mapping[str, Any]:
    school = resolved.school
    pdf = {"output_path": PDF, "cover_title": document_title(school), "cover_subtitle": school.values["school"]["name"]}
    return {
        "site_name": school.values["school"]["name"],
        "theme": {"name": "material", "font": False},
        "nav": ["index.md", *(f"{top.id}.md" for top in resolved.policy.sections)],
        "markdown_extensions": ["attr_list", "tables"],
        "extra_css": ["styles.css"],
        "validation": {"anchors": "warn"},
        # the numbers are typed: the headings need no second ones
        "plugins": ["search", {"to-pdf": {**pdf, "ordered_chapter_level": 0}}],
    }


def _home(resolved: Resolved) -> Iterator[str]:
    """Yield the lines of the home page: title, key facts, contents."""
    yield f"# {_escaped(document_title(resolved.school))}"
    yield from ("", "## Key facts", "", "| | |", "|---|---|")
    for fact in facts(resolved.edition, resolved.school):
        yield f"| {_escaped(fact.label)} | {'<br>'.join(map(_escaped, fact.values))} |"
    yield from ("", "## Contents", "")
    for top in contents(resolved.policy):
        yield f"- [{_title(top, top.id, {})}]({top.id}.md)"
        for child in top.children:
            yield f"    - [{_title(child, top.id, {})}]({top.id}.md#{child.id})"


def _lines(node: Node, level: int, indent: str, page: str, tops: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a section, group or clause; `tops` tells on which page each id stands."""
    is_clause = node.kind is Kind.CLAUSE
    words, identity = _title(node, page, tops), f"{{: #{node.id} }}"
    if is_clause:
        yield from (f"{indent}- {words}", f"{indent}    {identity}")
    else:
        yield f"\n{'#' * min(level, 6)} {words} {identity}\n"
    if node.is_left_out:
        yield f"{_escaped(node.reason or '')}\n"
        return
    for child in filter(is_printed, node.children):
        yield from _lines(child, level + 1, f"{indent}    " if is_clause else "", page, tops)


def _title(node: Node, page: str, tops: Mapping[str, str]) -> str:
    """Return the number and the words of a section, group or clause."""
    return f"{node.number} {_markdown(node.text, page, tops)}".lstrip()


def _markdown(text: Text, page: str, tops: Mapping[str, str]) -> str:
    """Return text as Markdown; where nothing tells on which page ids stand, without citations."""
    alike = itertools.groupby(text, key=lambda run: (run.strong, run.emphasis, run.code, run.href, run.target))
    return "".join(_stretch(Run("".join(r.text for r in runs), *look), page, tops) for look, runs in alike)


def _stretch(run: Run, page: str, tops: Mapping[str, str]) -> str:
    """Return words that look alike as Markdown; a mark must not stand beside a space."""
    words = _escaped(run.text.strip())
    for wanted, mark in ((run.code, "`"), (run.emphasis, "*"), (run.strong, "**")):
        words = f"{mark}{words}{mark}" if wanted and words else words
    if run.target and run.target in tops:
        top = tops[run.target]
        words = f"[{words}]({'' if top == page else f'{top}.md'}#{run.target})"
    elif run.href:
        words = f"[{words}]({run.href})"
    before, after = (" " if run.text[at : at + 1].isspace() or run.text[at:].isspace() else "" for at in (0, -1))
    return f"{before}{words}{after}"


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words)


# --- whether it is whole --------------------------------------------------------------------------


def _check(resolved: Resolved, site: Path) -> None:
    """Do nothing if a site has every clause with its id, number and words, every fact, and a PDF.

    Raises:
        SystemExit: if it lacks one.
    """
    if not (site / PDF).exists():
        raise SystemExit(f"The peer wrote no PDF: {site}")
    home = _bare(html.parse(site / "index.html").getroot().text_content())
    for fact in facts(resolved.edition, resolved.school):
        for value in fact.values:
            _require(_bare(value) in home, fact.label, site)
    for top in resolved.policy.sections:
        found = {element.get("id"): element for element in html.parse(site / top.id / "index.html").iter("*")}
        for node in _printed(top):
            said = found[node.id].text_content() if node.id in found else ""
            _require(_bare(said).startswith(_bare(f"{node.number} {plain(node.text)}")), node.id, site)


def _printed(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children if not node.is_left_out else ():
        if is_printed(child):
            yield from _printed(child)


def _require(holds: bool, what: str, site: Path) -> None:  # noqa: FBT001 - it is the question
    if not holds:
        raise SystemExit(f"The peer lacks {what}: {site}")


def _bare(words: str) -> str:
    return "".join(words.split())
