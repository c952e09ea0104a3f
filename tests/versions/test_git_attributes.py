"""The rule that keeps Git from changing the line endings of versions."""

import subprocess
from pathlib import Path

import pytest

from build_tools.versions.git_attributes import FILE, protect_versions

RULE = "*/ratified/** -text\n"
OF_REGISTER = "register.jsonl -text merge=union\n"


def test_the_rule_is_written_once(tmp_path: Path) -> None:
    protect_versions(tmp_path)
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    assert RULE in written
    assert written.endswith(OF_REGISTER)
    protect_versions(tmp_path)
    assert (tmp_path / FILE).read_text(encoding="utf-8") == written


@pytest.mark.parametrize("own", ["*.docx binary\n", "*.docx binary", "# ours\n\n*.md text\n"])
def test_the_lines_of_a_person_stay(tmp_path: Path, own: str) -> None:
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    protect_versions(tmp_path)
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    assert written.startswith(own.rstrip("\n") + "\n")
    assert RULE in written


def test_a_rule_is_added_to_that_of_an_older_program(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(f"# The note.\n{RULE}", encoding="utf-8")
    protect_versions(tmp_path)
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    assert (written.count(RULE), written.endswith(OF_REGISTER)) == (1, True)


def test_a_persons_own_rules_are_kept(tmp_path: Path) -> None:
    own = "*/ratified/**  text eol=lf\nregister.jsonl merge=ours\nregister.signed/** binary\n"
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
