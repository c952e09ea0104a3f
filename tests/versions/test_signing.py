"""Signing a version by the command, what the record says of it, and what `policy verify` then finds."""

import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import yaml
from certificates import KEYS_ONLY, PASSPHRASE, SUBJECT, make_certificate
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from folders import ROOT
from markupsafe import escape
from registers import rewrite_register
from sites import publish_copies

from build_tools.cli import cli
from build_tools.outputs import pdf
from build_tools.outputs.site.versions import Life, version_pages
from build_tools.project import Project
from build_tools.reading import read
from build_tools.versions import pades
from build_tools.versions.freezing import digest, seal
from build_tools.versions.history import read_versions
from build_tools.versions.record_file import SIGNED

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pdfs_of_a_few_bytes")]

SCHOOL = "trottiscliffe"
DECISION = ("--on", "2019-10-03", "--by", "Full Governing Body", "--next-review", "2020-10")


@pytest.fixture(scope="module")
def certificate() -> tuple[bytes, x509.Certificate]:
    """Return the school's certificate, in its file and by itself."""
    return make_certificate()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: tuple[bytes, x509.Certificate]) -> Path:
    """Return a project with one school and its certificate; its PDF, which others prove, is an empty page."""
    folder = tmp_path / "schools" / SCHOOL
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "schools" / SCHOOL / "school.yml", folder)
    (tmp_path / "school.p12").write_bytes(certificate[0])
    publish_copies(tmp_path, "2018-09")
    monkeypatch.setattr(pdf, "render_pdf", lambda *_, seal, **__: _empty_page(seal))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICY_PASSPHRASE", raising=False)
    return tmp_path


def _empty_page(seal: str) -> bytes:
    saved = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.Root.Seal = pikepdf.String(seal)
        made.save(saved)
    return saved.getvalue()


def _run(*arguments: str, typed: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(cli, arguments, input=typed, env=environment, prog_name="policy")


def _ratify(*, passphrase: str = PASSPHRASE, decision: tuple[str, ...] = DECISION) -> Result:
    return _run("ratify", SCHOOL, *decision, "--sign", "school.p12", POLICY_PASSPHRASE=passphrase)


def _version(project: Path) -> Path:
    return project / "schools" / SCHOOL / "ratified" / "2019-10-03"


def _record(folder: Path) -> dict[str, str]:
    record: dict[str, str] = yaml.safe_load((folder / "record.yml").read_text(encoding="utf-8"))
    return record


def test_a_signed_version_names_its_signer_and_is_verified(
    project: Path, certificate: tuple[bytes, x509.Certificate]
) -> None:
    told = _ratify()
    assert told.exit_code == 0, told.output
    fingerprint = certificate[1].fingerprint(hashes.SHA256()).hex()
    assert f"  signed by {SUBJECT}  SHA-256 of the certificate {fingerprint}\n" in told.stdout
    record = _record(_version(project))
    signature = pades.read_signature((_version(project) / "policy.pdf").read_bytes())
    assert (record["signed_by"], record["certificate"], record["signed_at"]) == (SUBJECT, fingerprint, signature.at)
    kept = json.loads((_version(project) / "policy.json").read_text(encoding="utf-8"))["record"]
    assert {key: kept[key] for key in SIGNED}.items() <= record.items()
    verified = _run("verify")
    assert (verified.stdout, verified.stderr) == (f"{SCHOOL}: unchanged: 2019-10-03 (signed).\n", "")


def test_a_version_that_is_not_signed_says_nothing_of_signatures(project: Path) -> None:
    assert "signed" not in _run("ratify", SCHOOL, *DECISION).stdout
    assert not _record(_version(project)).keys() & set(SIGNED)
    assert _run("verify").stdout == f"{SCHOOL}: unchanged: 2019-10-03.\n"


def test_the_passphrase_is_asked_for_and_not_shown(project: Path) -> None:
    told = _run("ratify", SCHOOL, *DECISION, "--sign", "school.p12", typed=f"{PASSPHRASE}\n")
    assert told.exit_code == 0, told.output
    assert "Passphrase for school.p12: " in told.stderr
    assert PASSPHRASE not in told.output
    assert "signed_by" in _record(_version(project))


# --- what cannot sign -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "passphrase", "message"),
    [
        (None, "other", "The passphrase does not open this file, or the file is damaged."),
        (b"Dear school,", PASSPHRASE, "This is not a certificate with its key."),
        (make_certificate(has_key=False)[0], PASSPHRASE, "This file does not contain the certificate's key"),
        (
            make_certificate(years=(2000, 2001))[0],
            PASSPHRASE,
            "This certificate is valid from 2000-01-01 to 2001-01-01",
        ),
        (make_certificate(KEYS_ONLY)[0], PASSPHRASE, "This certificate is not meant for signing documents"),
    ],
    ids=["passphrase", "letter", "no key", "expired", "use"],
)
def test_an_unusable_certificate_gives_one_message(
    project: Path, content: bytes | None, passphrase: str, message: str
) -> None:
    if content:
        (project / "school.p12").write_bytes(content)
    told = _ratify(passphrase=passphrase)
    assert told.exit_code == 1
    (line,) = told.stderr.splitlines()
    assert line.startswith(f"school.p12: {message}")
    assert not _version(project).parent.exists()


def test_certificate_and_decision_are_refused_together(project: Path) -> None:
    told = _ratify(passphrase="", decision=("--on", "2019-10-03", "--by", "Governors", "--next-review", "2018-10"))
    assert told.exit_code == 1
    assert ["school.p12", f"schools/{SCHOOL}/ratified"] == [line.split(":")[0] for line in told.stderr.splitlines()]
    assert not _version(project).parent.exists()


def test_a_certificate_that_is_not_there_is_a_usage_error(project: Path) -> None:
    (project / "school.p12").unlink()
    told = _ratify()
    assert (told.exit_code, "'school.p12' does not exist" in told.stderr) == (2, True)


# --- what is found afterwards -----------------------------------------------------------------------------------------


def _forge(folder: Path, content: bytes, **signature: str | None) -> None:
    """Put another PDF into a version, and all that tells of it in agreement, as whoever means to deceive would."""
    (folder / "policy.pdf").write_bytes(content)
    data: dict[str, Any] = json.loads((folder / "policy.json").read_text(encoding="utf-8"))
    record: dict[str, Any] = _record(folder)
    data["record"] |= signature
    (folder / "policy.json").write_text(json.dumps(data), encoding="utf-8")
    record |= signature
    record["files"] = {name: digest((folder / name).read_bytes()) for name in record["files"]}
    (folder / "record.yml").write_text(yaml.safe_dump(record), encoding="utf-8")
    rewrite_register(folder.parents[3])


def _unsigned(data: bytes) -> bytes:
    """Return the page that was signed, without its signature."""
    found = re.search(rb"/Seal \(([0-9a-f]{64})\)", data)
    assert found
    return _empty_page(found[1].decode())


def _signed_by_another(data: bytes) -> bytes:
    return pades.sign(_unsigned(data), pades.read_signer(make_certificate()[0], PASSPHRASE))


def _one_bit_changed(data: bytes) -> bytes:
    at = data.index(b"MediaBox")
    return data[:at] + b"mediaBox" + data[at + 8 :]


_FORGED: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "changed": (_one_bit_changed, "changed after it was signed"),
    "stripped": (_unsigned, "Its signature is missing."),
    "by another": (_signed_by_another, f"The signature of this PDF ({SUBJECT}, "),
    "added to": (lambda data: data + b"%", "Something was added to it after it was signed."),
}


@pytest.mark.parametrize(("tamper", "words"), _FORGED.values(), ids=_FORGED.keys())
def test_a_forged_version_is_found_by_its_signature(
    project: Path, tamper: Callable[[bytes], bytes], words: str
) -> None:
    _ratify()
    folder = _version(project)
    content = (folder / "policy.pdf").read_bytes()
    _forge(folder, content)
    assert _run("verify").exit_code == 0
    _forge(folder, tamper(content))
    told = _run("verify")
    assert told.exit_code == 1
    (line,) = told.stderr.splitlines()
    assert line.startswith(f"schools/{SCHOOL}/ratified/2019-10-03/policy.pdf: ")
    assert words in line
    assert line.endswith("Restore it from a backup.")


@pytest.mark.parametrize("is_resigned", [False, True], ids=["same PDF", "PDF with the digest of the change"])
def test_a_signature_is_one_on_the_whole_decision(project: Path, *, is_resigned: bool) -> None:
    """A minute is printed nowhere in the PDF, and is part of what was signed."""
    _ratify()
    folder = _version(project)
    content = (folder / "policy.pdf").read_bytes()
    was = seal(json.loads((folder / "policy.json").read_text(encoding="utf-8")))
    _forge(folder, content, minute="Minute 8")
    now = seal(json.loads((folder / "policy.json").read_text(encoding="utf-8")))
    if is_resigned:
        _forge(folder, content.replace(was.encode(), now.encode()), minute="Minute 8")
    (line,) = _run("verify").stderr.splitlines()
    assert ("changed after it was signed" if is_resigned else "was not made with the policy.json") in line


def test_a_record_that_names_another_signer_is_found(project: Path) -> None:
    _ratify()
    _forge(_version(project), (_version(project) / "policy.pdf").read_bytes(), signed_by="Common Name: Nobody")
    (line,) = _run("verify").stderr.splitlines()
    assert "is not the one in record.yml" in line


def test_a_record_that_no_longer_tells_of_the_signature_is_found(project: Path) -> None:
    _ratify()
    file = _version(project) / "record.yml"
    told = {key: value for key, value in _record(_version(project)).items() if key not in SIGNED}
    file.write_text(yaml.safe_dump(told), encoding="utf-8")
    lines = _run("verify").stderr.splitlines()
    assert len(lines) == len(SIGNED)
    assert all("the record says nothing, but policy.json, ratified with it, says" in line for line in lines)


def test_a_changed_file_is_told_once_signed_or_not(project: Path) -> None:
    _ratify()
    file = _version(project) / "policy.pdf"
    file.write_bytes(_one_bit_changed(file.read_bytes()))
    (line,) = _run("verify").stderr.splitlines()
    assert "This file was changed after it was ratified" in line


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        ({"signed_by": None}, "The record of a signature must have signed_by, certificate, signed_at: all or none."),
        ({"signed_at": "noon"}, 'signed_at: "noon" is not a time.'),
    ],
)
def test_a_record_that_tells_half_of_a_signature_is_found(
    project: Path, signature: dict[str, str | None], words: str
) -> None:
    _ratify()
    file = _version(project) / "record.yml"
    changed = {key: value for key, value in {**_record(_version(project)), **signature}.items() if value}
    file.write_text(yaml.safe_dump(changed), encoding="utf-8")
    assert words in _run("verify").stderr


# --- what readers are told --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_signed", [True, False], ids=["signed", "unsigned"])
def test_the_versions_page_says_who_signed_and_how_to_check(
    project: Path, certificate: tuple[bytes, x509.Certificate], *, is_signed: bool
) -> None:
    assert (_ratify() if is_signed else _run("ratify", SCHOOL, *DECISION)).exit_code == 0
    reading = read(Project(project), [SCHOOL])
    life = Life(read_versions(project / "schools" / SCHOOL, project), (), reading.school(SCHOOL), reading.editions)
    html = version_pages((ROOT / "templates",), life)[0].html
    assert (f"<dt>PDF signed by</dt><dd>{escape(SUBJECT)}, on " in html) is is_signed
    assert (certificate[1].fingerprint(hashes.SHA256()).hex() in html) is is_signed
    assert ("A signed PDF also shows by itself whether it was changed." in html) is is_signed


# --- without pyHanko --------------------------------------------------------------------------------------------------


def test_without_the_extra_a_message_says_how_to_install_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = 'Signatures need pyHanko, which is not installed: pip install "schoolpolicy[sign]"'
    with monkeypatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda _: None)
        told = _ratify()
        assert (told.exit_code, told.stderr) == (1, f"school.p12: {message}\n")
    assert not _version(project).parent.exists()
    _ratify()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    told = _run("verify")
    assert (told.exit_code, told.stderr) == (1, f"schools/{SCHOOL}/ratified/2019-10-03/policy.pdf: {message}\n")


def test_who_does_not_sign_does_not_wait_for_pyhanko() -> None:
    script = "import sys, build_tools.cli, build_tools.ratifying; print('pyhanko' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "False\n"
