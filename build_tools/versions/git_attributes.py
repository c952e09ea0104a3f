"""The rules for Git that keep every version as it was ratified, and every line of the register.

Git for Windows changes the line endings of files that it takes for text, unless `.gitattributes` says otherwise. Two
branches that each add a line to the register would be a conflict: `union` keeps the lines of both.
"""

from pathlib import Path

from build_tools.project import CONFIRMED
from build_tools.text.file_bytes import read_bytes
from build_tools.text.files import replace_file
from build_tools.text.locking import locked
from build_tools.versions.freezing import RATIFIED
from build_tools.versions.register import REGISTER

FILE = ".gitattributes"

_RULES = {
    f"*/{RATIFIED}/**": ("# Git must not change the line endings of what was ratified.", "-text"),
    f"{CONFIRMED}/**": ("# Git must not change the line endings of signatures and time stamps.", "-text"),
    REGISTER: ("# The register of all versions: if two branches add lines, Git keeps both.", "-text merge=union"),
}
"""The note and the attributes of each pattern."""


def protect_versions(schools: Path) -> None:
    """Add the rules to `.gitattributes` in the schools' folder, but none for a pattern that has one; keep its lines."""
    file = schools / FILE
    with locked(file, "policy", FILE):
        _add_rules(file, schools)


def _add_rules(file: Path, schools: Path) -> None:
    content = read_bytes(file, f"{schools.name}/{FILE}", inside=schools) if file.exists() else b""
    lines = content.decode("utf-8", "surrogateescape").splitlines()
    known = {line.split()[0] for line in lines if line.strip()}
    added = [
        line
        for pattern, (note, attributes) in _RULES.items()
        if pattern not in known
        for line in (note, f"{pattern} {attributes}")
    ]
    if added:
        replace_file(file, "\n".join([*lines, *added, ""]).encode("utf-8", "surrogateescape"))
