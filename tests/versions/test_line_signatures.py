"""Signatures on lines by real SSH keys: who signed, and each reason why one proves nothing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ssh_keys import make_key, public

from build_tools.versions.line_signatures import require_program, sign, signer
from build_tools.versions.unusable import Unusable

pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="this machine has no ssh-keygen")

LINE = '{"event": "ratified", "version": "oakenshaw-primary@2026-10-14", "by": "Şons"}'.encode()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """Return a key that is allowed to sign."""
    made = make_key(tmp_path / "governors")
    (tmp_path / "allowed_signers").write_text(f"governors@oakenshaw {public(made)}\n", encoding="utf-8")
    return made


@pytest.fixture
def allowed(key: Path) -> Path:
    """Return the file of allowed signers."""
    return key.with_name("allowed_signers")


def test_a_signature_names_its_signer(key: Path, allowed: Path) -> None:
    assert signer(LINE, sign(LINE, key), allowed) == "governors@oakenshaw"


def test_ssh_keygen_checks_a_signature_by_hand(key: Path, allowed: Path, tmp_path: Path) -> None:
    (tmp_path / "line.sig").write_bytes(sign(LINE, key))
    by_hand = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "governors@oakenshaw", "-n", "schoolpolicy"]
    by_hand += ["-s", str(tmp_path / "line.sig")]
    assert subprocess.run(by_hand, input=LINE, capture_output=True, check=False).returncode == 0
    assert subprocess.run(by_hand, input=LINE + b"x", capture_output=True, check=False).returncode


def test_one_key_may_have_several_names(key: Path, allowed: Path) -> None:
    allowed.write_text(f"head@oakenshaw,governors@oakenshaw {public(key)}\n", encoding="utf-8")
    assert signer(LINE, sign(LINE, key), allowed) == "head@oakenshaw"


def test_an_agent_signs_with_a_public_key(key: Path, allowed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = subprocess.run(["ssh-agent", "-s"], capture_output=True, encoding="utf-8", check=True).stdout
    variables = dict(re.findall(r"(SSH_\w+)=([^;]+);", started))
    try:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        subprocess.run(["ssh-add", "-q", key], check=True, capture_output=True)
        key.unlink()
        assert signer(LINE, sign(LINE, key.with_name("governors.pub")), allowed) == "governors@oakenshaw"
    finally:
        subprocess.run(["ssh-agent", "-k"], check=True, capture_output=True)


def test_other_bytes_are_refused(key: Path, allowed: Path) -> None:
    with pytest.raises(Unusable, match=r"^The signature by governors@oakenshaw does not match this line"):
        signer(LINE + b" ", sign(LINE, key), allowed)


def test_a_key_that_is_not_allowed_is_refused(allowed: Path, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other")
    with pytest.raises(Unusable, match=r"^The key of the signature is not in allowed_signers"):
        signer(LINE, sign(LINE, other), allowed)


def test_a_key_that_has_expired_is_refused(key: Path, allowed: Path) -> None:
    line = f'governors@oakenshaw valid-before="20200101" {public(key)}\n'
    allowed.write_text(line, encoding="utf-8")
    with pytest.raises(Unusable, match="or is no longer allowed there"):
        signer(LINE, sign(LINE, key), allowed)


def test_a_signature_for_another_purpose_is_refused(key: Path, allowed: Path) -> None:
    command = ["ssh-keygen", "-Y", "sign", "-f", str(key), "-n", "git"]
    for_git = subprocess.run(command, input=LINE, capture_output=True, check=True).stdout
    with pytest.raises(Unusable, match="does not match this line"):
        signer(LINE, for_git, allowed)


@pytest.mark.parametrize(
    "content", [b"", b"words", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"]
)
def test_what_is_no_signature_is_refused(allowed: Path, content: bytes) -> None:
    with pytest.raises(Unusable, match="or is damaged"):
        signer(LINE, content, allowed)


def test_a_file_that_is_no_key_is_reported(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all", encoding="utf-8")
    with pytest.raises(Unusable, match=r"^ssh-keygen cannot sign with this key: "):
        sign(LINE, tmp_path / "letter")


def test_a_missing_program_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unusable, match="needs the program ssh-keygen, which is not installed"):
        require_program()
