"""The site of one school, and that of an edition: from the numbered tree to finished pages."""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_tools.compare import Comparison
from build_tools.conditions import describe
from build_tools.dates import long_date
from build_tools.edition import Edition
from build_tools.listing import WORDS_OF_KIND
from build_tools.model import Node, Policy, School, plain
from build_tools.pages import (
    Fact,
    contents,
    document_title,
    draft_note,
    environment,
    facts,
    is_printed,
    on_this_page,
    section_of,
    sections_of,
)
from build_tools.project import Project
from build_tools.resolve import Resolved
from build_tools.site_build import write_site
from build_tools.site_pages import Contact, Entry, Link, Page, Site, check_paths, search_entries

_HOME = "index.html"
_LEADS = ("people.dsl", "people.deputy_dsl")
"""The facts that say whom to tell of a concern."""


def write_school_site(
    project: Project, resolved: Resolved, comparison: Comparison, out: Path, pdf_bytes: int | None = None
) -> None:
    """Write the site of one school into a folder; `pdf_bytes` is the size of its PDF, told beside the download.

    Raises:
        Mistakes: if a section's id is the name of another page of the site.
    """
    write_site(project, gather_school(project, resolved, comparison, pdf_bytes), out)


def write_template_site(project: Project, edition: Edition, template: Policy, out: Path) -> None:
    """Write the edition as its authors publish it into a folder."""
    write_site(project, gather_template(project, edition, template), out)


def gather_school(project: Project, resolved: Resolved, comparison: Comparison, pdf_bytes: int | None) -> Site:
    """Return all pages of one school.

    Raises:
        Mistakes: if a section's id is the name of another page of the site.
    """
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    found = facts(edition, school)
    own = school.values["school"]
    render = functools.partial(_render, project, edition)
    title = document_title(school)
    pages = (
        _home(policy, render, school, found, pdf_bytes),
        *_section_pages(policy, render, title, own["name"]),
        _marked(policy, render, own["name"]),
        _differences(comparison, policy, render, own["name"]),
    )
    check_paths(pages, {node.id: node.place for node in policy.walk()})
    return Site(
        name=own["name"],
        title=title,
        pages=pages,
        contents=_contents(policy),
        other_forms=(
            Link("policy.pdf", "PDF to print or file"),
            Link("policy.html", "All on one page"),
            Link("marked/index.html", "What is our own, marked"),
            Link("differences/index.html", "Differences from the template"),
        ),
        contacts=tuple(Contact(f.label, f.values) for f in found if f.path in _LEADS),
        draft_note=draft_note(school),
        footer=tuple(
            filter(None, (own.get("motto"), f"From the {edition.publisher} template of {long_date(edition.date)}."))
        ),
        entries=_entries(policy),
        colour=own.get("colour"),
        crest=school.crest,
    )


def gather_template(project: Project, edition: Edition, template: Policy) -> Site:
    """Return the one page of an edition."""
    html = _render(
        project,
        edition,
        "template",
        template=template,
        address=on_this_page,
        publisher=edition.publisher,
        date=long_date(edition.date),
    )
    title = f"{edition.title}: template of {long_date(edition.date)}"
    description = (
        f"The {edition.publisher} template of {long_date(edition.date)}: every clause and alternative, with its id."
    )
    links = tuple(
        Link(f"{_HOME}#{top.id}", plain(top.text), top.number, tuple(_inside(top, _HOME))) for top in template.sections
    )
    return Site(
        name=edition.publisher,
        title=title,
        pages=(Page(_HOME, title, description, html, is_wide=True),),
        contents=links,
        entries=search_entries(template, {node.id: f"{_HOME}#{node.id}" for node in template.walk()}),
        footer=(f"Edition {edition.name}.",),
    )


_Render = Callable[..., str]


def _render(project: Project, edition: Edition, name: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template asks
    """Return what a page holds, from the template of that name."""
    defaults: dict[str, Any] = {
        "mark_values": False,
        "edition": edition,
        "describe": functools.partial(describe, schema=edition.schema),
        "words_of_kind": WORDS_OF_KIND,
        "field_title": edition.schema.title_of,
    }
    page = environment(project.template_folders).get_template(f"site/pages/{name}.html")
    return page.render(defaults | values)


def _home(policy: Policy, render: _Render, school: School, found: Sequence[Fact], pdf_bytes: int | None) -> Page:
    title, document = document_title(school), school.values["document"]
    name = school.values["school"]["short_name"]
    description = f"How {name} keeps everyone safe online: what is expected of whom, and whom to tell of a concern."
    ratified = document.get("ratified")
    html = render(
        "home",
        address=functools.partial(_address, section_of(policy), "", None),
        title=title,
        lead=description,
        leads=[fact for fact in found if fact.path in _LEADS],
        in_force=long_date(ratified) if ratified else None,
        next_review=long_date(document["next_review"]),
        facts=found,
        contents=contents(policy),
        pdf_size=_size(pdf_bytes),
    )
    return Page(_HOME, title, description, html)


def _section_pages(policy: Policy, render: _Render, title: str, name: str) -> tuple[Page, ...]:
    links = [Link(_path(top), plain(top.text), top.number) for top in policy.sections]
    tops = section_of(policy)
    return tuple(
        Page(
            _path(node),
            f"{node.number} {plain(node.text)}",
            f"{title} of {name}, section {node.number}: {plain(node.text)}.",
            render("section", node=node, address=functools.partial(_address, tops, "../", node.id)),
            previous=links[at - 1] if at else None,
            following=links[at + 1] if at + 1 < len(links) else None,
        )
        for at, node in enumerate(policy.sections)
    )


def _marked(policy: Policy, render: _Render, name: str) -> Page:
    here = {node.id: f"#{node.id}" for node in policy.walk()}
    # the template's words that a school replaced may cite what it does not have
    html = render("marked", policy_tree=policy, address=here.get, mark_values=True)
    description = f"The whole policy of {name}, with everything that is the school's own marked."
    return Page("marked/index.html", "What is our own, marked", description, html)


def _differences(comparison: Comparison, policy: Policy, render: _Render, name: str) -> Page:
    tops = section_of(policy)
    printed = {node.id: _address(tops, "../", None, node.id) for node in policy.walk() if is_printed(node)}
    html = render("differences", comparison=comparison, address=printed.get)
    description = f"Every difference between the policy of {name} and the template, with the reason."
    return Page("differences/index.html", "Differences from the template", description, html)


def _contents(policy: Policy) -> tuple[Link, ...]:
    return tuple(
        Link(_path(top), plain(top.text), top.number, tuple(_inside(top, _path(top)))) for top in policy.sections
    )


def _inside(top: Node, path: str) -> list[Link]:
    return [Link(f"{path}#{node.id}", plain(node.text), node.number) for node in sections_of(top)]


def _entries(policy: Policy) -> tuple[Entry, ...]:
    tops = section_of(policy)
    return search_entries(policy, {identity: _address(tops, "", None, identity) for identity in tops})


def _path(top: Node) -> str:
    return f"{top.id}/{_HOME}"


def _address(tops: Mapping[str, str], root: str, here: str | None, identity: str) -> str:
    """Return the address of a section or clause from a page: that of the section `here`, or another."""
    top = tops[identity]
    if top == here:
        return f"#{identity}"
    page = f"{root}{top}/{_HOME}"
    return page if identity == top else f"{page}#{identity}"


def _size(count: int | None) -> str | None:
    return f"{count / 1000:,.0f} kB" if count is not None else None
