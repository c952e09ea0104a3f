"""Another copy of the register: on the web, in a file, in a folder or in Git; and what it shows."""

import contextlib
import dataclasses
import http.server
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import copy_real_schools
from hypothesis import given
from hypothesis import strategies as st
from registers import rewrite_register

from build_tools.cli import cli
from build_tools.versions import other_copies
from build_tools.versions.other_copies import compare
from build_tools.versions.register import append, parse_register, read_register, register_file
from build_tools.versions.register_lines import Entry, Event, render_line, written

NORTH, TROTT = "the-north-school@2018-05-23", "trottiscliffe@2018-10"
FILE = "schools/register.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with the two real schools, each with a version."""
    copy_real_schools(tmp_path / "council")
    return tmp_path / "council"


@pytest.fixture
def colleague(project: Path) -> Path:
    """Return a copy of the project, made before anything was done to it."""
    return shutil.copytree(project, project.with_name("colleague"))


def _verify(project: Path, against: object) -> Result:
    return CliRunner().invoke(cli, ["verify", "--against", str(against), "--project", str(project)], prog_name="policy")


def _remake(project: Path) -> None:
    record = project / "schools" / "trottiscliffe" / "ratified" / "2018-10" / "record.yml"
    record.write_bytes(record.read_bytes() + b"# again\n")
    rewrite_register(project)


def _delete(project: Path) -> None:
    shutil.rmtree(project / "schools" / "trottiscliffe" / "ratified")
    _write(project, _lines(project)[:-1])


def _delete_the_first(project: Path) -> None:
    shutil.rmtree(project / "schools" / "the-north-school" / "ratified")
    last = _lines(project)[-1]
    _write(project, [dataclasses.replace(last, previous=None)])


def _lines(project: Path) -> tuple[Entry, ...]:
    return read_register(project / "schools", project)


def _write(project: Path, entries: tuple[Entry, ...] | list[Entry]) -> None:
    register_file(project / "schools").write_text(
        "".join(f"{render_line(entry)}\n" for entry in entries), encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (_remake, f"{FILE}:2: {TROTT} was made again: its record has another SHA-256 in line 2 of"),
        (_delete, f"{FILE}: {TROTT} (entered) is missing: it is line 2 of"),
        (_delete_the_first, f"{FILE}: {NORTH} (entered) is missing: it is line 1 of"),
        (_delete_the_first, "say the same, but after other lines: the register was written again from here on, or"),
    ],
    ids=["remade", "deleted", "first-deleted", "written-again"],
)
def test_what_agrees_here_is_found_by_another_copy(
    project: Path, colleague: Path, tamper: Callable[[Path], None], words: str
) -> None:
    tamper(project)
    told = CliRunner().invoke(cli, ["verify", "--project", str(project)], prog_name="policy")
    assert told.exit_code == 0, told.stderr
    told = _verify(project, colleague)
    assert told.exit_code == 1
    assert words in told.stderr


def test_what_the_other_lacks_is_newer(project: Path, colleague: Path) -> None:
    _delete(colleague)
    told = _verify(project, colleague)
    assert told.exit_code == 0
    assert f"{colleague}: 1 line of the register, all of them here.\n" in told.stdout
    assert told.stdout.endswith(f"Newer here: {TROTT} (entered).\n")


def test_a_register_deleted_here_is_found(project: Path, colleague: Path) -> None:
    register_file(project / "schools").unlink()
    told = _verify(project, colleague)
    assert (told.exit_code, told.stderr.count("is missing: it is line")) == (1, 2)


def test_lines_in_another_order_are_found(tmp_path: Path) -> None:
    """As after two merges in Git that went either way."""
    schools = tmp_path / "schools"
    schools.mkdir()
    given = {"by": "Governors", "edition": "2026-09", "pdf": "p", "record": "r"}
    first, second, third = (Entry(event=Event.RATIFIED, version=f"hill@202{n}-09", **given) for n in range(3))  # type: ignore[arg-type]  # texts
    (top,) = append(schools, tmp_path, [first])
    forks = [written(dataclasses.replace(entry, previous=top.digest), 0) for entry in (second, third)]
    _write(tmp_path, [top, *forks])
    shutil.copy(register_file(schools), tmp_path / "other.jsonl")
    _write(tmp_path, [top, *reversed(forks)])
    ours = parse_register(register_file(schools).read_bytes(), FILE)
    (problem,) = compare(ours, str(tmp_path / "other.jsonl"), tmp_path, FILE).problems
    assert problem.message.startswith(f"In {tmp_path / 'other.jsonl'} this is further down. Restore")
    assert problem.place.line == 2


@pytest.mark.parametrize("where", ["schools/register.jsonl", "schools", "."])
def test_the_other_copy_may_be_a_file_or_a_folder(project: Path, colleague: Path, where: str) -> None:
    assert _verify(project, colleague / where).exit_code == 0


def test_the_other_copy_may_be_a_revision_in_git(project: Path) -> None:
    def git(*arguments: str) -> None:
        person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *person, *arguments], cwd=project, check=True, capture_output=True)

    git("init")
    git("add", "--all")
    git("commit", "--message", "Both schools")
    _delete(project)
    git("commit", "--all", "--message", "One less")
    assert _verify(project, "HEAD").exit_code == 0
    told = _verify(project, "HEAD~1")
    assert (told.exit_code, f"{TROTT} (entered) is missing: it is line 2 of HEAD~1." in told.stderr) == (1, True)


@pytest.mark.parametrize("where", ["HEAD", "nowhere", "-x", "--output=x", "ftp://example.org/register.jsonl"])
def test_what_is_not_a_copy_is_a_wrong_argument(project: Path, where: str) -> None:
    told = _verify(project, where)
    assert told.exit_code == 2
    assert f"{where} is not an address, a file or a folder with a register.jsonl, or a revision" in told.stderr


def test_a_folder_without_a_register_is_a_wrong_argument(project: Path, tmp_path: Path) -> None:
    told = _verify(project, tmp_path)
    assert (told.exit_code, f"{tmp_path} does not contain a register.jsonl." in told.stderr) == (2, True)


def test_another_file_is_not_taken_for_a_register(project: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>Hello", encoding="utf-8")
    told = _verify(project, tmp_path / "page.html")
    assert told.exit_code == 1
    assert "This is not a copy of the register. Give that of register.jsonl." in told.stderr


def test_a_broken_copy_is_reported_itself(project: Path, colleague: Path) -> None:
    file = register_file(colleague / "schools")
    file.write_text(file.read_text(encoding="utf-8").replace("Full Governing Body", "Nobody"), encoding="utf-8")
    told = _verify(project, file)
    assert (told.exit_code, told.stderr.startswith(f"{file}:2: ")) == (1, True)


# --- on the web -------------------------------------------------------------------------------------------------------


class _Site(http.server.BaseHTTPRequestHandler):
    """Answers with what `answers` has for a path: a status and a content; None is sent once `is_over`."""

    answers: dict[str, tuple[int, bytes | None]] = {}  # noqa: RUF012 - shared on purpose
    is_over = threading.Event()

    def do_GET(self) -> None:
        status, content = self.answers.get(self.path, (404, b""))
        self.send_response(status)
        self.end_headers()
        if content is None:
            self.is_over.wait()
        else:
            with contextlib.suppress(ConnectionError):  # nobody wants the rest of what is too large
                self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Return the address of a web server on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    _Site.is_over.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    _Site.is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_other_copy_may_be_on_the_web(project: Path, site: str) -> None:
    _Site.answers = {"/register.jsonl": (200, register_file(project / "schools").read_bytes())}
    for address in (f"{site}/register.jsonl", f"{site}/"):
        assert _verify(project, address).exit_code == 0
    _delete(project)
    told = _verify(project, f"{site}/")
    assert (told.exit_code, f"{TROTT} (entered) is missing: it is line 2 of {site}/." in told.stderr) == (1, True)


@pytest.mark.parametrize(
    ("answer", "limits", "words"),
    [
        ((404, b""), {}, "the server answers 404 Not Found"),
        ((200, b"x" * 200), {"MAX_BYTES": 100}, "it is larger than 100 bytes"),
        ((200, b"x" * 200), {"_SECONDS": -1.0, "_PATIENCE": 20.0}, "it took longer than"),
        ((200, None), {"_PATIENCE": 0.1}, "timed out"),
    ],
    ids=["missing", "too large", "too slow", "silent"],
)
def test_a_copy_that_cannot_be_fetched_is_one_message(
    project: Path,
    site: str,
    answer: tuple[int, bytes | None],
    limits: dict[str, float],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _Site.answers = {"/register.jsonl": answer}
    for name, limit in limits.items():
        monkeypatch.setattr(other_copies, name, limit)
    told = _verify(project, f"{site}/register.jsonl")
    assert told.exit_code == 1
    assert told.stderr.startswith(f"{site}/register.jsonl: The other copy cannot be fetched: {words}")
    assert len(told.stderr.splitlines()) == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://[bad", "https://", "http://a b/"])
def test_an_address_without_a_server_is_one_message(project: Path, address: str) -> None:
    told = _verify(project, address)
    assert (told.exit_code, "The other copy cannot be fetched: " in told.stderr) == (1, True)
    assert len(told.stderr.splitlines()) == 1


# --- any copy ---------------------------------------------------------------------------------------------------------

_entries = st.lists(
    st.builds(
        lambda name, by, record: Entry(
            event=Event.RATIFIED, version=name, by=by, edition="2026-09", pdf="p", record=record
        ),
        st.sampled_from(["hill@2026-09", "hill@2027-09", "dale@2026-09"]),
        st.sampled_from(["Governors", "Head"]),
        st.sampled_from(["a", "b"]),
    ),
    max_size=5,
)


def _chained(entries: list[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for entry in entries:
        previous = found[-1].digest if found else None
        found.append(written(dataclasses.replace(entry, previous=previous), len(found) + 1))
    return found


@given(ours=_entries, theirs=_entries)
def test_a_copy_agrees_exactly_if_ours_only_adds_to_it(
    tmp_path_factory: pytest.TempPathFactory, ours: list[Entry], theirs: list[Entry]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "schools").mkdir(exist_ok=True)
    here, there = _chained(ours), _chained(theirs)
    _write(folder, there)
    register = parse_register("".join(f"{render_line(entry)}\n" for entry in here).encode(), FILE)
    compared = compare(register, str(register_file(folder / "schools")), folder, FILE)
    assert (compared.problems == ()) is (here[: len(there)] == there)
