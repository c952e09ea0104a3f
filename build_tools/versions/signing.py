"""The school's own signature on a ratified PDF: made at ratification, noted in the record, checked from then on."""

import dataclasses
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from build_tools.text.file_bytes import read_bytes
from build_tools.text.problems import Mistakes, Place, Problem
from build_tools.text.source import relative
from build_tools.versions.freezing import PDF_FILE, RECORD_FILE, Signature, frozen_content
from build_tools.versions.history import Version, read_versions
from build_tools.versions.unusable import Unusable

Sign: TypeAlias = Callable[[bytes], tuple[bytes, Signature]]
"""Signs a PDF, and returns it with the signature's facts for the record."""

_MISSING = 'Signatures need pyHanko, which is not installed: pip install "schoolpolicy[sign]"'
_RESTORE = "Restore it from a backup."


@dataclasses.dataclass(frozen=True, slots=True)
class Certificate:
    """A school's certificate with its key."""

    file: Path
    """PKCS#12."""
    passphrase: str = dataclasses.field(repr=False)


def signer(certificate: Certificate) -> tuple[Sign | None, list[Problem]]:
    """Return the function that signs with a certificate, or why it cannot."""
    place = Place(str(certificate.file))
    if not _is_installed():
        return None, [Problem(place, _MISSING)]
    # it takes half a second to load, and needs an extra that is only for signing
    from build_tools.versions import pades  # noqa: PLC0415

    try:
        key = pades.read_signer(read_bytes(certificate.file, str(certificate.file)), certificate.passphrase)
    except Unusable as error:
        return None, [Problem(place, str(error))]

    def sign(pdf: bytes) -> tuple[bytes, Signature]:
        signed = pades.sign(pdf, key)
        return signed, pades.read_signature(signed)

    return sign, []


def read_verified(school: Path, root: Path) -> tuple[Version, ...]:
    """Return a school's versions, oldest first, like `read_versions`; places are relative to `root`.

    Raises:
        Mistakes: if `read_versions` does, or the signature of a version that was signed does not fit.
    """
    versions = read_versions(school, root)
    problems = [problem for version in versions if version.signature for problem in _verify_signature(version, root)]
    if problems:
        raise Mistakes(problems)
    return versions


def _verify_signature(version: Version, root: Path) -> list[Problem]:
    place = Place(relative(version.folder / PDF_FILE, root))
    if not _is_installed():
        return [Problem(place, _MISSING)]
    from build_tools.versions import pades  # noqa: PLC0415 - as in `signer`

    try:
        found = pades.read_signature(frozen_content(version.folder / PDF_FILE))
    except Unusable as error:
        return [Problem(place, f"This PDF was signed when it was ratified. {error} {_RESTORE}")]
    if found != version.signature:
        message = f"The signature of this PDF ({found.by}, {found.at}) is not the one in {RECORD_FILE}. {_RESTORE}"
        return [Problem(place, message)]
    return []


def _is_installed() -> bool:
    return importlib.util.find_spec("pyhanko") is not None
