"""The sites of schools and editions: from the numbered tree to finished pages."""

import functools
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from markupsafe import Markup

from build_tools.comparing.compare import Comparison
from build_tools.comparing.departures import everyday_words
from build_tools.comparing.topics import topics
from build_tools.outputs.glossary import Glossary, explain, with_terms
from build_tools.outputs.html import on_this_page
from build_tools.outputs.page_html import render_page
from build_tools.outputs.site.glossary import PATH as GLOSSARY
from build_tools.outputs.site.glossary import glossary_page
from build_tools.outputs.site.handouts import HANDOUTS, HANDOUTS_TITLE, handout_pages
from build_tools.outputs.site.pages import (
    DRAFT,
    VERSIONS,
    Box,
    Entry,
    Folder,
    Link,
    Page,
    Site,
    check_paths,
    compared_folder,
    search_entries,
    size,
)
from build_tools.outputs.site.promises import promises_page
from build_tools.outputs.site.questions import questions_page
from build_tools.outputs.site.sitemap import SITEMAP, render_sitemap
from build_tools.outputs.site.sources import source_page
from build_tools.policy.headings import Shown, shown_headings
from build_tools.policy.model import Kind, Node, Policy, School, degrees, plain
from build_tools.policy.sources import bases_in_words
from build_tools.policy.storage import render_json
from build_tools.policy.tree import is_printed, section_of, sections_of, without_words
from build_tools.project import TEMPLATE, Project
from build_tools.resolving.facts import agreement, based_on, document_title, draft_note, facts
from build_tools.resolving.reporting import Report, edition_words, other_facts, report_of
from build_tools.resolving.resolve import Resolved, resolve_template
from build_tools.schema.relied_on import COLOUR, MOTTO, NAME, NEXT_REVIEW, RATIFIED_ON, SHORT_NAME
from build_tools.template.edition import Edition
from build_tools.template.editor import SCHEMA_FILE, editor_schema
from build_tools.text.dates import long_date
from build_tools.versions.history import Version, latest_withdrawal, version_in_force

_HOME = "index.html"
_REPORT = "#report"
"""The box that says who to tell, which every page has."""
_HOME_WORDS = f"What is expected of everyone at {{{{ {SHORT_NAME.path} }}}}."
"""The sentence of the home page where the edition gives none."""


def gather_school(
    project: Project,
    resolved: Resolved,
    versions: Sequence[Version],
    comparison: Comparison,
    pdf_bytes: int | None,
    life: Sequence[Page] = (),
) -> Site:
    """Return all pages of one school: of the version in force or, in a folder of its site, of the draft.

    `pdf_bytes` is the size of its PDF, shown next to the download; None if it has not been made yet. `life` are the
    pages about its versions, which belong to the site of the one in force.

    Raises:
        Mistakes: if a section's id is the name of another page of the site.
    """
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    name = NAME.of(school.values)
    is_apart = version_in_force(versions) is not None and RATIFIED_ON.of(school.values) is None
    headings = shown_headings(policy)
    render = functools.partial(
        render_page, project.template_folders, edition, phrases=policy.phrases, headings=headings
    )
    title, report = document_title(school), report_of(edition, school)
    words = edition_words(edition, school)
    glossary = explain(policy, edition.pages.glossary, words)
    pages = (
        _home(
            resolved,
            render,
            report,
            words(edition.pages.home or _HOME_WORDS),
            _ways(versions, is_apart=is_apart),
            pdf_bytes,
        ),
        *_section_pages(policy, glossary, render, headings, f"{title} of {name}"),
        _marked(edition, policy, render, name),
        _differences(comparison, policy, render, name),
    )
    address = functools.partial(_address, section_of(policy), "../", None)
    promised = promises_page(render, policy, name, address, is_draft=RATIFIED_ON.of(school.values) is None)
    handouts = handout_pages(render, policy, name, address)
    sources = source_page(render, policy, name, address, edition.looked_up)
    explained = glossary_page(render, glossary, name, address)
    pages = (*pages, *promised, *handouts, *sources, *explained)
    check_paths(pages, {node.id: node.place for node in policy.walk_all()})
    return Site(
        name=name,
        title=title,
        pages=(*pages, *life),
        contents=_contents(policy, headings),
        other_forms=(
            *([Link("../index.html", "The version in force")] if is_apart else []),
            Link("policy.pdf", "PDF to print or save"),
            Link("policy.html", "All on one page"),
            Link("marked/index.html", "Our own wording, highlighted"),
            Link("differences/index.html", "Differences from the template"),
            *(Link(page.path, page.title) for page in (*promised, *handouts[:1], *sources, *explained)),
            *([Link(f"{'../' if is_apart else ''}{VERSIONS}/index.html", "Versions")] if versions else []),
        ),
        report=Box(report.heading, Markup(render("concern", report=report))) if report else None,  # noqa: S704 - escaped
        state=agreement(school),
        draft_note=_draft_note(school, versions),
        address=project.address(school.name, DRAFT if is_apart else ""),
        footer=tuple(filter(None, (MOTTO.of(school.values), *_origin(edition)))),
        entries=_entries(policy, headings, report),
        synonyms={meant.words: meant.typed for meant in edition.pages.synonyms},
        colour=COLOUR.of(school.values),
        crest=school.crest,
        phrases=policy.phrases,
    )


def _draft_note(school: School, versions: Sequence[Version]) -> str | None:
    """Return the note on every page of a draft, with what is in force instead; None if the policy is in force."""
    note = draft_note(school)
    if note is None:
        return None
    if current := version_in_force(versions):
        return f"{note} The version of {long_date(current.decision.on)} is in force."
    if withdrawal := latest_withdrawal(versions):
        return f"{note} The version of {long_date(withdrawal.version)} was {withdrawal.words}."
    return note


def _origin(edition: Edition) -> tuple[str, ...]:
    """Return the lines at the foot of every page of a school about its edition."""
    return f"{based_on(edition)}.", *_looked_up(edition)


def _looked_up(edition: Edition) -> tuple[str, ...]:
    return (edition.looked_up.words,) if edition.looked_up else ()


def template_folder(project: Project, edition: Edition) -> Folder:
    """Return what an edition publishes: its own text, what it asks of schools, and the schema for their editors."""
    template = resolve_template(edition)
    schema = SCHEMA_FILE.format(edition=edition.name)
    site = _gather_template(project, edition, template)
    return Folder(
        site,
        {
            schema: lambda: render_json(editor_schema(edition, template)).encode(),
            **({SITEMAP: lambda: render_sitemap(site)} if site.address else {}),
        },
    )


def _gather_template(project: Project, edition: Edition, template: Policy) -> Site:
    asked, entries = questions_page(project.template_folders, edition, template)
    html = render_page(
        project.template_folders,
        edition,
        "template",
        phrases=template.phrases,
        template=template,
        address=on_this_page,
        publisher=edition.publisher,
        origin=edition.origin,
        date=long_date(edition.date),
        asked=asked,
        handouts={"id": HANDOUTS, "title": HANDOUTS_TITLE},
        freedoms=degrees(node.freedom for node in template.walk() if node.kind is Kind.CLAUSE),
    )
    title = f"{edition.title}: template of {long_date(edition.date)}"
    description = (
        f"The {edition.publisher} template of {long_date(edition.date)}: every clause and alternative, with its id."
    )
    links = tuple(
        Link(f"{_HOME}#{top.id}", plain(top.text), top.number, tuple(_inside(top, _HOME))) for top in template.sections
    )
    listed = tuple(Link(f"{_HOME}#{handout.id}", plain(handout.text)) for handout in template.handouts)
    here = {node.id: f"{_HOME}#{node.id}" for node in template.walk_all()}
    if listed:
        links = (*links, Link(f"{_HOME}#{HANDOUTS}", HANDOUTS_TITLE, "", listed))
    return Site(
        name=edition.publisher,
        title=title,
        pages=(Page(_HOME, title, description, html, is_wide=True), asked),
        contents=links,
        other_forms=(Link(asked.path, asked.title),),
        entries=(*search_entries(template, attrgetter("text"), here), *entries),
        synonyms={meant.words: meant.typed for meant in edition.pages.synonyms},
        footer=(f"Edition {edition.name}.", *_looked_up(edition)),
        address=project.address(TEMPLATE, edition.name),
    )


_Render = Callable[..., str]


def _home(
    resolved: Resolved,
    render: _Render,
    report: Report | None,
    description: str,
    ways: Sequence[Link],
    pdf_bytes: int | None,
) -> Page:
    edition, school = resolved.edition, resolved.school
    title, ratified, found = document_title(school), RATIFIED_ON.of(school.values), facts(edition, school)
    html = render(
        "home",
        address=functools.partial(_address, section_of(resolved.policy), "", None),
        title=title,
        lead=description,
        report=report,
        in_force=long_date(ratified) if ratified else None,
        next_review=NEXT_REVIEW.of(school.values),
        ways=ways,
        facts=other_facts(found, report),
        pdf_size=size(pdf_bytes),
    )
    return Page(_HOME, title, description, html, is_home=True)


def _ways(versions: Sequence[Version], *, is_apart: bool) -> tuple[Link, ...]:
    """Return the links of the home page for what people ask next; `is_apart` says whether it is that of a draft."""
    current, folder = version_in_force(versions), f"{'../' if is_apart else ''}{VERSIONS}"
    dates = [version.decision.on for version in versions if not version.withdrawal]
    old = dates[-1:] if is_apart else dates[-2:-1]
    new = DRAFT if is_apart or not current else current.decision.on
    pages = ((f"{folder}/{compared_folder(on, new)}/{_HOME}", long_date(on)) for on in old)
    return (
        *(Link(path, f"What has changed since the version of {date}") for path, date in pages),
        Link(f"differences/{_HOME}", "What we do differently from the template"),
        *([Link(f"{folder}/{_HOME}", "All versions")] if versions else []),
    )


def _section_pages(
    policy: Policy, glossary: Glossary, render: _Render, headings: Shown, policy_title: str
) -> tuple[Page, ...]:
    links = [Link(_path(top), plain(headings(top)), top.number) for top in policy.sections]
    tops = section_of(policy)
    return tuple(
        Page(
            _path(node),
            f"{link.number} {link.title}",
            f"{policy_title}, section {link.number}: {link.title}.",
            render(
                "section",
                node=node,
                address=with_terms(functools.partial(_address, tops, "../", node.id), f"../{GLOSSARY}"),
                bases=bases_in_words(node, policy),
            ),
            previous=links[at - 1] if at else None,
            following=links[at + 1] if at + 1 < len(links) else None,
        )
        for at, (node, link) in enumerate(zip(glossary.sections, links, strict=True))
    )


def _marked(edition: Edition, policy: Policy, render: _Render, name: str) -> Page:
    here = {node.id: f"#{node.id}" for node in policy.walk()}
    words = everyday_words(edition)
    # the template's words that a school replaced may cite parts that the school does not have
    html = render(
        "marked",
        policy_tree=without_words(policy, words),
        unmarked=[field.title for field in edition.schema.fields if field.path in words],
        address=here.get,
        mark_values=True,
    )
    description = f"The whole policy of {name}, with the school's own wording highlighted."
    return Page("marked/index.html", "Our own wording, highlighted", description, html)


def _differences(comparison: Comparison, policy: Policy, render: _Render, name: str) -> Page:
    tops = section_of(policy)
    printed = {node.id: _address(tops, "../", None, node.id) for node in policy.walk_all() if is_printed(node)}
    html = render(
        "differences",
        comparison=comparison,
        topics=list(topics(comparison)),
        address=printed.get,
        mark_values=True,
    )
    description = f"Every difference between the policy of {name} and the template, with the reason."
    return Page("differences/index.html", "Differences from the template", description, html)


def _contents(policy: Policy, headings: Shown) -> tuple[Link, ...]:
    return tuple(
        Link(_path(top), plain(headings(top)), top.number, tuple(_inside(top, _path(top), headings)))
        for top in policy.sections
    )


def _inside(top: Node, path: str, headings: Shown = attrgetter("text")) -> list[Link]:
    return [Link(f"{path}#{node.id}", plain(headings(node)), node.number) for node in sections_of(top)]


def _entries(policy: Policy, headings: Shown, report: Report | None) -> tuple[Entry, ...]:
    tops = section_of(policy)
    concern = (Entry(_REPORT, "", report.heading, report.words),) if report else ()
    return (
        *concern,
        *search_entries(policy, headings, {identity: _address(tops, "", None, identity) for identity in tops}),
    )


def _path(top: Node) -> str:
    return f"{top.id}/{_HOME}"


def _address(tops: Mapping[str, str], root: str, here: str | None, identity: str) -> str:
    """Return the address of a section or clause as seen from a page: that of the section `here`, or another."""
    top = tops[identity]
    if top == here:
        return f"#{identity}"
    page = f"{root}{top}/{_HOME}"
    return page if identity == top else f"{page}#{identity}"
