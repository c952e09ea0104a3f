"""The row of `policy edition check`: what a new edition would mean for every school: all at once, and one by one."""

import statistics
import sys

from bench import DEFAULT, FAST, Bench
from county import EDITION
from measuring import CORES, Taken, keep, run
from table import Cell, Row

from build_tools.project import Project
from build_tools.template.issuing import begin_edition

NEXT = "2019-09"
"""The edition that is being written."""
_ALONE = 20
"""The number of schools that are asked one by one; the time for all is worked out from them."""
_MOST = 40
"""Seconds for all schools."""
_WATCHES = """\
      watches:
        title: The rule for watches
        default: as-phones
        oneOf:
          - {const: as-phones, title: The same as for phones}
          - {const: worn, title: They may be worn}
"""
_WATCH_CLAUSES = """\
- Watches that connect to the internet are phones. {: #watches-as-phones when="phones.watches=as-phones" }
- Watches may be worn. {: #watches-worn when="phones.watches=worn" }
"""
_HOME = "- {{ Learners }} who need to speak"
_PLANNING = "- Whatever issues we find will be taken into our action planning. {: #review-action-planning }\n"
_CHANGES = (
    # another default, an answer that no longer fits, a question that may be left out
    ("school.schema.yml", "default: office\n", "default: school office\n"),
    ("school.schema.yml", "{const: handed-in, title: Handed in at", "{const: pouches, title: Locked in a pouch from"),
    ("school.schema.yml", "      stored_in:\n", f"{_WATCHES}      stored_in:\n"),
    ("09-personal-devices.md", "phones.learners=handed-in", "phones.learners=pouches"),
    # clauses that are new, reworded and withdrawn
    ("09-personal-devices.md", _HOME, f"{_WATCH_CLAUSES}{_HOME}"),
    ("09-personal-devices.md", "We will keep it somewhere secure.", "It is kept in the safe."),
    ("01-policy-aims.md", "safe and protected online", "safe online"),
    ("03-monitoring-and-review.md", _PLANNING, ""),
)


def rehearsal(bench: Bench) -> Row:
    """Measure the check of a new edition with all schools, and asking what it means for one school after another."""
    _write_next(bench.whole)
    taken = [_measured(bench, DEFAULT, "edition", "check", NEXT, "--jobs", str(CORES)) for _ in range(bench.rounds)]
    seconds = statistics.median(t.seconds for t in taken)
    cpu = statistics.median(t.cpu for t in taken)
    names = bench.whole.school_names()
    some = names[:: max(1, len(names) // _ALONE)]
    singly = [_measured(bench, "peer", "upgrade", name, "--to", NEXT).seconds for name in some]
    alone = statistics.fmean(singly) * len(names) / CORES
    said = f"{seconds:.1f} s, {alone / seconds:.1f} times as fast; {cpu:.1f} s of processor time"
    cells = {
        "peer": Cell(f"{alone:.0f} s: `policy upgrade` for one school after another"),
        DEFAULT: Cell(said, f"{_MOST} s", seconds <= _MOST),
        FAST: Cell("the same: no PDF"),
    }
    return Row(f"{bench.schools:,} schools, what a new edition would mean for each", cells)


def _write_next(project: Project) -> None:
    """Write the edition, a copy of that of the schools with changes of each kind."""
    folder = begin_edition(project, NEXT, EDITION)
    for name, old, new in _CHANGES:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"{name} no longer has: {old}")
        file.write_text(text.replace(old, new), encoding="utf-8")


def _measured(bench: Bench, contender: str, *command: str) -> Taken:
    taken = run([sys.executable, "-m", "build_tools", *command, "--project", bench.whole.root])
    keep("rehearsal", contender, bench.schools, taken)
    return taken
