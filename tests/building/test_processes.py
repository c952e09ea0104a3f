"""Work in one process, in several and on a cluster gives the same bytes, and can be stopped at any time.

Builds of one site do not meet.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from folders import ROOT, copy_real_schools

from build_tools.building.cluster import work_on_cluster
from build_tools.building.fingerprints import Fingerprints
from build_tools.pool import work
from build_tools.project import Project
from build_tools.text.problems import Mistakes

pytestmark = pytest.mark.slow

BUILD = [sys.executable, "-m", "build_tools", "build", "--pdf-engine", "typst"]  # which is fast; any would do
PATIENCE = 300


def _double(number: int) -> int:
    return 2 * number


def _die(_number: int) -> int:
    os._exit(1)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with four schools, one of which has a version: a build of two at a time takes a while."""
    folder = tmp_path_factory.mktemp("project")
    copy_real_schools(folder, "2018-05-23")
    for name in ("east-cove", "west-cove"):
        copy = folder / "schools" / name / "school.yml"
        copy.parent.mkdir()
        text = (folder / "schools/trottiscliffe/school.yml").read_text(encoding="utf-8")
        copy.write_text(text.replace("Trottiscliffe", name.title().replace("-", " ")), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(project: Path) -> Mapping[str, bytes]:
    """Return what one process writes."""
    subprocess.run([*BUILD, "--jobs", "1", "--out", "alone"], cwd=project, check=True, env=_environment())
    return _files(project / "alone")


def _environment(**others: str) -> Mapping[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **others}


def _files(out: Path) -> Mapping[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def _wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextlib.contextmanager
def _running(command: list[str], folder: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process with its children, in a group of its own; end them all."""
    process = subprocess.Popen(
        command, cwd=folder, env=_environment(**environment), text=True, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@contextlib.contextmanager
def _amid_a_build(project: Path, out: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Give a build with two processes that has written its first parts, and has more to write."""
    with _running([*BUILD, "--jobs", "2", "--out", out, *options], project) as process:
        _wait_for(lambda: list(project.glob(f".{out}-new-*/site/*")))
        yield process


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_order_is_done_once(jobs: int) -> None:
    assert sorted(work(_double, range(4), jobs)) == [0, 2, 4, 6]


def test_a_process_that_dies_is_told_as_what_it_may_be() -> None:
    with pytest.raises(Mistakes, match=r"A worker process died, perhaps out of memory\. Try --jobs 1\."):
        list(work(_die, range(2), 2))


def test_processes_side_by_side_write_the_same_bytes(project: Path, alone: Mapping[str, bytes]) -> None:
    subprocess.run([*BUILD, "--jobs", "2", "--out", "two"], cwd=project, check=True, env=_environment())
    assert _files(project / "two") == alone


def test_an_interrupted_build_keeps_the_site_and_ends_processes(project: Path, alone: Mapping[str, bytes]) -> None:
    with _amid_a_build(project, "alone", "--force") as process:
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
        assert told.strip().endswith("Interrupted; nothing was changed.")
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    assert _files(project / "alone") == alone
    assert not list(project.glob(".alone-new-*"))
    _run_again(project)


def _run_again(project: Path) -> None:
    subprocess.run([*BUILD, "--out", "alone"], cwd=project, check=True, env=_environment())


def test_a_concurrent_build_is_refused_and_changes_nothing(project: Path, alone: Mapping[str, bytes]) -> None:
    with _amid_a_build(project, "alone", "--force") as process:
        os.killpg(process.pid, signal.SIGSTOP)
        before = _files(project)
        second = subprocess.run(
            [*BUILD, "--out", "alone"], cwd=project, env=_environment(), capture_output=True, text=True, check=False
        )
        assert second.returncode == 1
        assert second.stdout == ""
        place, _, told = second.stderr.partition(": ")
        assert place == str(project / "alone")
        assert re.fullmatch(
            r"policy build \(.+, process \d+\) has been writing here since .+\. "
            r"Wait for it to finish, or use another --out\.\n",
            told,
        )
        assert _files(project) == before
        os.killpg(process.pid, signal.SIGCONT)
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, told
    assert _files(project / "alone") == alone


def test_the_next_build_cleans_up_after_a_killed_one(project: Path, alone: Mapping[str, bytes]) -> None:
    with _amid_a_build(project, "alone", "--force") as process:
        # so that the processes that it has begun are still there
        os.killpg(process.pid, signal.SIGSTOP)
        process.kill()
        process.wait()
        assert list(project.glob(".alone-new-*"))
        _run_again(project)
        assert not list(project.glob(".alone-new-*"))
    assert _files(project / "alone") == alone


def test_no_process_outlives_a_build_that_is_killed(project: Path) -> None:
    with _amid_a_build(project, "killed") as process:
        process.kill()
        # whoever is left has the other end of this
        process.communicate(timeout=PATIENCE)


# --- a cluster -----------------------------------------------------------------------------------


@contextlib.contextmanager
def _cluster(project: Path, workers: int, **environment: str) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Give the address of a scheduler on this machine, and the processes of its workers, whose environment is given."""
    found = project / "scheduler.json"
    found.unlink(missing_ok=True)
    common = ["--scheduler-file", str(found), "--no-dashboard"]
    with contextlib.ExitStack() as stack:
        scheduler = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common]
        stack.enter_context(_running([sys.executable, *scheduler], project))
        _wait_for(lambda: found.exists() and found.read_text(encoding="utf-8").endswith("}"))
        worker = ["-m", "distributed.cli.dask_worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", *common]
        processes = [
            stack.enter_context(_running([sys.executable, *worker], project, **environment)) for _ in range(workers)
        ]
        yield _address(found), processes


def _address(file: Path) -> str:
    return str(json.loads(file.read_text(encoding="utf-8"))["address"])


def test_a_cluster_that_loses_a_worker_writes_the_same_bytes(project: Path, alone: Mapping[str, bytes]) -> None:
    with (
        _cluster(project, 2) as (address, workers),
        _running([*BUILD, "--dask", address, "--out", "far"], project) as process,
    ):
        # parts under way stand in folders of their own
        _wait_for(lambda: len(list(project.glob(".far-new-*/tmp*"))) == len(workers))
        os.killpg(workers[0].pid, signal.SIGKILL)
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, told
    assert _files(project / "far") == alone


def _refused(project: Path, address: str) -> str:
    """Return what is told by a build that does not begin."""
    command = [*BUILD, "--dask", address, "--out", "nowhere"]
    told = subprocess.run(command, cwd=project, env=_environment(), capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert not (project / "nowhere").exists()
    return told.stderr


def test_a_cluster_that_is_not_there_is_told(project: Path) -> None:
    told = _refused(project, "tcp://127.0.0.1:9")
    assert "policy build --dask: No Dask scheduler answers at tcp://127.0.0.1:9." in told


def test_a_cluster_without_workers_is_told(project: Path) -> None:
    with _cluster(project, 0) as (address, _):
        assert (f"The Dask scheduler at {address} has no workers. Start one: dask worker {address}") in _refused(
            project, address
        )


def test_a_worker_that_would_write_other_bytes_is_refused(project: Path) -> None:
    with _cluster(project, 1, SOURCE_DATE_EPOCH="0") as (address, _):
        told = _refused(project, address)
    assert re.search(r"policy build --dask: The worker tcp://127\.0\.0\.1:\d+ would write different files:", told)
    assert "its program, layouts or SOURCE_DATE_EPOCH differ from those of this machine." in told


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(
        Mistakes,
        match=re.escape('--dask needs a library that is not installed: pip install "schoolpolicy[dask]"'),
    ):
        list(work_on_cluster(_double, [1], "tcp://127.0.0.1:9", Fingerprints(Project(tmp_path))))
