"""One writer at a time, whichever process and user it belongs to."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT

from build_tools.text.locking import FOLDER, lock_file, locked
from build_tools.text.problems import Mistakes

HOLDER = """\
import sys
from pathlib import Path

from build_tools.text.locking import locked

with locked(Path(sys.argv[1]), "policy ratify", "hill-view") as is_held:
    print(is_held, flush=True)
    sys.stdin.read()
"""
"""A process that holds a lock until its input ends, or it is killed."""


@pytest.fixture
def holding(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a process that holds the lock of `hill-view`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "hill-view")],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        yield process


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path, holding: subprocess.Popen[str]) -> None:
    with (
        pytest.raises(Mistakes) as refused,
        locked(tmp_path / "hill-view", "policy adopt", "schools/hill-view", wait=0.1),
    ):
        pass
    assert re.fullmatch(
        rf"schools/hill-view: policy ratify \(\S+ on \S+, process {holding.pid}\) has been writing here since "
        r"\d\d:\d\d on \d+ \w+ \d{4}\. Wait for it to finish, then run this command again\.",
        str(refused.value),
    )


def test_a_second_writer_waits_for_the_first(tmp_path: Path, holding: subprocess.Popen[str]) -> None:
    assert holding.stdin
    holding.stdin.close()
    with locked(tmp_path / "hill-view", "policy adopt", "schools/hill-view", wait=60) as is_held:
        assert is_held


def test_a_lock_ends_with_its_process(tmp_path: Path, holding: subprocess.Popen[str]) -> None:
    holding.kill()
    holding.wait()
    with locked(tmp_path / "hill-view", "policy adopt", "schools/hill-view", wait=0) as is_held:
        assert is_held


def test_what_is_next_to_it_can_be_written_meanwhile(tmp_path: Path, holding: subprocess.Popen[str]) -> None:
    with locked(tmp_path / "the-grove", "policy adopt", "schools/the-grove", wait=0) as is_held:
        assert is_held
        assert holding.poll() is None


@pytest.mark.parametrize("written", [b"", b"\n", b"\n{", b"\n[]", b'\n{"command": "policy ratify"}'])
def test_without_a_name_it_is_another_command(tmp_path: Path, holding: subprocess.Popen[str], written: bytes) -> None:
    lock_file(tmp_path / "hill-view").write_bytes(written)
    with (
        pytest.raises(Mistakes, match=r"Another command is writing here\."),
        locked(tmp_path / "hill-view", "", "", wait=0),
    ):
        pass
    assert holding.poll() is None


def test_locks_are_hidden_from_git(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with locked(tmp_path / "hill-view", "policy adopt", "schools/hill-view"):
        pass
    assert [path.name for path in tmp_path.iterdir() if path.name != ".git"] == [FOLDER]
    status = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, check=True, capture_output=True)
    assert status.stdout == b""


def test_an_empty_rule_for_git_is_completed(tmp_path: Path) -> None:
    rule = tmp_path / FOLDER / ".gitignore"
    rule.parent.mkdir()
    rule.touch()
    with locked(tmp_path / "hill-view", "policy adopt", "schools/hill-view"):
        pass
    assert rule.read_bytes() == b"*\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_everybody_who_may_write_there_can_lock(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    with locked(tmp_path / "hill-view", "policy adopt", "schools/hill-view"):
        pass
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o2770
    assert stat.S_IMODE(lock_file(tmp_path / "hill-view").stat().st_mode) == 0o660
