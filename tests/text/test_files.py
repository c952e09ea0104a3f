"""Files that are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from build_tools.text.files import create_file, replace_file, replace_files


def test_a_file_is_replaced_whole_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "school.yml"
    replace_file(file, b"old")
    file.chmod(0o640)
    replace_file(file, b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "school.yml"
    replace_file(file, b"old")

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(file, b"new")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"old", [file])


def _no_links(*_arguments: object) -> None:
    raise PermissionError


@pytest.mark.parametrize("knows_links", [True, False])
def test_a_file_that_is_there_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, knows_links: bool
) -> None:
    if not knows_links:
        monkeypatch.setattr(os, "link", _no_links)
    file = tmp_path / "school.yml"
    create_file(file, b"first")
    with pytest.raises(FileExistsError):
        create_file(file, b"second")
    assert file.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("failing", ["b.yml", "c.yml"])
def test_several_files_are_replaced_together_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    files = [tmp_path / name for name in ("a.yml", "b.yml", "c.yml")]
    for file in files:
        file.write_bytes(b"old")
    replace_files(dict.fromkeys(files[:1], b"new"))
    assert [file.read_bytes() for file in files] == [b"new", b"old", b"old"]
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if target.name == failing and path.read_bytes() == b"newest":
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        replace_files(dict.fromkeys(files, b"newest"))
    assert [file.read_bytes() for file in files] == [b"new", b"old", b"old"]
    assert sorted(tmp_path.iterdir()) == files
