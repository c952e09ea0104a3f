"""Signatures and time stamps on lines of the register: by `policy`, and what `policy verify` finds of them."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import copy_real_schools
from ssh_keys import make_key, public
from time_authority import Authority, listening

from build_tools import commands
from build_tools.cli import cli
from build_tools.project import Project
from build_tools.versions.register import append, read_register
from build_tools.versions.register_lines import Entry, Event, render_line

pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="this machine has no ssh-keygen")

NORTH, TROTT = "the-north-school@2018-05-23", "trottiscliffe@2018-10"
SOUND = "the-north-school: unchanged: 2018-05-23.\ntrottiscliffe: unchanged: 2018-10.\n"
NAMES = [f"{name}.entered" for name in (NORTH, TROTT)]


@pytest.fixture(scope="module")
def authority() -> Authority:
    """Return an authority."""
    return Authority()


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the real schools, and a key that may sign."""
    copy_real_schools(tmp_path)
    key = make_key(tmp_path / "governors")
    (tmp_path / "schools/allowed_signers").write_text(f"governors@council {public(key)}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stamping(council: Path, authority: Authority) -> Iterator[Path]:
    """Return the project with an authority that it names."""
    (council / "root.pem").write_bytes(authority.root)
    with listening(authority) as address:
        _set(council, f"stamp_authority: {address}", "stamp_certificate: root.pem")
        yield council


def _set(council: Path, *lines: str) -> None:
    text = "".join(f"    {line}\n" for line in lines)
    (council / "mkdocs.yml").write_text(f"extra:\n  schoolpolicy:\n{text}", encoding="utf-8")


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="policy")


def _file(council: Path, name: str) -> Path:
    return council / "schools/register.signed" / name


def _add_ratified(council: Path, date: str) -> Entry:
    """Add the line of a decision to the register, without its version."""
    first = read_register(council / "schools", council)[0]
    line = Entry(
        event=Event.RATIFIED,
        version=f"the-north-school@{date}",
        by="Governors",
        edition="2018-09",
        pdf=first.pdf,
        record=first.record,
    )
    return append(council / "schools", council, [line])[0]


def test_lines_are_signed_and_verified(council: Path) -> None:
    signed = _run("sign", "--key", "governors")
    assert signed.output == "".join(f"Written: schools/register.signed/{name}.sig\n" for name in NAMES)
    verified = _run("verify")
    assert (verified.exit_code, verified.stdout) == (0, SOUND)
    assert _run("sign", "--key", "governors").output == "Every line has a valid signature already.\n"
    assert Project(council).school_names() == ("the-north-school", "trottiscliffe")


def test_lines_are_stamped_and_verified(stamping: Path) -> None:
    stamped = _run("stamp")
    assert stamped.output == "".join(f"Written: schools/register.signed/{name}.tsr\n" for name in NAMES)
    verified = _run("verify")
    assert (verified.exit_code, verified.stdout) == (0, SOUND)
    assert _run("stamp").output == "Every line has a valid time stamp already.\n"
    assert {file.suffix for file in (stamping / "schools/register.signed").iterdir()} == {".tsr"}


def test_one_version_is_enough(stamping: Path) -> None:
    assert _run("sign", TROTT, "--key", "governors").exit_code == 0
    assert _run("stamp", TROTT).exit_code == 0
    assert sorted(path.name for path in (stamping / "schools/register.signed").iterdir()) == [
        f"{TROTT}.entered.sig",
        f"{TROTT}.entered.tsr",
    ]
    unknown = _run("stamp", "trottiscliffe@2019-10")
    assert (unknown.exit_code, "Unknown version in the register" in unknown.output) == (2, True)


def test_anybody_can_check_a_line_by_hand(stamping: Path) -> None:
    _run("sign", "--key", "governors")
    _run("stamp")
    line = render_line(read_register(stamping / "schools", stamping)[1]).encode()
    assert line in (stamping / "schools/register.jsonl").read_bytes().split(b"\n")
    (stamping / "line").write_bytes(line)
    start = f"schools/register.signed/{TROTT}.entered"
    who = ["-f", "schools/allowed_signers", "-I", "governors@council", "-n", "schoolpolicy"]
    by_key = ["ssh-keygen", "-Y", "verify", *who, "-s", f"{start}.sig"]
    assert subprocess.run(by_key, input=line, capture_output=True, check=False).returncode == 0
    if shutil.which("openssl"):
        stamp = ["openssl", "ts", "-verify", "-data", "line", "-in", f"{start}.tsr", "-CAfile", "root.pem"]
        assert subprocess.run(stamp, capture_output=True, check=False).returncode == 0


# --- what verify finds ---------------------------------------------------------------------------------


def _problems(*arguments: str) -> list[str]:
    result = _run("verify", *arguments)
    assert result.exit_code == 1
    return result.stderr.splitlines()


@pytest.mark.parametrize("suffix", ["sig", "tsr"])
def test_the_file_of_another_line_is_found(stamping: Path, suffix: str) -> None:
    _run("sign", "--key", "governors")
    _run("stamp")
    shutil.copy(_file(stamping, f"{NORTH}.entered.{suffix}"), _file(stamping, f"{TROTT}.entered.{suffix}"))
    (problem,) = _problems()
    assert problem.startswith(f"schools/register.signed/{TROTT}.entered.{suffix}: The ")
    assert "this line" in problem
    name = "signature" if suffix == "sig" else "time stamp"
    assert f"If {TROTT} is as it was decided, you can replace the {name}: policy s" in problem
    assert _run("verify", "the-north-school").exit_code == 0


def test_another_key_is_found(council: Path) -> None:
    _run("sign", "--key", "governors")
    other = make_key(council / "other")
    (council / "schools/allowed_signers").write_text(f"head@council {public(other)}\n", encoding="utf-8")
    for problem, name in zip(_problems(), NAMES, strict=True):
        assert problem.startswith(f"schools/register.signed/{name}.sig: The key of the signature is not in allowed_s")
    assert _run("sign", "--key", "other").exit_code == 0
    assert _run("verify").exit_code == 0


def test_another_authority_is_found(stamping: Path) -> None:
    _run("stamp")
    (stamping / "root.pem").write_bytes(Authority().root)
    assert [problem.count("is not of the authority whose root certificate is trusted") for problem in _problems()] == [
        1,
        1,
    ]


def test_what_is_needed_to_check_is_reported_once(
    council: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    (council / "root.pem").write_bytes(authority.root)
    with listening(authority) as address:
        _set(council, f"stamp_authority: {address}", "stamp_certificate: root.pem")
        _run("sign", "--key", "governors")
        _run("stamp")
    (council / "mkdocs.yml").unlink()
    (council / "schools/allowed_signers").unlink()
    start = "schools/register.signed: "
    told = [
        "Time stamps are given and checked by an authority",
        "Who may sign is not known: schools/allowed_signers is",
    ]
    assert [problem[: len(start + words)] for problem, words in zip(_problems(), told, strict=True)] == [
        start + words for words in told
    ]
    monkeypatch.setenv("PATH", "")
    assert any("needs the program ssh-keygen, which is not installed" in problem for problem in _problems())


def test_a_line_that_must_be_confirmed_is_missed(stamping: Path) -> None:
    settings = (stamping / "mkdocs.yml").read_text(encoding="utf-8")
    more = "    signed_from: 2026-11-15\n    stamped_from: 2026-12-01\n"
    (stamping / "mkdocs.yml").write_text(settings + more, encoding="utf-8")
    for date in ("2026-11-14", "2026-11-15", "2026-12-01"):
        _add_ratified(stamping, date)
    missed = [problem for problem in _problems() if "mkdocs.yml asks for" in problem]
    signing = "This line has no signature, which mkdocs.yml asks for (signed_from: 2026-11-15)."
    stamping_too = "This line has no time stamp, which mkdocs.yml asks for (stamped_from: 2026-12-01)."
    assert missed == [
        f"schools/register.jsonl:4: {signing} Type: policy sign the-north-school@2026-11-15 --key KEY",
        f"schools/register.jsonl:5: {signing} Type: policy sign the-north-school@2026-12-01 --key KEY",
        f"schools/register.jsonl:5: {stamping_too} Type: policy stamp the-north-school@2026-12-01",
    ]


def test_a_file_without_a_line_is_found(council: Path) -> None:
    _run("sign", "--key", "governors")
    _file(council, f"{NORTH}.entered.sig").rename(_file(council, "the-north-school@2019-05.ratified.sig"))
    (problem,) = _problems()
    assert problem.startswith("schools/register.signed/the-north-school@2019-05.ratified.sig: No line of the register")
    assert problem.endswith("If a line was deleted, restore the register. Otherwise delete this file.")


def test_a_line_cannot_name_a_file_elsewhere(council: Path) -> None:
    register = council / "schools/register.jsonl"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace(TROTT, f"../../{TROTT}"), encoding="utf-8")
    result = _run("sign", "--key", "governors")
    assert (result.exit_code, "schools/register.jsonl:2: This is not a line that policy wrote" in result.stderr) == (
        1,
        True,
    )
    assert not list(council.parent.glob("*.sig"))


# --- what cannot be confirmed --------------------------------------------------------------------------


def test_a_key_that_is_not_allowed_writes_nothing(council: Path) -> None:
    make_key(council / "other")
    result = _run("sign", "--key", "other")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"schools/register.jsonl:1: The line of {NORTH} has no signature: The key of the")
    assert not (council / "schools/register.signed").exists()


def test_a_project_without_an_authority_gets_no_stamps(council: Path) -> None:
    result = _run("stamp")
    assert result.exit_code == 1
    assert "by an authority, which mkdocs.yml does not name. Add stamp_authority and" in result.stderr
    _set(council, "stamp_authority: http://127.0.0.1:9/", "stamp_certificate: root.pem")
    assert "stamp_certificate in mkdocs.yml: root.pem does not exist." in _run("stamp").stderr


@pytest.mark.parametrize("is_answering", [True, False])
def test_no_time_stamp_loses_no_decision(council: Path, authority: Authority, *, is_answering: bool) -> None:
    (council / "root.pem").write_bytes(authority.root)
    with listening(None) as address:
        wrong = address if is_answering else "http://127.0.0.1:9/"
        _set(council, f"stamp_authority: {wrong}", "stamp_certificate: root.pem", "signed_from: 2026-11-01")
        line = _add_ratified(council, "2026-11-14")
        files, (signature, stamp) = commands.confirm(Project(council), line.version, None)
    assert files == ()
    assert signature.is_warning
    assert stamp.is_warning
    assert "This line has no signature, which mkdocs.yml asks for" in signature.message
    recorded = f"{line.version} is recorded all the same. Once this is fixed, type: policy stamp {line.version}"
    assert stamp.message.startswith(f"The line of {line.version} has no time stamp: {wrong} gave no time stamp")
    assert stamp.message.endswith(recorded)
    with listening(authority) as address:
        _set(council, f"stamp_authority: {address}", "stamp_certificate: root.pem")
        assert _run("stamp", line.version).exit_code == 0


def test_a_new_line_is_confirmed_at_once(stamping: Path) -> None:
    line = _add_ratified(stamping, "2026-11-14")
    files, warnings = commands.confirm(Project(stamping), line.version, stamping / "governors")
    assert [file.name for file in files] == [f"{line.version}.ratified.sig", f"{line.version}.ratified.tsr"]
    assert warnings == []


@pytest.mark.slow
def test_a_ratification_is_signed_and_stamped(stamping: Path) -> None:
    with (stamping / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("    signed_from: 2019-10-01\n    stamped_from: 2019-10-01\n")
    decision = ("--on", "2019-10-03", "--by", "Governors", "--next-review", "2020-10", "--pdf-engine", "typst")
    result = _run("ratify", "trottiscliffe", *decision, "--sign-line", "governors")
    assert result.exit_code == 0, result.output
    for suffix in ("sig", "tsr"):
        file = f"schools/register.signed/trottiscliffe@2019-10-03.ratified.{suffix}"
        assert f"Written: {file}\n" in result.stdout
        assert (stamping / file).is_file()
    assert _run("verify").exit_code == 0


def test_a_missing_program_ratifies_nothing(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    decision = ("--on", "2019-10-03", "--by", "Governors", "--next-review", "2020-10", "--sign-line", "governors")
    result = _run("ratify", "trottiscliffe", *decision)
    assert result.exit_code == 1
    assert "needs the program ssh-keygen, which is not installed" in result.stderr
    assert not (council / "schools/trottiscliffe/ratified/2019-10-03").exists()


def test_an_expired_certificate_is_found_at_once(council: Path) -> None:
    late = Authority(dt.datetime(2040, 5, 1, tzinfo=dt.UTC))
    (council / "root.pem").write_bytes(late.root)
    with listening(late) as address:
        _set(council, f"stamp_authority: {address}", "stamp_certificate: root.pem")
        result = _run("stamp")
    assert result.exit_code == 1
    assert "was not valid at its time, 2040-05-01" in result.stderr
    assert not (council / "schools/register.signed").exists()
