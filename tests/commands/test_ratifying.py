"""Ratifying: what is refused, what is written, and that a crash at any moment leaves a version whole or none."""

import errno
import os
import shutil
from pathlib import Path

import pytest
import yaml
from folders import ROOT
from killing import killed_at
from registers import enter_all
from sites import publish_copies

from build_tools import __version__, commands
from build_tools.outputs import pdf
from build_tools.project import Project
from build_tools.ratifying import ratify
from build_tools.template.seal import SEAL_FILE
from build_tools.text.problems import Mistakes
from build_tools.versions import history
from build_tools.versions.freezing import Decision, digest
from build_tools.versions.history import read_unregistered
from build_tools.versions.register import read_register, register_file

pytestmark = pytest.mark.usefixtures("pdfs_of_a_few_bytes")

SCHOOL = "trottiscliffe"
GIVEN = Decision("2019-10-03", "Full Governing Body", "2020-10", "Minute 7", "A new lead.")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project with one school that has no version; its PDF, which others prove, is a few bytes."""
    folder = tmp_path / "schools" / SCHOOL
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "schools" / SCHOOL / "school.yml", folder)
    publish_copies(tmp_path, "2018-09")
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, seal, **__: f"%PDF-{seal}".encode())
    return Project(tmp_path)


def _ratify(project: Project, given: Decision = GIVEN) -> history.Version:
    return commands.ratify(project, SCHOOL, given.on, given.by, given.next_review, given.minute, given.summary)


def _dates(project: Project) -> list[str]:
    """Return the dates of the versions that there are, each found to be whole."""
    return [version.decision.on for version in commands.verify(project, [SCHOOL])[SCHOOL]]


def test_a_version_is_its_record_and_the_files_listed_there(project: Project) -> None:
    version = _ratify(project)
    folder = project.schools_folder / SCHOOL / "ratified" / "2019-10-03"
    assert version.folder == folder
    assert {path.name for path in folder.iterdir()} == {"record.yml", "policy.json", "policy.pdf"}
    assert (project.schools_folder / ".gitattributes").is_file()
    record = yaml.load((folder / "record.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes text only
    assert record == {
        "school": SCHOOL,
        "ratified": "2019-10-03",
        "by": "Full Governing Body",
        "minute": "Minute 7",
        "summary": "A new lead.",
        "next_review": "2020-10",
        "edition": "2018-09",
        "edition_digest": digest((project.root / "policy_src" / "2018-09" / SEAL_FILE).read_bytes()),
        "software": f"schoolpolicy {__version__}, {pdf.Engine.WEASYPRINT.software}",
        "files": {name: digest((folder / name).read_bytes()) for name in ("policy.json", "policy.pdf")},
    }


def test_the_document_control_of_a_version_says_what_was_decided(project: Project) -> None:
    document = _ratify(project).values["document"]
    assert (document["ratified"], document["agreed_by"], document["next_review"]) == (
        GIVEN.on,
        GIVEN.by,
        GIVEN.next_review,
    )


def test_the_next_review_defaults_to_that_of_the_school_file(project: Project) -> None:
    version = commands.ratify(project, SCHOOL, "2018-10", "Governors", None, None, None)
    assert version.decision.next_review == "2019-10"


def test_a_second_version_has_the_digest_of_the_record_before(project: Project) -> None:
    first = _ratify(project)
    second = _ratify(project, Decision("2020-09", "Governors", "2021-09"))
    record = yaml.safe_load((second.folder / "record.yml").read_text(encoding="utf-8"))
    assert record["previous"] == digest((first.folder / "record.yml").read_bytes())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Decision("2019-10-03", "Governors", "2020-10"), "A version of 2019-10-03 already exists"),
        (Decision("2019-10", "Governors", "2020-10"), "The latest version is of 2019-10-03."),
        (Decision("2018-01-01", "Governors", "2020-10"), "The latest version is of 2019-10-03."),
        (Decision("2020-10-03", "Governors", "2020-10"), "Give a later one with --next-review."),
        (Decision("2020-10-03", "Governors", "2019-10-03"), "Give a later one with --next-review."),
        (Decision("October", "Governors", "2020-10"), '"October" is not a date'),
        (Decision("2020-02-30", "Governors", "2020-10"), '"2020-02-30" is not a date'),
        (Decision("2020-10-03", "Governors", "soon"), '"soon" is not a date'),
        (Decision("2020-10-03", "  ", "2021-10"), "--by is empty. Say who ratified the policy."),
        (Decision("2020-10-03", "TBC", "2021-10"), '--by: "TBC" is a blank. Say who ratified the policy.'),
        (
            Decision("2020-10-03", "Board", "2021-10", minute="N/A"),
            '--minute: "N/A" is a blank. Type the real one, or leave out --minute.',
        ),
        (
            Decision("2020-10-03", "Board", "2021-10", minute="B", summary="to be confirmed"),
            '--summary: "to be confirmed" is a blank. Type the real one, or leave out --summary.',
        ),
        (Decision("2020-10-03", "Gov\u202eernors", "2021-10"), r"U\+202E is invisible"),
        (Decision("2020-10-03", "Governors", "2021-10", "7\x1b"), r"U\+001B is invisible"),
        (Decision("2020-10-03", "Governors", "2021-10", None, "\udcff"), r"U\+DCFF is invisible"),
    ],
)
def test_an_unfit_decision_is_refused_and_nothing_written(project: Project, given: Decision, words: str) -> None:
    _ratify(project)
    with pytest.raises(Mistakes, match=words):
        _ratify(project, given)
    assert _dates(project) == ["2019-10-03"]


def test_a_policy_with_mistakes_is_refused(project: Project) -> None:
    file = project.schools_folder / SCHOOL / "school.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("learners: at-home", "learners: banned"), encoding="utf-8")
    with pytest.raises(Mistakes, match='"banned" is not one of'):
        _ratify(project)
    assert not (file.parent / "ratified").exists()


def test_an_edition_that_is_not_published_is_refused(project: Project) -> None:
    (project.root / "policy_src" / "2018-09" / SEAL_FILE).unlink()
    with pytest.raises(Mistakes) as caught:
        _ratify(project)
    told = "2018-09 is not published yet, so its words may still change."
    assert f"{told} Publish it first: policy edition publish 2018-09" in str(caught.value)
    assert _dates(project) == []


def test_a_ratification_before_the_policy_was_written_is_refused(project: Project) -> None:
    with pytest.raises(Mistakes, match=r"school\.yml:34: document\.written: September 2018 is after the ratification"):
        _ratify(project, Decision("2018-08-31", "Governors", "2019-08"))
    assert _dates(project) == []


@pytest.mark.parametrize(
    ("on", "review", "expected"),
    [
        ("2018-10-03", "2019-10-03", []),
        ("2018-10-03", "2019-10-04", ["next_review: 4 October 2019 is more than a year after the policy was ratified"]),
        ("2019-10-03", "2020-10", ["Keeping Children Safe in Education (2018) is cited. It is in force from"]),
        ("2018-09-01", "2019-08", ["Keeping Children Safe in Education (2018) is cited. It is in force from"]),
    ],
)
def test_what_looks_wrong_on_the_day_of_a_ratification_is_told(
    project: Project, on: str, review: str, expected: list[str]
) -> None:
    doubts = commands.doubts_of(project, _ratify(project, Decision(on, "Governors", review)))
    assert [doubt.message[: len(words)] for doubt, words in zip(doubts, expected, strict=True)] == expected
    assert all(doubt.is_warning and doubt.place.file.endswith(f"{on}/record.yml") for doubt in doubts)


def test_nothing_is_added_to_versions_of_which_one_was_changed(project: Project) -> None:
    folder = _ratify(project).folder
    (folder / "policy.pdf").write_bytes(b"other")
    with pytest.raises(Mistakes, match="was changed after it was ratified"):
        _ratify(project, Decision("2020-09", "Governors", "2021-09"))
    assert [path.name for path in folder.parent.iterdir()] == ["2019-10-03"]


def test_a_full_disk_leaves_nothing_behind(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Mistakes, match=r"The disk is full\. Nothing was ratified\."):
            _ratify(project)
    assert not (project.schools_folder / SCHOOL / "ratified").exists()


# --- a crash at any moment -----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("earlier", [(), ("2018-10",)], ids=["first", "second"])
def test_a_crash_at_any_write_leaves_a_whole_version_or_none(project: Project, earlier: tuple[str, ...]) -> None:
    folder = project.schools_folder / SCHOOL
    resolved = commands.show(project, SCHOOL)
    for date in earlier:
        ratify(project, resolved, Decision(date, "Governors", "2019-10"))
    before = register_file(project.schools_folder).read_bytes() if earlier else b""
    outcomes = []
    for step in range(100):
        if not killed_at(step, project.schools_folder, lambda: ratify(project, resolved, GIVEN)):
            break
        versions = read_unregistered(folder, project.root)
        assert [version.decision.on for version in versions] in ([*earlier], [*earlier, GIVEN.on]), step
        entered = [entry.date for entry in read_register(project.schools_folder, project.root)]
        outcomes.append((len(versions) - len(earlier), len(entered) - len(earlier)))
        if outcomes[-1] == (0, 0):
            ratify(project, resolved, GIVEN)
        elif outcomes[-1] == (1, 0):
            with pytest.raises(Mistakes, match="type: policy register --enter"):
                commands.verify(project, ())
            enter_all(project.root)
        assert _dates(project) == [*earlier, GIVEN.on]
        assert [path.name for path in sorted((folder / "ratified").iterdir())] == [*earlier, GIVEN.on]
        shutil.rmtree(folder / "ratified" / GIVEN.on)
        register_file(project.schools_folder).unlink()
        if before:
            register_file(project.schools_folder).write_bytes(before)
    assert _dates(project) == [*earlier, GIVEN.on]
    # a folder made, three files opened and brought to the disk, the rights, and the name that makes it a version
    assert outcomes.count((0, 0)) >= 9
    # the line of the register written and brought to the disk, and the name that makes it the register
    assert outcomes.count((1, 0)) >= 3
    assert set(outcomes) <= {(0, 0), (1, 0), (1, 1)}
