"""Plan a build: which parts of the site must be rebuilt, and which are up to date.

A part is up to date if its inputs and its files have not changed. Nothing is parsed to find out: the manifest of the
last build has the fingerprints of each part's inputs.
"""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from build_tools.building.fingerprints import Fingerprints, state_of
from build_tools.building.last_build import last_line, lost_since
from build_tools.building.manifest import HUB, Called, Manifest, PartRecord, Records, titles_of, vocabulary_of
from build_tools.building.publish import MARK
from build_tools.project import TEMPLATE
from build_tools.schools.all_names import SchoolNames, changed_names, concerns, fingerprint
from build_tools.schools.reading_names import read_titles
from build_tools.text.digests import combined, of_bytes
from build_tools.text.problems import Problem
from build_tools.versions.entering import deleted_versions


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do."""

    schools: tuple[str, ...]
    """Those whose pages must be built."""
    editions: tuple[str, ...]
    """Those whose pages must be built."""
    unchanged: tuple[str, ...]
    """The wanted schools whose pages are up to date."""
    intact: Records
    """The parts that the last build wrote and nobody has changed, whether up to date or not."""
    gone: tuple[str, ...]
    """The paths of everything that no longer belongs to the site."""
    is_hub_current: bool
    """Whether the hub is up to date, unless the summary of a school changes."""
    is_forced: bool
    """Whether everything is rebuilt, even if nothing has changed."""
    called: Mapping[str, Called]
    """The names of all schools, because a school's words must not contain another's name."""
    roll: str
    """The fingerprint of these names."""
    lost: Mapping[str, Sequence[Problem]]
    """What was lost of ratified versions, by school: their pages are not built again, and not deleted."""
    ratified: Mapping[str, str]
    """The SHA-256 of the record of each version of the last build."""
    register: str
    """The last line of the register; that of the last build if it is missing now."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.schools or self.editions or self.gone or self.lost) and self.is_hub_current


def make_plan(prints: Fingerprints, last: Manifest, wanted: Collection[str], out: Path, *, force: bool) -> Plan:
    """Return what must be built for the wanted schools, all editions and the hub; `force` rebuilds everything."""
    records, names = last.records, prints.schools
    called = dict(_call(prints, last.called))
    before, now = titles_of(last.called), titles_of(called)
    roll = fingerprint(now)
    written = {part: record for part, record in records.items() if state(out, record.paths) == record.state}
    intact = written if before == now else _brought_forward(written, before, now, roll)
    current = frozenset() if force else frozenset(_current(prints, intact, roll))
    # without a record, the hub could show nothing about a school's pages
    schools = [name for name in names if (name not in current if name in wanted else _is_unknown(name, intact, out))]
    hub = records[HUB].paths if HUB in records else ()
    lost = _lost(prints, last, schools, out)
    return Plan(
        schools=tuple(schools),
        editions=tuple(name for name in prints.editions if template_part(name) not in current),
        unchanged=tuple(name for name in wanted if name in current),
        intact=intact,
        gone=tuple(_gone(out, {*names, *hub, *lost}, prints.editions)),
        is_hub_current=HUB in current,
        is_forced=force,
        called=called,
        roll=roll,
        lost=lost,
        ratified=last.ratified,
        register=last_line(last, prints.project),
    )


def _lost(prints: Fingerprints, last: Manifest, schools: Sequence[str], out: Path) -> Mapping[str, Sequence[Problem]]:
    """Return what was lost of the ratified versions of schools that have changed since the last build, or are gone."""
    project, names = prints.project, prints.schools
    deleted = {version.partition("@")[0] for version in last.ratified}.difference(names)
    found, gone = lost_since(last, project, {*schools, *deleted}, out), deleted_versions(project, names)
    return {name: [*found.get(name, ()), *gone.get(name, ())] for name in {**found, **gone}}


def is_told(prints: Fingerprints, name: str, record: PartRecord | None) -> bool:
    """Return whether a record matches the current files of a school."""
    return (
        record is not None
        and name in prints.schools
        and record.source == prints.words(name, record.editions, record.federations)
    )


def hub_source(prints: Fingerprints, records: Records) -> str:
    """Return the fingerprint of the hub's content for the schools that have pages."""
    return prints.hub(of_bytes(bytes(records[name].summary)) for name in prints.schools if name in records)


def _current(prints: Fingerprints, intact: Records, roll: str) -> Iterator[str]:
    """Yield the parts whose inputs have not changed."""
    sources = {HUB: hub_source(prints, intact)}
    sources |= {template_part(name): source for name, source in prints.editions.items()}
    for part, record in intact.items():
        is_same = record.source == sources[part] if part in sources else is_told(prints, part, record)
        if is_same and record.layout == prints.for_pages and (part in sources or record.roll == roll):
            yield part


def state(base: Path, paths: Iterable[str]) -> str:
    """Return a value that changes if any file of a part changes."""
    return combined(*(state_of(base / path) for path in paths))


def template_part(edition: str) -> str:
    """Return the name, and path, of the part of the site that shows an edition."""
    return f"{TEMPLATE}/{edition}"


def _call(prints: Fingerprints, last: Mapping[str, Called]) -> Iterator[tuple[str, Called]]:
    """Yield the names of each school; only files that have changed since the last build are read."""
    for name in prints.schools:
        source, before = prints.words(name, (), ()), last.get(name)
        if before is None or before.source != source:
            before = Called(source, read_titles(prints.project, name))
        yield name, before


def _brought_forward(
    records: Records, before: Mapping[str, SchoolNames], now: Mapping[str, SchoolNames], roll: str
) -> Records:
    """Return the records of the last build, with the new `roll` for those that it does not affect.

    Only the names of the last build are known, so a record with an older roll keeps it and is out of date.
    """
    old, changed = fingerprint(before), changed_names(before, now)
    return {
        part: msgspec.structs.replace(record, roll=roll)
        if record.roll == old and not concerns(changed, vocabulary_of(record))
        else record
        for part, record in records.items()
    }


def _is_unknown(name: str, intact: Records, out: Path) -> bool:
    return name not in intact and (out / name).is_dir()


def _gone(out: Path, known: Collection[str], editions: Collection[str]) -> Iterator[str]:
    """Yield what is in the site and does not belong to any existing school, edition or the hub."""
    if not out.is_dir():
        return
    own = {*known, MARK, TEMPLATE}
    yield from sorted(path.name for path in out.iterdir() if path.name not in own)
    yield from sorted(template_part(path.name) for path in (out / TEMPLATE).glob("*") if path.name not in editions)
