"""A terminal as a person sits at it: the command in a process of its own, typed replies, and what is shown."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect

WIDTH = 88
_PROMPT = r"(?:Answer|Number|Numbers, with commas between them|Yes or no|Enter or more|Name): "
_CONTROL = re.compile(r"\x1b\[\?2004[hl]\r?|\x1b\[[0-9;]*K")


class Terminal:
    """One run of the command."""

    def __init__(self, project: Path, *arguments: str, **environment: str) -> None:
        """Start the command in a project."""
        self.shown = ""
        self.process: Any = pexpect.spawn(
            sys.executable,
            ["-m", "build_tools", *arguments],
            cwd=str(project),
            env={**_own(os.environ), "TERM": "xterm", "INPUTRC": os.devnull, **environment},
            encoding="utf-8",
            timeout=60,
            dimensions=(200, WIDTH),
        )

        self.process.delaybeforesend = None

    def prompt(self) -> str:
        """Return what is shown until the next prompt, that included."""
        self.process.expect(_PROMPT)
        return self._seen(self.process.before + self.process.after)

    def type(self, reply: str) -> None:
        """Type a reply and press Enter."""
        self.process.sendline(reply)

    def end(self) -> tuple[str, int]:
        """Return what is shown until the command ends, and its exit status."""
        self.process.expect(pexpect.EOF)
        rest = self._seen(self.process.before)
        self.process.close()
        return rest, self.process.exitstatus if self.process.exitstatus is not None else -self.process.signalstatus

    def _seen(self, text: str) -> str:
        seen = _CONTROL.sub("", text).replace("\r\n", "\n")
        self.shown += seen
        return seen


def _own(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the size of a terminal, which pytest-xdist sets for its own."""
    return {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}
