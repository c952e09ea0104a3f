"""The history of versions: every change to what was ratified is found, whatever was changed."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import placeless
from folders import ROOT

from build_tools.project import Project
from build_tools.reading import read
from build_tools.text.problems import Mistakes
from build_tools.versions.freezing import PDF_FILE, POLICY_FILE, RECORD_FILE, Decision, decided, digest, freeze, seal
from build_tools.versions.history import order, read_versions, verify, version_folders

pytestmark = pytest.mark.usefixtures("pdfs_of_a_few_bytes")

DATES = ("2018-10", "2019-10-03", "2020-11")


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a school with three versions, whose PDFs are a few bytes."""
    folder = tmp_path_factory.mktemp("project") / "schools" / "trottiscliffe"
    folder.mkdir(parents=True)
    resolved = read(Project(ROOT), ["trottiscliffe"]).school("trottiscliffe")
    before = None
    for date in DATES:
        decision = Decision(date, "Full Governing Body", "2021-10", "Minute 7", "A summary: “short”.")
        data = decided(folder.name, resolved.policy, resolved.school.values, decision, "schoolpolicy 1")
        files = freeze(data, f"%PDF of {date}, {seal(data)}".encode(), before)
        before = folder / "ratified" / date
        before.mkdir(parents=True)
        for name, content in files.items():
            (before / name).write_bytes(content)
    return folder


@pytest.fixture
def school(frozen: Path, tmp_path: Path) -> Path:
    """Return a copy of the school, to be tampered with."""
    shutil.copytree(frozen, tmp_path / "schools" / frozen.name)
    return tmp_path / "schools" / frozen.name


def _found(school: Path) -> list[str]:
    return [str(problem) for problem in verify(school, school.parents[1])]


def _edit_record(school: Path, date: str, changes: Mapping[str, Any]) -> None:
    """Change fields of a record; None takes one out."""
    file = school / "ratified" / date / RECORD_FILE
    record = {**yaml.safe_load(file.read_text(encoding="utf-8")), **changes}
    kept = {key: value for key, value in record.items() if value is not None}
    file.write_text(yaml.safe_dump(kept, sort_keys=False), encoding="utf-8")


def test_what_was_not_touched_is_found_to_be_so(school: Path) -> None:
    assert _found(school) == []
    assert [version.decision.on for version in read_versions(school, school.parents[1])] == list(DATES)


def test_a_version_reads_back_as_it_was_frozen(school: Path) -> None:
    resolved = read(Project(ROOT), ["trottiscliffe"]).school("trottiscliffe")
    version = read_versions(school, school.parents[1])[1]
    assert version.name == "trottiscliffe@2019-10-03"
    assert version.policy.sections == placeless(resolved.policy.sections)
    assert version.values == resolved.school.values
    assert version.decision == Decision(DATES[1], "Full Governing Body", "2021-10", "Minute 7", "A summary: “short”.")
    record = yaml.safe_load((version.folder / RECORD_FILE).read_text(encoding="utf-8"))
    assert record["previous"] == digest((school / "ratified" / DATES[0] / RECORD_FILE).read_bytes())


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("name", [PDF_FILE, POLICY_FILE])
def test_one_changed_bit_is_found(school: Path, date: str, name: str) -> None:
    file = school / "ratified" / date / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    (message,) = _found(school)
    assert message.startswith(f"schools/trottiscliffe/ratified/{date}/{name}: This file was changed after")
    with pytest.raises(Mistakes, match="was changed after it was ratified"):
        read_versions(school, school.parents[1])


def _as_on_windows(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def test_line_endings_of_windows_change_no_version(school: Path) -> None:
    versions = read_versions(school, school.parents[1])
    for name in (POLICY_FILE, RECORD_FILE):
        for date in DATES:
            _as_on_windows(school / "ratified" / date / name)
    assert b"\r\n" in (school / "ratified" / DATES[0] / POLICY_FILE).read_bytes()
    assert _found(school) == []
    assert read_versions(school, school.parents[1]) == versions


def test_a_changed_word_is_found_despite_the_line_endings(school: Path) -> None:
    file = school / "ratified" / DATES[1] / POLICY_FILE
    file.write_bytes(file.read_bytes().replace(b"learners", b"learnerz", 1))
    _as_on_windows(file)
    (message,) = _found(school)
    assert "was changed after it was ratified" in message


def test_a_pdf_that_git_took_for_text_is_a_mistake(school: Path) -> None:
    file = school / "ratified" / DATES[2] / PDF_FILE
    file.write_bytes(file.read_bytes().replace(b" of ", b"\r\nof\r\n"))
    (message,) = _found(school)
    assert "All its lines end as text does on Windows, so Git has probably taken it for text." in message
    file.write_bytes(file.read_bytes() + b"\n")
    (message,) = _found(school)
    assert "Git" not in message


@pytest.mark.parametrize("name", [PDF_FILE, POLICY_FILE])
def test_a_missing_file_is_found(school: Path, name: str) -> None:
    (school / "ratified" / DATES[1] / name).unlink()
    (message,) = _found(school)
    assert "is missing" in message
    assert name in message


@pytest.mark.parametrize("date", DATES)
def test_a_missing_record_is_found(school: Path, date: str) -> None:
    (school / "ratified" / date / RECORD_FILE).unlink()
    message = "This record of a ratified version is missing. Restore it from a backup or from Git."
    assert _found(school) == [f"schools/trottiscliffe/ratified/{date}/{RECORD_FILE}: {message}"]


def test_a_file_too_many_is_found(school: Path) -> None:
    (school / "ratified" / DATES[0] / "letter.pdf").write_bytes(b"")
    (message,) = _found(school)
    assert "letter.pdf: This file is not part of the ratified version." in message


@pytest.mark.parametrize("name", [".DS_Store", "._policy.pdf", "Thumbs.db", "desktop.ini"])
@pytest.mark.parametrize("folder", ["ratified", f"ratified/{DATES[0]}"])
def test_what_a_file_manager_leaves_is_passed_over(school: Path, folder: str, name: str) -> None:
    (school / folder / name).write_bytes(b"\0")
    assert _found(school) == []


def test_a_hidden_file_too_many_is_found(school: Path) -> None:
    (school / "ratified" / DATES[0] / ".letter.pdf").write_bytes(b"")
    assert len(_found(school)) == 1


@pytest.mark.parametrize("name", ["2019-13", "last-year"])
def test_a_folder_that_is_no_date_is_found(school: Path, name: str) -> None:
    (school / "ratified" / name).mkdir()
    (message,) = _found(school)
    assert "This is not a version" in message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"by": None}, "by is missing from the record."),
        ({"software": ""}, "software is missing from the record."),
        ({"files": None}, "files is missing from the record."),
        ({"approved": "yes"}, "approved is not part of a record."),
        ({"next_review": "soon"}, 'next_review: "soon" is not a date.'),
        (
            {"by": "Nobody"},
            'by: the record says "Nobody", but policy.json, ratified with it, says "Full Governing Body".',
        ),
        ({"by": ["Nobody"]}, "by: the record says \"['Nobody']\""),
        (
            {"minute": "Minute 8"},
            'minute: the record says "Minute 8", but policy.json, ratified with it, says "Minute 7".',
        ),
        ({"minute": None}, 'minute: the record says nothing, but policy.json, ratified with it, says "Minute 7".'),
        ({"summary": "Other"}, 'summary: the record says "Other"'),
        ({"next_review": "2022-10"}, 'next_review: the record says "2022-10"'),
        ({"next_review": "2020-10"}, 'next_review: the record says "2020-10"'),
        ({"edition": "2017-09"}, 'edition: the record says "2017-09"'),
        ({"software": "other 2"}, 'software: the record says "other 2"'),
        ({"ratified": "2020-12"}, 'ratified: the record says "2020-12"'),
        ({"school": "the-north-school"}, 'school: the record says "the-north-school"'),
        ({"files": {PDF_FILE: "0"}}, "files must list the digests of policy.json and policy.pdf."),
        ({"previous": None}, "previous does not fit"),
        ({"previous": "0" * 64}, "previous does not fit"),
    ],
)
def test_a_record_that_was_changed_is_found(school: Path, changes: dict[str, Any], words: str) -> None:
    # of the last version, since that of an earlier one is also found by the one after it
    _edit_record(school, DATES[2], changes)
    (message,) = _found(school)
    assert words in message
    assert message.startswith(f"schools/trottiscliffe/ratified/{DATES[2]}/{RECORD_FILE}")


def test_each_field_that_was_changed_is_told(school: Path) -> None:
    _edit_record(school, DATES[2], {"by": "Nobody", "minute": None, "edition": "2017-09"})
    found = [message.partition(": ")[2].partition(":")[0] for message in _found(school)]
    assert sorted(found) == ["by", "edition", "minute"]


def _seal(school: Path, date: str) -> None:
    """Make a record tell the digests that the files have now, as someone would who covers up a change."""
    folder = school / "ratified" / date
    _edit_record(
        school, date, {"files": {name: digest((folder / name).read_bytes()) for name in (POLICY_FILE, PDF_FILE)}}
    )


def _forge(school: Path, date: str, changes: Mapping[str, str]) -> None:
    """Change a decision wherever the version tells it."""
    file = school / "ratified" / date / POLICY_FILE
    data = json.loads(file.read_text(encoding="utf-8"))
    data["record"] |= changes
    file.write_text(json.dumps(data), encoding="utf-8")
    (school / "ratified" / date / PDF_FILE).write_bytes(seal(data).encode())
    _edit_record(school, date, changes)
    _seal(school, date)


def test_a_changed_record_and_policy_break_the_next_record(school: Path) -> None:
    _forge(school, DATES[0], {"by": "Nobody"})
    (message,) = _found(school)
    assert f"ratified/{DATES[1]}/{RECORD_FILE}" in message
    assert f"the record of {DATES[0]} was changed" in message


def test_control_a_wholly_remade_latest_version_is_not_found(school: Path) -> None:
    """Digests cannot tell who wrote them: what schools/README.md says of copies and signatures is so."""
    _forge(school, DATES[2], {"by": "Nobody"})
    assert _found(school) == []


@pytest.mark.parametrize("part", ["policy", "pdf"])
def test_a_pdf_that_was_made_with_another_decision_is_found(school: Path, part: str) -> None:
    folder = school / "ratified" / DATES[2]
    if part == "pdf":
        shutil.copy(school / "ratified" / DATES[1] / PDF_FILE, folder)
        _seal(school, DATES[2])
    else:
        pdf = (folder / PDF_FILE).read_bytes()
        _forge(school, DATES[2], {"minute": "Minute 8"})
        (folder / PDF_FILE).write_bytes(pdf)
        _seal(school, DATES[2])
    (message,) = _found(school)
    assert message.startswith(f"schools/trottiscliffe/ratified/{DATES[2]}/{PDF_FILE}: This PDF was not made with")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"record": {}, "values": {}}', "[" * 100_000, '{"record": "x"}'])
def test_a_policy_that_is_none_is_found_though_the_digest_fits(school: Path, content: str) -> None:
    (school / "ratified" / DATES[2] / POLICY_FILE).write_text(content, encoding="utf-8")
    _seal(school, DATES[2])
    (message,) = _found(school)
    assert "This is not a policy.json that policy ratify wrote." in message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"school": "the-north-school"}, "The record is that of the-north-school, not of trottiscliffe."),
        ({"ratified": "2020-12"}, "ratified is 2020-12, but the folder is 2020-11."),
        ({"next_review": "2020-10"}, "The next review is not after the ratification."),
    ],
)
def test_a_whole_version_that_does_not_belong_there_is_found(school: Path, change: dict[str, str], words: str) -> None:
    _forge(school, DATES[2], change)
    (message,) = _found(school)
    assert words in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "A record must have lines such as school:, ratified: and by:."),
        ("- a list\n", "A record must have lines such as school:, ratified: and by:."),
        ("by: [\n", "A bracket [ is not closed. Write: by: []"),
    ],
)
def test_a_record_that_is_none_is_found(school: Path, content: str, words: str) -> None:
    (school / "ratified" / DATES[2] / RECORD_FILE).write_text(content, encoding="utf-8")
    assert any(words in message for message in _found(school))


@pytest.mark.parametrize(
    "tamper",
    [
        lambda versions: shutil.rmtree(versions / DATES[0]),
        lambda versions: shutil.rmtree(versions / DATES[1]),
        lambda versions: (versions / DATES[0]).rename(versions / "2019-12"),
        lambda versions: (versions / DATES[1]).rename(versions / "2017-10"),
    ],
    ids=["first-gone", "second-gone", "first-later", "second-earlier"],
)
def test_a_version_taken_out_or_put_elsewhere_is_found(school: Path, tamper: Callable[[Path], object]) -> None:
    tamper(school / "ratified")
    assert any("previous does not fit" in message for message in _found(school))


def test_a_first_version_that_names_another_before_it_is_found(school: Path) -> None:
    shutil.rmtree(school / "ratified" / DATES[0])
    assert any("previous does not fit: no version came before. Restore" in message for message in _found(school))


def test_every_version_s_faults_are_told_at_once(school: Path) -> None:
    for date in DATES:
        (school / "ratified" / date / PDF_FILE).write_bytes(b"")
    assert len(_found(school)) == len(DATES)


def test_what_a_crash_left_is_no_version(school: Path) -> None:
    (school / "ratified" / ".new-x").mkdir()
    assert _found(school) == []
    assert [folder.name for folder in version_folders(school)] == list(DATES)


def test_a_month_comes_before_its_days() -> None:
    dates = ["2018-10-01", "2018-09-30", "2018-10", "2018-10-02", "2018-11"]
    assert sorted(dates, key=order) == ["2018-09-30", "2018-10", "2018-10-01", "2018-10-02", "2018-11"]


@pytest.mark.parametrize(("key", "value"), [("school", None), ("record", {"ratified": "soon"})])
def test_a_policy_without_school_or_date_is_found(school: Path, key: str, value: object) -> None:
    file = school / "ratified" / DATES[2] / POLICY_FILE
    data = json.loads(file.read_bytes())
    file.write_text(json.dumps({**data, key: value}), encoding="utf-8")
    _seal(school, DATES[2])
    (message,) = _found(school)
    assert "This is not a policy.json that policy ratify wrote." in message
