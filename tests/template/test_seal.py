"""The seal of a published edition: what breaks it, what does not, and that every command refuses a broken one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import ROOT
from sites import publish_copies

from build_tools import project
from build_tools.cli import cli
from build_tools.template.edition import read_edition
from build_tools.template.seal import SEAL_FILE
from build_tools.text.problems import Mistakes

NAME = "2018-09"
NEW = f"To change the words, start a new edition: policy edition new DATE --from {NAME}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a published edition in a project of its own."""
    publish_copies(tmp_path, NAME)
    monkeypatch.setattr(project, "BUNDLED", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "policy_src" / NAME


def _change(file: Path, old: bytes, new: bytes) -> None:
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _give_line_ends_of_windows(folder: Path) -> None:
    for file in folder.iterdir():
        _change(file, b"\n", b"\r\n")


BREAKING: dict[str, tuple[Callable[[Path], None], str]] = {
    "a word": (
        lambda folder: _change(folder / "02-policy-scope.md", b"contractors", b"contractor"),
        f"02-policy-scope.md: This file was changed after the edition was published. Restore it from a backup. {NEW}",
    ),
    "a comment": (
        lambda folder: _change(folder / "edition.yml", b"# What is true", b"# What was true"),
        f"edition.yml: This file was changed after the edition was published. Restore it from a backup. {NEW}",
    ),
    "a blank line at the end": (
        lambda folder: _change(folder / "school.schema.yml", b"\nproperties:", b"\n\nproperties:"),
        f"school.schema.yml: This file was changed after the edition was published. Restore it from a backup. {NEW}",
    ),
    "a section more": (
        lambda folder: _write(folder / "13-more.md", "# More {: #more }\n"),
        f"13-more.md: This file was added after the edition was published. Delete it. {NEW}",
    ),
    "a section less": (
        lambda folder: (folder / "12-useful-links.md").unlink(),
        f"12-useful-links.md: This file of a published edition is missing. Restore it from a backup. {NEW}",
    ),
    "the schema gone": (
        lambda folder: (folder / "school.schema.yml").unlink(),
        "school.schema.yml: This file is missing.",
    ),
    "the seal of another": (
        lambda folder: _change(folder / SEAL_FILE, NAME.encode(), b"2017-09"),
        (
            f"published.yml:1: This is not the seal of {NAME}. If you copied the folder by hand, delete this "
            "file; otherwise restore it from a backup."
        ),
    ),
    "a seal of nothing": (
        lambda folder: _write(folder / SEAL_FILE, f"edition: {NAME}\nfiles: {{}}\n"),
        (
            f"published.yml:1: This is not the seal of {NAME}. If you copied the folder by hand, delete this "
            "file; otherwise restore it from a backup."
        ),
    ),
}

HARMLESS: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _folder: None,
    "line ends of Windows": _give_line_ends_of_windows,
    "the mark of UTF-8": lambda folder: _change(folder / "edition.yml", b"# What is", b"\xef\xbb\xbf# What is"),
    "files that are not read": lambda folder: _write(folder / "notes.txt", "x"),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_published_edition_that_was_changed_is_refused(folder: Path, name: str) -> None:
    change, message = BREAKING[name]
    change(folder)
    with pytest.raises(Mistakes) as raised:
        read_edition(folder, folder.parents[1])
    assert [str(problem) for problem in raised.value.problems] == [f"policy_src/{NAME}/{message}"]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_no_word_breaks_no_seal(folder: Path, name: str) -> None:
    HARMLESS[name](folder)
    assert read_edition(folder, folder.parents[1]).is_published


def test_what_is_not_published_may_change(folder: Path) -> None:
    (folder / SEAL_FILE).unlink()
    BREAKING["a word"][0](folder)
    assert not read_edition(folder, folder.parents[1]).is_published


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("build",),
        ("show", "trottiscliffe"),
        ("diff", "trottiscliffe", f"template:{NAME}"),
        ("edition", "check", NAME),
        ("edition", "publish", NAME),
        ("ratify", "trottiscliffe", "--on", "2019-10-03", "--by", "Governors", "--next-review", "2020-10"),
    ],
    ids=" ".join,
)
def test_every_command_refuses_it(folder: Path, command: tuple[str, ...]) -> None:
    shutil.copytree(ROOT / "schools" / "trottiscliffe", folder.parents[1] / "schools" / "trottiscliffe")
    BREAKING["a word"][0](folder)
    result = CliRunner().invoke(cli, command, prog_name="policy")
    assert result.exit_code == 1
    assert BREAKING["a word"][1] in result.stderr
    assert not (folder.parents[1] / "site").exists()
