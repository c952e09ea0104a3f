"""Documents that were made to do harm: reading them ends, uses little memory, can be interrupted and leaves nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from folders import ROOT, TESTS
from hostile_documents import PDFS, documents, pdf, shown

pytestmark = pytest.mark.slow

PATIENCE = 120
SIZE = 30_000
ADOPT = (sys.executable, "-m", "build_tools", "adopt", "policy.pdf", "--edition", "2018-09", "--out", "found")
MEASURE = (
    "import resource, subprocess, sys; status = subprocess.run(sys.argv[1:]).returncode; "
    "print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_no_document_is_read_for_ever(suffix: str) -> None:
    done = subprocess.run(
        [sys.executable, TESTS / "adopt_hostile.py", suffix, str(SIZE)],
        env={**os.environ, "PYTHONPATH": str(TESTS)}, capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == sum(name.endswith(suffix) for name in documents())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_pdf_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policy.pdf").write_bytes(PDFS["a bomb of spaces"](500_000))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *ADOPT], cwd=tmp_path, env=_environment(), capture_output=True, text=True,
        check=True, timeout=PATIENCE,
    )  # fmt: skip
    status, megabytes = map(int, done.stdout.split())
    assert status == 1
    assert megabytes < 500
    assert done.stderr.startswith("policy.pdf: Reading it needs more than 400 MB of memory or 5 minutes")
    assert len(done.stderr.splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} <= {"policy.pdf", ".policy-locks"}


@pytest.mark.skipif(sys.platform != "linux", reason="it asks Linux for the processes of a process")
def test_an_interrupted_reading_ends_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "policy.pdf").write_bytes(_endless())
    with subprocess.Popen(
        ADOPT, cwd=tmp_path, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while process.poll() is None and not children.read_text(encoding="utf-8"):
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=PATIENCE)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    assert (process.returncode, *said) == (130, "", "Interrupted; nothing was changed.\n")
    assert {path.name for path in tmp_path.iterdir()} <= {"policy.pdf", ".policy-locks"}


def _endless() -> bytes:
    """Return a PDF whose page draws a form ten times, which draws another ten times, and so on."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X0 %d 0 R>>>>/Length 70>>"
    forms = {at: form % (at + 1) + b"stream\n" + b"/X0 Do " * 10 + b"\nendstream" for at in range(6, 30)}
    return pdf(shown("word") + b"/X0 Do", shared=forms)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
