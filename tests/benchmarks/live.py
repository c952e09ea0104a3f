"""The row of `policy serve`: from saving a value to the changed page, as a browser has it that waits for changes."""

import contextlib
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from bench import DEFAULT, FAST, Bench
from changes import draft_file, with_product
from measuring import LOG, Taken, keep, policy_environment
from table import Cell, Row, within

from build_tools.serving.notice import CHANGES

_ADDRESS = re.compile(r"http://\S+/")
_COUNT = re.compile(r'data-count="(\d+)"')
_PAGE = "safer-use/index.html"
"""The page that shows the filtering product."""
_PAUSE = 2
"""For how many seconds nothing is saved, so that the server has done all that a change brings."""


def serve(bench: Bench) -> Row:
    """Measure from saving a school's filtering product to the page that shows it."""
    file = draft_file(bench.whole)
    text, seconds = file.read_text(encoding="utf-8"), []
    with _served(bench, file.parent.name) as (site, home):
        page = _read(f"{home}{_PAGE}")
        for at in range(bench.rounds):
            begun = time.perf_counter()
            page = _changed(site, home, page, file, with_product(text, f"Filter {at}"))
            seconds.append(time.perf_counter() - begun)
            if f"Filter {at}" not in page:
                raise SystemExit("The page was told to be changed and does not show the change")
            keep("serve", DEFAULT, bench.schools, Taken(seconds[-1], 0, 0))
            time.sleep(_PAUSE)
    file.write_text(text, encoding="utf-8")
    what = f"policy serve, {bench.schools:,} schools: from saving a value to the changed page"
    return Row(what, {DEFAULT: within(statistics.median(seconds), 0.5), FAST: Cell("the same: no PDF")})


def _changed(site: str, home: str, page: str, file: Path, text: str) -> str:
    """Save a file while a browser waits, and return the page as it is after the change that the browser hears of."""
    found = _COUNT.search(page)
    if not found:
        raise SystemExit("The page does not wait for changes")
    with urlopen(f"{site}{CHANGES}?after={found[1]}") as waiting:  # noqa: S310 - our own server
        file.write_text(text, encoding="utf-8")
        while b"changed" not in waiting.readline():
            pass
    return _read(f"{home}{_PAGE}")


@contextlib.contextmanager
def _served(bench: Bench, school: str) -> Iterator[tuple[str, str]]:
    """Give the address of the server and that of the school's pages, while the server runs."""
    command = [sys.executable, "-u", "-m", "build_tools", "serve", school, "--port", "0"]
    command += ["--project", str(bench.whole.root)]
    with (
        LOG.open("ab") as log,
        subprocess.Popen(command, env=policy_environment(), stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        try:
            said = _ADDRESS.search(server.stdout.readline() if server.stdout else "")
            if not said:
                raise SystemExit(f"The server did not begin; see {LOG}")
            home = said[0]
            _read(f"{home}{_PAGE}")
            time.sleep(_PAUSE)
            yield home[: home.index("/", len("http://")) + 1], home
        finally:
            server.terminate()


def _read(address: str) -> str:
    with urlopen(address) as answer:  # noqa: S310 - our own server
        return str(answer.read(), "utf-8")
