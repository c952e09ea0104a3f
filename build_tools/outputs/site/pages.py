"""A site as values: its pages and everything around them, finished except for the theme.

Nothing here depends on how a site is built. Every address is relative to the site's own folder, with `index.html`
written out, so that each folder works wherever it is copied to, even without a server.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup

from build_tools.outputs.colour import CALM, readable
from build_tools.outputs.html import render_words
from build_tools.policy.headings import Shown
from build_tools.policy.model import Crest, Kind, Node, Phrase, Policy, plain
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
    is_home: bool = False
    """Whether it is the home page of a school, which has the box for concerns in its text, and lists every section."""
    scripts: tuple[str, ...] = ()
    """The scripts that it loads besides that of every page, from the folder of assets."""
    is_draft: bool = False
    """Whether it shows what is not agreed yet, although the other pages of the site do not."""

    @property
    def root(self) -> str:
        """The path from the page to the site's folder: empty, or `../` once for each folder."""
        return "../" * self.path.count("/")


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """What is the same on every page, next to its text."""

    heading: str
    html: Markup


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A search result: a heading or a clause."""

    path: str
    number: str
    heading: str
    """For a clause: its section."""
    text: str
    is_group: bool = False
    """Whether it is a heading inside a section."""


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
    report: Box | None = None
    """The box that says who to tell; None if the site is not a school's, or its edition does not say."""
    state: str | None = None
    """Who agreed the policy and when, for paper."""
    draft_note: str | None = None
    """Why it is a draft; None if it is in force."""
    address: str | None = None
    """The full address of the folder on the web, with a slash at its end; None if the project does not say."""
    feed: Link | None = None
    """A feed with what is new on it."""
    footer: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict, hash=False)
    """For words of the policy: what people type instead."""
    colour: str | None = None
    crest: Crest | None = None
    phrases: tuple[Phrase, ...] = ()
    """The words in other languages."""

    def is_draft(self, page: Page) -> bool:
        """Return whether search engines are asked to ignore a page, because it shows what is not agreed yet."""
        return self.draft_note is not None or page.is_draft

    def canonical(self, page: Page) -> str | None:
        """Return the full address of a page for search engines; None if it is not known or they are to ignore it."""
        return None if self.address is None or self.is_draft(page) else f"{self.address}{page.path}"

    def spoken(self, words: str) -> Markup:
        """Return words as HTML with words in other languages marked."""
        return render_words(words, self.phrases)

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


def compared_folder(old: str, new: str) -> str:
    """Return the folder of the page that compares two stages of a policy, inside that of the versions."""
    return f"{old}-to-{new}"


def search_entries(policy: Policy, headings: Shown, address: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return an entry for every heading, clause and line that the policy has; `address` gives the address of each id.

    A line that copies a clause is found as the clause.
    """
    tops = (*policy.sections, *map(without_copies, printed_handouts(policy)))
    return tuple(entry for top in tops for entry in _entries(top, headings, address))


def _entries(top: Node, headings: Shown, address: Mapping[str, str]) -> Iterator[Entry]:
    heading = ""
    for node in top.walk():
        if node.kind is Kind.SECTION:
            heading = plain(headings(node))
        if node.kind is not Kind.CLAUSE:
            yield Entry(address[node.id], node.number, plain(headings(node)), "", is_group=node.kind is Kind.GROUP)
        elif not node.is_left_out and node.text:
            yield Entry(address[node.id], node.citation, heading, plain(node.text))


def size(count: int | None) -> str | None:
    """Return the size of a file in words; None if it is not known."""
    return f"{count / 1000:,.0f} kB" if count is not None else None


def render_colours(colour: str | None) -> str:
    """Return the stylesheet with a site's colour for light and dark, each with enough contrast (WCAG 1.4.3)."""
    light, dark = (readable(colour or CALM, surface) for surface in (LIGHT, DARK))
    return (
        f":root {{ --brand: {light}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {dark}; }} }}\n"
    )


def render_foot(name: str, title: str) -> str:
    """Return the stylesheet that prints whose policy it is at the foot of every sheet of paper, with its number."""
    whose = "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in f"{name}, {title}")
    return (
        f'@page {{ margin: 15mm; @bottom-left {{ content: "{whose}"; font: 8pt "Policy Sans", sans-serif }}\n'
        '@bottom-right { content: counter(page) " of " counter(pages); font: 8pt "Policy Sans", sans-serif } }\n'
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
