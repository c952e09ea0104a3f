"""An edition's rules: read from `rules.yml`, outside the seal, and carried on to the next edition.

The messages about mistakes are in `bad/rules-*/`.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from folders import ROOT, SOUND
from sites import EDITIONS, publish_copies

from build_tools import edition_commands
from build_tools.building.fingerprints import Fingerprints
from build_tools.project import Project
from build_tools.template.edition import Edition, read_edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.rules import Rules
from build_tools.template.rules_file import RULES_FILE
from build_tools.text.problems import Mistakes, Severity

CASE = ROOT / "tests/policies/rules"


def test_an_edition_can_do_without_the_file() -> None:
    assert read_edition(SOUND / "policy_src/2030-01", SOUND).rules == Rules()


def test_all_that_the_file_says_is_read() -> None:
    rules = read_edition(CASE / "policy_src/2030-01", CASE).rules
    # a group stands for every question in it
    assert [need.fields for need in rules.needs] == [("authority.police", "authority.helpline"), ("shop",)]
    first, second, *_ = rules.rules
    assert (first.severity, first.clauses) == (Severity.MISTAKE, ("chief",))
    # at: names the question to which a message belongs
    assert second.fields == ("people.helpers", "people.leads")
    assert rules.rules[2].severity is Severity.WARNING


@pytest.mark.parametrize("name", EDITIONS)
def test_the_published_editions_have_rules(name: str, editions: Mapping[str, Edition]) -> None:
    rules = editions[name].rules
    assert len(rules.rules) > 20
    bodies = {field.path for field in editions[name].schema.fields if field.path.startswith("authority.")}
    assert set(rules.needs[0].fields) == bodies


@pytest.fixture
def project(tmp_path: Path) -> Project:
    publish_copies(tmp_path, "2018-09")
    return Project(tmp_path)


def test_the_seal_lets_a_rule_be_added(project: Project) -> None:
    assert RULES_FILE not in EDITION_FILES
    file = project.root / "policy_src/2018-09" / RULES_FILE
    added = "  - {if: exams and tracking, is: warning, message: Both.}\n"
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    edition = read_edition(file.parent, project.root)
    assert edition.is_published
    assert edition.rules.rules[-1].message == "Both."


def test_a_new_edition_begins_with_the_rules_of_the_old(project: Project) -> None:
    edition_commands.begin(project, "2030-01", "2018-09")
    folders = project.edition_folders()
    old, new = (read_edition(*folders[name]) for name in ("2018-09", "2030-01"))
    assert new.rules == old.rules != Rules()


def test_a_build_finds_a_change_of_the_rules(project: Project) -> None:
    before = Fingerprints(project).editions
    file = project.root / "policy_src/2018-09" / RULES_FILE
    file.write_text(file.read_text(encoding="utf-8") + "# checked\n", encoding="utf-8")
    after = Fingerprints(project).editions
    assert {name for name in after if after[name] != before[name]} == {"2018-09"}


def test_a_clause_that_cannot_be_read_is_not_missed_by_a_rule(tmp_path: Path) -> None:
    folder = tmp_path / "policy_src/2030-01"
    shutil.copytree(CASE / "policy_src/2030-01", folder)
    section = folder / "01-behaviour.md"
    section.write_text(section.read_text(encoding="utf-8").replace(" {: #review }", ""), encoding="utf-8")
    with pytest.raises(Mistakes) as raised:
        read_edition(folder, tmp_path)
    (problem,) = raised.value.problems
    assert "This clause has no id." in problem.message
