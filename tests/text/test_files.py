"""Files that are written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from build_tools.text.files import create_file, new_folder, replace_file


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


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux names open files")
def test_what_is_written_is_on_the_disk_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []

    def note(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)

    monkeypatch.setattr(os, "fsync", note)
    with new_folder(tmp_path / "2019-10") as staging:
        (staging / "record.yml").write_bytes(b"record")
    assert flushed == ["record.yml", staging.name, tmp_path.name]
    flushed.clear()
    replace_file(tmp_path / "school.yml", b"new")
    assert flushed == [".school.yml.new", tmp_path.name]
    flushed.clear()
    create_file(tmp_path / "other.yml", b"new")
    assert flushed == [".other.yml.new", tmp_path.name]


def test_a_folder_cannot_always_be_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse)
    replace_file(tmp_path / "school.yml", b"new")
    assert (tmp_path / "school.yml").read_bytes() == b"new"
