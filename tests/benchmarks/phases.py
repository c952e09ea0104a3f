"""Where the time of a build goes: what each part of the work takes of the pages and PDFs of some schools.

    python tests/benchmarks/phases.py [NUMBER] [ENGINE]

Everything is made in this process, after one school that is not counted, so that what is read once in each process
does not count. The profiler itself makes all that calls many small functions look somewhat longer than it is.
"""

import cProfile
import pstats
import sys
from collections.abc import Mapping
from typing import Any

from county import write_county
from measuring import WORK, emptied

from build_tools.building.making import make
from build_tools.engine import Engine

_PHASES: Mapping[str, tuple[str, str]] = {
    "read and check the school": ("reading.py", "resolve_school"),
    "set the PDF": ("pdf/__init__.py", "render_pdf"),
    "compare with the template": ("comparing/departures.py", "compare_with_template"),
    "fill the layouts of pages": ("site/content.py", "gather_school"),
    "put the theme around them (MkDocs)": ("site/build.py", "write_site"),
    "the policy on one page": ("onepage.py", "render_one_page"),
    "the policy as JSON": ("storage.py", "render_json"),
    "look whether files are the same in all folders": ("incremental/sharing.py", "share"),
}


def main(number: int, engine: Engine) -> None:
    """Print a table."""
    project = write_county(emptied(WORK / "county-phases"), number + 1)
    first, *others = project.school_names()
    make(project, (first,), project.site_folder, _tell_nobody, engine)
    profile = cProfile.Profile()
    profile.runcall(make, project, tuple(others), project.site_folder, _tell_nobody, engine)
    taken = _cumulative(profile)
    whole = taken["building/workshop.py", "make_part"]
    print(f"| {number} schools with {engine}, in one process | part |\n|---|---|")
    for phase, where in sorted(_PHASES.items(), key=lambda item: -taken[item[1]]):
        print(f"| {phase} | {taken[where] / whole:.0%} |")
    print(f"| all else | {1 - sum(taken[where] for where in _PHASES.values()) / whole:.0%} |")


def _cumulative(profile: cProfile.Profile) -> Mapping[tuple[str, str], float]:
    """Return the seconds in each function that is told of, with all that it calls."""
    wanted = {*_PHASES.values(), ("building/workshop.py", "make_part")}
    stats: Any = pstats.Stats(profile)
    found = dict.fromkeys(wanted, 0.0)
    for (file, _, function), (*_, seconds, _) in stats.stats.items():
        for ending, name in wanted:
            if function == name and file.endswith(f"build_tools/{ending}"):
                found[ending, name] += seconds
    return found


def _tell_nobody(_done: str, _left: int) -> None:
    """Take no notice of how far it is."""


if __name__ == "__main__":
    schools, engine = [*sys.argv[1:], *("10", "typst")[len(sys.argv) - 1 :]]
    main(int(schools), Engine(engine))
