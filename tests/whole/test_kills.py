"""Whenever a command is killed, its sources are whole, and the next run gets where the first would have got."""

import os
import subprocess
import sys

import pytest
from folders import TESTS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")]

if sys.platform != "win32":
    from kills import CASES

    SAMPLE = 6

    @pytest.mark.parametrize("name", [name for name in CASES if "weasyprint" not in name])
    def test_a_killed_command_can_be_run_again(name: str) -> None:
        # A fork of this process would lack the threads of a Typst that another test has used, and wait for them.
        done = subprocess.run(
            [sys.executable, TESTS / "kills.py", name, "--most", str(SAMPLE)],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr if sys.platform == "linux" else "") == (0, "")
        kills = int(done.stdout.splitlines()[-1].split("|")[3])
        assert 0 < kills <= SAMPLE
