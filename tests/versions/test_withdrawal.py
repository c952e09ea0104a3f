"""The record of a withdrawal: every change to it is found."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import ROOT

from build_tools.versions.history import date_in_force, latest_withdrawal, read_versions, verify, version_in_force
from build_tools.versions.withdrawal import WITHDRAWN_FILE, Withdrawal, is_withdrawn, read_withdrawal, render_withdrawal

GIVEN = Withdrawal("2018-10", "It was “wrong”:\nin two places.", "2018-11", "the owner")


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """Return the folder of a version of a real school, which is withdrawn."""
    school = tmp_path / "schools/trottiscliffe"
    shutil.copytree(ROOT / "schools/trottiscliffe", school)
    folder = school / "ratified/2018-10"
    (folder / WITHDRAWN_FILE).write_bytes(render_withdrawal(GIVEN, folder))
    return folder


def _found(version: Path) -> list[str]:
    return [str(problem) for problem in verify(version.parents[1], version.parents[3])]


def test_a_withdrawal_reads_back_as_it_was_written(version: Path) -> None:
    assert _found(version) == []
    assert is_withdrawn(version)
    assert read_withdrawal(version, version.parents[3]) == GIVEN


def test_a_withdrawn_version_is_not_in_force(version: Path) -> None:
    school, root = version.parents[1], version.parents[3]
    versions = read_versions(school, root)
    assert (version_in_force(versions), date_in_force(school), latest_withdrawal(versions)) == (None, None, GIVEN)
    (version / WITHDRAWN_FILE).unlink()
    versions = read_versions(school, root)
    assert (version_in_force(versions), date_in_force(school)) == (versions[-1], "2018-10")
    assert latest_withdrawal(versions) is None
    assert latest_withdrawal(()) is None


@pytest.mark.parametrize(
    ("on", "by", "words"),
    [
        ("2018-11", None, "withdrawn in November 2018"),
        ("2018-11-02", "the owner", "withdrawn on 2 November 2018 by the owner"),
    ],
)
def test_a_withdrawal_in_words(on: str, by: str | None, words: str) -> None:
    withdrawal = Withdrawal("2018-10", "It was wrong.", on, by)
    assert withdrawal.words == words
    assert withdrawal.sentence == f"The version of October 2018 was {words}. Because: It was wrong."


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"because": None}, "because is missing from the withdrawal."),
        ({"because": ["wrong"]}, "because must be a text."),
        ({"on": "November"}, 'on: "November" is not a date.'),
        ({"on": "2018-09-30"}, "The withdrawal, 30 September 2018, is before the ratification, October 2018."),
        ({"version": "trottiscliffe@2019-10"}, "but it is in the folder of trottiscliffe@2018-10."),
        ({"version": "hill@2018-10"}, "The withdrawal is that of hill@2018-10,"),
        ({"record": "0" * 64}, "record does not fit:"),
        ({"minute": "7"}, "minute is not part of a withdrawal."),
    ],
)
def test_every_change_to_it_is_found(version: Path, changes: Mapping[str, Any], message: str) -> None:
    file = version / WITHDRAWN_FILE
    data = {**yaml.safe_load(file.read_text(encoding="utf-8")), **changes}
    kept = {key: value for key, value in data.items() if value is not None}
    file.write_text(yaml.safe_dump(kept, sort_keys=False), encoding="utf-8")
    [found] = _found(version)
    assert found.startswith(f"schools/trottiscliffe/ratified/2018-10/{WITHDRAWN_FILE}:")
    assert message in found


@pytest.mark.parametrize("content", ["", "- a list\n", "on: [\n"])
def test_what_is_no_withdrawal_is_found(version: Path, content: str) -> None:
    (version / WITHDRAWN_FILE).write_text(content, encoding="utf-8")
    assert _found(version)
