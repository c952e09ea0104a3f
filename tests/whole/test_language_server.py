"""The client of `language_server.py`: a failed start leaves no process, which would fail another test later."""

import os
import sys
from pathlib import Path

import pytest
from language_server import LanguageServer

ANSWERS = {
    "an error": b'{"id": 1, "error": {"code": -32603, "message": "no"}}',
    "not JSON": b"no",
    "nothing": b"",
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_failed_handshake_leaves_no_process(tmp_path: Path, answer: bytes) -> None:
    server = tmp_path / "server.py"
    server.write_text(f"""\
import os, pathlib, sys, time
pathlib.Path({str(tmp_path / "pid")!r}).write_text(str(os.getpid()))
sys.stdout.buffer.write(b"Content-Length: {len(answer)}\\r\\n\\r\\n" + {answer!r})
sys.stdout.flush()
time.sleep(600)
""")
    with pytest.raises((AssertionError, ValueError)), LanguageServer(tmp_path, [sys.executable, server]):
        pytest.fail("the handshake went well")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
