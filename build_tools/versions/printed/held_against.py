"""A PDF next to the policy.json that it was made with: its seal, its words, and what else it shows."""

import functools
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from pikepdf import Pdf

from build_tools.policy.model import Policy
from build_tools.versions.freezing import parse_policy_file, seal
from build_tools.versions.printed.hidden import hidden_in, hidden_on
from build_tools.versions.printed.pages import NOT_PDF, NotAPdf, read_pages
from build_tools.versions.printed.words import wrong_words

_KEPT = 32
"""A process reads the same versions several times: for a school's pages, and for the hub."""


@functools.lru_cache(maxsize=_KEPT)
def faults(pdf: bytes, policy_file: bytes) -> tuple[str, ...]:
    """Return, in a sentence each, why a PDF is not the one that was ratified with a policy.json.

    Raises:
        ValueError: if it is not the policy.json of a version.
    """
    data, policy = parse_policy_file(policy_file)
    try:
        return tuple(_faults(pdf, data, policy))
    except NotAPdf:
        return ("This is not a PDF, or it is damaged.",)


def _faults(content: bytes, data: Mapping[str, Any], policy: Policy) -> Iterator[str]:
    try:
        with Pdf.open(BytesIO(content)) as pdf:
            if _read_seal(pdf) != seal(data):
                yield "This PDF was not made with the policy.json next to it, whose digest its metadata should have."
            yield from hidden_in(pdf)
    except NOT_PDF as error:
        raise NotAPdf(str(error)) from error
    pages = read_pages(content)
    yield from wrong_words(pages.pieces, policy, data)
    yield from hidden_on(pages)


def _read_seal(pdf: Pdf) -> str | None:
    """Return the digest in the metadata of a PDF, where `outputs/pdf/archive.py` writes it; None if there is none."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        source = str(metadata.get("dc:source", ""))
    found = re.search(r"SHA-256 ([0-9a-f]{64})$", source)
    return found[1] if found else None
