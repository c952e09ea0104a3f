"""Whenever a command is killed, its sources are whole, and the next run gets where the first would have got."""

import os
import sys

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")]

if sys.platform != "win32":
    from kills import CASES, examine

    SAMPLE = 6

    @pytest.mark.parametrize("name", [name for name in CASES if "weasyprint" not in name])
    def test_a_killed_command_can_be_run_again(name: str) -> None:
        found = examine(CASES[name], SAMPLE)
        assert 0 < found.kills <= SAMPLE
        assert (found.harmed, found.unequal) == ([], [])
        assert found.missing == [] or sys.platform != "linux"
