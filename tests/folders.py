"""Where the project and what its tests share are."""

import shutil
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
BAD = TESTS / "bad"
SOUND = BAD / "sound"
EDITIONS = TESTS / "bad_editions"
"""What authors of editions get wrong, one file for each mistake."""
REAL_SCHOOLS = ("the-north-school", "trottiscliffe")
"""The two real schools of 2018."""


def copy_real_schools(project: Path, *without: str) -> Path:
    """Copy the real schools, and the files next to them, into a project; return its folder of schools."""
    invented = {path.name for path in (ROOT / "schools").iterdir() if path.is_dir()} - {*REAL_SCHOOLS}
    return shutil.copytree(ROOT / "schools", project / "schools", ignore=shutil.ignore_patterns(*invented, *without))
