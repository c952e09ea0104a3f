"""A site is replaced whole, or not at all."""

from pathlib import Path

import pytest

from build_tools.problems import Mistakes
from build_tools.publish import MARK, carry_over, staged


class _Killed(BaseException):
    """Stands for a process that ends in the middle of a step."""


def _write(out: Path, **pages: str) -> None:
    with staged(out) as staging:
        for name, text in pages.items():
            (staging / f"{name}.html").write_text(text, encoding="utf-8")


def _write_half(out: Path, end: BaseException) -> None:
    with staged(out) as staging:
        (staging / "index.html").write_text("half", encoding="utf-8")
        raise end


def _pages(out: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in out.rglob("*.html")}


def test_a_finished_site_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    out = tmp_path / "site"
    _write(out, index="old", gone="old")
    _write(out, index="new")
    assert _pages(out) == {"index.html": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("how", [RuntimeError, KeyboardInterrupt, Mistakes])
def test_a_build_that_ends_early_leaves_the_last_site_and_nothing_else(
    tmp_path: Path, how: type[BaseException]
) -> None:
    out = tmp_path / "site"
    _write(out, index="old")
    with pytest.raises(how):
        _write_half(out, how([]) if how is Mistakes else how())
    assert _pages(out) == {"index.html": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("step", [1, 2])
def test_a_process_killed_while_the_sites_change_places_loses_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    out = tmp_path / "site"
    _write(out, index="old")
    rename, renamed = Path.rename, []

    def killed(self: Path, target: Path) -> Path:
        renamed.append(target)
        if len(renamed) == step:
            raise _Killed
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(_Killed):
        _write(out, index="new")
    monkeypatch.undo()
    with pytest.raises(_Killed):
        _write_half(out, _Killed())
    assert _pages(out) == {"index.html": "old"}


def test_a_folder_of_somebodys_own_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"jpg")
    with pytest.raises(Mistakes, match="not a site that policy has built"):
        _write(tmp_path / "photos", index="new")
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["holiday.jpg"]


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _write(tmp_path / "site", index="new")
    assert (tmp_path / "site" / MARK).is_file()


def test_what_is_not_built_again_is_carried_over(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with staged(out) as staging:
        (staging / "school").mkdir()
        (staging / "school" / "index.html").write_text("kept", encoding="utf-8")
    with staged(out) as staging:
        assert carry_over("school", out, staging)
        assert not carry_over("another", out, staging)
    assert (out / "school" / "index.html").read_text(encoding="utf-8") == "kept"
