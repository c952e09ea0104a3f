"""How fast it is, side by side with what a council would else take: one MkDocs project a school, with mkdocs-to-pdf.

    python tests/benchmarks/run.py [--schools 600] [--rounds 3]

Prints a table. All of it is written into build/benchmarks/, the peer's own environment included; README.md says what
each line means. Contenders take turns, so that what else the machine does falls on all of them.
"""

import argparse
import concurrent.futures
import dataclasses
import os
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from county import write_county

from build_tools.model import Kind, Node, plain
from build_tools.project import SCHOOL_FILE, Project
from build_tools.reading import read

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "benchmarks"
PEER = ("mkdocs>=1.6.1,<2", "mkdocs-material>=9.8.1,<10", "mkdocs-to-pdf==0.12.1")
ENGINES = ("weasyprint", "typst")
CORES = 2
MANY = 40
PEER_SETTINGS = """\
site_name: {name}
theme: {{name: material, font: false}}
plugins:
  - search
  - to-pdf: {{output_path: policy.pdf, cover_subtitle: {name}}}
"""


@dataclasses.dataclass(frozen=True)
class Taken:
    """What a command took."""

    seconds: float
    cpu: float
    megabytes: float
    """The most memory that any of its processes held."""


def main() -> None:
    """Measure all and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, default=600, help="how many the county has")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is compared is measured")
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    county, rounds = _county("county", given.schools), given.rounds
    print("| what | peer | WeasyPrint | Typst |\n|---|---|---|---|")
    for count in (1, MANY):
        _print_compared(f"{count} from nothing, {CORES} cores", _from_nothing(count, rounds))
    for engine in ENGINES:
        _measure_county(county, engine, given.schools)


def _from_nothing(count: int, rounds: int) -> Mapping[str, Sequence[Taken]]:
    """Return what each contender takes to make so many schools, in turns."""
    project = _county(f"from-nothing-{count}", count)
    peer = _peer_projects(project)
    contenders: dict[str, Callable[[], Taken]] = {"peer": lambda: _run_peer(peer)}
    for engine in ENGINES:
        contenders[engine] = lambda engine=engine: _build(project, engine, "--force")  # type: ignore[misc]
    found: dict[str, list[Taken]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            shutil.rmtree(project.site_folder, ignore_errors=True)
            found[name].append(contender())
    return found


def _print_compared(what: str, found: Mapping[str, Sequence[Taken]]) -> None:
    seconds = {name: statistics.median(taken.seconds for taken in several) for name, several in found.items()}
    cells = [f"{seconds['peer']:.1f} s"]
    cells += [f"{seconds[engine]:.1f} s, {seconds['peer'] / seconds[engine]:.1f} times as fast" for engine in ENGINES]
    print(f"| {what} | {' | '.join(cells)} |", flush=True)


def _measure_county(county: Project, engine: str, count: int) -> None:
    """Print what a county takes, first from nothing and then after changes."""
    shutil.rmtree(county.site_folder, ignore_errors=True)
    _print_taken(f"{count} from nothing", engine, _build(county, engine))
    _print_taken(f"{count}, nothing changed", engine, _build(county, engine))
    name = county.school_names()[count // 2]
    file = county.schools_folder / name / SCHOOL_FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("role: Headteacher", "role: Head teacher"), encoding="utf-8")
    _print_taken("one value of one school changed", engine, _build(county, engine))
    file.write_text(text, encoding="utf-8")
    _print_taken("the same, back again", engine, _build(county, engine))
    command = [sys.executable, "-m", "build_tools", "status", "--project", str(county.root), "--format", "csv"]
    _print_taken(f"status of {count}", engine, _run(command))


def _print_taken(what: str, engine: str, taken: Taken) -> None:
    cell = f"{taken.seconds:.1f} s, {taken.cpu:.0f} s of CPU, {taken.megabytes:.0f} MB"
    cells = ["", *(cell if engine == column else "" for column in ENGINES)]
    print(f"| {what} | {' | '.join(cells)} |", flush=True)


def _county(name: str, count: int) -> Project:
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    return write_county(folder, count)


def _build(project: Project, engine: str, *options: str) -> Taken:
    jobs = ("--jobs", str(CORES), "--pdf-engine", engine)
    return _run([sys.executable, "-m", "build_tools", "build", "--project", str(project.root), *jobs, *options])


def _run(command: Sequence[str], folder: Path = WORK) -> Taken:
    """Run a command to its end and return what it took, with all its processes."""
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ENABLE_PDF_EXPORT": "1"}
    with (WORK / "log.txt").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}; see {WORK / 'log.txt'}")
    return Taken(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


# --- the peer ------------------------------------------------------------------------------------


def _peer_projects(project: Project) -> Sequence[Path]:
    """Return a MkDocs project for each school, with the same words."""
    reading = read(project, project.school_names())
    folders = []
    for name, resolved in reading.resolved.items():
        folder = WORK / "peer" / name
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "docs").mkdir(parents=True)
        settings = PEER_SETTINGS.format(name=name)
        (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
        (folder / "docs" / "index.md").write_text(f"# {resolved.policy.title}\n", encoding="utf-8")
        for top in resolved.policy.sections:
            text = "\n".join(_markdown(top, 1))
            (folder / "docs" / f"{top.id}.md").write_text(text, encoding="utf-8")
        folders.append(folder)
    return folders


def _markdown(node: Node, level: int, indent: str = "") -> Iterable[str]:
    """Yield the lines of a section, group or clause."""
    words = f"{node.number} {plain(node.text)}"
    is_clause = node.kind is Kind.CLAUSE
    yield f"{indent}- {words}" if is_clause else f"\n{'#' * min(level, 6)} {words}\n"
    for child in node.children:
        yield from _markdown(child, level + 1, f"{indent}    " if is_clause else "")


def _run_peer(folders: Sequence[Path]) -> Taken:
    """Build the peer's projects, a process a school, as many at a time as there are cores."""
    python = WORK / "peer-env" / "bin" / "python"
    if not python.exists():
        venv.create(WORK / "peer-env", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
        compiled = [str(python), "-m", "mkdocs", "build", "--quiet", "--clean"]
        _run(compiled, folders[0])  # what Python compiles once is not measured
    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(CORES) as pool:
        command = [str(python), "-m", "mkdocs", "build", "--quiet", "--clean"]
        taken = list(pool.map(lambda folder: _run(command, folder), folders))
    for folder in folders:
        if not (folder / "site" / "policy.pdf").exists():
            raise SystemExit(f"The peer wrote no PDF: {folder}")
    return Taken(time.perf_counter() - begun, sum(t.cpu for t in taken), max(t.megabytes for t in taken))


if __name__ == "__main__":
    main()
