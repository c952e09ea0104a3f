"""The manifest: what the last build wrote, and from which inputs, so that the next one skips what has not changed.

It is next to the site and not in it, because it describes this machine: when each file was written.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from build_tools.schools.all_names import SchoolNames
from build_tools.text.names import Vocabulary
from build_tools.text.problems import Problem

HUB = ""
"""The name of the hub among the parts of a site; its files are next to the folders of the others."""


class Printed(msgspec.Struct, frozen=True):
    """The PDFs that were built for a policy of a school: its draft, or its version in force."""

    folder: str
    """Their folder inside the school's own."""
    fingerprint: str
    """The fingerprint of their inputs: they are kept as long as this stays the same."""


class PartRecord(msgspec.Struct, frozen=True):
    """What a build wrote for one part of the site: a school, an edition or the hub."""

    source: str
    """The fingerprint of its content: for a school, its folder, its editions and its federation."""
    layout: str
    """The fingerprint of what its pages were built with."""
    paths: tuple[str, ...]
    """The files and folders that belong to it, relative to the site's folder."""
    state: str
    """The names, sizes and times of its files, so that a missing or changed one is noticed."""
    editions: tuple[str, ...] = ()
    """For a school: the editions that it uses."""
    federations: tuple[str, ...] = ()
    """For a school: the folder of its federation, if it has one."""
    roll: str = ""
    """For a school: the fingerprint of all schools' names when its words were searched for them."""
    words: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """For a school: the words that were searched for other schools' names, as JSON; read only if a name changed."""
    printed: tuple[Printed, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in a school; every build reports it."""
    summary: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """For a school: its summary for the hub, as JSON; read only when it is needed."""


class Called(msgspec.Struct, frozen=True):
    """The names of a school, and the state of its files when they were read."""

    source: str
    """The fingerprint of its folder and of the program."""
    titles: SchoolNames


Records = Mapping[str, PartRecord]


class Manifest(msgspec.Struct, frozen=True):
    """What the last build knew."""

    records: Records
    """The records of what it wrote, by part."""
    called: Mapping[str, Called]
    """The names of every school, by the name of its folder."""
    ratified: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The SHA-256 of the record of every version that was ever built, by the version's name."""
    register: str = ""
    """The last line of the register; empty if there was none."""


NOTHING = Manifest(MappingProxyType({}), MappingProxyType({}))


def manifest_file(out: Path) -> Path:
    """Return the path of a site's manifest."""
    return out.with_name(f".{out.name}-manifest.json")


def read_manifest(out: Path) -> Manifest:
    """Return the manifest of a site; an empty one if there is none that this program wrote."""
    try:
        return msgspec.json.decode(manifest_file(out).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return NOTHING


def render_manifest(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest."""
    return msgspec.json.encode(manifest)


def titles_of(called: Mapping[str, Called]) -> Mapping[str, SchoolNames]:
    """Return the names of schools."""
    return {name: found.titles for name, found in called.items()}


def write_called(titles: Mapping[str, SchoolNames], file: Path) -> None:
    """Write all schools' names into a file, for the processes that build their pages."""
    file.write_bytes(msgspec.json.encode(titles))


def read_called(file: Path) -> Mapping[str, SchoolNames]:
    """Return all schools' names from such a file."""
    return msgspec.json.decode(file.read_bytes(), type=dict[str, SchoolNames])


def render_vocabulary(words: Vocabulary) -> bytes:
    """Return the words of a school in the form for its record."""
    return msgspec.json.encode(words, order="deterministic")


def vocabulary_of(record: PartRecord) -> Vocabulary:
    """Return the words of a school from its record."""
    return msgspec.json.decode(record.words, type=Vocabulary)
