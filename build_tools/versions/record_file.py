"""The record of a version: its fields, and the check that policy.json has the same decision."""

from collections.abc import Iterator, Mapping
from typing import Any

from build_tools.text.dates import is_date
from build_tools.text.problems import Problem
from build_tools.text.yaml_file import Document

_ALWAYS = ("school", "ratified", "by", "next_review", "edition", "software")
_REMARKS = ("minute", "summary")
SIGNED = ("signed_by", "certificate", "signed_at")
"""The fields of a signature: all of them or none."""
EDITION_DIGEST = "edition_digest"
"""The field with the SHA-256 of the edition's seal, which the records of older programs do not have."""
_REPEATED = (*_ALWAYS, EDITION_DIGEST, *_REMARKS, *SIGNED)
"""The fields that policy.json repeats."""
_REQUIRED = (*_ALWAYS, "files")
_KNOWN = (*_REPEATED, "files", "previous")


def incomplete(document: Document, frozen: tuple[str, ...]) -> Iterator[Problem]:
    """Yield missing and unknown fields of a record; `frozen` has the files whose digests it contains."""
    data = document.data
    if not isinstance(data, dict):
        yield Problem(document.place(), "A record must have lines such as school:, ratified: and by:.")
        return
    for key in _REQUIRED:
        if not data.get(key):
            yield Problem(document.place(), f"{key} is missing from the record.")
    if any(key in data for key in SIGNED) and not all(data.get(key) for key in SIGNED):
        yield Problem(document.place(), f"The record of a signature must have {', '.join(SIGNED)}: all or none.")
    for key in data.keys() - set(_KNOWN):
        yield Problem(document.place((key,)), f"{key} is not part of a record.")
    for key in ("ratified", "next_review"):
        if data.get(key) and not is_date(data[key]):
            yield Problem(document.place((key,)), f'{key}: "{data[key]}" is not a date.')
    if data.get("signed_at") and not is_date(data["signed_at"][:10]):
        yield Problem(document.place(("signed_at",)), f'signed_at: "{data["signed_at"]}" is not a time.')
    files = data.get("files")
    if files and not (isinstance(files, dict) and set(files) == set(frozen)):
        yield Problem(document.place(("files",)), f"files must list the digests of {' and '.join(frozen)}.")


def contradictions(document: Document, repeated: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield where a record differs from policy.json, which was ratified with it."""
    for key in _REPEATED:
        said, kept = document.data.get(key), repeated.get(key)
        if said != kept:
            told = f"the record says {_quoted(said)}, but policy.json, ratified with it, says {_quoted(kept)}"
            yield Problem(document.place((key,)), f"{key}: {told}. Restore record.yml from a backup.")


def _quoted(said: object) -> str:
    return "nothing" if said is None else f'"{said}"'
