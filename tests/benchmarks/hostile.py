"""Show how long `policy adopt` takes for hostile documents, stage by stage, and how its time and memory grow.

    PYTHONPATH=tests .venv/bin/python tests/benchmarks/hostile.py [--size 1000000] [--limit 120] [NAME]...

Each document is read at a quarter, half and all of the size, in a process of its own. The last column is the time of
the whole size divided by that of half of it: 2 is linear, 4 quadratic.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from folders import ROOT
from hostile_documents import documents

_T = TypeVar("_T")
STAGES = ("read", "account", "adopt", "write")
SHORT = 0.5
"""Seconds below which a ratio says nothing."""


def main() -> None:
    """Print a table of what each document takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="words in the names of documents; all by default")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--limit", type=int, default=120, help="seconds for each")
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.file:
        print(json.dumps(_measured(asked.file)))
        return
    print(
        f"{'document':40} {'size':>9} {'whole':>7} {'MB':>5} " + " ".join(f"{name:>7}" for name in STAGES) + "  ratio"
    )
    for name, make in documents().items():
        if not asked.names or any(each in name for each in asked.names):
            _compare(name, make, asked.size, asked.limit)


def _compare(name: str, make: Callable[[int], bytes], size: int, limit: int) -> None:
    before = 0.0
    for part in (size // 4, size // 2, size):
        taken = _run(name, make(part), limit)
        if not taken:
            print(f"{name:40} {part:>9,} no end in {limit} seconds", flush=True)
            return
        ratio = f"{taken['whole'] / before:5.1f}" if before > SHORT else ""
        stages = " ".join(f"{taken[stage]:7.2f}" if stage in taken else "      -" for stage in STAGES)
        said = taken.get("refused", "")[:90]
        print(
            f"{name:40} {part:>9,} {taken['whole']:7.2f} {taken['megabytes']:5.0f} {stages}  {ratio} {said}", flush=True
        )
        before = taken["whole"]


def _run(name: str, content: bytes, limit: int) -> dict[str, Any] | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(content)
        try:
            done = subprocess.run(
                [sys.executable, __file__, "--file", file], capture_output=True, text=True, check=True, timeout=limit
            )
        except subprocess.TimeoutExpired:
            return None
    taken: dict[str, Any] = json.loads(done.stdout)
    return taken


def _measured(file: Path) -> dict[str, Any]:
    """Return the seconds of each stage for a document, and the most memory of a process."""
    from build_tools.adopting.accounting import account  # noqa: PLC0415 - only the measured process needs it
    from build_tools.adopting.adopt import adopt_document  # noqa: PLC0415
    from build_tools.adopting.listing import adoption_data  # noqa: PLC0415
    from build_tools.adopting.reading import read_document  # noqa: PLC0415
    from build_tools.adopting.school_text import render_school  # noqa: PLC0415
    from build_tools.adopting.subject import read_subject  # noqa: PLC0415
    from build_tools.adopting.vocabulary import Vocabulary  # noqa: PLC0415
    from build_tools.outputs.adoption_page import render_adoption_page  # noqa: PLC0415
    from build_tools.template.edition import read_edition  # noqa: PLC0415
    from build_tools.text.problems import Mistakes  # noqa: PLC0415

    folder = ROOT / "policy_src" / "2026-09"
    edition = read_edition(folder, ROOT)
    subject = read_subject(folder, ROOT, edition)
    taken: dict[str, Any] = {"whole": 0.0}

    def timed(stage: str, work: Callable[[], _T]) -> _T:
        start = time.perf_counter()
        try:
            return work()
        finally:
            taken[stage] = time.perf_counter() - start

    try:
        document = timed("read", lambda: read_document(file))
        timed("account", lambda: account(document, edition, Vocabulary(subject.synonyms)))
        adoption = timed("adopt", lambda: adopt_document(document, edition, subject))
        timed(
            "write",
            lambda: (
                render_school(adoption), adoption_data(adoption, ()),
                render_adoption_page(adoption, (), (ROOT / "templates",)),
            ),
        )  # fmt: skip
        # what is adopted is also accounted for
        taken["adopt"] -= taken["account"]
    except Mistakes as mistakes:
        taken["refused"] = str(mistakes.problems[0].message)
    taken["whole"] = sum(taken.get(stage, 0.0) for stage in STAGES)
    kilobytes = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {**taken, "megabytes": kilobytes / 1024}


if __name__ == "__main__":
    main()
