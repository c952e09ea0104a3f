"""The hub: the site of all schools together, for the council or trust.

Its pages say what is true on the day of SOURCE_DATE_EPOCH, and name that day. Where it is not set they state only
what does not age: dates, and counts that hold until a file changes. The clock is never asked.
"""

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping

from build_tools.outputs.html import environment, nowhere
from build_tools.outputs.hub.amended import amended
from build_tools.outputs.hub.calendar import render_calendar
from build_tools.outputs.hub.csv_table import render_csv
from build_tools.outputs.hub.feed import render_feed
from build_tools.outputs.hub.matrix import MatrixBlock, matrix
from build_tools.outputs.hub.status import Review, Status, behind, on_day
from build_tools.outputs.hub.status_listing import WORDS_OF_REVIEW, counted, named, pending
from build_tools.outputs.hub.summary import Summary
from build_tools.outputs.site.pages import Folder, Link, Page, Site
from build_tools.policy.model import Phrase
from build_tools.project import Project
from build_tools.template.edition import Edition
from build_tools.text.dates import source_date

NAME = "School policies"

_LINKS = (
    Link("index.html", "All schools"),
    Link("matrix/index.html", "Who answers what"),
    Link("amendments/index.html", "What schools amend"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Hub:
    """What the pages of the hub are made from."""

    schools: tuple[Summary, ...]
    statuses: tuple[Status, ...]
    """Where each school stands, in the same order."""
    editions: tuple[Edition, ...]
    """Newest first."""
    answers: tuple[MatrixBlock, ...]
    """The matrix of what schools answer."""

    @property
    def phrases(self) -> Mapping[str, tuple[Phrase, ...]]:
        """Which words of each school are in another language, by its folder."""
        return {school.status.school: school.phrases for school in self.schools}


def hub_folder(project: Project, schools: Iterable[Summary], editions: Iterable[Edition]) -> Folder:
    """Return what is published about all schools together; `editions` is not empty."""
    hub = make_hub(schools, editions)
    newest, ratifications = hub.editions[0], [told for school in hub.schools for told in school.ratifications]
    return Folder(
        _pages(project, hub),
        {
            "reviews.ics": lambda: render_calendar("Reviews of school policies", hub.statuses),
            "feed.xml": lambda: render_feed("Ratified school policies", newest.publisher, newest.date, ratifications),
            # spreadsheets take a file without the mark for one in the code page of the machine
            "matrix/matrix.csv": lambda: _render_matrix_csv(hub).encode("utf-8-sig"),
        },
    )


def make_hub(schools: Iterable[Summary], editions: Iterable[Edition]) -> Hub:
    """Return what there is to tell of schools, in their order."""
    newest_first = tuple(sorted(editions, key=lambda edition: edition.name, reverse=True))
    known = {edition.name: edition for edition in newest_first}
    shown, now = tuple(schools), source_date()
    apart = behind(newest_first, {school.status.edition for school in shown})
    day = now.date() if now else None
    statuses = tuple(on_day(school.status, known, apart, day) for school in shown)
    return Hub(shown, statuses, newest_first, matrix([school.answers for school in shown], newest_first))


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
                editions=hub.editions,
                phrases_of=hub.phrases,
                day=now.date().isoformat() if now else None,
                words_of_review=WORDS_OF_REVIEW,
                pending=pending,
                counted=counted,
                named=named,
                Review=Review,
            ),
            is_wide=True,
            scripts=("sort.js",),
        ),
        Page(
            "matrix/index.html",
            "Who answers what",
            "Every school’s answers to the questions of the template, side by side.",
            render(
                "matrix",
                blocks=hub.answers,
                schools=[(status.school, status.name) for status in hub.statuses],
                phrases_of=hub.phrases,
            ),
            is_wide=True,
            scripts=("sort.js",),
        ),
        Page(
            "amendments/index.html",
            "What schools amend",
            "Which clauses of the template schools replace, leave out or add to, and why.",
            _amendments(render, hub),
            is_wide=True,
        ),
    )
    return Site(name=NAME, title="All schools", pages=pages, contents=_LINKS)


def _amendments(render: Callable[..., str], hub: Hub) -> str:
    return render(
        "amendments",
        rows=amended((departure for school in hub.schools for departure in school.departures), hub.editions),
        counted=counted,
        phrases_of=hub.phrases,
        phrases=(),
        address=nowhere,
        mark_values=False,
    )


def _render(project: Project, name: str, **values: object) -> str:
    """Return what a page holds, from the template of that name."""
    return environment(project.template_folders).get_template(f"site/pages/{name}.html").render(values)


def _render_matrix_csv(hub: Hub) -> str:
    blocks = hub.answers
    heads = [f"{question.title} ({question.path})" for block in blocks for question in block.questions]
    answers = zip(*(block.rows for block in blocks), strict=True)
    rows = (
        [status.name, *(cell for row in rows for cell in row)]
        for status, rows in zip(hub.statuses, answers, strict=True)
    )
    return render_csv([["School", *heads], *rows])
