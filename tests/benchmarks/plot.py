"""Draw time and memory against the number of schools, from what the last run of the benchmark measured.

    python tests/benchmarks/plot.py [FILE]

Matplotlib has an environment of its own below build/benchmarks/, so that nothing else depends on it.
"""

import subprocess
import sys
from pathlib import Path

from folders import ROOT
from measuring import HERE, MEASURED, environment

PACKAGES = ("matplotlib==3.11.2",)

if __name__ == "__main__":
    if not MEASURED.exists():
        raise SystemExit("Nothing is measured yet: run tests/benchmarks/run.py first.")
    [picture] = sys.argv[1:] or [str(ROOT / ".github" / "images" / "scale.svg")]
    subprocess.run([environment("plot-env", PACKAGES), HERE / "drawing.py", Path(picture).resolve()], check=True)
