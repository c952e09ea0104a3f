"""The whole policy as one self-contained file, to email, embed or keep.

Embedded in another page, its script tells that page how high it is, and its links to elsewhere leave the frame, since
many sites refuse to be shown in one. Without scripts it is the same page.
"""

import re
from pathlib import Path

from markupsafe import Markup

from build_tools.outputs.glossary import LEAD, TITLE, explain, with_terms
from build_tools.outputs.html import environment, on_this_page
from build_tools.outputs.inline import content_hash, render_script, render_styles
from build_tools.outputs.site.pages import render_foot
from build_tools.policy.headings import shown_headings
from build_tools.policy.model import plain
from build_tools.policy.tree import contents
from build_tools.resolving.facts import agreement, document_title, draft_note, facts
from build_tools.resolving.reporting import edition_words, other_facts, report_of
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import COLOUR, MOTTO, NAME, SCHOOL

_LEADS_ELSEWHERE = re.compile(r'<a (?=[^>]*href="[^#])')
"""The beginning of a link that does not lead to a place on the page itself."""


def render_one_page(resolved: Resolved, templates: tuple[Path, ...], address: str | None = None) -> str:
    """Return a school's policy as one HTML file, with its styles, fonts and crest inside; `address` is its full one."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    found, report = facts(edition, school), report_of(edition, school)
    glossary = explain(policy, edition.pages.glossary, edition_words(edition, school))
    words = [
        *school.values[SCHOOL.path].values(),
        *(value for fact in found for value in fact.values),
        *(plain(n.text) for n in policy.walk()),
        *([report.heading, report.words] if report else ()),
        *(term.meaning for term in glossary.terms),
    ]
    script = render_script(templates, "embed.js")
    styles = render_styles(templates, COLOUR.of(school.values), "".join(map(str, words)))
    styles += Markup(render_foot(NAME.of(school.values), document_title(school)))  # noqa: S704 - letters and escapes
    html = (
        environment(templates)
        .get_template("site/pages/onepage.html")
        .render(
            address=with_terms(on_this_page, ""),
            mark_values=False,
            phrases=policy.phrases,
            title=document_title(school),
            school_name=NAME.of(school.values),
            motto=MOTTO.of(school.values),
            draft_note=draft_note(school),
            canonical=address,
            report=report,
            facts=other_facts(found, report),
            state=agreement(school),
            headings=shown_headings(policy),
            contents=contents(policy),
            sections=glossary.sections,
            glossary=glossary.terms,
            glossary_title=TITLE,
            glossary_lead=LEAD,
            crest=school.crest,
            styles=styles,
            styles_hash=content_hash(styles),
            script=script,
            script_hash=content_hash(script),
        )
    )
    return _LEADS_ELSEWHERE.sub('<a target="_top" ', html)
