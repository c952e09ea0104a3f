"""The manifest: what the last build wrote, and from what, so that the next one knows what it need not write again.

It stands beside the site and not in it, since it tells of this machine: when each file was written.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from build_tools.schools.all_names import SchoolNames
from build_tools.text.names import Vocabulary
from build_tools.text.problems import Problem

HUB = ""
"""The name of the hub among the parts of a site, whose files stand beside the folders of the others."""


class Printed(msgspec.Struct, frozen=True):
    """The PDF that was made for a school, its draft's where a version is in force."""

    path: str
    """Where it stands in the school's folder."""
    fingerprint: str
    """What it was made from: it serves again as long as that is the same, whatever else changes."""


class PartRecord(msgspec.Struct, frozen=True):
    """What a build wrote for one part of the site: a school, an edition or the hub."""

    source: str
    """The fingerprint of what it tells: for a school, its folder and what it takes from editions and its federation."""
    layout: str
    """The fingerprint of what its pages were made with."""
    paths: tuple[str, ...]
    """The files and folders that belong to it, from the site's folder."""
    state: str
    """The names, sizes and times of its files, so that a missing or changed one is noticed."""
    editions: tuple[str, ...] = ()
    """Of a school, the editions that it takes something from."""
    federations: tuple[str, ...] = ()
    """Of a school, the folders of the federation that it belongs to."""
    roll: str = ""
    """Of a school, the fingerprint of what all schools were called when the names of others were looked for in it."""
    words: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """Of a school, the words in which those were looked for, as JSON: read only when a school is called otherwise."""
    printed: Printed | None = None
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in a school; it is told by every build."""
    summary: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """Of a school, what the hub tells of it, as JSON: read only when it is told."""


class Called(msgspec.Struct, frozen=True):
    """What a school is called, and from what that was read."""

    source: str
    """The fingerprint of its folder and of the program."""
    titles: SchoolNames


Records = Mapping[str, PartRecord]


class Manifest(msgspec.Struct, frozen=True):
    """What the last build knew."""

    records: Records
    """What it wrote, by part."""
    called: Mapping[str, Called]
    """Every school that there was, by the name of its folder."""


NOTHING = Manifest(MappingProxyType({}), MappingProxyType({}))


def manifest_file(out: Path) -> Path:
    """Return where the manifest of a site stands."""
    return out.with_name(f".{out.name}-manifest.json")


def read_manifest(out: Path) -> Manifest:
    """Return the manifest of a site; an empty one if there is none, or none that this program wrote."""
    try:
        return msgspec.json.decode(manifest_file(out).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return NOTHING


def render_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as it is written."""
    return msgspec.json.encode(manifest)


def titles_of(called: Mapping[str, Called]) -> Mapping[str, SchoolNames]:
    """Return what schools are called."""
    return {name: found.titles for name, found in called.items()}


def write_called(titles: Mapping[str, SchoolNames], file: Path) -> None:
    """Write what all schools are called into a file, for the processes that make their pages."""
    file.write_bytes(msgspec.json.encode(titles))


def read_called(file: Path) -> Mapping[str, SchoolNames]:
    """Return what all schools are called from such a file."""
    return msgspec.json.decode(file.read_bytes(), type=dict[str, SchoolNames])


def render_vocabulary(words: Vocabulary) -> bytes:
    """Return the words of a school as its record has them."""
    return msgspec.json.encode(words, order="deterministic")


def vocabulary_of(record: PartRecord) -> Vocabulary:
    """Return the words of a school from its record."""
    return msgspec.json.decode(record.words, type=Vocabulary)
