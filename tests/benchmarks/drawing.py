"""The picture of time and memory against the number of schools; run by plot.py, in an environment with Matplotlib."""

import statistics
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from measuring import Measurement, kept

_INK, _QUIET, _LINE = "#1f2a30", "#5b6870", "#0b6e75"
_BOUND = 500
"""What a worker may hold, in megabytes."""
_STYLE = {
    "svg.hashsalt": "scale",  # the same bytes each time
    "font.size": 10,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _QUIET,
    "ytick.color": _QUIET,
    "figure.facecolor": "#ffffff",  # GitHub shows it on white and on black
}


def main() -> None:
    """Draw both, side by side."""
    found = _by_schools()
    with mpl.rc_context(_STYLE):
        figure, (time, memory) = plt.subplots(1, 2, figsize=(8.4, 3.2), layout="constrained")
        seconds = {schools: statistics.median(m.seconds for m in several) for schools, several in found.items()}
        _draw(time, seconds, "Time from nothing, two cores (seconds)")
        each = f"{seconds[max(seconds)] / max(seconds):.2f} s a school"
        time.text(0.97, 0.06, each, transform=time.transAxes, color=_LINE, ha="right")
        megabytes = {schools: max(m.megabytes for m in several) for schools, several in found.items()}
        _draw(memory, megabytes, "Most memory of a process (MB)")
        memory.axhline(_BOUND, color=_QUIET, linewidth=1, linestyle=(0, (4, 3)))
        beside_axis = memory.get_yaxis_transform()
        memory.text(0.02, _BOUND + 4, f"aim: at most {_BOUND} MB", transform=beside_axis, color=_QUIET, fontsize=9)
        memory.set_ylim(top=max(_BOUND, *megabytes.values()) * 1.2)
        figure.savefig(sys.argv[1], metadata={"Date": None} if sys.argv[1].endswith(".svg") else None, dpi=160)


def _by_schools() -> Mapping[int, Sequence[Measurement]]:
    """Return what was measured with Typst from nothing, by the number of schools."""
    measured = [m for m in kept() if m.contender == "typst" and m.row in ("forty", "county", "scale")]
    return {size: [m for m in measured if m.schools == size] for size in sorted({m.schools for m in measured})}


def _draw(axes: Any, values: Mapping[int, float], title: str) -> None:  # noqa: ANN401 - Matplotlib is not there to be checked
    axes.plot([*values], [*values.values()], color=_LINE, marker="o", markersize=5, linewidth=2, clip_on=False)
    axes.set_title(title, loc="left", fontsize=11, fontweight="bold")
    axes.set_xlabel("Schools")
    axes.set_xlim(0, max(values) * 1.04)
    axes.set_ylim(0, max(values.values()) * 1.15)
    axes.set_xticks([0, *(size for size in values if size * 10 >= max(values))])
    axes.grid(axis="y", color="#e4e8ea", linewidth=0.8)
    axes.set_axisbelow(True)


if __name__ == "__main__":
    main()
