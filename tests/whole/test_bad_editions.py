"""What authors of editions get wrong, and what `policy edition check` says: one file for each in `bad_editions/`.

Each case is a sentence, the change to the sound edition, and all that the program prints. A change is the name of a
file and lines as in a patch: `-` was there, `+` is there now, and a space marks a line that is only to find the
place. `a.md -> b.md` renames a file.
"""

import dataclasses
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import EDITIONS as CASES

from build_tools import project
from build_tools.cli import cli

pytestmark = pytest.mark.slow

EDITION = "2030-09"
FEWEST = 300
"""There are as many cases as kinds of mistakes that were thought of; some may be joined, but not many."""

_HOLDER = "something is missing, so the message is where it belongs"
ELSEWHERE = {
    "attributes-each-with-a-neighbour": "the lead-in has two kinds of clauses under it",
    "lists-items-that-lost-their-nesting": "the lead-in has lost its items",
    "files-in-a-folder": "the folder is not read",
    "schema-reference-in-a-ring": "the ring begins at the question that leads into it",
    "schema-school-without-name": "another field takes its value from the one that may be missing",
    "schema-words-of-a-question-that-some-skip": "the words need an answer",
} | dict.fromkeys(
    (
        "edition-body-missing",
        "edition-law-without-body",
        "edition-law-without-date",
        "edition-publisher-missing",
        "edition-supersedes-missing",
        "looked-up-never",
        "pages-service-out-of-reach",
        "schema-list-of-nothing",
    ),
    _HOLDER,
)
"""The cases whose message is at another place than the change, with the reason."""


@dataclasses.dataclass(frozen=True)
class Change:
    """Lines of a file, before and after, or a new name for it."""

    file: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    renamed: str | None = None


def changes(block: str) -> Iterator[Change]:
    for part in re.split(r"\n(?=[^ +-])", block):
        head, *lines = part.split("\n")
        file, _, renamed = head.partition(" -> ")
        before, after = (tuple(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        yield Change(file, before, after, renamed or None)


def apply(change: Change, folder: Path) -> range | None:
    """Make a change in the folder of an edition; return the lines that it touched, None for the whole file."""
    path = folder / change.file
    if change.renamed:
        (folder / change.renamed).parent.mkdir(exist_ok=True)
        path.rename(folder / change.renamed)
        return None
    if not change.before:
        assert not path.exists()
        path.write_text("\n".join(change.after), encoding="utf-8", newline="\n")
        return None
    before, after = ("".join(f"{line}\n" for line in lines) for lines in (change.before, change.after))
    text = f"\n{path.read_text(encoding='utf-8')}"
    assert text.count(f"\n{before}") == 1
    path.write_text(text.replace(f"\n{before}", f"\n{after}")[1:], encoding="utf-8", newline="\n")
    first = text[: text.index(f"\n{before}")].count("\n") + 1
    # where lines were deleted, those around them are what is left
    return range(first - (not change.after), first + max(len(change.after), 1) + 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the sound edition, in a project of its own."""
    shutil.copytree(CASES / "sound", tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(project, "BUNDLED", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "policy_src" / EDITION


def check() -> Result:
    return CliRunner().invoke(cli, ["edition", "check", EDITION], prog_name="policy")


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_a_mistake_is_told_where_it_is(case: Path, folder: Path, expected: Callable[[Path, str], None]) -> None:
    sentence, block, *_ = case.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    touched = [(change.renamed or change.file, apply(change, folder)) for change in changes(block)]
    result = check()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    told = [line for line in result.stderr.splitlines() if line]
    assert result.exit_code == any(": warning: " not in line for line in told)
    found = {(match[1], int(match[2] or 0)) for line in told if (match := PLACE.match(line))}
    assert len(found) > 0
    is_there = any(file == name and (lines is None or line in lines) for name, lines in touched for file, line in found)
    assert is_there == (case.stem not in ELSEWHERE), told
    expected(case, f"{sentence}\n\n{block}\n\n{result.stderr}{result.stdout}exit {result.exit_code}\n")


PLACE = re.compile(rf"policy_src/{EDITION}/(.+?)(?::(\d+))?: ")


@pytest.mark.usefixtures("folder")
def test_the_edition_that_they_change_has_no_mistake() -> None:
    result = check()
    assert (result.exit_code, result.stderr) == (0, "")


def test_the_cases_are_many_and_each_is_its_own() -> None:
    cases = [case.read_text(encoding="utf-8").split("\n\n")[:2] for case in CASES.glob("*.txt")]
    assert len(cases) >= FEWEST
    assert len({sentence for sentence, _ in cases}) == len({block for _, block in cases}) == len(cases)
