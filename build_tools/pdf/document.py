"""The HTML that a PDF is made from: cover, facts, contents and the numbered tree, in the order of reading aloud."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from build_tools.colour import CALM, readable
from build_tools.dates import long_date, source_date
from build_tools.pages import contents, document_title, environment, facts, on_this_page
from build_tools.resolve import Resolved

TEMPLATE = "pdf/policy.html"


def render_document(resolved: Resolved, templates: tuple[Path, ...]) -> str:
    """Return one school's policy as one HTML document that asks for no other file."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    document, own = school.values["document"], school.values["school"]
    found = facts(edition, school)
    title = document_title(school)
    return (
        environment(templates)
        .get_template(TEMPLATE)
        .render(
            address=on_this_page,
            mark_values=False,
            phrases=policy.phrases,
            numbers_link=False,
            title=title,
            school_name=own["name"],
            motto=own.get("motto"),
            subject=f"{title} of {own['name']}, from the template of {edition.publisher}, edition {edition.name}",
            crest=school.crest.address if school.crest else None,
            colour=readable(own["colour"]) if own.get("colour") else CALM,
            is_ratified="ratified" in document,
            state=_state(document, school.values["governance"]["body"]),
            next_review=long_date(document["next_review"]),
            contacts=[fact for fact in found if fact.path.startswith("people.")],
            control=[fact for fact in found if fact.path.startswith("document.")],
            publisher=edition.publisher,
            edition=edition.name,
            made_at=made_at(),
            contents=contents(policy),
            sections=policy.sections,
        )
    )


def _state(document: Mapping[str, Any], body: str) -> str:
    if "ratified" not in document:
        return f"Not yet agreed by the {document.get('agreed_by', body)}"
    return f"Agreed by the {document.get('agreed_by', body)}, {long_date(document['ratified'])}"


def made_at() -> str | None:
    """Return the time that a PDF is to bear, as its metadata write it; None where none is set."""
    date = source_date()
    return date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else None
