"""Digests of bytes, and one digest of several texts."""

import hashlib


def of_bytes(content: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.sha256(content).hexdigest()


def combined(*parts: str) -> str:
    """Return one digest of several texts; it also depends on where one text ends and the next begins."""
    found = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogateescape")
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()
