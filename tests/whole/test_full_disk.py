"""A disk that fills up, a quota, a limit of file sizes: one line says what was meant and what is whole."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from folders import ROOT, TESTS, copy_real_schools
from full_disk import digests, run_on_failing_disk

pytestmark = pytest.mark.slow

POLICY = Path(sys.executable).with_name("policy")
SCHOOL = "trottiscliffe"
OLDER = TESTS / "upgrades/the-north-school/schools/the-north-school"
BUILD = ("build", "--pdf-engine", "typst", "--force")
LAST = "site: The disk is full. Nothing was changed: the last build is still there."
VERSION = f"schools/{SCHOOL}/ratified/2019-10"
DECISION = ("--on", "2019-10", "--by", "Governors", "--next-review", "2020-10")
RATIFY = ("ratify", SCHOOL, *DECISION, "--pdf-engine", "typst")
ENTER = ("register", "--enter", f"{SCHOOL}@2019-10", "--write")
NEW = ("new", "hill-view", "--answers", "answers.yml", "--no-input")
DRAFT = "2017-09"
STOPPED = (
    "Stopped after 0 of 1 schools and federations; every file is complete, old or new."
    " For the others, run the command again."
)

COMMANDS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "upgrade": (
        ("upgrade", "the-north-school", "--to", "2018-09", "--write"),
        "schools/the-north-school/school.yml",
        "Nothing was changed.",
    ),
    "upgrade all": (
        ("upgrade", "--all", "--to", "2018-09", "--write"),
        "schools/the-north-school/school.yml",
        STOPPED,
    ),
    "edition new": (
        ("edition", "new", "2031-09", "--from", "2018-09"),
        "policy_src/2031-09",
        "No edition was created.",
    ),
    "edition publish": (
        ("edition", "publish", DRAFT),
        f"policy_src/{DRAFT}/published.yml",
        "The edition is not published, and nothing in it was changed.",
    ),
    "new": (NEW, "schools/hill-view/school.yml", "No school was created."),
    "adopt": (("adopt", "old.md", "--out", "schools/reedbed"), "schools/reedbed", "Nothing was written."),
    "schema": (("schema", "2018-09", "--output", "schema.json"), "schema.json", "Nothing was written."),
    "diff": (("diff", "template:2017-09", "template:2018-09", "--output", "a.txt"), "a.txt", "Nothing was written."),
    "diff as pdf": (
        ("diff", SCHOOL, "the-north-school", "--format", "pdf", "--output", "a.pdf"),
        "a.pdf",
        "Nothing was written.",
    ),
}
"""Each command that writes, with what it was to write and what is whole if it cannot."""


def _furnish(project: Path) -> None:
    """Put into a project what the commands need: two schools, an edition to publish, answers, an old policy."""
    copy_real_schools(project, "ratified", "the-north-school")
    shutil.copytree(OLDER, project / "schools/the-north-school")
    shutil.copytree(ROOT / "policy_src" / DRAFT, project / "policy_src" / DRAFT)
    (project / "policy_src" / DRAFT / "published.yml").unlink()
    answers, _, _ = (OLDER / "school.yml").read_text(encoding="utf-8").partition("\namendments:")
    (project / "answers.yml").write_text(f"{answers}\n", encoding="utf-8")
    shutil.copy(TESTS / "adopted/reedbed.md", project / "old.md")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with everything that the commands need."""
    _furnish(tmp_path)
    return tmp_path


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Return a project with one school and its site."""
    copy_real_schools(tmp_path, "ratified", "the-north-school")
    assert _policy(tmp_path, *BUILD).returncode == 0
    return tmp_path


def _policy(
    folder: Path, *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [POLICY, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False, preexec_fn=before
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_write_of_a_command_may_fail(project: Path, name: str) -> None:
    command, target, whole = COMMANDS[name]
    before, good = digests(project), 0
    while (ending := run_on_failing_disk(project, errno.ENOSPC, good, *command)).status:
        where, line = ending.errors.split(": ", 1)
        assert (ending.status, ending.bug, line) == (1, "", f"The disk is full. {whole}\n")
        assert where in {target, "schools/.gitattributes"}
        left = {file: digest for file, digest in digests(project).items() if before.get(file) != digest}
        assert left.keys() <= {"schools/.gitattributes"}
        good += 1 + good  # an edition has many files, and each run reads all editions
    assert good > 0
    assert digests(project) != before


def test_each_write_of_a_ratification_may_fail(project: Path) -> None:
    before, good = digests(project), 0
    while not (project / VERSION).exists():
        ending = run_on_failing_disk(project, errno.ENOSPC, good, *RATIFY)
        assert (ending.status, ending.bug, ending.errors.count("\n")) == (1, "", 1)
        good += 1
        if not (project / VERSION).exists():
            assert ending.errors.endswith(": The disk is full. Nothing was ratified.\n")
            left = {file for file, digest in digests(project).items() if before.get(file) != digest}
            assert left <= {"schools/.gitattributes"}
    assert good > 3
    enter = " ".join(("policy", *ENTER))
    told = f"The version is whole, but not in the register yet. Enter it: {enter}"
    assert ending.errors == f"schools/register.jsonl: The disk is full. {told}\n"
    refused = run_on_failing_disk(project, errno.ENOSPC, 0, *ENTER)
    assert refused == (1, "schools/register.jsonl: The disk is full. No line was added to the register.\n", "")
    assert _policy(project, *ENTER).returncode == 0
    assert _policy(project, "verify").returncode == 0


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errno.EDQUOT, "Your storage quota is used up."),
        (errno.EFBIG, "A file would be larger than this disk or your account allows."),
        (errno.EIO, "The drive cannot be read or written; it may be damaged or unplugged."),
        (errno.ESTALE, "The network drive does not answer. Connect to it again."),
        (errno.EHOSTDOWN, "The network drive does not answer. Connect to it again."),
    ],
)
def test_other_failures_have_their_own_words(project: Path, error: int, words: str) -> None:
    ending = run_on_failing_disk(project, error, 1, *NEW)
    assert ending == (1, f"schools/hill-view/school.yml: {words} No school was created.\n", "")
    assert not (project / "schools/hill-view").exists()


def test_answers_that_cannot_be_saved_are_one_line(project: Path) -> None:
    ending = run_on_failing_disk(project, errno.ENOSPC, 0, *NEW[:-1])
    assert ending == (1, "schools/hill-view/interview.yml: The disk is full. Nothing was written.\n", "")
    assert not (project / "schools/hill-view").exists()


@pytest.mark.parametrize(("good", "jobs"), [(0, "1"), (5, "2"), (20, "1"), (60, "2"), (100, "1")])
def test_a_build_keeps_the_last_one(built: Path, good: int, jobs: str) -> None:
    before = digests(built)
    ending = run_on_failing_disk(built, errno.ENOSPC, good, *BUILD, "--jobs", jobs)
    assert ending == (1, f"{LAST}\n", "")
    assert digests(built) == before
    assert _policy(built, *BUILD).returncode == 0


def test_a_first_build_leaves_no_site(project: Path) -> None:
    before = digests(project)
    ending = run_on_failing_disk(project, errno.ENOSPC, 20, *BUILD, "--jobs", "1")
    assert ending == (1, "site: The disk is full. No site was written.\n", "")
    assert digests(project) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
@pytest.mark.parametrize("command", [(*BUILD, "--jobs", "1"), (*BUILD, "--jobs", "2"), RATIFY])
def test_a_limit_of_file_sizes_is_one_line(built: Path, command: tuple[str, ...]) -> None:
    import resource  # noqa: PLC0415 - Windows does not have it

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    before = digests(built)
    result = _policy(built, *command, before=limit)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "A file would be larger than this disk or your account allows. Nothing was " in result.stderr
    assert digests(built) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has this device")
def test_output_for_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [POLICY, "schema", "2018-09"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert (result.returncode, result.stderr) == (1, "The output cannot be printed: The disk is full.\n")


# --- a real disk -------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a project on a disk of its own of 24 MB, where this machine lets the tests make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("this user may not mount a disk")
    try:
        (place / "project").mkdir()
        _furnish(place / "project")
        yield place / "project"
    finally:
        subprocess.run(["umount", place], check=True)


def _fill(disk: Path, kilobytes: int) -> Path:
    """Leave only so much space on a disk; return the file that takes up the rest."""
    found, full = os.statvfs(disk), disk.parent / "full"
    full.write_bytes(b"x" * (found.f_bavail * found.f_frsize - kilobytes * 1024))
    return full


@pytest.mark.parametrize("kilobytes", [0, 8, 200, 1500])
def test_a_build_on_a_real_full_disk_keeps_the_last_one(disk: Path, kilobytes: int) -> None:
    assert _policy(disk, *BUILD).returncode == 0
    before, full = digests(disk), _fill(disk, kilobytes)
    result = _policy(disk, *BUILD)
    assert (result.returncode, result.stderr) == (1, f"{LAST}\n")
    assert digests(disk) == before
    full.unlink()
    assert _policy(disk, *BUILD).returncode == 0


@pytest.mark.parametrize("kilobytes", [0, 8, 100])
def test_a_real_full_disk_ratifies_nothing(disk: Path, kilobytes: int) -> None:
    before, full = digests(disk), _fill(disk, kilobytes)
    result = _policy(disk, *RATIFY)
    assert result.returncode == 1
    assert result.stderr == f"{VERSION}: The disk is full. Nothing was ratified.\n"
    assert digests(disk) == before
    full.unlink()
    assert _policy(disk, *RATIFY).returncode == 0


@pytest.mark.parametrize(
    ("name", "kilobytes"),
    [
        ("upgrade", 0),
        *(("edition new", kilobytes) for kilobytes in (0, 8, 100)),
        ("new", 0),
        ("adopt", 0),
        ("edition publish", 0),
        ("schema", 0),
    ],
)
def test_a_real_full_disk_is_one_line(disk: Path, name: str, kilobytes: int) -> None:
    command, target, whole = COMMANDS[name]
    before, full = digests(disk), _fill(disk, kilobytes)
    result = _policy(disk, *command)
    assert result.returncode == 1
    assert result.stderr in {f"{place}: The disk is full. {whole}\n" for place in (target, "schools/.gitattributes")}
    assert digests(disk) == before
    full.unlink()
    assert _policy(disk, *command).returncode == 0
