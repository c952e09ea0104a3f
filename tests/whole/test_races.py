"""Two commands that ratify one school at once: the history is whole, and everybody who lost knows why."""

import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")]

if sys.platform != "win32":
    from races import prepare, race

    @pytest.mark.parametrize("dates", [("2019-10", "2019-10"), ("2019-10", "2019-11"), ("2019-11", "2019-10")])
    def test_the_history_is_whole_whoever_wins(tmp_path: Path, dates: tuple[str, str]) -> None:
        prepare(tmp_path)
        found = race(tmp_path, *dates)
        assert found.is_sound, found
        assert len(found.won) == 1 or dates[0] != dates[1]
