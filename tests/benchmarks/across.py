"""The row of what is told across schools: the hub with its matrix, and the state of all, over a county and ten."""

import os
import shutil
from pathlib import Path

import msgspec
from bench import DEFAULT, FAST, Bench
from measuring import WORK, Taken, emptied, keep, run_build, run_policy
from table import Cell, Row, within

from build_tools.building.manifest import Manifest, PartRecord, manifest_file, read_manifest, render_manifest, titles_of
from build_tools.project import Project
from build_tools.schools.all_names import fingerprint

_TIMES = 10


def hub(bench: Bench) -> Row:
    """Measure the hub alone, then `policy status`; over the county, and over one that is ten times as large.

    The larger one has each school ten times under other names, with the files and records of the first.
    """
    out = bench.built_site(DEFAULT)
    run_build(bench.whole.root, out, DEFAULT)
    project, many = _multiplied(bench.whole, out)
    few_taken, many_taken = (_median(bench, p, o) for p, o in ((bench.whole, out), (project, many)))
    for count, taken in ((bench.schools, few_taken), (bench.schools * _TIMES, many_taken)):
        keep("hub", DEFAULT, count, taken)
    growth = many_taken.seconds / few_taken.seconds
    note = f"; {many_taken.seconds:.1f} s over {bench.schools * _TIMES:,}, {growth:.1f} times as long"
    shutil.rmtree(project.root)
    cells = {DEFAULT: within(few_taken.seconds, 3, note), FAST: Cell("the same: no PDF")}
    return Row(f"hub, matrix and status over {bench.schools:,} schools", cells)


def _median(bench: Bench, project: Project, out: Path) -> Taken:
    """Return what both commands take together, in the middle of several rounds."""
    rounds = sorted((_tell(project, out) for _ in range(bench.rounds)), key=lambda taken: taken.seconds)
    return rounds[len(rounds) // 2]


def _tell(project: Project, out: Path) -> Taken:
    """Take the hub's first page away, and return what it takes to make the hub again and to tell the state of all."""
    (out / "index.html").unlink()
    schools = [(out / name).stat().st_ino for name in project.school_names()]
    made = run_build(project.root, out, DEFAULT)
    told = run_policy("status", project.root, "--today", "2019-06-01", "--format", "csv")
    if not (out / "index.html").exists() or schools != [(out / name).stat().st_ino for name in project.school_names()]:
        raise SystemExit("What was made is not the hub alone")
    return Taken(made.seconds + told.seconds, made.cpu + told.cpu, max(made.megabytes, told.megabytes))


def _multiplied(project: Project, out: Path) -> tuple[Project, Path]:
    """Return a county with each school of another ten times, and its site."""
    large = Project(emptied(WORK / "county-large"))
    shutil.copytree(project.root / "policy_src", large.root / "policy_src")
    shutil.copytree(project.schools_folder, large.schools_folder)
    site, last = large.site_folder, read_manifest(out)
    records, called = dict(last.records), dict(last.called)
    shutil.copytree(out, site, copy_function=os.link)
    for name in project.school_names():
        for copy in (f"{name}-{at}" for at in range(1, _TIMES)):
            shutil.copytree(project.schools_folder / name, large.schools_folder / copy)
            shutil.copytree(out / name, site / copy, copy_function=os.link)
            records[copy], called[copy] = _renamed(records[name], name, copy), called[name]
    roll = fingerprint(titles_of(called))
    records = {part: msgspec.structs.replace(r, roll=roll) if r.roll else r for part, r in records.items()}
    manifest_file(site).write_bytes(render_manifest(Manifest(records, called)))
    return large, site


def _renamed(record: PartRecord, name: str, copy: str) -> PartRecord:
    """Return what a manifest says of a school under another name: nothing but the name depends on it."""
    told = bytes(record.summary).replace(f'"{name}"'.encode(), f'"{copy}"'.encode())
    return msgspec.structs.replace(record, paths=(copy,), summary=msgspec.Raw(told))
