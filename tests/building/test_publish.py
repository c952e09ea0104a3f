"""Each part of a site is replaced whole, or not at all, whenever a build ends."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from folders import ROOT

from build_tools.building import publish as publishing
from build_tools.building.manifest import manifest_file
from build_tools.building.publish import MARK, claimed, publish, staged
from build_tools.text import exchanging
from build_tools.text.locking import FOLDER, lock_file
from build_tools.text.problems import Mistakes

PARTS = {"index.html": "hub", "a/index.html": "a", "b/index.html": "b", "template/x/index.html": "x"}
MOVED = ("index.html", "a", "template/x")


class _Killed(BaseException):
    """Stands for a process that ends in the middle of a step."""


def _put(out: Path, pages: Mapping[str, str], replaced: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> None:
    with claimed(out), staged(out) as staging:
        for path, text in pages.items():
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).write_text(text, encoding="utf-8")
        publish(staging, out, replaced, removed, b"manifest")


def _put_half(out: Path, end: BaseException) -> None:
    with claimed(out), staged(out) as staging:
        (staging / "index.html").write_text("half", encoding="utf-8")
        raise end


def _pages(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}


def _beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()}


def _whole(out: Path) -> set[str]:
    """Return what a build leaves, beside the site too."""
    return {out.name, manifest_file(out).name, FOLDER}


def test_the_first_site_is_put_in_place_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    _put(out, PARTS)
    assert _pages(out) == PARTS
    assert (out / MARK).is_file()
    assert manifest_file(out).read_bytes() == b"manifest"
    assert _beside(out) == _whole(out)


def test_only_what_is_new_changes_places_and_what_is_gone_goes(tmp_path: Path) -> None:
    out = tmp_path / "site"
    _put(out, PARTS)
    untouched = (out / "b").stat().st_ino
    _put(out, {"index.html": "new", "c/index.html": "c"}, ("index.html", "c"), ("a", "template/x"))
    assert _pages(out) == {"index.html": "new", "b/index.html": "b", "c/index.html": "c"}
    assert (out / "b").stat().st_ino == untouched
    assert _beside(out) == _whole(out)


@pytest.mark.parametrize("how", [RuntimeError, KeyboardInterrupt, Mistakes])
def test_a_build_that_ends_early_leaves_only_the_last_site(tmp_path: Path, how: type[BaseException]) -> None:
    out = tmp_path / "site"
    _put(out, PARTS)
    with pytest.raises(how):
        _put_half(out, how([]) if how is Mistakes else how())
    assert _pages(out) == PARTS
    assert _beside(out) == _whole(out)
    _put(out, {"index.html": "new"}, ("index.html",))
    assert _pages(out) == {**PARTS, "index.html": "new"}


def _kill_at(monkeypatch: pytest.MonkeyPatch, step: int, *, can_exchange: bool) -> Callable[[], int]:
    """Let the process end before its rename of that number; return what tells how many there were."""
    done: list[str] = []

    def stopped(name: str) -> Callable[[Path, Path], Path]:
        real: Any = getattr(Path, name)

        def move(self: Path, target: Path) -> Path:
            if len(done) == step:
                raise _Killed
            done.append(name)
            moved: Path = real(self, target)
            return moved

        return move

    def exchange(new: Path, now: Path) -> bool:
        if len(done) == step:
            raise _Killed
        done.append("exchange")
        return exchanging.exchange(new, now)

    for name in ("rename", "replace"):
        monkeypatch.setattr(Path, name, stopped(name))
    if can_exchange:
        monkeypatch.setattr(publishing, "exchange", exchange)
    else:
        monkeypatch.setattr(publishing, "exchange", lambda *_: False)
    return lambda: len(done)


def _renames_of_an_update(folder: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool) -> int:
    out = folder / "site"
    _put(out, PARTS)
    with monkeypatch.context() as patch:
        count = _kill_at(patch, 1000, can_exchange=can_exchange)
        _put(out, {path: "new" for path in PARTS if not path.startswith("b")}, MOVED, ("b",))
        return count()


@pytest.mark.parametrize(
    "can_exchange",
    [pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="not every system can")), False],
)
def test_a_build_killed_at_any_step_leaves_whole_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    steps = _renames_of_an_update(tmp_path / "counted", monkeypatch, can_exchange=can_exchange)
    # the journal; three parts, each exchanged or moved twice; one that goes; the manifest
    assert steps == (6 if can_exchange else 9)
    new = {path: "new" for path in PARTS if not path.startswith("b")}
    for step in range(steps):
        out = tmp_path / str(step) / "site"
        _put(out, PARTS)
        with monkeypatch.context() as patch:
            _kill_at(patch, step, can_exchange=can_exchange)
            with pytest.raises(_Killed):
                _put(out, new, MOVED, ("b",))
        for path, text in _pages(out).items():
            assert text in (PARTS[path], "new"), step
        if can_exchange:
            assert _pages(out).keys() >= new.keys()
        with claimed(out):
            pass
        # before there is a journal, nothing has happened
        assert _pages(out) == (PARTS if step == 0 else new), step
        assert manifest_file(out).exists()
        assert _beside(out) == _whole(out), step


def test_a_folder_of_somebodys_own_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"jpg")
    with pytest.raises(Mistakes, match="This folder was not built by policy"):
        _put(tmp_path / "photos", PARTS)
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["holiday.jpg"]
    assert _beside(tmp_path / "photos") == {"photos"}


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _put(tmp_path / "site", PARTS)
    assert (tmp_path / "site" / MARK).is_file()


# --- one build at a time -------------------------------------------------------------------------

BUILD = """\
import sys
from pathlib import Path

from build_tools.building.publish import claimed, staged

with claimed(Path(sys.argv[1])), staged(Path(sys.argv[1])):
    print("building", flush=True)
    sys.stdin.read()
"""
"""A build that goes on until its input ends, or it is killed."""


@pytest.fixture
def building(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a process that is building a site which was there before."""
    _put(tmp_path / "site", PARTS)
    with subprocess.Popen(
        [sys.executable, "-c", BUILD, str(tmp_path / "site")],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "building\n"
        yield process


def test_while_a_build_goes_on_no_other_begins(tmp_path: Path, building: subprocess.Popen[str]) -> None:
    out = tmp_path / "site"
    beside = _beside(out)
    with pytest.raises(Mistakes) as refused:
        _put(out, {"index.html": "new"}, ("index.html",))
    assert str(refused.value).startswith(f"{out}: policy build (")
    assert str(refused.value).endswith(". Wait for it to finish, or use another --out.")
    assert _beside(out) == beside
    assert _pages(out) == PARTS
    # another site in the same folder is another matter
    _put(tmp_path / "other", PARTS)
    building.communicate()
    _put(out, {"index.html": "new"}, ("index.html",))
    assert _pages(out) == {**PARTS, "index.html": "new"}


def test_what_a_killed_build_left_is_taken_away_by_the_next(tmp_path: Path, building: subprocess.Popen[str]) -> None:
    out = tmp_path / "site"
    building.kill()
    building.wait()
    assert list(tmp_path.glob(".site-new-*"))
    with claimed(out):
        assert _beside(out) == _whole(out)


@pytest.mark.parametrize("other", [".site-new-new-a1b2c3d4", ".site-newer", "site-new-a1b2c3d4"])
def test_nothing_is_taken_away_that_belongs_to_anything_else(tmp_path: Path, other: str) -> None:
    # the first of them is what a build of a site that is called site-new writes into
    (tmp_path / other).mkdir()
    _put(tmp_path / "site", PARTS)
    assert (tmp_path / other).is_dir()


def test_without_locks_a_site_is_built_and_nothing_is_cleaned_up(
    tmp_path: Path,
) -> None:
    out = tmp_path / "site"
    lock_file(out).mkdir(parents=True)  # as in a folder that may not be written to, there is no file to lock
    (tmp_path / ".site-new-a1b2c3d4").mkdir()
    _put(out, PARTS)
    assert _pages(out) == PARTS
    assert _beside(out) == {*_whole(out), ".site-new-a1b2c3d4"}


def test_a_file_system_that_knows_no_locks_is_such_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"

    def refuse(_file: int, _operation: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr("fcntl.flock", refuse)
    (tmp_path / ".site-new-a1b2c3d4").mkdir()
    _put(out, PARTS)
    assert _pages(out) == PARTS
    assert _beside(out) == {*_whole(out), ".site-new-a1b2c3d4"}
