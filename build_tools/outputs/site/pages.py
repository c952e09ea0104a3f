"""A site as values: its pages and everything around them, finished except for the theme.

Nothing here depends on how a site is built. Every address is relative to the site's own folder, with `index.html`
written out, so that each folder works wherever it is copied to, even without a server.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup

from build_tools.outputs.colour import CALM, readable
from build_tools.outputs.html import render_text, render_words
from build_tools.policy.languages import mark
from build_tools.policy.model import Crest, Kind, Node, Phrase, Policy, Run, Text, plain
from build_tools.policy.tree import printed_handouts, without_copies
from build_tools.text.file_names import unfit_name
from build_tools.text.problems import Mistakes, Place, Problem

LIGHT, DARK = "#efede6", "#242c31"
"""The background of each colour scheme with the least contrast to text; site.css uses them."""


VERSIONS, DRAFT = "versions", "draft"
"""The folders of a school's site for its versions and, if one of them is in force, for its draft."""


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A line of the contents."""

    path: str
    """The address relative to the site's folder: `conduct/index.html#uniform`."""
    title: str
    number: str = ""
    children: tuple["Link", ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One page, without the theme around it."""

    path: str
    """The file relative to the site's folder: `devices/index.html`."""
    title: str
    """Plain words for the browser's window, and for links from the pages before and after."""
    description: str
    """The description for search engines."""
    html: str
    previous: Link | None = None
    following: Link | None = None
    is_wide: bool = False
    """Whether it uses the full width."""
    scripts: tuple[str, ...] = ()
    """The scripts that it loads besides that of every page, from the folder of assets."""

    @property
    def root(self) -> str:
        """The path from the page to the site's folder: empty, or `../` once for each folder."""
        return "../" * self.path.count("/")


@dataclasses.dataclass(frozen=True, slots=True)
class Contact:
    """The people of one role, or one way to reach somebody."""

    role: str
    lines: tuple[Text, ...]
    """The names, numbers and addresses, with their links."""


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """The words on every page for people with a concern, filled in."""

    heading: str
    text: str
    contacts: tuple[Contact, ...]
    """Who to tell."""
    links: tuple[tuple[str, str], ...] = ()
    """The words and address of each service outside the school."""
    note: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A search result: a heading or a clause."""

    path: str
    number: str
    heading: str
    """For a clause: its section."""
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Site:
    """All pages of one folder."""

    name: str
    """The name of the school or edition."""
    title: str
    """The title of the policy."""
    pages: tuple[Page, ...]
    contents: tuple[Link, ...] = ()
    other_forms: tuple[Link, ...] = ()
    """Links to the same policy in other forms, and to pages about it."""
    report: Report | None = None
    """Who to tell about a concern; None if the site is not a school's, or its edition does not say."""
    draft_note: str | None = None
    """Why it is a draft; None if it is in force."""
    is_hidden: bool = False
    """Whether search engines are asked to ignore it."""
    footer: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    colour: str | None = None
    crest: Crest | None = None
    phrases: tuple[Phrase, ...] = ()
    """The words in other languages."""

    def spoken(self, words: str) -> Markup:
        """Return words as HTML with words in other languages marked."""
        return render_words(words, self.phrases)

    def linked(self, text: Text) -> Markup:
        """Return text with links as HTML with words in other languages marked."""
        return render_text(text, self.phrases)

    @property
    def crest_path(self) -> str | None:
        """The path of the crest in the site."""
        return f"assets/{self.crest.file_name}" if self.crest else None


@dataclasses.dataclass(frozen=True, slots=True)
class Folder:
    """A folder of what is published: a site, and the files next to its pages."""

    site: Site
    files: Mapping[str, Callable[[], bytes]]
    """What makes each file, by its path from the folder; nothing is made before it is wanted."""


def search_entries(policy: Policy, address: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return an entry for every heading, clause and line that the policy has; `address` gives the address of each id.

    A line that copies a clause is found as the clause.
    """
    tops = (*policy.sections, *map(without_copies, printed_handouts(policy)))
    return tuple(entry for top in tops for entry in _entries(top, address))


def _entries(top: Node, address: Mapping[str, str]) -> Iterator[Entry]:
    heading = ""
    for node in top.walk():
        if node.kind is Kind.SECTION:
            heading = plain(node.text)
        if node.kind is not Kind.CLAUSE:
            yield Entry(address[node.id], node.number, plain(node.text), "")
        elif not node.is_left_out and node.text:
            yield Entry(address[node.id], node.citation, heading, plain(node.text))


def size(count: int | None) -> str | None:
    """Return the size of a file in words; None if it is not known."""
    return f"{count / 1000:,.0f} kB" if count is not None else None


def render_search_index(entries: Iterable[Entry], phrases: tuple[Phrase, ...]) -> str:
    """Return the search index as a script, because a page without a server cannot fetch data.

    Words in other languages are separate from those around them, each with its language.
    """

    def stretches(words: str) -> list[list[str]]:
        if not words:
            return []
        return [[run.text, run.language] if run.language else [run.text] for run in mark((Run(words),), phrases)]

    rows = [[entry.path, entry.number, stretches(entry.heading), stretches(entry.text)] for entry in entries]
    return f"window.policyIndex = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def render_colours(colour: str | None) -> str:
    """Return the stylesheet with a site's colour for light and dark, each with enough contrast (WCAG 1.4.3)."""
    light, dark = (readable(colour or CALM, surface) for surface in (LIGHT, DARK))
    return (
        f":root {{ --brand: {light}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {dark}; }} }}\n"
    )


def check_paths(pages: Iterable[Page], places: Mapping[str, Place]) -> None:
    """Check that every page has its own path, on every computer.

    Raises:
        Mistakes: if a section's id is the name of another page or folder, or cannot be that of a folder.
            `places` has the places of sections.
    """
    taken, problems = {"assets", VERSIONS, DRAFT}, []
    for page in pages:
        folder = page.path.partition("/")[0]
        place = places.get(folder, Place(""))
        if unfit := unfit_name(folder):
            problems.append(Problem(place, f"The id {folder} is the name of a folder of the site. {unfit}"))
        if folder in taken:
            problems.append(
                Problem(place, f"Another page of the site already has the address {folder}. Choose another id.")
            )
        taken.add(folder)
    if problems:
        raise Mistakes(problems)
