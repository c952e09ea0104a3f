"""Time stamps of an authority: what they prove, and each reason why one proves nothing."""

import datetime as dt
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from time_authority import NOW, Authority, listening

from build_tools.versions.time_stamps import request, stamped_at
from build_tools.versions.unusable import Unusable

LINE = '{"event": "ratified", "version": "oakenshaw-primary@2026-10-14", "by": "Şons"}'.encode()


def _stamp(authority: Authority) -> bytes:
    with listening(authority) as address:
        return request(LINE, address)


@pytest.fixture(scope="module")
def authority() -> Authority:
    """Return an authority with a valid certificate."""
    return Authority()


@pytest.fixture(scope="module")
def stamp(authority: Authority) -> bytes:
    """Return its response about the line."""
    return _stamp(authority)


def test_a_time_stamp_gives_the_time_of_the_authority(authority: Authority, stamp: bytes) -> None:
    assert stamped_at(LINE, stamp, authority.root) == NOW


def test_one_of_several_roots_is_enough(authority: Authority, stamp: bytes) -> None:
    assert stamped_at(LINE, stamp, Authority().root + authority.root) == NOW


@pytest.mark.skipif(not shutil.which("openssl"), reason="this machine has no openssl")
def test_openssl_checks_a_time_stamp_by_hand(authority: Authority, stamp: bytes, tmp_path: Path) -> None:
    for name, content in (("line", LINE), ("line.tsr", stamp), ("root.pem", authority.root)):
        (tmp_path / name).write_bytes(content)
    by_hand = ["openssl", "ts", "-verify", "-data", "line", "-in", "line.tsr", "-CAfile", "root.pem"]
    done = subprocess.run(by_hand, cwd=tmp_path, capture_output=True, check=False)
    assert b"Verification: OK" in done.stdout, done.stderr
    (tmp_path / "line").write_bytes(LINE + b"x")
    assert subprocess.run(by_hand, cwd=tmp_path, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("line", "end", "words"),
    [
        (LINE + b" ", b"", "The time stamp is not of this line, or one of the two was changed."),
        (LINE, b"more", "The time stamp cannot be read: it is damaged."),
    ],
)
def test_other_bytes_are_refused(authority: Authority, stamp: bytes, line: bytes, end: bytes, words: str) -> None:
    with pytest.raises(Unusable) as caught:
        stamped_at(line, stamp + end, authority.root)
    assert str(caught.value) == words


def test_no_changed_byte_goes_unnoticed(authority: Authority, stamp: bytes) -> None:
    token = stamp.index(b"Test Time Stamps")
    for place in range(token, len(stamp), 97):
        changed = stamp[:place] + bytes([stamp[place] ^ 1]) + stamp[place + 1 :]
        with pytest.raises(Unusable):
            stamped_at(LINE, changed, authority.root)


def test_another_authority_is_refused(stamp: bytes) -> None:
    words = "The time stamp is not of the authority whose root certificate is trusted, but from Common Name: Test Root."
    with pytest.raises(Unusable) as caught:
        stamped_at(LINE, stamp, Authority().root)
    assert str(caught.value) == words


@pytest.mark.parametrize("at", [dt.datetime(2019, 5, 1, tzinfo=dt.UTC), dt.datetime(2040, 5, 1, tzinfo=dt.UTC)])
def test_a_certificate_that_was_not_valid_is_refused(at: dt.datetime) -> None:
    late = Authority(at)
    with pytest.raises(Unusable, match=f"was not valid at its time, {at:%Y-%m-%d}"):
        stamped_at(LINE, _stamp(late), late.root)


def test_a_certificate_that_has_expired_since_then_is_enough() -> None:
    early = Authority(dt.datetime(2012, 5, 1, tzinfo=dt.UTC), (2010, 2015))
    assert stamped_at(LINE, _stamp(early), early.root).year == 2012


@pytest.mark.parametrize(
    "root", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_root_that_is_no_certificate_is_refused(stamp: bytes, root: bytes) -> None:
    with pytest.raises(Unusable, match="is not a certificate in PEM format"):
        stamped_at(LINE, stamp, root)


def test_an_authority_that_does_not_answer_is_reported() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(Unusable, match=f"^{address} gave no time stamp: it does not answer"):
            request(LINE, address)


def test_a_page_that_is_no_authority_is_reported() -> None:
    with listening(None) as address, pytest.raises(Unusable, match=f"^{address} gave no time stamp"):
        request(LINE, address)
