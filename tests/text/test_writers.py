"""What killed commands left is finished or deleted, and nothing that is somebody else's."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT, all_paths

from build_tools.text.locking import lock_file
from build_tools.text.problems import Mistakes
from build_tools.text.writers import only_writer, tidy_up

LEFT = (
    ".new-hill-0123abcd/record.yml",
    "..hill.journal.new",
    "hill/.school.yml.new",
    "hill/ratified/.new-2019-10-0123abcd/record.yml",
    ".new-dale-0123abcd/school.yml",
)
OWN = (
    "hill/school.yml",
    "hill/.gitignore",
    "hill/.new",
    "hill/.new-notes/notes.txt",
    ".new-hill-notes/notes.txt",
    ".hill.new/notes.txt",
    ".dale.yml.new",
)
WRITER = """\
import sys
from pathlib import Path

from build_tools.text.files import new_folder
from build_tools.text.writers import only_writer, tidy_up

folder = Path(sys.argv[1])
with only_writer("policy adopt", folder, root=folder.parent), new_folder(folder) as staging:
    (staging / "school.yml").write_text("half", encoding="utf-8")
    print("writing", flush=True)
    sys.stdin.read()
"""
"""A process that writes a folder until its input ends, or it is killed."""


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a process that is writing the folder `dale`."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "dale")],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        yield process


def _put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in all_paths(folder) if path.is_file()}


def test_only_what_killed_commands_left_is_deleted(tmp_path: Path) -> None:
    _put(tmp_path, *LEFT, *OWN)
    with only_writer("policy ratify", tmp_path / "hill", root=tmp_path):
        assert _names(tmp_path) == {*OWN}


def test_what_another_command_is_writing_stays(tmp_path: Path, writing: subprocess.Popen[str]) -> None:
    with only_writer("policy ratify", tmp_path / "hill", root=tmp_path):
        assert [name.split("/")[-1] for name in _names(tmp_path)] == ["school.yml"]
    writing.communicate()
    assert _names(tmp_path) == {"dale/school.yml"}


def test_what_it_left_goes_once_it_was_killed(tmp_path: Path, writing: subprocess.Popen[str]) -> None:
    writing.kill()
    writing.wait()
    assert len(_names(tmp_path)) == 1
    with only_writer("policy ratify", tmp_path / "hill", root=tmp_path):
        assert not _names(tmp_path)


def test_nobody_else_writes_meanwhile(tmp_path: Path, writing: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(Mistakes, match=rf"^dale: policy adopt \(.+, process {writing.pid}\) has been writing"),
        only_writer("policy ratify", tmp_path / "hill", tmp_path / "dale", root=tmp_path),
    ):
        pass


def test_folders_are_tidied_unless_somebody_writes(tmp_path: Path, writing: subprocess.Popen[str]) -> None:
    _put(tmp_path, *LEFT, "hill/.new-notes/notes.txt")
    tidy_up("policy upgrade", tmp_path)
    # the process that is writing dale left nothing else there, so it is not asked
    assert {name for name in _names(tmp_path) if "dale" not in name} == {"hill/.new-notes/notes.txt"}
    assert writing.poll() is None


def test_without_locks_nothing_is_deleted(tmp_path: Path) -> None:
    lock_file(tmp_path / "hill").mkdir(parents=True)  # as where nobody can lock it
    _put(tmp_path, *LEFT[:4], *OWN)
    with only_writer("policy ratify", tmp_path / "hill", root=tmp_path):
        assert _names(tmp_path) == {*LEFT[:4], *OWN}
