"""What becomes known of the law after an edition was published: read from `law.yml`, outside the seal.

The messages about mistakes are in `bad_editions/law-*.txt`.
"""

import shutil
from pathlib import Path

import pytest
from folders import SOUND, TESTS

import build_tools.project
from build_tools import edition_commands
from build_tools.building.fingerprints import Fingerprints
from build_tools.policy.model import LookedUp
from build_tools.project import Project
from build_tools.template.edition import Edition, read_edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.law_file import LAW_FILE

CASE = TESTS / "policies/law"
BY = "the council’s officer for animals"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project of its own with only the case's edition, published."""
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(build_tools.project, "BUNDLED", tmp_path)
    edition_commands.publish(Project(tmp_path), "2030-01")
    return Project(tmp_path)


def read(project: Project) -> Edition:
    return read_edition(project.root / "policy_src/2030-01", project.root)


def write(project: Project, text: str) -> Edition:
    (project.root / "policy_src/2030-01" / LAW_FILE).write_text(text, encoding="utf-8")
    return read(project)


def test_an_edition_can_do_without_the_file(project: Project) -> None:
    (project.root / "policy_src/2030-01" / LAW_FILE).unlink()
    edition = read(project)
    assert edition.looked_up == LookedUp("2029-12-01", BY)
    assert edition.cited["keeping-act"].in_force_until is None
    assert read_edition(SOUND / "policy_src/2030-01", SOUND).looked_up is None


def test_it_says_more_than_the_edition_did(project: Project) -> None:
    edition = read(project)
    assert edition.looked_up == LookedUp("2030-02-01", BY)
    act, rules = edition.cited["keeping-act"], edition.cited["farm-rules"]
    assert (act.in_force_from, act.in_force_until, act.successor) == (
        "2028-04-01",
        "2030-12-31",
        "Animal Keeping Act 2030",
    )
    # what it does not name is as it was
    assert (rules.in_force_until, rules.successor) == ("2030-08-31", None)


def test_the_seal_lets_it_change(project: Project) -> None:
    assert LAW_FILE not in EDITION_FILES
    assert read(project).is_published
    assert write(project, "changed: {visits-guide: {until: 2030-03-31}}\n").cited["visits-guide"].in_force_until
    assert read(project).looked_up == LookedUp("2029-12-01", BY)


def test_a_change_in_it_is_built(project: Project) -> None:
    before = Fingerprints(project).editions["2030-01"]
    write(project, "changed: {visits-guide: {until: 2030-03-31}}\n")
    assert Fingerprints(project).editions["2030-01"] != before


def test_the_next_edition_begins_without_it(project: Project) -> None:
    folder = edition_commands.begin(project, "2031-01", "2030-01")
    assert (folder / "edition.yml").is_file()
    assert not (folder / LAW_FILE).exists()


@pytest.mark.parametrize(
    ("date", "years", "expected"),
    [
        ("2031-02-01", 1, False),
        ("2031-02-02", 1, True),
        ("2031-02", 1, False),  # its first day is not too late
        ("2031-03", 1, True),
        ("2032-02-01", 2, False),
        ("2032-02-02", 2, True),
    ],
)
def test_a_year_ago_is_certainly_over(date: str, years: int, *, expected: bool) -> None:
    assert LookedUp("2030-02-01", BY).is_stale_on(date, years) is expected
