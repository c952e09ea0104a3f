"""The sites of schools and editions: from the numbered tree to finished pages."""

import functools
from collections.abc import Callable, Mapping, Sequence

from build_tools.comparing.compare import Comparison
from build_tools.comparing.topics import topics
from build_tools.outputs.html import on_this_page
from build_tools.outputs.page_html import render_page
from build_tools.outputs.site.handouts import HANDOUTS, HANDOUTS_TITLE, handout_pages
from build_tools.outputs.site.pages import (
    VERSIONS,
    Contact,
    Entry,
    Folder,
    Link,
    Page,
    Report,
    Site,
    check_paths,
    search_entries,
    size,
)
from build_tools.outputs.site.promises import promises_page
from build_tools.outputs.site.questions import questions_page
from build_tools.outputs.site.sources import source_page
from build_tools.policy.model import Kind, Node, Policy, School, degrees, plain
from build_tools.policy.sources import bases_in_words
from build_tools.policy.storage import render_json
from build_tools.policy.tree import contents, heading, is_printed, section_of, sections_of
from build_tools.project import Project
from build_tools.resolving.facts import Fact, document_title, draft_note, facts
from build_tools.resolving.fill import school_filler
from build_tools.resolving.resolve import Resolved, resolve_template
from build_tools.schema.relied_on import COLOUR, MOTTO, NAME, NEXT_REVIEW, RATIFIED_ON, SHORT_NAME
from build_tools.template.edition import Edition
from build_tools.template.editor import SCHEMA_FILE, editor_schema
from build_tools.text.dates import long_date
from build_tools.versions.register import Version

_HOME = "index.html"
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
    found = facts(edition, school)
    name = NAME.of(school.values)
    is_apart = bool(versions) and RATIFIED_ON.of(school.values) is None
    render = functools.partial(render_page, project.template_folders, edition, phrases=policy.phrases)
    title, words = document_title(school), _around(edition, school)
    pages = (
        _home(
            policy, render, school, _told(edition, found), found, words(edition.pages.home or _HOME_WORDS), pdf_bytes
        ),
        *_section_pages(policy, render, title, name),
        _marked(policy, render, name),
        _differences(comparison, policy, render, name),
    )
    address = functools.partial(_address, section_of(policy), "../", None)
    promised = promises_page(render, policy, name, address, is_draft=RATIFIED_ON.of(school.values) is None)
    handouts = handout_pages(render, policy, name, address)
    sources = source_page(render, policy, name, address, edition.looked_up)
    pages = (*pages, *promised, *handouts, *sources)
    check_paths(pages, {node.id: node.place for node in policy.walk_all()})
    return Site(
        name=name,
        title=title,
        pages=(*pages, *life),
        contents=_contents(policy),
        other_forms=(
            *([Link("../index.html", "The version in force")] if is_apart else []),
            Link("policy.pdf", "PDF to print or save"),
            Link("policy.html", "All on one page"),
            Link("marked/index.html", "Our own wording, highlighted"),
            Link("differences/index.html", "Differences from the template"),
            *(Link(page.path, page.title) for page in (*promised, *handouts[:1], *sources)),
            *([Link(f"{'../' if is_apart else ''}{VERSIONS}/index.html", "Versions")] if versions else []),
        ),
        report=_report(edition, found, words),
        draft_note=_draft_note(school, versions),
        is_hidden=is_apart,
        footer=tuple(filter(None, (MOTTO.of(school.values), *_origin(edition)))),
        entries=_entries(policy),
        colour=COLOUR.of(school.values),
        crest=school.crest,
        phrases=policy.phrases,
    )


def _draft_note(school: School, versions: Sequence[Version]) -> str | None:
    """Return the note on every page of a draft, with what is in force instead; None if the policy is in force."""
    note = draft_note(school)
    return f"{note} The version of {long_date(versions[-1].decision.on)} is in force." if note and versions else note


def _origin(edition: Edition) -> tuple[str, ...]:
    """Return the lines at the foot of every page of a school about its edition."""
    return f"From the {edition.publisher} template of {long_date(edition.date)}.", *_looked_up(edition)


def _looked_up(edition: Edition) -> tuple[str, ...]:
    return (edition.looked_up.words,) if edition.looked_up else ()


def template_folder(project: Project, edition: Edition) -> Folder:
    """Return what an edition publishes: its own text, what it asks of schools, and the schema for their editors."""
    template = resolve_template(edition)
    schema = SCHEMA_FILE.format(edition=edition.name)
    return Folder(
        _gather_template(project, edition, template),
        {schema: lambda: render_json(editor_schema(edition, template)).encode()},
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
    if listed:
        links = (*links, Link(f"{_HOME}#{HANDOUTS}", HANDOUTS_TITLE, "", listed))
    return Site(
        name=edition.publisher,
        title=title,
        pages=(Page(_HOME, title, description, html, is_wide=True), asked),
        contents=links,
        other_forms=(Link(asked.path, asked.title),),
        entries=(*search_entries(template, {node.id: f"{_HOME}#{node.id}" for node in template.walk_all()}), *entries),
        footer=(f"Edition {edition.name}.", *_looked_up(edition)),
    )


_Render = Callable[..., str]


def _around(edition: Edition, school: School) -> Callable[[str], str]:
    """Return a function that fills in an edition's words on the pages around a policy."""
    filler = school_filler(edition.schema, school.values, edition.cited)
    return lambda source: plain(filler.text(source))


def _report(edition: Edition, found: Sequence[Fact], words: Callable[[str], str]) -> Report | None:
    """Return who to tell about a concern, None if the edition does not say, or the school names nobody."""
    said = edition.pages.report
    contacts = _told(edition, found)
    if said is None or not contacts:
        return None
    return Report(
        words(said.heading),
        words(said.text),
        tuple(Contact(fact.label, fact.texts) for fact in contacts),
        tuple((link.text, link.url) for link in said.links),
        words(said.note) if said.note else None,
    )


def _told(edition: Edition, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts that say who to tell about a concern, and how."""
    report = edition.pages.report
    told = (*report.tell, *report.contacts) if report else ()
    return tuple(fact for fact in found if fact.path in told)


def _home(
    policy: Policy,
    render: _Render,
    school: School,
    told: Sequence[Fact],
    found: Sequence[Fact],
    description: str,
    pdf_bytes: int | None,
) -> Page:
    title, ratified = document_title(school), RATIFIED_ON.of(school.values)
    html = render(
        "home",
        address=functools.partial(_address, section_of(policy), "", None),
        title=title,
        lead=description,
        told=told,
        in_force=long_date(ratified) if ratified else None,
        next_review=NEXT_REVIEW.of(school.values),
        facts=found,
        contents=contents(policy),
        pdf_size=size(pdf_bytes),
    )
    return Page(_HOME, title, description, html)


def _section_pages(policy: Policy, render: _Render, title: str, name: str) -> tuple[Page, ...]:
    links = [Link(_path(top), plain(top.text), top.number) for top in policy.sections]
    tops = section_of(policy)
    return tuple(
        Page(
            _path(node),
            heading(node),
            f"{title} of {name}, section {node.number}: {plain(node.text)}.",
            render(
                "section",
                node=node,
                address=functools.partial(_address, tops, "../", node.id),
                bases=bases_in_words(node, policy),
            ),
            previous=links[at - 1] if at else None,
            following=links[at + 1] if at + 1 < len(links) else None,
        )
        for at, node in enumerate(policy.sections)
    )


def _marked(policy: Policy, render: _Render, name: str) -> Page:
    here = {node.id: f"#{node.id}" for node in policy.walk()}
    # the template's words that a school replaced may cite parts that the school does not have
    html = render("marked", policy_tree=policy, address=here.get, mark_values=True)
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
    """Return the address of a section or clause as seen from a page: that of the section `here`, or another."""
    top = tops[identity]
    if top == here:
        return f"#{identity}"
    page = f"{root}{top}/{_HOME}"
    return page if identity == top else f"{page}#{identity}"
