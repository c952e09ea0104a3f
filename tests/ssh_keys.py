"""SSH keys for tests, made by the real ssh-keygen."""

import subprocess
from pathlib import Path


def make_key(file: Path, passphrase: str = "") -> Path:
    """Create a private key, with its public key next to it, and return its path."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", file.name, "-f", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return file


def public(key: Path) -> str:
    """Return the public key of a private key: its kind and its value."""
    return " ".join(key.with_name(f"{key.name}.pub").read_text(encoding="utf-8").split()[:2])
