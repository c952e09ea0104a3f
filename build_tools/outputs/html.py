"""What all outputs with pages share: the Jinja environment, text as HTML, and the facts at the top of a policy.

Outputs differ only in layout. All of them render the numbered tree with `templates/shared/policy.html`, so that they
cannot disagree.
"""

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from build_tools.comparing.by_section import counted
from build_tools.comparing.endings import by_ending
from build_tools.comparing.topics import freedoms
from build_tools.outputs.sandbox import Sandbox
from build_tools.policy.headings import Shown
from build_tools.policy.languages import mark, mark_stretches
from build_tools.policy.model import Kind, Node, Origin, Phrase, Run, Text, plain
from build_tools.policy.scripts import is_right_to_left
from build_tools.policy.tree import is_printed
from build_tools.template.glossary import TERM
from build_tools.text.dates import iso_time, long_date
from build_tools.text.differing import Part, spaced
from build_tools.text.typeset import typeset

NUMBERING = (
    "The numbers are the template’s, so they are the same in every school that uses it. "
    "Where one is missing, what the template says there does not apply to this school."
)
"""Why a policy can go from 7.1(3) to 7.1(6)."""

_Address: TypeAlias = Callable[[str], str | None]
"""Returns the address of a section or clause on this page or another from its id, None if it has none."""


@functools.lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    """Return the environment that renders pages."""
    made = Sandbox(folders, keep_trailing_newline=True)
    made.filters |= {"runs": render_runs, "worded": render_node, "headed": render_heading, "heading": heading_words}
    made.filters |= {"spoken": render_words, "parts": render_parts}
    made.filters |= {
        "shown": shown,
        "by_kind": by_kind,
        "numbered": render_number,
        "counted": counted,
        "by_ending": by_ending,
    }
    made.filters |= {
        "freedoms": freedoms,
        "plain": plain,
        "typeset": typeset,
        "long_date": long_date,
        "iso_time": iso_time,
    }
    made.tests["leftwards"] = is_right_to_left
    made.globals |= {"Kind": Kind, "Origin": Origin, "numbers_link": True, "numbering": NUMBERING}
    return made


@jinja2.pass_context
def render_runs(context: Context, text: Text) -> Markup:
    """Return text as HTML.

    The context has `address`, which turns citations into links; `mark_values`, whether the school's values are
    highlighted; and `phrases`, the words in other languages.
    """
    if any(run.target for run in text):
        return _text_html(text, context["phrases"], context["address"], context["mark_values"])
    return _same_everywhere(text, context["phrases"], context["mark_values"])


@jinja2.pass_context
def render_node(context: Context, node: Node) -> Markup:
    """Return the words of a clause or group as HTML; if it is left out, the edition's words, struck through."""
    if node.is_left_out:
        return _STRUCK % render_runs(context, node.was or ())
    return render_heading(context, node)


@jinja2.pass_context
def render_heading(context: Context, node: Node) -> Markup:
    """Return the words of a section or group as HTML; those of a clause are as they are."""
    return render_runs(context, _shown_text(context, node))


@jinja2.pass_context
def heading_words(context: Context, node: Node) -> str:
    """Return the words of a section or group without links, for links to it."""
    return plain(_shown_text(context, node))


def _shown_text(context: Context, node: Node) -> Text:
    """Return the words of a part; `headings` in the context, if it is given, says how headings are shown."""
    headings: Shown | None = context.get("headings")
    return headings(node) if headings and node.kind is not Kind.CLAUSE else node.text


@jinja2.pass_context
def render_number(context: Context, node: Node) -> Markup:
    """Return the number of a section or clause as HTML: a link to it, unless `numbers_link` in the context is false."""
    return _number_html(node.number, node.id if context["numbers_link"] else None)


@functools.lru_cache(maxsize=8192)
def _number_html(number: str, linked: str | None) -> Markup:
    """Return a number as HTML, with the id that it links to; cached, as most are the same in every school."""
    return _NUMBER_LINK % (linked, number) if linked else _NUMBER % number


@functools.lru_cache(maxsize=8192)
def _same_everywhere(text: Text, phrases: tuple[Phrase, ...], mark_values: bool) -> Markup:  # noqa: FBT001 - from the context
    """Return text without citations as HTML; cached, as most clauses are on several pages of many schools."""
    return _text_html(text, phrases, nowhere, mark_values)


def _text_html(text: Text, phrases: tuple[Phrase, ...], address: _Address, mark_values: bool) -> Markup:  # noqa: FBT001 - as above
    alike = itertools.groupby(mark(text, phrases), key=_look)
    return Markup("").join([_run_html(Run("", *look), _worded(pieces), address, mark_values) for look, pieces in alike])


def _look(run: Run) -> tuple[bool, bool, bool, str | None, str | None, str | None]:
    """Return everything in a run except its words and their language."""
    return run.strong, run.emphasis, run.code, run.href, run.target, run.field


@functools.lru_cache(maxsize=8192, typed=True)
def render_words(words: str, phrases: tuple[Phrase, ...]) -> Markup:
    """Return plain words as HTML that marks other languages; cached, as many schools give the same answers."""
    return _worded(mark((Run(words),), phrases))


def render_parts(parts: Sequence[Part], phrases: tuple[Phrase, ...]) -> list[tuple[str, Markup]]:
    """Return the merged words of two texts as HTML, each stretch with its kind."""
    stretches = mark_stretches(((part.kind, (Run(part.text),)) for part in spaced(parts)), phrases)
    return [(kind, _worded(text)) for kind, text in stretches]


def _worded(text: Iterable[Run]) -> Markup:
    """Return the words of a text as HTML, without emphasis, links or highlights."""
    return Markup("").join([_spoken(run) if run.language else run.text for run in text])


def _spoken(run: Run) -> Markup:
    """Return words in another language as HTML; words from right to left do not change the order of those around."""
    return (_SPOKEN_LEFTWARDS if is_right_to_left(run.text) else _SPOKEN) % (run.language, run.text)


def _run_html(run: Run, html: Markup, address: _Address, mark_values: bool) -> Markup:  # noqa: FBT001 - as above
    for wanted, element in zip((run.code, run.emphasis, run.strong), _ELEMENTS, strict=True):
        if wanted:
            html = element % html
    if mark_values and run.field:
        html = Markup('<mark class="value" title="%s">%s</mark>') % (run.field, html)
    if run.target and (cited := address(run.target)):
        return (_TERM if run.target.startswith(TERM) else _CITATION) % (cited, html)
    return Markup('<a href="%s">%s</a>') % (run.href, html) if run.href else html


_NUMBER = Markup('<a class="number">%s </a>')
_NUMBER_LINK = Markup('<a class="number" href="#%s">%s</a> ')
_CITATION = Markup('<a class="citation" href="%s">%s</a>')
_TERM = Markup('<a class="term" href="%s">%s</a>')
_STRUCK = Markup("<del>%s</del>")
_SPOKEN = Markup('<span lang="%s">%s</span>')
_SPOKEN_LEFTWARDS = Markup('<span lang="%s" dir="rtl">%s</span>')
_ELEMENTS = (Markup("<code>%s</code>"), Markup("<em>%s</em>"), Markup("<strong>%s</strong>"))


@jinja2.pass_context
def shown(context: Context, nodes: Iterable[Node]) -> list[Node]:
    """Return the siblings that a page shows: including those left out, if `mark_values` is set."""
    return list(nodes) if context["mark_values"] else list(filter(is_printed, nodes))


def by_kind(nodes: Iterable[Node]) -> list[tuple[Kind, list[Node]]]:
    """Return siblings grouped into stretches of one kind."""
    return [(kind, list(alike)) for kind, alike in itertools.groupby(nodes, key=lambda node: node.kind)]


def on_this_page(identity: str) -> str:
    """Return the address of a section or clause on a page with the whole policy."""
    return f"#{identity}"


def nowhere(_identity: str) -> None:
    """Return None as the address of any section or clause, for texts whose citations cannot be links."""
