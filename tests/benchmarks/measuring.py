"""Run commands and keep what they took: what every row of the benchmark rests on."""

import concurrent.futures
import csv
import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

from folders import ROOT

HERE = Path(__file__).parent
WORK = ROOT / "build" / "benchmarks"
"""Where all of it is written: counties, the peer's projects, environments, what was measured."""
LOG = WORK / "log.txt"
MEASURED = WORK / "measured.csv"
CORES = 2
"""How many processes work at a time, ours or the peer's."""


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """What a command took."""

    seconds: float
    cpu: float
    """Seconds of all cores."""
    megabytes: float
    """The most memory that any one of its processes held."""


@dataclasses.dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured once."""

    row: str
    contender: str
    schools: int
    seconds: float
    cpu: float
    megabytes: float


def run(command: Sequence[str | Path], folder: Path = WORK) -> Taken:
    """Run a command and return what it took, with all the processes that it began and waited for.

    Raises:
        SystemExit: if it fails.
    """
    with tempfile.NamedTemporaryFile(dir=WORK) as result, LOG.open("ab") as log:
        whole = [sys.executable, "-I", "-S", HERE / "measured.py", result.name, *command]
        done = subprocess.run(whole, cwd=folder, env=policy_environment(), stdout=log, stderr=log, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}; see {LOG}")
        return Taken(**json.loads(Path(result.name).read_text(encoding="utf-8")))


def policy_environment() -> dict[str, str]:
    """Return the environment in which commands run: they find this program, and MkDocs says nothing of its future.

    Python keeps what it compiles, as it does where a program is installed, and as it did when the peer was.
    """
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**given, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}


def run_side_by_side(command: Sequence[str | Path], folders: Sequence[Path]) -> Taken:
    """Run a command once in each folder, as many at a time as there are cores, and return what all took."""
    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        taken = list(pool.map(lambda folder: run(command, folder), folders))
    return Taken(time.perf_counter() - begun, sum(t.cpu for t in taken), max(t.megabytes for t in taken))


def run_policy(command: str, root: Path, *options: str | Path) -> Taken:
    """Run a command of the program on a project and return what it took."""
    return run([sys.executable, "-m", "build_tools", command, "--project", root, *options])


def run_build(root: Path, out: Path, engine: str, *options: str | Path) -> Taken:
    """Build a project with both cores and return what it took."""
    return run_policy("build", root, "--out", out, *building(engine), *options)


def run_pages(root: Path, out: Path, engine: str) -> Taken:
    """Build a project, but for the PDFs, which are empty, and return what it took."""
    return run([sys.executable, HERE / "pages_only.py", "build", "--project", root, "--out", out, *building(engine)])


def building(engine: str) -> Sequence[str]:
    """Return the options of all builds."""
    return "--jobs", str(CORES), "--pdf-engine", engine


def environment(name: str, packages: Sequence[str]) -> Path:
    """Return the Python of an environment that holds some packages; it is made the first time."""
    folder = WORK / name
    python, listed = folder / "bin" / "python", folder / "packages.txt"
    wanted = "\n".join(packages)
    if not listed.exists() or listed.read_text(encoding="utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
        listed.write_text(wanted, encoding="utf-8")
    return python


def emptied(folder: Path) -> Path:
    """Return a folder that is empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def keep(row: str, contender: str, schools: int, taken: Taken) -> None:
    """Add what was measured to those that are kept, for the plot and for whoever wants to see them singly."""
    kept = Measurement(row, contender, schools, taken.seconds, taken.cpu, taken.megabytes)
    is_new = not MEASURED.exists()
    with MEASURED.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if is_new:
            writer.writerow(field.name for field in dataclasses.fields(Measurement))
        writer.writerow(f"{value:.3f}" if isinstance(value, float) else value for value in dataclasses.astuple(kept))


def kept() -> Iterator[Measurement]:
    """Yield what was measured, in that order."""
    if not MEASURED.exists():
        return
    with MEASURED.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            numbers = [float(line[name]) for name in ("seconds", "cpu", "megabytes")]
            yield Measurement(line["row"], line["contender"], int(line["schools"]), *numbers)
