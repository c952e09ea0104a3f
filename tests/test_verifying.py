"""Every kind of tampering with ratified versions, done to real files and found by the real commands."""

import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
import yaml
from click.testing import CliRunner, Result
from folders import ROOT
from registers import rewrite_register

from build_tools.cli import cli
from build_tools.template.seal import SEAL_FILE
from build_tools.versions.freezing import digest, parse_policy_file, seal
from build_tools.versions.register import append, read_register, register_file
from build_tools.versions.register_lines import Entry, Event, render_line

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pdfs_of_a_few_bytes")]

SCHOOL, OTHER = "oakenshaw-primary", "the-north-school"
FIRST, LATEST = "2026-10-14", "2026-11-25"
RATIFIED = f"schools/{SCHOOL}/ratified"
REGISTER = "schools/register.jsonl"
IN_FORCE = f"site/{SCHOOL}/policy.pdf"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a project with two schools and their versions, which has been built; PDFs of drafts are a few bytes."""
    project = tmp_path_factory.mktemp("council")
    for name in (SCHOOL, OTHER):
        shutil.copytree(ROOT / "schools" / name, project / "schools" / name)
    lines = [entry for entry in read_register(ROOT / "schools", ROOT) if entry.school in (SCHOOL, OTHER)]
    append(project / "schools", project, lines)
    with mock.patch("build_tools.outputs.pdf.render_pdf", return_value=b"%PDF"):
        assert _run(project, "build", "--jobs", "1").exit_code == 0
        yield project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """Return a copy, with the times of its files, to be tampered with."""
    return shutil.copytree(built, tmp_path / "council")


def _run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(project)], prog_name="policy")


def _lines(project: Path) -> list[str]:
    return (project / REGISTER).read_text(encoding="utf-8").splitlines(keepends=True)


def _write_lines(project: Path, lines: list[str]) -> None:
    (project / REGISTER).write_text("".join(lines), encoding="utf-8")


def _set_right(folder: Path) -> None:
    """Put the SHA-256 of the PDF in record.yml right, as somebody would who covers up a change."""
    file = folder / "record.yml"
    record = yaml.safe_load(file.read_text(encoding="utf-8"))
    record["files"]["policy.pdf"] = digest((folder / "policy.pdf").read_bytes())
    file.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _delete_latest(project: Path) -> None:
    shutil.rmtree(project / RATIFIED / LATEST)


def _delete_all(project: Path) -> None:
    shutil.rmtree(project / RATIFIED)


def _delete_school(project: Path) -> None:
    shutil.rmtree(project / "schools" / SCHOOL)


def _delete_latest_and_its_line(project: Path) -> None:
    _delete_latest(project)
    _write_lines(project, _lines(project)[:-1])


def _delete_all_and_the_register(project: Path) -> None:
    _delete_all(project)
    (project / REGISTER).unlink()


def _delete_first_and_its_line(project: Path) -> None:
    shutil.rmtree(project / RATIFIED / FIRST)
    _write_lines(project, [line for line in _lines(project) if f"@{FIRST}" not in line])


def _append_to_the_pdf(project: Path) -> None:
    folder = project / RATIFIED / LATEST
    (folder / "policy.pdf").write_bytes((folder / "policy.pdf").read_bytes() + b"%")
    _set_right(folder)


def _forge_the_pdf_and_the_register(project: Path) -> None:
    _append_to_the_pdf(project)
    rewrite_register(project)


def _comment_in_the_record(project: Path) -> None:
    file = project / RATIFIED / LATEST / "record.yml"
    file.write_bytes(file.read_bytes() + b"# checked\n")


def _slip_in_a_version(project: Path) -> None:
    """Add a version of a later date that agrees with itself and with those before it."""
    last, folder = project / RATIFIED / LATEST, project / RATIFIED / "2027-01"
    shutil.copytree(last, folder)
    data, _ = parse_policy_file((folder / "policy.json").read_bytes())
    was = seal(data)
    data["record"]["ratified"] = "2027-01"
    (folder / "policy.json").write_text(json.dumps(data), encoding="utf-8")
    pdf = (folder / "policy.pdf").read_bytes()
    (folder / "policy.pdf").write_bytes(pdf.replace(was.encode(), seal(data).encode()))
    record = yaml.safe_load((folder / "record.yml").read_text(encoding="utf-8")) | {"ratified": "2027-01"}
    record["files"] = {name: digest((folder / name).read_bytes()) for name in record["files"]}
    record["previous"] = digest((last / "record.yml").read_bytes())
    (folder / "record.yml").write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")


def _renew_with_a_second_line(project: Path) -> None:
    _append_to_the_pdf(project)
    folder = project / RATIFIED / LATEST
    found = next(entry for entry in read_register(project / "schools", project) if entry.date == LATEST)
    record, pdf = (digest((folder / name).read_bytes()) for name in ("record.yml", "policy.pdf"))
    append(project / "schools", project, [dataclasses.replace(found, pdf=pdf, record=record)])


def _change_the_last_line(project: Path) -> None:
    *others, last = _lines(project)
    _write_lines(project, [*others, last.replace("Full governing body", "The headteacher")])


def _change_an_earlier_line(project: Path) -> None:
    first, *others = _lines(project)
    _write_lines(project, [first.replace("Full Governing Body", "The headteacher"), *others])


def _swap_lines(project: Path) -> None:
    lines = _lines(project)
    _write_lines(project, [lines[0], lines[2], lines[1]])


def _double_a_line(project: Path) -> None:
    lines = _lines(project)
    _write_lines(project, [*lines, lines[1]])


TAMPERINGS: list[tuple[Callable[[Path], None], str]] = [
    (_delete_latest, f"{SCHOOL}@{LATEST} was ratified, but its folder is missing. Restore {RATIFIED}/{LATEST}/ from"),
    (_delete_all, f"{SCHOOL}@{FIRST} was ratified, but its folder is missing."),
    (_delete_school, f"{SCHOOL}@{LATEST} was ratified, but its folder is missing."),
    (_delete_latest_and_its_line, f"{SCHOOL}@{LATEST} was ratified at the last build and is gone. Restore"),
    (_delete_all_and_the_register, f"{SCHOOL}@{LATEST} was ratified at the last build and is gone. Restore"),
    (_delete_first_and_its_line, "This line has the SHA-256 of another line than the one above it"),
    (_append_to_the_pdf, f"This is not the record of {SCHOOL}@{LATEST} that line 3 of register.jsonl was written for"),
    (_forge_the_pdf_and_the_register, f"{SCHOOL}@{LATEST} is not the version of the last build: its record was"),
    (_comment_in_the_record, f"This is not the record of {SCHOOL}@{LATEST} that line 3"),
    (_slip_in_a_version, f"{SCHOOL}@2027-01 is not in register.jsonl: either policy ratify was interrupted, or"),
    (_renew_with_a_second_line, f"{SCHOOL}@{LATEST} was added before, in line 3, with another record."),
    (_change_the_last_line, 'by: this line says "The headteacher", but the record of'),
    (_change_an_earlier_line, "line 1 was changed"),
    (_swap_lines, "This line follows line 3, which is below it, so lines were moved."),
    (_double_a_line, "This line is the same as line 2. Delete it."),
]


@pytest.mark.parametrize(("tamper", "words"), TAMPERINGS, ids=[tamper.__name__[1:] for tamper, _ in TAMPERINGS])
def test_tampering_is_found_by_verify_and_not_published(
    project: Path, tamper: Callable[[Path], None], words: str
) -> None:
    before = (project / IN_FORCE).read_bytes()
    assert _run(project, "verify").exit_code == 0
    tamper(project)
    for command in (["verify"], ["build", "--jobs", "1"], ["build", "--jobs", "1", "--force"]):
        told = _run(project, *command)
        assert told.exit_code == 1, command
        assert words in told.stderr, command
        assert (project / IN_FORCE).read_bytes() == before, command


def test_control_what_no_copy_shows_is_not_found(project: Path) -> None:
    """The promise of the README has this limit: see there."""
    _delete_latest_and_its_line(project)
    (project / ".site-manifest.json").unlink()
    told = _run(project, "verify")
    assert (told.exit_code, f"{SCHOOL}: unchanged: {FIRST}." in told.stdout) == (0, True)


def test_a_build_after_a_loss_does_not_forget_it(project: Path) -> None:
    _delete_latest_and_its_line(project)
    (project / "schools" / OTHER / "school.yml").write_bytes(
        (project / "schools" / OTHER / "school.yml").read_bytes() + b"# a note\n"
    )
    told = _run(project, "build", OTHER, "--jobs", "1")
    assert f"Built {OTHER}" in told.stdout, told.stderr
    for _ in range(2):
        assert "was ratified at the last build and is gone" in _run(project, "build", "--jobs", "1").stderr


def test_what_is_restored_is_built_again(project: Path, built: Path) -> None:
    _delete_latest_and_its_line(project)
    assert _run(project, "build", "--jobs", "1").exit_code == 1
    shutil.copytree(built / RATIFIED / LATEST, project / RATIFIED / LATEST)
    shutil.copy(built / REGISTER, project / REGISTER)
    told = _run(project, "build", "--jobs", "1")
    assert (told.exit_code, told.stdout) == (0, "Unchanged: 2 schools.\n")


def test_who_went_back_on_purpose_deletes_the_manifest(project: Path) -> None:
    _delete_latest_and_its_line(project)
    assert "on purpose, delete .site-manifest.json." in _run(project, "verify").stderr
    (project / ".site-manifest.json").unlink()
    assert _run(project, "build", "--jobs", "1").exit_code == 0


def test_a_lost_last_line_is_found_by_the_last_build(project: Path) -> None:
    found = next(entry for entry in read_register(project / "schools", project) if entry.school == OTHER)
    line = Entry(
        event=Event.REPAIRED, version=found.version, because="As before.", record=found.record, was=found.record
    )
    append(project / "schools", project, [line])
    _run(project, "build", "--jobs", "1")
    _write_lines(project, _lines(project)[:-1])
    words = f"A line of {OTHER}@2018-05-23 (repaired) that was here at the last build is missing."
    assert words in _run(project, "verify").stderr
    assert words in _run(project, "build", "--jobs", "1").stderr


def test_a_school_that_left_may_be_deleted_once_withdrawn(project: Path) -> None:
    lines = [
        Entry(event=Event.WITHDRAWN, version=f"{SCHOOL}@{date}", because="It left.", by="Head", on="2027", record="r")
        for date in (FIRST, LATEST)
    ]
    append(project / "schools", project, lines)
    _delete_school(project)
    assert _run(project, "verify").exit_code == 0
    assert _run(project, "build", "--jobs", "1").exit_code == 0
    assert not (project / "site" / SCHOOL).exists()


def test_a_project_without_a_register_is_told_what_to_type(project: Path) -> None:
    (project / REGISTER).unlink()
    (project / ".site-manifest.json").unlink()
    words = "This project has no register yet, so nobody can tell whether a version is missing."
    told = _run(project, "verify")
    assert (told.exit_code, words in told.stderr, "type: policy register --enter" in told.stderr) == (1, True, True)
    for _ in range(2):
        told = _run(project, "build", "--jobs", "1")
        assert (told.exit_code, f"warning: {words}" in told.stderr) == (0, True)


def test_a_fork_is_a_mistake_but_stops_no_build(project: Path) -> None:
    """Two schools that ratify on two branches of Git are merged every day."""
    first, _, last = read_register(project / "schools", project)
    fork = render_line(dataclasses.replace(last, previous=first.digest))
    _write_lines(project, [*_lines(project)[:-1], f"{fork}\n"])
    (project / ".site-manifest.json").unlink()
    words = f"The line of {SCHOOL}@{LATEST} does not follow the line above it, but an earlier one"
    told = _run(project, "verify")
    assert (told.exit_code, words in told.stderr) == (1, True)
    told = _run(project, "build", "--jobs", "1")
    assert (told.exit_code, f"{REGISTER}:3: warning: {words}" in told.stderr) == (0, True)


def test_an_edition_published_with_other_words_is_found(project: Path) -> None:
    folder = project / RATIFIED / LATEST
    shutil.copytree(ROOT / "policy_src" / "2026-09", project / "policy_src" / "2026-09")
    file = folder / "policy.json"
    data, _ = parse_policy_file(file.read_bytes())
    was = seal(data)
    data["record"]["edition_digest"] = "0" * 64
    file.write_text(json.dumps(data), encoding="utf-8")
    pdf = (folder / "policy.pdf").read_bytes()
    (folder / "policy.pdf").write_bytes(pdf.replace(was.encode(), seal(data).encode()))
    record = yaml.safe_load((folder / "record.yml").read_text(encoding="utf-8")) | {"edition_digest": "0" * 64}
    record["files"] = {name: digest((folder / name).read_bytes()) for name in record["files"]}
    (folder / "record.yml").write_text(yaml.safe_dump(record), encoding="utf-8")
    rewrite_register(project)
    (project / ".site-manifest.json").unlink()
    told = _run(project, "verify")
    assert "the 2026-09 of this project was published with other words." in told.stderr
    (project / "policy_src" / "2026-09" / SEAL_FILE).unlink()
    assert _run(project, "verify").exit_code == 0


def test_a_school_without_versions_needs_no_register(project: Path) -> None:
    shutil.rmtree(project / RATIFIED)
    shutil.rmtree(project / "schools" / OTHER)
    register_file(project / "schools").unlink()
    (project / ".site-manifest.json").unlink()
    assert _run(project, "verify").stdout == f"{SCHOOL}: nothing is ratified yet.\n"
