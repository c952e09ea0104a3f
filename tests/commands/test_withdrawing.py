"""Withdrawing: what is refused, what is written, and what is in force and published afterwards."""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
import yaml
from click.testing import CliRunner, Result
from folders import ROOT
from killing import killed_at
from markupsafe import escape
from sites import publish_copies
from ssh_keys import make_key, public

from build_tools import commands
from build_tools.cli import cli
from build_tools.project import Project
from build_tools.text.locking import locked
from build_tools.text.problems import Mistakes
from build_tools.versions.entering import unentered
from build_tools.versions.freezing import digest
from build_tools.versions.register import append, read_register, register_file
from build_tools.versions.withdrawal import WITHDRAWN_FILE, Withdrawal

pytestmark = pytest.mark.usefixtures("pdfs_of_a_few_bytes")

SCHOOL = "trottiscliffe"
DATES = ("2018-10", "2019-10-03")
LATEST = f"{SCHOOL}@{DATES[1]}"
WHY = "It names the wrong lead."

Run = Callable[..., Result]


def _print(*_: object, seal: str = "", **__: object) -> bytes:
    return f"%PDF-{seal}".encode()


@pytest.fixture(scope="module")
def ratified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one school that has ratified two versions, whose PDFs are a few bytes."""
    root = tmp_path_factory.mktemp("ratified")
    folder = root / "schools" / SCHOOL
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "schools" / SCHOOL / "school.yml", folder)
    publish_copies(root, "2018-09")
    unread = mock.patch("build_tools.versions.printed.held_against.faults", return_value=())
    with unread, mock.patch("build_tools.outputs.pdf.render_pdf", _print):
        for date in DATES:
            commands.ratify(Project(root), SCHOOL, date, "Full Governing Body", "2020-10", None, None)
    return root


@pytest.fixture
def project(ratified: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a copy of it as a project."""
    shutil.copytree(ratified, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("build_tools.outputs.pdf.render_pdf", _print)
    return Project(tmp_path)


@pytest.fixture
def policy(project: Project) -> Run:
    """Return what runs the command in the project."""

    def run(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(cli, [*arguments, "--project", str(project.root)], prog_name="policy")
        assert result.exit_code == status, result.output
        return result

    return run


def _folder(project: Project, date: str = DATES[1]) -> Path:
    return project.schools_folder / SCHOOL / "ratified" / date


def _files(project: Project) -> dict[str, bytes]:
    """Return the files of all versions."""
    ratified = project.schools_folder / SCHOOL / "ratified"
    return {str(path.relative_to(ratified)): path.read_bytes() for path in ratified.rglob("*") if path.is_file()}


def _withdraw(project: Project, version: str = LATEST) -> None:
    commands.withdraw(project, version, WHY, "2019-11-02", "Full Governing Body")


def test_a_withdrawal_is_one_more_file_and_changes_no_other(project: Project) -> None:
    before = _files(project)
    _withdraw(project)
    after = _files(project)
    added = after.pop(f"{DATES[1]}/{WITHDRAWN_FILE}")
    assert after == before
    assert yaml.load(added, yaml.BaseLoader) == {  # noqa: S506 - makes text only
        "version": LATEST,
        "because": WHY,
        "by": "Full Governing Body",
        "on": "2019-11-02",
        "record": digest(before[f"{DATES[1]}/record.yml"]),
    }
    line = read_register(project.schools_folder, project.root)[-1]
    assert (line.event, line.version, line.record) == ("withdrawn", LATEST, digest(added))
    assert (line.because, line.by, line.on) == (WHY, "Full Governing Body", "2019-11-02")
    versions = commands.verify(project, [SCHOOL])[SCHOOL]
    told = Withdrawal(DATES[1], WHY, "2019-11-02", "Full Governing Body")
    assert [version.withdrawal for version in versions] == [None, told]


@pytest.mark.parametrize(
    ("because", "on", "by", "words"),
    [
        ("  ", "2019-11-02", None, "--because is empty. Say why the version is withdrawn."),
        ("TBC", "2019-11-02", None, '--because: "TBC" is a blank.'),
        ("Wrong\u202e lead.", "2019-11-02", None, r"U\+202E is invisible"),
        (WHY, "2019-11-02", "", "--by is empty. Say who decided it, or leave out --by."),
        (WHY, "2019-11-02", "A. N. Other", '--by: "A. N. Other" is a blank.'),
        (WHY, "2019-10-02", None, "--on: 2 October 2019 is before the ratification, 3 October 2019."),
        (WHY, "2019-09", None, "--on: September 2019 is before the ratification"),
        (WHY, "soon", None, '"soon" is not a date'),
    ],
)
def test_an_unfit_withdrawal_is_refused(project: Project, because: str, on: str, by: str | None, words: str) -> None:
    before = _files(project)
    with pytest.raises(Mistakes, match=words):
        commands.withdraw(project, LATEST, because, on, by)
    assert _files(project) == before


def test_all_that_is_wrong_is_reported_at_once(project: Project) -> None:
    with pytest.raises(Mistakes) as caught:
        commands.withdraw(project, LATEST, "", "2019-09", "TBC")
    assert [problem.message.split(" ")[0].rstrip(":") for problem in caught.value.problems] == [
        "--because",
        "--by",
        "--on",
    ]


def test_a_version_is_withdrawn_once(project: Project) -> None:
    _withdraw(project)
    before = _files(project)
    with pytest.raises(Mistakes, match="was withdrawn on 2 November 2019 by Full Governing Body"):
        _withdraw(project)
    assert _files(project) == before


def test_of_two_that_withdraw_at_once_one_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        # the other command runs after the version was read, before this one holds the lock
        patch.setattr("build_tools.withdrawing.enter_older", lambda _: (_folder(project) / WITHDRAWN_FILE).touch())
        with pytest.raises(Mistakes, match=f"{LATEST} was withdrawn a moment ago"):
            _withdraw(project)
    assert (_folder(project) / WITHDRAWN_FILE).read_bytes() == b""


@pytest.mark.parametrize("date", DATES)
def test_nothing_is_withdrawn_if_a_version_was_changed(project: Project, date: str) -> None:
    (_folder(project, date) / "policy.pdf").write_bytes(b"other")
    with pytest.raises(Mistakes, match="was changed after it was ratified"):
        _withdraw(project)
    assert not (_folder(project) / WITHDRAWN_FILE).exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("trottiscliff@2018-10", "Unknown school: trottiscliff. Did you mean trottiscliffe?"),
        (SCHOOL, f"Name the version by its date, such as {LATEST}."),
        (f"{SCHOOL}@2018-11", f"Unknown version of {SCHOOL}: 2018-11. Did you mean 2018-10?"),
        (f"{SCHOOL}@latest", f"Unknown version of {SCHOOL}: latest."),
    ],
)
def test_a_version_must_be_named_by_its_date(policy: Run, name: str, words: str) -> None:
    assert words in policy("withdraw", name, "--because", WHY, status=2).stderr


def test_a_body_decides_on_a_date(policy: Run, project: Project) -> None:
    refused = policy("withdraw", LATEST, "--because", WHY, "--by", "Governors", status=2)
    assert "Say when Governors decided it: --on DATE" in refused.stderr
    future = policy("withdraw", LATEST, "--because", WHY, "--on", "2999-01", status=2)
    assert "2999-01 is in the future. Record a decision once it has been taken." in future.stderr
    assert not (_folder(project) / WITHDRAWN_FILE).exists()


def test_a_correction_of_the_record_has_the_date_of_today(
    policy: Run, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build_tools.cli.decisions._today", lambda: "2026-11-29")
    told = policy("withdraw", LATEST, "--because", WHY).stdout
    assert told.splitlines() == [
        f"Withdrawn {LATEST}: {_folder(project) / WITHDRAWN_FILE}",
        "In force now: the version of October 2018.",
    ]
    withdrawal = commands.verify(project, [SCHOOL])[SCHOOL][1].withdrawal
    assert withdrawal == Withdrawal(DATES[1], WHY, "2026-11-29")


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="this machine has no ssh-keygen")
def test_the_line_of_a_withdrawal_can_be_signed(policy: Run, project: Project, tmp_path: Path) -> None:
    key = make_key(tmp_path / "governors")
    signers = f"governors@council {public(key)}\n"
    (project.schools_folder / "allowed_signers").write_text(signers, encoding="utf-8")
    told = policy("withdraw", LATEST, "--because", WHY, "--sign-line", str(key))
    assert f"schools/register.signed/{LATEST}.withdrawn.sig" in told.output
    assert (project.schools_folder / f"register.signed/{LATEST}.withdrawn.sig").is_file()


def test_the_version_in_force_is_the_latest_not_withdrawn(policy: Run, project: Project) -> None:
    _withdraw(project)
    assert policy("verify").stdout == f"{SCHOOL}: unchanged: 2018-10, 2019-10-03 (withdrawn).\n"
    [told] = json.loads(policy("status", "--format", "json", "--today", "2020-01-01").stdout)["schools"]
    assert (told["ratified"], told["next_review"]) == ("2018-10", "2020-10")
    assert told["withdrawn"] == {
        "version": DATES[1],
        "because": WHY,
        "on": "2019-11-02",
        "by": "Full Governing Body",
    }
    sentence = f"The version of 3 October 2019 was withdrawn on 2 November 2019 by Full Governing Body. Because: {WHY}"
    assert f"  WITHDRAWN: {sentence}\n" in policy("status", "--today", "2020-01-01").stdout
    assert sentence in policy("status", "--format", "csv", "--today", "2020-01-01").stdout
    page = policy("diff", LATEST, f"{SCHOOL}@latest", "--format", "html").stdout
    assert "ratified on 3 October 2019, withdrawn on 2 November 2019 by Full Governing Body" in page
    assert "ratified in October 2018" in page


def test_an_earlier_version_can_be_withdrawn_too(policy: Run, project: Project) -> None:
    commands.withdraw(project, f"{SCHOOL}@2018-10", WHY, "2019-11", None)
    assert policy("verify").stdout == f"{SCHOOL}: unchanged: 2018-10 (withdrawn), 2019-10-03.\n"
    [told] = json.loads(policy("status", "--format", "json", "--today", "2020-01-01").stdout)["schools"]
    assert (told["ratified"], told["withdrawn"]) == (DATES[1], None)


def test_without_a_version_in_force_there_is_only_the_draft(policy: Run) -> None:
    for date in DATES:
        told = policy("withdraw", f"{SCHOOL}@{date}", "--because", WHY).stdout
    assert told.endswith("No version is in force now. The draft is published until a policy is ratified.\n")
    [status] = json.loads(policy("status", "--format", "json", "--today", "2020-01-01").stdout)["schools"]
    assert (status["ratified"], status["next_review"], status["pending_changes"]) == (None, "2019-10", None)
    assert "  Ratified: no version is in force\n" in policy("status", "--today", "2020-01-01").stdout
    refused = policy("diff", f"{SCHOOL}@latest", SCHOOL, status=2).stderr
    assert f"Every version of {SCHOOL} was withdrawn. For its draft, type {SCHOOL}." in refused


def test_the_next_version_follows_the_one_withdrawn(policy: Run, project: Project) -> None:
    _withdraw(project)
    for date in (DATES[1], "2019-10-01"):
        options = ("--on", date, "--by", "Full Governing Body", "--next-review", "2020-10")
        refused = policy("ratify", SCHOOL, *options, status=1).stderr
        assert "The version of 2019-10-03 was withdrawn, but it keeps its place" in refused
        assert "Ratify the corrected policy with the later date on which it is confirmed (--on)" in refused
    version = commands.ratify(project, SCHOOL, "2019-11-20", "Full Governing Body", "2020-10", None, None)
    record = yaml.safe_load((version.folder / "record.yml").read_text(encoding="utf-8"))
    assert record["previous"] == digest((_folder(project) / "record.yml").read_bytes())
    assert policy("verify").stdout == f"{SCHOOL}: unchanged: 2018-10, 2019-10-03 (withdrawn), 2019-11-20.\n"


@pytest.mark.parametrize("error", [Mistakes([]), OSError(errno.ENOSPC, "No space")])
def test_without_a_line_in_the_register_nothing_is_written(
    project: Project, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    before = _files(project)
    with monkeypatch.context() as patch:
        patch.setattr("build_tools.withdrawing.append", mock.Mock(side_effect=error))
        with pytest.raises(Mistakes) as caught:
            _withdraw(project)
    told = [problem.message for problem in caught.value.problems]
    assert told == (["The disk is full. Nothing was withdrawn."] if isinstance(error, OSError) else [])
    assert _files(project) == before
    _withdraw(project)
    assert commands.verify(project, [SCHOOL])[SCHOOL][-1].withdrawal


def test_no_other_command_may_be_writing_into_the_school(project: Project) -> None:
    before = _files(project)
    with (
        locked(project.schools_folder / SCHOOL, "policy ratify", "x"),
        pytest.raises(Mistakes, match=r"policy ratify .+ has been writing here since"),
    ):
        _withdraw(project)
    assert _files(project) == before


def test_a_withdrawal_that_was_interrupted_can_be_entered(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("build_tools.withdrawing.append", mock.Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            _withdraw(project)
    told = f"If {LATEST} was withdrawn, type: policy register --enter {LATEST}"
    with pytest.raises(Mistakes, match=told):
        commands.verify(project, [SCHOOL])
    [line] = unentered(project)
    append(project.schools_folder, project.root, [line])
    assert (line.event, line.version) == ("withdrawn", LATEST)
    assert commands.verify(project, [SCHOOL])[SCHOOL][-1].withdrawal


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_crash_at_any_write_withdraws_or_does_not(project: Project) -> None:
    before, register = _files(project), register_file(project.schools_folder).read_bytes()
    outcomes = []
    for step in range(100):
        if not killed_at(step, project.schools_folder, lambda: _withdraw(project)):
            break
        lines = unentered(project)
        outcomes.append(((_folder(project) / WITHDRAWN_FILE).exists(), bool(lines)))
        if outcomes[-1] == (False, False):
            _withdraw(project)
        else:
            append(project.schools_folder, project.root, lines)
        assert commands.verify(project, [SCHOOL])[SCHOOL][-1].withdrawal
        assert {*_files(project)} - {f"{DATES[1]}/.{WITHDRAWN_FILE}.new"} == {*before, f"{DATES[1]}/{WITHDRAWN_FILE}"}
        (_folder(project) / WITHDRAWN_FILE).unlink()
        register_file(project.schools_folder).write_bytes(register)
    assert commands.verify(project, [SCHOOL])[SCHOOL][-1].withdrawal
    # the file is written and brought to the disk, and gets its name; then the line of the register
    assert outcomes.count((False, False)) >= 3
    assert outcomes.count((True, True)) >= 3
    assert set(outcomes) <= {(False, False), (True, True), (True, False)}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, f"{LATEST} was withdrawn (line 3 of register.jsonl), but this file is missing."),
        (WHY.encode(), "This file is not the one that line 3 of register.jsonl was written for."),
    ],
)
def test_a_withdrawal_cannot_be_undone_unnoticed(project: Project, content: bytes | None, message: str) -> None:
    _withdraw(project)
    file = _folder(project) / WITHDRAWN_FILE
    if content is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes().replace(content, b"Somebody else did it."))
    with pytest.raises(Mistakes) as caught:
        commands.verify(project, [SCHOOL])
    [problem] = caught.value.problems
    assert problem.message.startswith(message)


# --- what is published ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_withdrawn_version_is_kept_on_the_site_as_such(policy: Run, project: Project) -> None:
    policy("build", "--jobs", "1")
    _withdraw(project)
    policy("build", "--jobs", "1")
    site = project.root / "site"
    assert (site / SCHOOL / "policy.pdf").read_bytes() == (_folder(project, DATES[0]) / "policy.pdf").read_bytes()
    for name in ("policy.pdf", "record.yml", WITHDRAWN_FILE):
        published = site / SCHOOL / "versions" / DATES[1] / name
        assert published.read_bytes() == (_folder(project) / name).read_bytes()
    page = (site / SCHOOL / "versions/index.html").read_text(encoding="utf-8")
    assert "This version was withdrawn on 2 November 2019 by Full Governing Body. It must not be used." in page
    lines = (project.schools_folder / "register.jsonl").read_bytes()
    assert (site / "register.jsonl").read_bytes() == lines
    for line in lines.splitlines():
        assert f"<code>{escape(line.decode())}</code>" in page
        assert f"<dt>SHA-256 of this line</dt><dd><code>{hashlib.sha256(line).hexdigest()}</code></dd>" in page
    for command in ("Get-FileHash policy.pdf", "shasum -a 256 policy.pdf", "sha256sum policy.pdf"):
        assert f"<code>{command}</code>" in page
    assert page.index("Withdrawn</span>") < page.index("In force</span>")
    assert {path.name for path in (site / SCHOOL / "versions").glob("*-to-*")} == {"2018-10-to-draft"}
    assert "3 October 2019" not in (site / SCHOOL / "versions/history/index.html").read_text(encoding="utf-8")
    assert "The version of October 2018 is in force." in (site / SCHOOL / "draft/index.html").read_text(
        encoding="utf-8"
    )
    hub = (site / "index.html").read_text(encoding="utf-8")
    assert "In force since October 2018" in hub
    assert f'<a href="{SCHOOL}/versions/index.html#version-2019-10-03">' in hub
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == len(DATES) + 1
    assert "ratified 3 October 2019, was withdrawn</title>" in feed
    calendar = (site / "reviews.ics").read_text(encoding="utf-8")
    assert "Agreed: October 2018." in calendar
    assert "3 October 2019" not in calendar


@pytest.mark.slow
def test_when_all_are_withdrawn_the_draft_is_the_site(policy: Run, project: Project) -> None:
    for date in DATES:
        policy("withdraw", f"{SCHOOL}@{date}", "--because", WHY, "--on", "2019-11-02")
    policy("build", "--jobs", "1")
    site = project.root / "site" / SCHOOL
    assert not (site / "draft").exists()
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "The version of 3 October 2019 was withdrawn on 2 November 2019." in home
    assert "<dt>In force</dt><dd>Not yet: this is a draft</dd>" in home
    versions = (site / "versions/index.html").read_text(encoding="utf-8")
    assert "No version is in force: every version was withdrawn." in versions
    assert "In force</span>" not in versions
    assert {path.name for path in (site / "versions").iterdir()} == {*DATES, "index.html"}
    assert "Still a draft." in (site / "reviews.ics").read_text(encoding="utf-8")
