"""The manifest: what the last build wrote, and from what, so that the next one knows what it need not write again.

It stands beside the site and not in it, since it tells of this machine: when each file was written.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from build_tools.problems import Problem

HUB = ""
"""The name of the hub among the parts of a site, whose files stand beside the folders of the others."""


class Printed(msgspec.Struct, frozen=True):
    """The PDF that was made for a school, its draft's where a version is in force."""

    path: str
    """Where it stands in the school's folder."""
    fingerprint: str
    """What it was made from: it serves again as long as that is the same, whatever else changes."""


class Record(msgspec.Struct, frozen=True):
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
    """The fingerprint of what all schools were called, of a school in which the names of others were looked for."""
    printed: Printed | None = None
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in a school; it is told by every build."""
    summary: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    """Of a school, what the hub tells of it, as JSON: read only when it is told."""


Records = Mapping[str, Record]
NOTHING: Records = MappingProxyType({})


def manifest_file(out: Path) -> Path:
    """Return where the manifest of a site stands."""
    return out.with_name(f".{out.name}-manifest.json")


def read_manifest(out: Path) -> Records:
    """Return the records of a site by part; none if there is no manifest, or none that this program wrote."""
    try:
        return msgspec.json.decode(manifest_file(out).read_bytes(), type=dict[str, Record])
    except (FileNotFoundError, msgspec.DecodeError):
        return NOTHING


def render_manifest(records: Records) -> bytes:
    """Return the records of a site as a manifest."""
    return msgspec.json.encode(records)
