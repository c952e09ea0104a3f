"""What an edition says of the one before: read from `upgrading.yml`, outside the seal.

The messages about mistakes are in `bad/upgrading-*/` and `bad_editions/upgrading-*`.
"""

import shutil
from pathlib import Path

from folders import ROOT, SOUND

from build_tools import edition_commands
from build_tools.project import Project
from build_tools.template.edition import read_edition
from build_tools.template.edition_file import EDITION_FILES
from build_tools.template.upgrading_file import UPGRADING_FILE, Upgrading

NEW = ROOT / "policy_src" / "2026-09"


def _answer(path: str) -> object:
    edition = read_edition(NEW, ROOT)
    return next(answer for answer in edition.upgrading.answers if answer.old == path)


def test_an_edition_can_do_without_the_file() -> None:
    assert read_edition(SOUND / "policy_src/2030-01", SOUND).upgrading == Upgrading()
    assert UPGRADING_FILE not in EDITION_FILES


def test_answers_have_the_types_of_the_new_field() -> None:
    account = _answer("email.wellbeing_account")
    assert (account.new, account.values) == ("reporting.worry_account", {"text": True, "email": True})  # type: ignore[attr-defined]
    methods = _answer("monitoring.methods")
    assert (methods.new, methods.values) == ("monitoring.methods", {"technology": "alerts"})  # type: ignore[attr-defined]


def test_what_is_not_asked_any_more_has_a_reason_and_no_path() -> None:
    gone = _answer("passwords.log_off")
    assert gone.new is None  # type: ignore[attr-defined]
    assert gone.because.startswith("All users must now lock")  # type: ignore[attr-defined]


def test_clauses_that_ended_point_to_what_is_there_now() -> None:
    edition = read_edition(NEW, ROOT)
    assert edition.upgrading.ended
    assert {identity for ended in edition.upgrading.ended for identity in ended.see} <= edition.by_id.keys()


def test_the_place_of_an_entry_is_its_line() -> None:
    first = read_edition(NEW, ROOT).upgrading.answers[0]
    assert (first.place.file, first.place.line) == ("policy_src/2026-09/upgrading.yml", 3)


def test_a_new_edition_leaves_the_file_of_the_old_one(tmp_path: Path) -> None:
    shutil.copytree(NEW, tmp_path / "policy_src" / "2026-09")
    project = Project(tmp_path)
    edition_commands.begin(project, "2030-01", "2026-09")
    assert not (tmp_path / "policy_src" / "2030-01" / UPGRADING_FILE).exists()
    assert read_edition(*project.edition_folders()["2030-01"]).upgrading == Upgrading()
