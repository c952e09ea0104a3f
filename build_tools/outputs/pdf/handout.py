"""The content of a printed summary, agreement or form, for any engine: everything but its layout."""

import dataclasses
import datetime as dt

from build_tools.outputs.colour import CALM, readable
from build_tools.outputs.pdf.fitting import size_for
from build_tools.policy.model import Kind, Node, Phrase, plain
from build_tools.resolving.facts import document_title
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import COLOUR, NAME, RATIFIED_ON
from build_tools.text.dates import long_date, source_date


@dataclasses.dataclass(frozen=True, slots=True)
class PrintedHandout:
    """What a handout says."""

    title: str
    school_name: str
    policy_title: str
    subject: str
    """A description in one sentence, for the file's metadata."""
    lines: tuple[Node, ...]
    """Those before the first part."""
    parts: tuple[Node, ...]
    size: float
    """The size of its letters, in points."""
    colour: str
    """The brand colour, dark enough to read."""
    made_at: dt.datetime | None
    """The time for the file, in UTC; None if none is set."""
    phrases: tuple[Phrase, ...]
    """The words in other languages."""


def gather_handout(resolved: Resolved, handout: Node) -> PrintedHandout:
    """Return what a handout of a school's policy says."""
    school = resolved.school
    name, colour, ratified = NAME.of(school.values), COLOUR.of(school.values), RATIFIED_ON.of(school.values)
    policy = document_title(school)
    title = plain(handout.text)
    return PrintedHandout(
        title=title,
        school_name=name,
        policy_title=f"{policy} of {long_date(ratified)}" if ratified else f"{policy} (draft)",
        subject=f"{title}: part of the {policy} of {name}",
        lines=tuple(child for child in handout.children if child.kind is Kind.CLAUSE),
        parts=tuple(child for child in handout.children if child.kind is Kind.GROUP),
        size=size_for(handout),
        colour=readable(colour or CALM),
        made_at=source_date(),
        phrases=resolved.policy.phrases,
    )
