"""Change the pure core in small ways, one at a time, and see whether a test notices: a fixed sample of all mutants.

mutmut makes the mutants; the tests of each package are run here. mutmut would run only the tests that it saw reach a
function, and so misses what an edition or a fixture that was read once is used for.

    .venv/bin/python tests/sample_mutants.py [PACKAGE ...]
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

SIZE = 200
LEAST_KILLED = 0.95

_ROOT = Path(__file__).parents[1]  # not from folders.py: the tests must load that from the copy with the mutants
_WORK = _ROOT / "mutants"
_MUTMUT = Path(sys.executable).with_name("mutmut")
_EXPLAINED = (_ROOT / "tests" / "mutants.md").read_text(encoding="utf-8")

_MISTAKES = "tests/whole/test_bad.py::test_message"
_TESTS: Mapping[str, Sequence[str]] = {
    "adopting": ("tests/adopting",),
    "comparing": ("tests/comparing", "tests/outputs/test_reports.py"),
    "resolving": ("tests/resolving", "tests/schools/test_federation.py"),
    "template": ("tests/template", "tests/commands/test_editions.py", _MISTAKES),
    "upgrading": ("tests/upgrading",),
}
"""The tests of each package, and those elsewhere that are about it; without the slow ones."""
_LONGEST = 300
"""The seconds after which a mutant is stopped, and counts as killed: a test of it has no end, or it is very slow."""
_STOPPED = 9


def main(packages: Sequence[str]) -> int:
    """Test the sample, or its part in some packages; print what survived; return 0 if enough was killed."""
    # a run that matches no mutant fails, but makes all of them
    subprocess.run([_MUTMUT, "run", "none"], cwd=_ROOT, check=False, capture_output=True)
    files = [json.loads(file.read_text(encoding="utf-8")) for file in _WORK.rglob("*.meta")]
    names = [name for data in files for name in data["exit_code_by_key"]]
    assert names, "mutmut made no mutants: .venv/bin/mutmut run"
    # by digest, so that a change of the code changes no more of the sample than it must
    sample = sorted(names, key=lambda name: sha256(name.encode()).digest())[:SIZE]
    tested, left = 0, list[str]()
    for package in packages or _TESTS:
        of_package = sorted(name for name in sample if name.split(".")[1] == package)
        codes = _tested(of_package, _TESTS[package])
        survived = [name for name, code in codes.items() if code == pytest.ExitCode.OK]
        stopped = sum(codes[name] == _STOPPED for name in codes)
        killed = f"{len(codes) - len(survived)} of {len(codes)} killed"
        print(f"{package}: {killed}, {stopped} of them stopped after {_LONGEST} seconds", flush=True)  # noqa: T201
        for name in survived:
            shown = subprocess.run(
                [_MUTMUT, "show", name], cwd=_ROOT, check=True, capture_output=True, text=True
            ).stdout
            print(f"\n{name}{' (explained)' if _is_explained(name) else ''}\n{shown}", flush=True)  # noqa: T201
        tested += len(codes)
        left += survived
    share = 1 - sum(not _is_explained(name) for name in left) / tested
    print(f"{tested} of {len(names)} mutants: {len(left)} survived, {share:.1%} killed or explained")  # noqa: T201
    return int(share < LEAST_KILLED)


def _is_explained(name: str) -> bool:
    return f"`{name}`" in _EXPLAINED


def _tested(names: Sequence[str], tests: Sequence[str]) -> Mapping[str, int | None]:
    """Return how the tests end with each mutant, after they were seen to pass without one."""
    os.chdir(_WORK)
    sys.path.insert(0, str(_WORK))
    os.environ["MUTANT_UNDER_TEST"] = ""
    assert _run(("--collect-only", *tests)) == pytest.ExitCode.OK, "the tests cannot be loaded"
    assert _codes([""], tests) == {"": pytest.ExitCode.OK}, "the tests fail without any change"
    return _codes(names, tests)


def _codes(names: Iterable[str], tests: Sequence[str]) -> Mapping[str, int | None]:
    """Return how the tests end with each mutant: in a process of its own, in which everything is loaded already."""
    codes: dict[str, int | None] = {}
    waiting, running = list(names), dict[int, tuple[str, ForkProcess]]()
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            name = waiting.pop()
            process = get_context("fork").Process(target=_test, args=(name, tests))
            process.start()
            running[process.sentinel] = name, process
        wait(list(running))
        for sentinel in [at for at, (_, process) in running.items() if process.exitcode is not None]:
            name, process = running.pop(sentinel)
            codes[name] = process.exitcode
    return codes


def _test(name: str, tests: Sequence[str]) -> None:
    os.environ["MUTANT_UNDER_TEST"] = name
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(_LONGEST)
    sys.exit(_run(tests))


def _run(arguments: Sequence[str]) -> int:
    return int(pytest.main(["-x", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:terminal", *arguments]))


def _stop(*_signal: object) -> None:
    pytest.exit("A test has no end.", returncode=_STOPPED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
