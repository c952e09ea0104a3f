"""The hub: the site of all schools together, for the council or trust.

Its pages show the status on the day of SOURCE_DATE_EPOCH, and name that day. If it is not set, they show only what does
not depend on the day: dates, and counts that change only with a file. The clock is never used.
"""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from build_tools.outputs.html import environment, nowhere
from build_tools.outputs.hub.amended import Amended, amended
from build_tools.outputs.hub.calendar import render_calendar
from build_tools.outputs.hub.csv_table import render_csv
from build_tools.outputs.hub.feed import render_feed
from build_tools.outputs.hub.law import by_law
from build_tools.outputs.hub.matrix import MatrixBlock, matrix
from build_tools.outputs.hub.reminders import Reminder
from build_tools.outputs.hub.status import DUE_DAYS, Review, Status, behind, on_day, stale_editions
from build_tools.outputs.hub.status_listing import WORDS_OF_REVIEW, kinds_told, pending
from build_tools.outputs.hub.summary import Summary
from build_tools.outputs.site.pages import DRAFT, Folder, Link, Page, Site
from build_tools.outputs.site.sitemap import ROBOTS, SITEMAP, render_robots, render_sitemap, render_sitemap_index
from build_tools.policy.model import Phrase
from build_tools.policy.sources import title_of
from build_tools.project import TEMPLATE, Project
from build_tools.proofreading.currency import life_in_words
from build_tools.template.edition import Edition, of_one_kind
from build_tools.text.dates import source_date
from build_tools.text.problems import counted
from build_tools.versions.freezing import frozen_content
from build_tools.versions.register import REGISTER, register_file

NAME = "School policies"
FEED = Link("feed.xml", "Ratified school policies")
_OWN_SITEMAP = "sitemap-all-schools.xml"
"""The sitemap of the pages of the hub, which the whole one names with those of schools and editions."""

_LINKS = (
    Link("index.html", "All schools"),
    Link("matrix/index.html", "Who answers what"),
    Link("amendments/index.html", "What schools amend"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Answers:
    """What schools answer about one kind of policy."""

    kind: str
    statuses: tuple[Status, ...]
    """Those of the schools, in their order."""
    blocks: tuple[MatrixBlock, ...]
    """The matrix, with a row for each."""


@dataclasses.dataclass(frozen=True, slots=True)
class Hub:
    """The data for the pages of the hub."""

    schools: tuple[Summary, ...]
    statuses: tuple[Status, ...]
    """The status of each school, in the same order."""
    editions: tuple[Edition, ...]
    """Newest first."""
    answers: tuple[Answers, ...]
    """What schools answer, for each kind of policy that there is."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of policy if there are several, otherwise none."""
        return kinds_told(self.statuses)

    @property
    def promises(self) -> tuple[tuple[Status, Reminder], ...]:
        """What each school promises, in the order of the schools."""
        return tuple((school.status, reminder) for school in self.schools for reminder in school.promises)

    @property
    def phrases(self) -> Mapping[str, tuple[Phrase, ...]]:
        """The words of each school in other languages, by its folder."""
        return {school.status.school: school.phrases for school in self.schools}


def hub_folder(project: Project, schools: Iterable[Summary], editions: Iterable[Edition]) -> Folder:
    """Return what is published about all schools together; `editions` is not empty."""
    hub, register = make_hub(schools, editions), register_file(project.schools_folder)
    site, address = _pages(project, hub), project.address() or ""
    newest, ratifications = hub.editions[0], [told for school in hub.schools for told in school.ratifications]
    return Folder(
        site,
        {
            "reviews.ics": lambda: render_calendar("Reviews of school policies", hub.statuses, hub.promises),
            FEED.path: lambda: render_feed(FEED.title, newest.publisher, newest.date, ratifications, address),
            # without the byte order mark, spreadsheets would read the file in the computer's code page
            "matrix/matrix.csv": lambda: _render_matrix_csv(hub).encode("utf-8-sig"),
            **({REGISTER: functools.partial(frozen_content, register)} if register.exists() else {}),
            **_for_search_engines(hub, site),
        },
    )


def _for_search_engines(hub: Hub, site: Site) -> Mapping[str, Callable[[], bytes]]:
    """Return what makes each file for search engines: what to pass over and, if the address is known, what there is."""
    in_force = {status.school: status.ratified is not None for status in hub.statuses}
    top = urlsplit(site.address or "/").path
    drafts = [f"{top}{school}/{f'{DRAFT}/' if has_version else ''}" for school, has_version in in_force.items()]
    whole = f"{site.address}{SITEMAP}" if site.address else None
    robots = {ROBOTS: lambda: render_robots(drafts, whole)}
    if not whole:
        return robots
    parts = [name for name, has_version in in_force.items() if has_version]
    parts += [f"{TEMPLATE}/{edition.name}" for edition in hub.editions]
    sitemaps = [f"{site.address}{_OWN_SITEMAP}", *(f"{site.address}{part}/{SITEMAP}" for part in parts)]
    return {
        **robots,
        _OWN_SITEMAP: lambda: render_sitemap(site),
        SITEMAP: lambda: render_sitemap_index(sitemaps),
    }


def make_hub(schools: Iterable[Summary], editions: Iterable[Edition]) -> Hub:
    """Return the hub's data about schools: those on the newest edition first, otherwise in their order."""
    newest_first = tuple(sorted(editions, key=lambda edition: edition.name, reverse=True))
    known = {edition.name: edition for edition in newest_first}
    shown = tuple(sorted(schools, key=lambda school: school.status.edition, reverse=True))
    now = source_date()
    apart = behind(newest_first, {school.status.edition for school in shown})
    day = now.date() if now else None
    statuses = tuple(on_day(school.status, known, apart, day) for school in shown)
    kinds = dict.fromkeys(status.policy_kind for status in statuses)
    return Hub(shown, statuses, newest_first, tuple(_answers(kind, shown, statuses, known) for kind in kinds))


def _answers(
    kind: str, schools: Iterable[Summary], statuses: Iterable[Status], editions: Mapping[str, Edition]
) -> Answers:
    found = [(s, school.answers) for s, school in zip(statuses, schools, strict=True) if s.policy_kind == kind]
    blocks = matrix([answers for _, answers in found], of_one_kind(editions, kind).values())
    return Answers(kind, tuple(status for status, _ in found), blocks)


def _pages(project: Project, hub: Hub) -> Site:
    now = source_date()
    render = functools.partial(_render, project)
    pages = (
        Page(
            "index.html",
            "All schools",
            "All schools: the status of each policy, when it came into force and when it is due for review.",
            render(
                "hub",
                statuses=hub.statuses,
                in_sum=_in_sum(hub.statuses),
                kinds=hub.kinds,
                editions=hub.editions,
                phrases_of=hub.phrases,
                promising={status.school for status, _ in hub.promises},
                day=now.date().isoformat() if now else None,
                words_of_review=WORDS_OF_REVIEW,
                pending=pending,
                counted=counted,
                named=title_of,
                Review=Review,
                changed_law=by_law((status.school, status.changed_law) for status in hub.statuses),
                names={status.school: status.name for status in hub.statuses},
                life_in_words=life_in_words,
                stale=stale_editions(hub.editions, now.date() if now else None),
                register=REGISTER if register_file(project.schools_folder).exists() else None,
            ),
            is_wide=True,
            scripts=("sort.js",),
        ),
        Page(
            "matrix/index.html",
            "Who answers what",
            "The answers to each question of the template, with the schools that give them.",
            render(
                "matrix",
                answers=hub.answers,
                kinds=hub.kinds,
                phrases_of=hub.phrases,
                counted=counted,
            ),
            is_wide=True,
        ),
        Page(
            "amendments/index.html",
            "What schools amend",
            "Which clauses of the template schools replace, leave out or add to, and why.",
            _amendments(render, hub),
            is_wide=True,
        ),
    )
    return Site(name=NAME, title="All schools", pages=pages, contents=_LINKS, address=project.address(), feed=FEED)


def _in_sum(statuses: Sequence[Status]) -> str:
    """Return how many policies are in force, and how many reviews are overdue and due if the day is known."""
    in_force = sum(status.ratified is not None for status in statuses)
    policies = "1 policy" if len(statuses) == 1 else f"{len(statuses)} policies"
    states = f"{policies}: {in_force} in force, {counted(len(statuses) - in_force, 'draft')}"
    reviews = [status.review for status in statuses if status.review]
    if not reviews:
        return f"{states}."
    overdue = counted(reviews.count(Review.OVERDUE), "review")
    return f"{states}; {overdue} overdue, {reviews.count(Review.DUE)} due within {DUE_DAYS} days."


def _amended(hub: Hub) -> tuple[Amended, ...]:
    """Return what schools amend, for each kind of policy in turn: one id may mean something else in another kind."""
    rows: list[Amended] = []
    for answers in hub.answers:
        schools = {status.school for status in answers.statuses}
        departures = (d for school in hub.schools if school.status.school in schools for d in school.departures)
        rows += amended(departures, [edition for edition in hub.editions if edition.policy_kind == answers.kind])
    return tuple(rows)


def _amendments(render: Callable[..., str], hub: Hub) -> str:
    return render(
        "amendments",
        rows=_amended(hub),
        kinds={edition.name: edition.policy_kind for edition in hub.editions} if hub.kinds else {},
        counted=counted,
        phrases_of=hub.phrases,
        phrases=(),
        address=nowhere,
        mark_values=False,
    )


def _render(project: Project, name: str, **values: object) -> str:
    """Return the content of a page from a template."""
    return environment(project.template_folders).get_template(f"site/pages/{name}.html").render(values)


def _render_matrix_csv(hub: Hub) -> str:
    """Return the matrix as a table; a school has no answers to the questions of another kind of policy."""
    columns = [(answers.kind, question) for answers in hub.answers for b in answers.blocks for question in b.questions]
    cells = {
        (status.school, answers.kind, question.path): cell
        for answers in hub.answers
        for block in answers.blocks
        for status, row in zip(answers.statuses, block.rows, strict=True)
        for question, cell in zip(block.questions, row, strict=True)
    }
    heads = [f"{f'{kind}: ' if hub.kinds else ''}{question.title} ({question.path})" for kind, question in columns]
    rows = (
        [*_beginning(hub, status), *(cells.get((status.school, kind, question.path), "") for kind, question in columns)]
        for status in hub.statuses
    )
    return render_csv([["School", *(["Policy"] if hub.kinds else []), *heads], *rows])


def _beginning(hub: Hub, status: Status) -> tuple[str, ...]:
    return (status.name, status.policy_kind) if hub.kinds else (status.name,)
