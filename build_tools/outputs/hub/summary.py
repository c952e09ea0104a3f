"""A school's summary: everything that is shown about it with other schools, independent of the day and the others.

It is made and stored with the school's pages, so that the hub and the status of every school can be written without
reading the schools again.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from build_tools.outputs.dated import on_its_day
from build_tools.outputs.hub.amended import Departure, departures_of
from build_tools.outputs.hub.feed import Ratification, ratification
from build_tools.outputs.hub.matrix import answers_of
from build_tools.outputs.hub.reminders import Reminder, reminders_of
from build_tools.outputs.hub.status import Status, lasting_status
from build_tools.outputs.in_force import in_force
from build_tools.policy.languages import joined
from build_tools.policy.model import Phrase
from build_tools.resolving.resolve import Resolved
from build_tools.schema.relied_on import NAME
from build_tools.template.edition import Edition
from build_tools.versions.history import Version


@dataclasses.dataclass(frozen=True, slots=True)
class Summary:
    """Everything that is shown about one school."""

    status: Status
    """Its status, independent of the day."""
    answers: Mapping[str, str]
    """Its answer to each question that is compared, in words, by path."""
    departures: tuple[Departure, ...]
    ratifications: tuple[Ratification, ...]
    """Oldest first."""
    phrases: tuple[Phrase, ...]
    """Its words in other languages."""
    promises: tuple[Reminder, ...] = ()
    """What its policy promises, in reading order."""


def summarise(resolved: Resolved, versions: Sequence[Version], editions: Mapping[str, Edition]) -> Summary:
    """Return the summary of a school, from its version in force if there is one; `editions` are those without mistakes.

    Raises:
        Mistakes: if the edition of the version in force is not among them.
    """
    school, now = resolved.school, in_force(resolved, versions, editions)
    return Summary(
        status=lasting_status(resolved, versions, editions),
        answers=answers_of(now),
        departures=tuple(departures_of(school.name, NAME.of(school.values), now.policy)),
        ratifications=tuple(map(ratification, versions)),
        phrases=joined(resolved.policy.phrases, now.policy.phrases),
        promises=reminders_of(on_its_day(now).policy),
    )


def render_summary(summary: Summary) -> bytes:
    """Return a summary as JSON."""
    return msgspec.json.encode(summary)


def read_summaries(rendered: Iterable[msgspec.Raw]) -> tuple[Summary, ...]:
    """Return summaries from their JSON."""
    return tuple(msgspec.json.decode(summary, type=Summary) for summary in rendered)
