"""How fast it is, side by side with what a council would else take: one MkDocs project a school, with mkdocs-to-pdf.

    PYTHONPATH=tests python tests/benchmarks/run.py [--schools 600] [--rounds 3] [--all] [--only ROW]

Prints a table. All of it is written into build/benchmarks/, the peer's own environment included; README.md says what
each row means. Contenders take turns, so that what else the machine does falls on all of them.
"""

import argparse
from collections.abc import Callable, Mapping

import across
import changes
import from_nothing
import live
import rehearsing
from bench import Bench
from measuring import LOG, MEASURED, WORK
from table import HEAD, Row, render_row

ROWS: Mapping[str, Callable[[Bench], Row]] = {
    "one": from_nothing.one,
    "forty": from_nothing.forty,
    "county": from_nothing.county,
    "unchanged": changes.unchanged,
    "value": changes.value,
    "serve": live.serve,
    "hub": across.hub,
    "clause": changes.clause,
    "memory": from_nothing.memory,
    "rehearsal": rehearsing.rehearsal,
}


def main() -> None:
    """Measure what is wanted and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--schools", type=int, default=600, help="how many the county has")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is compared is measured")
    parser.add_argument("--all", action="store_true", help="build the county from nothing with WeasyPrint, too")
    parser.add_argument("--only", choices=ROWS, action="append", help="measure this row; may be given several times")
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    for file in (LOG, MEASURED):
        file.unlink(missing_ok=True)
    bench = Bench(given.schools, given.rounds, given.all)
    print(HEAD, flush=True)
    for name in given.only or ROWS:
        print(render_row(ROWS[name](bench)), flush=True)
    for note in bench.notes:
        print(f"\n{note}")


if __name__ == "__main__":
    main()
