"""Where the project and what its tests share are."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
BAD = TESTS / "bad"
SOUND = BAD / "sound"
EDITIONS = TESTS / "bad_editions"
"""What authors of editions get wrong, one file for each mistake."""
