"""The whole policy as one self-contained file, to email, embed or keep."""

from pathlib import Path

from build_tools.outputs.html import environment, on_this_page
from build_tools.outputs.inline import content_hash, render_styles
from build_tools.policy.model import plain
from build_tools.policy.tree import contents
from build_tools.resolving.facts import document_title, draft_note, facts
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import COLOUR, MOTTO, NAME, SCHOOL


def render_one_page(resolved: Resolved, templates: tuple[Path, ...]) -> str:
    """Return a school's policy as one HTML file, with its styles, fonts and crest inside and no script."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    found = facts(edition, school)
    words = [
        *school.values[SCHOOL.path].values(),
        *(value for fact in found for value in fact.values),
        *(plain(n.text) for n in policy.walk()),
    ]
    styles = render_styles(templates, COLOUR.of(school.values), "".join(map(str, words)))
    return (
        environment(templates)
        .get_template("site/pages/onepage.html")
        .render(
            address=on_this_page,
            mark_values=False,
            phrases=policy.phrases,
            title=document_title(school),
            school_name=NAME.of(school.values),
            motto=MOTTO.of(school.values),
            draft_note=draft_note(school),
            facts=found,
            contents=contents(policy),
            sections=policy.sections,
            crest=school.crest,
            styles=styles,
            styles_hash=content_hash(styles),
        )
    )
