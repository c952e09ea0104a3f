"""The rule for Git that keeps every version as it was ratified.

Git for Windows changes the line endings of files that it takes for text, unless `.gitattributes` says otherwise.
"""

from pathlib import Path

from build_tools.text.files import replace_file
from build_tools.versions.register import RATIFIED

FILE = ".gitattributes"

_FILES = f"*/{RATIFIED}/**"
_NOTE = "# Git must not change the line endings of what was ratified."


def protect_versions(schools: Path) -> None:
    """Add the rule to `.gitattributes` in the schools' folder, unless it has one for the same files; keep its lines."""
    file = schools / FILE
    text = file.read_bytes().decode("utf-8", "surrogateescape") if file.exists() else ""
    lines = text.splitlines()
    if not any(line.split()[:1] == [_FILES] for line in lines):
        added = "\n".join([*lines, _NOTE, f"{_FILES} -text", ""])
        replace_file(file, added.encode("utf-8", "surrogateescape"))
