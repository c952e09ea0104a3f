"""What is frozen when a policy is ratified: the files of a version, linked by their digests.

record.yml  --digests-->  policy.json, policy.pdf        policy.pdf  --seal-->  the decision in policy.json
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from build_tools.policy.model import Policy
from build_tools.policy.storage import policy_data, policy_from_data, render_json
from build_tools.schema.relied_on import NAME
from build_tools.text.dates import is_date
from build_tools.text.file_bytes import LARGEST, read_bytes
from build_tools.text.source import as_written, relative
from build_tools.versions.record_file import SIGNED

RATIFIED = "ratified"
"""The folder of a school with its versions."""
RECORD_FILE = "record.yml"
POLICY_FILE = "policy.json"
PDF_FILE = "policy.pdf"


@dataclasses.dataclass(frozen=True, slots=True)
class Decision:
    """What the governing body decided."""

    on: str
    """The date of ratification, ISO 8601, to the day or month."""
    by: str
    next_review: str
    """The date when its review is due, ISO 8601, to the day or month."""
    minute: str | None = None
    """Where the decision is minuted."""
    summary: str | None = None
    """What changed, in a sentence for readers of the list of versions."""


@dataclasses.dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the PDF of a version."""

    by: str
    """The subject of the certificate."""
    certificate: str
    """The SHA-256 of the certificate, in hexadecimal."""
    at: str
    """The time, ISO 8601 in UTC, from the clock of the computer that signed it."""


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def frozen_content(file: Path) -> bytes:
    """Return the content of a version's file as it was ratified, whatever line endings Git has given to a text.

    Raises:
        Mistakes: if it cannot be read, is larger than any such file, or is reached by a link out of `schools/`.
    """
    schools = file.parents[3]
    missing = "This file of a ratified version is missing. Restore it from a backup."
    content = read_bytes(file, relative(file, schools.parent), LARGEST, inside=schools, missing=missing)
    return content if file.name == PDF_FILE else as_written(content)


def decided(
    school: str,
    policy: Policy,
    values: Mapping[str, Any],
    decision: Decision,
    software: str,
    edition_digest: str | None = None,
) -> Mapping[str, Any]:
    """Return a governing body's decision as JSON values: the text, the school's answers, and the record's facts.

    `edition_digest` is the SHA-256 of the edition's seal; None if the edition has none.
    """
    named = dataclasses.replace(policy, name=f"{school}@{decision.on}")
    given = {"minute": decision.minute, "summary": decision.summary}
    record = {
        "school": school,
        "ratified": decision.on,
        "by": decision.by,
        **{key: value for key, value in given.items() if value},
        "next_review": decision.next_review,
        "edition": policy.edition,
        **({"edition_digest": edition_digest} if edition_digest else {}),
        "software": software,
    }
    return {**policy_data(named, NAME.of(values)), "record": record, "values": values}


def seal(data: Mapping[str, Any]) -> str:
    """Return the digest of the decision for the PDF; it is needed before the PDF can be signed."""
    record = {key: value for key, value in data["record"].items() if key not in SIGNED}
    return digest(render_json({**data, "record": record}).encode())


def freeze(
    data: Mapping[str, Any], pdf: bytes, before: Path | None, signature: Signature | None = None
) -> Mapping[str, bytes]:
    """Return the files of a new version by name, from the decision and the PDF that contains its `seal`.

    `before` is the folder of the version that it follows.
    """
    signed = dict(zip(SIGNED, dataclasses.astuple(signature), strict=True) if signature else ())
    repeated = {**data["record"], **signed}
    files = {POLICY_FILE: render_json({**data, "record": repeated}).encode(), PDF_FILE: pdf}
    record = {
        **repeated,
        "files": {name: digest(content) for name, content in files.items()},
        **({"previous": digest(frozen_content(before / RECORD_FILE))} if before else {}),
    }
    text = yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=1000)
    note = "# Written by policy ratify. Do not edit: policy verify finds every change.\n"
    return {RECORD_FILE: (note + text).encode(), **files}


_NOT_FROZEN = "This is not the policy.json of a version"


def parse_policy_file(content: bytes) -> tuple[Mapping[str, Any], Policy]:
    """Return the decision, in the form of `decided`, and the policy in it.

    Raises:
        ValueError: if it is not a file that `freeze` wrote.
    """
    try:
        data = json.loads(content)
        blocks = {key: {**data[key]} for key in ("record", "values")}
        policy = policy_from_data(data)
        is_whole = isinstance(data["school"], str) and is_date(blocks["record"]["ratified"])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(_NOT_FROZEN) from error
    if not is_whole:
        raise ValueError(_NOT_FROZEN)
    return {**data, **blocks}, policy
