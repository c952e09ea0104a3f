"""Who to tell about a concern: the edition's words, the school's people, and services by kind of worry, filled in."""

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from build_tools.policy.model import Run, School, Text, plain
from build_tools.resolving.facts import Fact, facts
from build_tools.resolving.fill import school_filler
from build_tools.template.edition import Edition
from build_tools.template.pages_file import ServiceWords
from build_tools.text.reaching import telephone_link


@dataclasses.dataclass(frozen=True, slots=True)
class Service:
    """A service outside the school."""

    name: str
    telephone: str | None
    url: str | None
    note: str | None
    """For whom it is, or when."""

    @property
    def call(self) -> str | None:
        """The link that calls it."""
        return telephone_link(self.telephone) if self.telephone else None

    @property
    def address(self) -> str | None:
        """Its web address as people write it on paper."""
        return self.url.partition("://")[2].rstrip("/") if self.url else None

    @property
    def on_paper(self) -> Text:
        """The service in one line, with every number and address in words."""
        reached = [Run(self.telephone)] if self.telephone else []
        reached += [Run(self.address or "", href=self.url)] if self.url else []
        runs = [Run(self.name), *(run for part in reached for run in (Run(", "), part))]
        return (*runs, Run(f" ({self.note})")) if self.note else tuple(runs)


@dataclasses.dataclass(frozen=True, slots=True)
class Worry:
    """A kind of worry, with the services for it."""

    title: str
    services: tuple[Service, ...]

    @property
    def on_paper(self) -> Text:
        """The worry and its services in one line."""
        listed = (part for service in self.services for part in (Run("; "), *service.on_paper))
        return (Run(self.title, strong=True), Run(": "), *itertools.islice(listed, 1, None))


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """What every output says to people with a concern, in the order in which they need it."""

    heading: str
    emergency: str | None
    """What to do at once if somebody is in danger."""
    text: str
    contacts: tuple[Fact, ...]
    """The people of the school to tell, and how to reach somebody."""
    worries: tuple[Worry, ...]

    @property
    def words(self) -> str:
        """All of it in one text, for a search."""
        told = (f"{fact.label}: {', '.join(fact.values)}." for fact in self.contacts)
        helped = (f"{plain(worry.on_paper)}." for worry in self.worries)
        return " ".join(filter(None, (self.emergency, self.text, *told, *helped)))


def report_of(edition: Edition, school: School) -> Report | None:
    """Return who to tell about a concern; None if the edition does not say, or the school names nobody."""
    said = edition.pages.report
    paths = (*said.tell, *said.contacts) if said else ()
    contacts = tuple(fact for fact in facts(edition, school) if fact.path in paths)
    if said is None or not contacts:
        return None
    words = edition_words(edition, school)
    worries = tuple(_worries(words, said.services))
    return Report(words(said.heading), words(said.emergency or "") or None, words(said.text), contacts, worries)


def other_facts(found: Iterable[Fact], report: Report | None) -> tuple[Fact, ...]:
    """Return the key facts that are not already in what is said to people with a concern."""
    return tuple(fact for fact in found if not report or fact not in report.contacts)


def edition_words(edition: Edition, school: School) -> Callable[[str], str]:
    """Return a function that fills a school's answers into an edition's words on the pages around a policy."""
    filler = school_filler(edition.schema, school.values, edition.cited)
    return lambda source: plain(filler.text(source)).strip()


def _worries(words: Callable[[str], str], services: Sequence[ServiceWords]) -> Iterator[Worry]:
    """Yield the kinds of worry in their order; a service that this school cannot reach is left out."""
    found: dict[str, list[Service]] = {}
    for said in services:
        telephone = words(said.telephone or "") or None
        if telephone or said.url:
            service = Service(words(said.name), telephone, said.url, words(said.note or "") or None)
            found.setdefault(words(said.worry), []).append(service)
    yield from (Worry(title, tuple(same)) for title, same in found.items())
