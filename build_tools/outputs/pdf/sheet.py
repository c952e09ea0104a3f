"""The content of the sheet of what a draft promises, in reading order, for any engine: everything but its layout."""

import dataclasses
import datetime as dt

from build_tools.outputs.colour import CALM, readable
from build_tools.policy.model import Phrase
from build_tools.policy.promises import TITLE, Due, by_due, promises_of
from build_tools.resolving.facts import agreed_by, document_title
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import COLOUR, NAME
from build_tools.text.dates import source_date

_ADVICE = "Before this policy is agreed: tick each line that is true."
LINES = ("Checked by", "Role", "Date")
"""What is written by hand at the end."""


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet says: each promise has a box to tick."""

    title: str
    school_name: str
    policy_title: str
    subject: str
    """A description in one sentence, for the file's metadata."""
    advice: str
    dues: tuple[Due, ...]
    colour: str
    """The brand colour, dark enough to read."""
    made_at: dt.datetime | None
    """The time for the file, in UTC; None if none is set."""
    phrases: tuple[Phrase, ...]
    """The words in other languages."""


def gather_sheet(resolved: Resolved) -> Sheet:
    """Return what the sheet of a school's draft says."""
    school = resolved.school
    body = agreed_by(school)
    name, title, colour = NAME.of(school.values), document_title(school), COLOUR.of(school.values)
    return Sheet(
        title=TITLE,
        school_name=name,
        policy_title=f"{title} (draft)",
        subject=f"What the {title} of {name} promises, for the meeting that agrees it",
        advice=f"For {body}, before this policy is agreed: tick each line that is true." if body else _ADVICE,
        dues=by_due(promises_of(resolved.policy)),
        colour=readable(colour or CALM),
        made_at=source_date(),
        phrases=resolved.policy.phrases,
    )
