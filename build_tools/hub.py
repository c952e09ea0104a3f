"""The hub: the site of all schools together, for the council or trust."""

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from build_tools.dates import long_date
from build_tools.edition import Edition
from build_tools.pages import document_title, environment
from build_tools.project import Project
from build_tools.resolve import Resolved
from build_tools.site_build import write_site
from build_tools.site_pages import Page, Site


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """What the hub tells of one school."""

    folder: str
    name: str
    title: str
    edition: str
    """The date of the template, in words."""
    ratified: str | None
    """When it was agreed, in words; None while it is a draft."""
    next_review: str


def write_hub(project: Project, shown: Iterable[Resolved], editions: Iterable[Edition], out: Path) -> None:
    """Write the hub into a folder that holds the schools' sites and the templates'."""
    write_site(project, gather_hub(project, shown, editions), out)


def gather_hub(project: Project, shown: Iterable[Resolved], editions: Iterable[Edition]) -> Site:
    """Return the one page of the hub."""
    newest_first = sorted(editions, key=lambda edition: edition.name, reverse=True)
    page = environment(project.template_folders).get_template("site/pages/hub.html")
    html = page.render(rows=[_row(resolved) for resolved in shown], editions=newest_first)
    description = (
        "The policies of all schools: where each stands, since when it is in force, and when it is next reviewed."
    )
    return Site(
        name="School policies",
        title="All schools",
        pages=(Page("index.html", "All schools", description, html, is_wide=True),),
    )


def _row(resolved: Resolved) -> Row:
    school, edition = resolved.school, resolved.edition
    document = school.values["document"]
    ratified = document.get("ratified")
    return Row(
        school.name,
        school.values["school"]["name"],
        document_title(school),
        long_date(edition.date),
        long_date(ratified) if ratified else None,
        long_date(document["next_review"]),
    )
