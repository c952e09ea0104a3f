"""The content of a printed policy in reading order, for any engine: everything except its layout."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from build_tools.outputs.colour import CALM, readable
from build_tools.policy.model import Crest, Node, Phrase
from build_tools.policy.tree import contents
from build_tools.resolving.facts import Fact, document_title, facts
from build_tools.resolving.resolve import Resolved
from build_tools.text.dates import long_date, source_date


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A policy to be printed."""

    title: str
    school_name: str
    motto: str | None
    subject: str
    """A description in one sentence, for the file's metadata."""
    crest: Crest | None
    colour: str
    """The brand colour, dark enough to read."""
    is_ratified: bool
    state: str
    """Who agreed it and when, or that it is a draft."""
    next_review: str
    contacts: tuple[Fact, ...]
    control: tuple[Fact, ...]
    publisher: str
    edition: str
    made_at: dt.datetime | None
    """The time for the file, in UTC; None if none is set."""
    seal: str | None
    """The SHA-256 of the decision, for the file's metadata; None for a draft."""
    contents: tuple[Node, ...]
    """The sections, two levels deep."""
    sections: tuple[Node, ...]
    phrases: tuple[Phrase, ...]
    """The words in other languages."""

    @property
    def citations(self) -> Mapping[str, str]:
        """The full number of each section and clause, by id."""
        return {node.id: node.citation for top in self.sections for node in top.walk()}


def gather_document(resolved: Resolved, seal: str | None = None) -> Document:
    """Return the content of a school's printed policy; a version's has the `seal` of the decision."""
    edition, school, policy = resolved.edition, resolved.school, resolved.policy
    document, own = school.values["document"], school.values["school"]
    found = facts(edition, school)
    title = document_title(school)
    return Document(
        title=title,
        school_name=own["name"],
        motto=own.get("motto"),
        subject=f"{title} of {own['name']}, from the template of {edition.publisher}, edition {edition.name}",
        crest=school.crest,
        colour=readable(own["colour"]) if own.get("colour") else CALM,
        is_ratified="ratified" in document,
        state=_state(document, school.values["governance"]["body"]),
        next_review=long_date(document["next_review"]),
        contacts=tuple(fact for fact in found if fact.path.startswith("people.")),
        control=tuple(fact for fact in found if fact.path.startswith("document.")),
        publisher=edition.publisher,
        edition=edition.name,
        made_at=source_date(),
        seal=seal,
        contents=contents(policy),
        sections=policy.sections,
        phrases=policy.phrases,
    )


def _state(document: Mapping[str, Any], body: str) -> str:
    if "ratified" not in document:
        return f"Not yet agreed by the {document.get('agreed_by', body)}"
    return f"Agreed by the {document.get('agreed_by', body)}, {long_date(document['ratified'])}"
