"""Try every reader with random files, made from real ones: `make fuzz`.

    PYTHONPATH=tests .venv/bin/python -m fuzzing.command [--runs 200000] [--jobs 2] [--first 0] [READER ...]

A reader may return a value or raise `Mistakes`. Anything else that it raises is a failure, and so is a run that takes
more than 20 seconds or two gigabytes. Hypothesis makes each failing file small; it is kept in `build/fuzz/`.
The same numbers give the same files; `--first` begins with other ones.
"""

import argparse
import itertools
import json
import logging
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path

from folders import ROOT

from fuzzing.mutations import File
from fuzzing.readers import READERS
from fuzzing.trying import Failure, attempt

RUNS = 200_000
BATCH = 5000
"""The files of one process, which takes seconds to start."""
ROUND = 1000
"""The files of one test of Hypothesis, which remembers what it has drawn: its memory would grow with more."""
LONGEST = 20.0
"""Seconds for one file; the slowest sound one takes a tenth of that on a busy machine."""
MOST_MEMORY = 2 << 30
KEPT = ROOT / "build/fuzz"


def main(arguments: Sequence[str]) -> int:
    """Try the readers; print what each gave; return 1 if any failed."""
    parser = argparse.ArgumentParser(prog="fuzzing", description="Try every reader with random files.")
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"Default: all of {', '.join(READERS)}.")
    parser.add_argument("--runs", type=int, default=RUNS, help="Files for each reader. Default: %(default)s.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="Processes. Default: one for each core.")
    parser.add_argument("--first", type=int, default=0, help="Number of the first round. Default: %(default)s.")
    given = parser.parse_args(arguments)
    if unknown := set(given.readers) - READERS.keys():
        parser.error(f"unknown reader: {', '.join(sorted(unknown))}")
    batches = [
        (reader, given.first + begun // ROUND, min(BATCH, given.runs - begun))
        for begun, reader in itertools.product(range(0, given.runs, BATCH), given.readers or READERS)
    ]
    counts, failures = dict.fromkeys(given.readers or READERS, 0), list[Failure]()
    for reader, count, failure in _results(batches, given.jobs):
        counts[reader] += count
        print(f"{reader}: {counts[reader]:,} files", flush=True)
        if failure and failure.message not in {known.message for known in failures}:
            failures.append(failure)
            print(f"{reader}: {failure.message}\nFile: {_keep(failure)}\n", flush=True)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


def _results(batches: Sequence[tuple[str, int, int]], jobs: int) -> Iterator[tuple[str, int, Failure | None]]:
    """Yield the reader, the number of files and the failure of each batch, as many at a time as there are jobs."""
    waiting, running = iter(batches), dict[Connection, _Batch]()
    while True:
        for one in itertools.islice(waiting, jobs - len(running)):
            batch = _Batch(*one)
            running[batch.results] = batch
        if not running:
            return
        ready = set(wait(list(running), timeout=1))
        for connection, batch in list(running.items()):
            if connection in ready or batch.hangs():
                yield batch.end()
                del running[connection]


class _Batch:
    """A process that tries one batch, and what it is reading now."""

    def __init__(self, reader: str, number: int, size: int) -> None:
        self.reader = reader
        self.results, theirs = multiprocessing.Pipe(duplex=False)
        self._work = tempfile.TemporaryDirectory(prefix="fuzz-")
        self._now = Path(self._work.name) / "now"
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_try, args=(reader, number, size, Path(self._work.name), theirs))
        self._process.start()
        theirs.close()
        self._begun = time.monotonic()

    def hangs(self) -> bool:
        """Return whether the file that is read now has been read for too long."""
        try:
            begun = float(json.loads(self._now.read_bytes().partition(b"\n")[0])["begun"])
        except (OSError, ValueError, KeyError):  # the process is loading, or is writing this just now
            return False
        return time.monotonic() - begun > LONGEST

    def end(self) -> tuple[str, int, Failure | None]:
        """Return the result; end the process."""
        try:
            count, failure = self.results.recv() if self.results.poll() else (0, self._stopped("It takes too long."))
        except EOFError:
            self._process.join()
            count, failure = 0, self._stopped(f"The process died with status {self._process.exitcode}.")
        self._process.kill()
        self._process.join()
        self._work.cleanup()
        return self.reader, count, failure

    def _stopped(self, message: str) -> Failure:
        head, _, content = (
            self._now.read_bytes().partition(b"\n") if self._now.exists() else (b'{"name": ""}', b"", b"")
        )
        return Failure(f"{self.reader}: {message}", File(json.loads(head)["name"], content))


def _try(reader: str, number: int, size: int, work: Path, results: Connection) -> None:
    """Try a batch of files, until one fails; send how many there were and what failed."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    logging.disable()
    now = work / "now"
    (work / "files").mkdir()
    made = READERS[reader](work / "files")
    count = 0

    def read(file: File) -> None:
        nonlocal count
        count += 1
        head = json.dumps({"name": file.name, "begun": time.monotonic()})
        now.write_bytes(head.encode() + b"\n" + file.content)
        made.read(file)

    rounds = range(0, size, ROUND)
    found = (attempt(read, made, number + at, min(ROUND, size - begun)) for at, begun in enumerate(rounds))
    failure = next(filter(None, found), None)
    results.send((count, failure))


def _keep(failure: Failure) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{len(list(KEPT.iterdir())):03}-{Path(failure.file.name).name}"
    path.write_bytes(failure.file.content)
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
