"""A site as values: its pages and all that stands around them, finished but for the theme.

Nothing here knows how a site is built. Every address is relative to the site's own folder, with
`index.html` spelt out, so that each folder works wherever it is copied to, without a server too.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from build_tools.outputs.colour import CALM, readable
from build_tools.outputs.html import render_words
from build_tools.policy.languages import mark
from build_tools.policy.model import Crest, Kind, Phrase, Policy, Run, plain
from build_tools.text.problems import Mistakes, Place, Problem

LIGHT, DARK = "#efede6", "#242c31"
"""The surface of each scheme on which text contrasts least; site.css uses them."""


VERSIONS, DRAFT = "versions", "draft"
"""The folders of a school's site for its versions and, where one of them is in force, for its draft."""


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A line of the contents."""

    path: str
    """The address from the site's folder: `devices/index.html#learner-phones`."""
    title: str
    number: str = ""
    children: tuple["Link", ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One page, without what the theme puts around it."""

    path: str
    """The file from the site's folder: `devices/index.html`."""
    title: str
    """Plain words: for the browser's window, and for the pages before and after."""
    description: str
    """What a search engine shows."""
    html: str
    previous: Link | None = None
    following: Link | None = None
    is_wide: bool = False
    """Whether it takes the room beside the text as well."""
    scripts: tuple[str, ...] = ()
    """What it loads besides the script of every page, from the folder of assets."""

    @property
    def root(self) -> str:
        """The way from the page to the site's folder: empty or `../`, once for each folder."""
        return "../" * self.path.count("/")


@dataclasses.dataclass(frozen=True, slots=True)
class Contact:
    """The people of one role."""

    role: str
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What stands on every page for those who are worried, filled in."""

    heading: str
    text: str
    contacts: tuple[Contact, ...]
    """Whom to tell."""
    links: tuple[tuple[str, str], ...] = ()
    """The words and address of each service outside the school."""
    note: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """What the search finds: a heading or a clause."""

    path: str
    number: str
    heading: str
    """Of a clause, the section that it stands in."""
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Site:
    """All pages of one folder."""

    name: str
    """Whose site it is."""
    title: str
    """What is published: the title of the policy."""
    pages: tuple[Page, ...]
    contents: tuple[Link, ...] = ()
    other_forms: tuple[Link, ...] = ()
    """The same policy, or what is told of it, on other pages."""
    report: Report | None = None
    """Whom to tell of a concern; None where no school is meant, or its edition does not say."""
    draft_note: str | None = None
    """Why it is a draft; None if it is in force."""
    is_hidden: bool = False
    """Whether search engines are asked to pass it over."""
    footer: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    colour: str | None = None
    crest: Crest | None = None
    phrases: tuple[Phrase, ...] = ()
    """Which words are in another language."""

    def spoken(self, words: str) -> Markup:
        """Return words as HTML that says which of them are in another language."""
        return render_words(words, self.phrases)

    @property
    def crest_path(self) -> str | None:
        """Where the crest stands in the site."""
        return f"assets/{self.crest.file_name}" if self.crest else None


@dataclasses.dataclass(frozen=True, slots=True)
class Folder:
    """A folder of what is published: a site, and the files next to its pages."""

    site: Site
    files: Mapping[str, Callable[[], bytes]]
    """What makes each file, by its path from the folder; nothing is made before it is wanted."""


def search_entries(policy: Policy, address: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return an entry for every heading and clause that the policy has; `address` gives the address of each id."""
    entries: list[Entry] = []
    heading = ""
    for node in policy.walk():
        if node.kind is Kind.SECTION:
            heading = plain(node.text)
        if node.kind is Kind.CLAUSE and not node.is_left_out:
            entries.append(Entry(address[node.id], node.citation, heading, plain(node.text)))
        elif node.kind is not Kind.CLAUSE:
            entries.append(Entry(address[node.id], node.number, plain(node.text), ""))
    return tuple(entries)


def size(count: int | None) -> str | None:
    """Return how large a file is, in words; None if it is not known."""
    return f"{count / 1000:,.0f} kB" if count is not None else None


def render_search_index(entries: Iterable[Entry], phrases: tuple[Phrase, ...]) -> str:
    """Return what the search looks through, as a script, since a page without a server cannot fetch data.

    Words in another language stand apart from those around them, each with its language.
    """

    def stretches(words: str) -> list[list[str]]:
        if not words or not phrases:
            return [[words]] if words else []
        return [[run.text, run.language] if run.language else [run.text] for run in mark((Run(words),), phrases)]

    rows = [[entry.path, entry.number, stretches(entry.heading), stretches(entry.text)] for entry in entries]
    return f"window.policyIndex = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"


def render_colours(colour: str | None) -> str:
    """Return the style sheet that gives a site its colour, light and dark, each with enough contrast (WCAG 1.4.3)."""
    light, dark = (readable(colour or CALM, surface) for surface in (LIGHT, DARK))
    return (
        f":root {{ --brand: {light}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {dark}; }} }}\n"
    )


def check_paths(pages: Iterable[Page], places: Mapping[str, Place]) -> None:
    """Do nothing if every page has a path of its own.

    Raises:
        Mistakes: if a section's id is the name of another page or folder; `places` tells where sections stand.
    """
    taken, problems = {"assets", VERSIONS, DRAFT}, []
    for page in pages:
        folder = page.path.partition("/")[0]
        if folder in taken:
            place = places.get(folder, Place(""))
            problems.append(
                Problem(place, f"Another page of the site already has the address {folder}. Choose another id.")
            )
        taken.add(folder)
    if problems:
        raise Mistakes(problems)
