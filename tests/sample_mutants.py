"""Change the pure core in small ways, one at a time, and see whether a test notices: a fixed sample, by mutmut.

What survives is a gap in the tests, or makes no difference; each that makes none is explained in mutants.md.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from folders import ROOT, TESTS

SIZE = 200
SEED = 13
LEAST_KILLED = 0.95

_WORK = ROOT / "mutants"
_MUTMUT = Path(sys.executable).with_name("mutmut")
_KILLED = {
    1: "killed",
    3: "killed",
    24: "timed out",
    -24: "timed out",
    36: "timed out",
    152: "timed out",
    255: "timed out",
}
"""What mutmut's exit codes say of a mutant that was noticed."""
_LEFT: Mapping[int | None, str] = {
    0: "survived",
    None: "not tested",
    2: "not tested",
    5: "not tested",
    33: "not tested",
}
"""What they say of one that was not; any other code is doubtful."""


def main() -> int:
    """Test the sample, print what became of it, and return 0 if enough of it was killed."""
    # a first run that matches no mutant makes all of them and learns which test reaches which function
    subprocess.run([_MUTMUT, "run", "none"], cwd=ROOT, check=False, capture_output=True)
    names = sorted(_results())
    assert (_WORK / "mutmut-stats.json").is_file(), "the tests fail without any change: mutmut run"
    sample = random.Random(SEED).sample(names, min(SIZE, len(names)))  # noqa: S311 - no secret
    subprocess.run([_MUTMUT, "run", *sample], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    results = _results()
    states = {name: _KILLED.get(results[name] or 0) or _LEFT.get(results[name], "doubtful") for name in sample}
    counts = Counter(states.values())
    explained = (TESTS / "mutants.md").read_text(encoding="utf-8")
    left = [name for name in sample if states[name] not in _KILLED.values()]
    unexplained = [name for name in left if f"`{name}`" not in explained]
    for name in left:
        shown = subprocess.run([_MUTMUT, "show", name], cwd=ROOT, check=True, capture_output=True, text=True).stdout
        print(f"\n{states[name]}: {name}{'' if name in unexplained else ' (explained)'}\n{shown}")  # noqa: T201
    killed = 1 - len(unexplained) / len(sample)
    print(f"{len(sample)} of {len(names)} mutants: {dict(counts)}, {killed:.1%} killed or explained")  # noqa: T201
    return int(killed < LEAST_KILLED)


def _results() -> Mapping[str, int | None]:
    """Return the exit code of the tests for each mutant; None if it was not tested yet."""
    found: dict[str, int | None] = {}
    for file in _WORK.rglob("*.meta"):
        found |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


if __name__ == "__main__":
    sys.exit(main())
