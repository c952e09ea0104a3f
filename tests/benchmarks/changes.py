"""Rows of what is built after a change: nothing, one value of one school, one clause of the edition."""

import functools
import itertools
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import DEFAULT, ENGINES, FAST, Bench
from county import seal_edition
from measuring import Taken, keep, run_build, run_pages
from table import Cell, Row, within

from build_tools.project import SCHOOL_FILE, Project

_PRODUCT = re.compile(r"^  product: (.+)$", re.MULTILINE)
_VALUE_WITHIN = {"weasyprint": 6, "typst": 1.5}
_CLAUSE = ("safe and protected online", "safe online")
"""Words of a clause that every school has, and those that it gets."""


def unchanged(bench: Bench) -> Row:
    """Measure a build in which nothing has changed."""
    cells = {}
    for engine in ENGINES:
        out = bench.built_site(engine)
        run_build(bench.whole.root, out, engine)
        again = functools.partial(_again, bench, out, engine)
        cells[engine] = _median(bench, "unchanged", engine, again, 0.5)
    return Row(f"{bench.schools:,} schools, nothing changed", cells)


def value(bench: Bench) -> Row:
    """Measure a build after one value of one school was changed that its PDF shows."""
    cells = {}
    for engine in ENGINES:
        out = bench.built_site(engine)
        run_build(bench.whole.root, out, engine)
        change = functools.partial(next, _change_value(bench, out, engine))
        cells[engine] = _median(bench, "value", engine, change, _VALUE_WITHIN[engine])
    return Row(f"one value of one school of {bench.schools:,} changed, all its outputs", cells)


def clause(bench: Bench) -> Row:
    """Measure the pages of all schools, once, after one clause of the edition was changed. It stays changed."""
    out = bench.built_site(DEFAULT)
    edition = max((bench.whole.root / "policy_src").iterdir())
    file = edition / "01-policy-aims.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(*_CLAUSE), encoding="utf-8")
    seal_edition(edition)
    taken = run_pages(bench.whole.root, out, DEFAULT)
    keep("clause", DEFAULT, bench.schools, taken)
    pages = (out / name / "policy.html" for name in bench.whole.school_names())
    if not any(_CLAUSE[1] in page.read_text(encoding="utf-8") for page in pages):
        raise SystemExit("No page shows the changed clause")
    what = f"one clause of the edition of {bench.schools:,} schools changed, pages without PDFs"
    return Row(what, {DEFAULT: within(taken.seconds, 60), FAST: Cell("the same: no PDF")})


def _median(bench: Bench, row: str, engine: str, measure: Callable[[], Taken], most: float) -> Cell:
    """Measure as often as the run says and return the median."""
    seconds = []
    for _ in range(bench.rounds):
        taken = measure()
        keep(row, engine, bench.schools, taken)
        seconds.append(taken.seconds)
    return within(statistics.median(seconds), most)


def _again(bench: Bench, out: Path, engine: str) -> Taken:
    """Build what nobody has changed."""
    before = out.stat().st_mtime_ns
    taken = run_build(bench.whole.root, out, engine)
    if out.stat().st_mtime_ns != before:
        raise SystemExit("Something was built though nothing had changed")
    return taken


def _change_value(bench: Bench, out: Path, engine: str) -> Iterator[Taken]:
    """Yield again and again what a build takes after the filtering product of one school was changed."""
    file = draft_file(bench.whole)
    document = out / file.parent.name / "policy.pdf"
    text = file.read_text(encoding="utf-8")
    for at in itertools.count():
        before = document.read_bytes()
        file.write_text(with_product(text, f"{engine} filter {at}"), encoding="utf-8")
        yield run_build(bench.whole.root, out, engine)
        if document.read_bytes() == before:
            raise SystemExit(f"The changed value is not in {document}")


def draft_file(project: Project) -> Path:
    """Return the file of a school that names its filtering product itself, and whose draft is all that it publishes."""
    for name in project.school_names():
        folder = project.schools_folder / name
        if _PRODUCT.search((folder / SCHOOL_FILE).read_text(encoding="utf-8")) and not (folder / "ratified").exists():
            return folder / SCHOOL_FILE
    raise SystemExit("No school of the county has a draft alone")


def with_product(text: str, product: str) -> str:
    """Return what a school's file says with another filtering product, which pages and PDF show."""
    return _PRODUCT.sub(f"  product: {product}", text)
