"""Where the project and what its tests share are."""

import shutil
from pathlib import Path

from build_tools.text.locking import FOLDER as LOCKS
from build_tools.versions.freezing import RATIFIED
from build_tools.versions.register import REGISTER, append, read_register

TESTS = Path(__file__).parent
ROOT = TESTS.parent
BAD = TESTS / "bad"
SOUND = BAD / "sound"
EDITIONS = TESTS / "bad_editions"
"""What authors of editions get wrong, one file for each mistake."""
REAL_SCHOOLS = ("the-north-school", "trottiscliffe")
"""The two real schools of 2018."""


def all_paths(folder: Path) -> list[Path]:
    """Return everything in a folder at any depth, sorted, without the locks, which remain."""
    return [path for path in sorted(folder.rglob("*")) if LOCKS not in path.parts]


def copy_real_schools(project: Path, *without: str) -> Path:
    """Copy the real schools, their lines of the register, and the other files, into a project; return its schools."""
    invented = {path.name for path in (ROOT / "schools").iterdir() if path.is_dir()} - {*REAL_SCHOOLS}
    ignored = shutil.ignore_patterns(*invented, *without, REGISTER)
    schools = shutil.copytree(ROOT / "schools", project / "schools", ignore=ignored)
    lines = (
        entry
        for entry in read_register(ROOT / "schools", ROOT)
        if (schools / entry.school / RATIFIED / entry.date).exists()
    )
    append(schools, project, lines)
    return schools
