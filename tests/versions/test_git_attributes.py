"""The rule that keeps Git from changing the line endings of versions."""

import subprocess
from pathlib import Path

import pytest

from build_tools.versions.git_attributes import FILE, protect_versions

RULE = "*/ratified/** -text\n"


def test_the_rule_is_written_once(tmp_path: Path) -> None:
    protect_versions(tmp_path)
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    assert written.endswith(RULE)
    protect_versions(tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == written


@pytest.mark.parametrize("own", ["*.docx binary\n", "*.docx binary", "# ours\n\n*.md text\n"])
def test_the_lines_of_a_person_stay(tmp_path: Path, own: str) -> None:
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    protect_versions(tmp_path)
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    assert written.startswith(own.rstrip("\n") + "\n")
    assert written.endswith(RULE)


def test_a_persons_own_rule_for_versions_is_kept(tmp_path: Path) -> None:
    own = "*/ratified/**  text eol=lf\n"
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    protect_versions(tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == own


def test_git_checks_a_version_out_byte_for_byte(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    version = Path("schools", "st-marys", "ratified", "2018-05-23")
    (origin / version).mkdir(parents=True)
    (origin / version / "policy.json").write_bytes(b"{\n}\n")
    (origin / "schools" / "st-marys" / "school.yml").write_bytes(b"edition: 2018-09\n")
    protect_versions(origin / "schools")

    def git(*arguments: str) -> None:
        person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *person, *arguments], cwd=origin, check=True, capture_output=True)

    git("init")
    git("add", "--all")
    git("commit", "--message", "A version")
    git("-c", "core.autocrlf=true", "clone", str(origin), str(clone))
    assert (clone / version / "policy.json").read_bytes() == b"{\n}\n"
    assert (clone / "schools" / "st-marys" / "school.yml").read_bytes() == b"edition: 2018-09\r\n"
