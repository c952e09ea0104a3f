"""Rows that are measured from nothing: one school, forty, and a county of any number; time and memory."""

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench import ENGINES, FAST, Bench
from measuring import WORK, Measurement, Taken, emptied, keep, kept, run_build
from peer import Peer, count_pages, make_peer
from table import Cell, Row, times_as_fast, within

from build_tools.project import Project

_MANY = 40
_SECONDS = 240
"""What 600 schools may take with Typst."""
_MEGABYTES = 500
"""What a worker may hold."""


def one(bench: Bench) -> Row:
    """Measure one school."""
    return _compared(bench, "one", 1, {"weasyprint": 2, "typst": 10})


def forty(bench: Bench) -> Row:
    """Measure forty schools, or all of a smaller county."""
    return _compared(bench, "forty", min(_MANY, bench.schools), {"weasyprint": 2.2, "typst": 15})


def county(bench: Bench) -> Row:
    """Measure the whole county, once."""
    cells = {}
    for engine in ENGINES if bench.is_whole else (FAST,):
        taken = bench.build_county(engine)
        keep("county", engine, bench.schools, taken)
        cells[engine] = within(taken.seconds, _SECONDS if engine == FAST else None)
    return Row(f"{_schools(bench.schools)} from nothing, once", cells)


def memory(bench: Bench) -> Row:
    """Measure counties of a twelfth to the whole of the schools with Typst, and tell the memory of all from nothing."""
    measured = {kept.schools for kept in kept_from_nothing(FAST)}
    for size in sorted({max(2, bench.schools * part // 12) for part in (1, 2, 4, 8, 12)} - measured):
        taken = run_build(bench.county(size).root, emptied(WORK / "out") / "site", FAST)
        keep("scale", FAST, size, taken)
    found = {engine: [*kept_from_nothing(engine)] for engine in ENGINES}
    return Row("most memory of a process", {engine: _held(several) for engine, several in found.items() if several})


def kept_from_nothing(engine: str) -> Iterator[Measurement]:
    """Yield what was measured of many schools from nothing."""
    return (found for found in kept() if found.contender == engine and found.row in ("forty", "county", "scale"))


def _held(several: Iterable[Measurement]) -> Cell:
    most: dict[int, float] = {}
    for found in several:
        most[found.schools] = max(most.get(found.schools, 0), found.megabytes)
    said = ", ".join(f"{most[size]:.0f} MB for {size}" for size in sorted(most))
    return Cell(said, f"{_MEGABYTES} MB", max(most.values()) <= _MEGABYTES)


def _compared(bench: Bench, row: str, count: int, least: Mapping[str, float]) -> Row:
    """Measure what each contender takes to make so many schools, in turns, and return the medians."""
    project = bench.county(count)
    peer = make_peer(project)
    contenders: dict[str, Callable[[], Taken]] = {"peer": peer.build}
    for engine in ENGINES:
        contenders[engine] = _builder(project, engine)
        _warm_up(project, engine)
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(bench.rounds):
        for name, contender in contenders.items():
            taken = contender()
            keep(row, name, count, taken)
            found[name].append(taken.seconds)
    median = {name: statistics.median(seconds) for name, seconds in found.items()}
    cells = {engine: times_as_fast(median[engine], median["peer"], least[engine]) for engine in ENGINES}
    _tell_pages(bench, project, peer)
    return Row(f"{_schools(count)} from nothing, all outputs", {"peer": within(median["peer"]), **cells})


def _builder(project: Project, engine: str) -> Callable[[], Taken]:
    return lambda: run_build(project.root, emptied(_out(project, engine)) / "site", engine)


def _out(project: Project, engine: str) -> Path:
    return WORK / f"out-{engine}" / project.root.name


def _warm_up(project: Project, engine: str) -> None:
    """Build one school, so that what the machine and Python keep of files is kept for all alike."""
    run_build(project.root, emptied(WORK / "out") / "site", engine, project.school_names()[0])


def _tell_pages(bench: Bench, project: Project, peer: Peer) -> None:
    """Note how many pages the PDFs of a school have."""
    name, folder = next(iter(peer.folders.items()))
    files: Sequence[Path] = [folder / "site" / "policy.pdf"]
    for engine in ENGINES:
        files = [*files, *sorted((_out(project, engine) / "site" / name).glob("**/policy.pdf"))[:1]]
    counts = ", ".join(f"{count_pages(file)}" for file in files)
    bench.notes.append(f"Pages of the PDF of {name}, by the peer, WeasyPrint and Typst: {counts}.")


def _schools(count: int) -> str:
    return "1 school" if count == 1 else f"{count:,} schools"
