"""Two files or folders change places in one step."""

import sys
from pathlib import Path

import pytest

from build_tools.text.exchanging import exchange


@pytest.mark.skipif(sys.platform != "linux", reason="what other systems can depends on their file systems")
def test_a_folder_and_a_file_change_places(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_bytes(b"a")
    (tmp_path / "b").write_bytes(b"b")
    assert exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == b"b"
    assert (tmp_path / "b" / "index.html").read_bytes() == b"a"


def test_what_is_missing_cannot_be_exchanged(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert not exchange(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_where_the_system_cannot_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(sys, "platform", "win32")
    assert not exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "a"
