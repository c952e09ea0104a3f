"""Several files change together or not at all, even if the program is killed."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.text import together
from build_tools.text.files import put_in_place
from build_tools.text.together import change_together, finish
from build_tools.text.writers import only_writer

OLD = {"hill/school.yml": b"old", "hill/interview.yml": b"answers", "dale/school.yml": b"old"}
NEW = {"hill/school.yml": b"new", "dale/school.yml": b"new", "dale/report.html": b"report"}
CHANGED = {**NEW, "hill/interview.yml": None}


class _Killed(BaseException):
    """Stands for a process that ends in the middle of a step."""


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    for name, content in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def _contents(schools: Path) -> dict[str, bytes]:
    files = (path for path in schools.rglob("*") if path.is_file() and ".policy-locks" not in path.parts)
    return {path.relative_to(schools).as_posix(): path.read_bytes() for path in files}


def _change(schools: Path) -> None:
    change_together(schools / "hill", {schools / name: content for name, content in CHANGED.items()})


def _stop_at(monkeypatch: pytest.MonkeyPatch, step: int, how: type[BaseException]) -> Callable[[], int]:
    """Let the program end before its step of that number; return what tells how many there were."""
    done: list[str] = []
    for owner, name in ((os, "link"), (os, "rename"), (os, "replace"), (os, "unlink")):
        real = getattr(owner, name)

        def act(*given: object, _real: Callable[..., object] = real, _name: str = name) -> object:
            if len(done) == step:
                done.append("stopped")
                raise how
            if "stopped" in done and how is _Killed:
                raise _Killed  # a killed process does not tidy up
            done.append(_name)
            return _real(*given)

        monkeypatch.setattr(owner, name, act)
    return lambda: len(done)


def test_all_files_change(schools: Path) -> None:
    _change(schools)
    assert _contents(schools) == NEW


STEPS = 10
"""The journal; four files, of which two replace others; what they were staged as, as far as it is left."""


def test_the_steps_are_counted(schools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        count = _stop_at(patch, 1000, _Killed)
        _change(schools)
        assert count() == STEPS


@pytest.mark.parametrize("step", range(STEPS))
def test_the_next_writer_finishes_what_was_begun(schools: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    with monkeypatch.context() as patch:
        _stop_at(patch, step, _Killed)
        with pytest.raises(_Killed):
            _change(schools)
    with only_writer("policy new", schools / "fell", root=schools):
        pass  # one that is about another school finishes it, too
    with only_writer("policy new", schools / "hill", schools / "dale", root=schools):
        pass
    # the journal is written first: before it is there, nothing happens
    assert _contents(schools) == (OLD if step == 0 else NEW)


@pytest.mark.parametrize("step", range(STEPS - 5))
def test_what_is_interrupted_is_undone(schools: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    with monkeypatch.context() as patch:
        _stop_at(patch, step, KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):
            _change(schools)
    assert _contents(schools) == OLD


@pytest.mark.parametrize("what", ["put_in_place", "put_in_new_place", "replace_file"])
def test_what_the_computer_refuses_is_undone(schools: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def refuse(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(together, what, refuse)
        with pytest.raises(OSError, match="No space left"):
            _change(schools)
    assert _contents(schools) == OLD


def test_a_file_that_appears_meanwhile_stays(schools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(staging: Path, file: Path) -> None:
        (schools / "dale" / "report.html").write_bytes(b"mine")
        put_in_place(staging, file)

    monkeypatch.setattr(together, "put_in_place", meanwhile)
    with pytest.raises(FileExistsError):
        _change(schools)
    assert _contents(schools) == {**OLD, "dale/report.html": b"mine"}


def test_what_somebody_has_changed_since_stays(schools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _stop_at(patch, 1, _Killed)
        with pytest.raises(_Killed):
            _change(schools)
    (schools / "dale" / "school.yml").write_bytes(b"mine")
    finish(schools / "hill")
    assert (schools / "dale" / "school.yml").read_bytes() == b"mine"
    assert (schools / "hill" / "school.yml").read_bytes() == b"new"


def test_a_journal_reaches_no_further_than_its_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    (tmp_path / "schools" / "hill").mkdir(parents=True)
    journal = tmp_path / "schools" / ".hill.journal"
    journal.write_bytes(b'[{"file": "../outside.txt", "before": null, "content": "bWluZQ=="}]')
    finish(tmp_path / "schools" / "hill")
    assert not outside.exists()
    assert not journal.exists()
