"""What is still open for a school: what must be answered, and what a worried reader needs."""

import shutil
from pathlib import Path

from cases import CASES

from build_tools import commands
from build_tools.interviewing.missing import missing_data, render_missing
from build_tools.project import Project

CASE = next(case for case in CASES if case.name == "without-governors")


def test_a_contact_is_asked_for_but_not_demanded(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "schools/committee/school.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  office: the desk in the hall\n", ""), encoding="utf-8")
    questions = commands.missing(Project(tmp_path), "committee")
    assert not any(question.must_be_answered for question in questions)
    assert (
        render_missing("committee", questions)
        == """\
committee: all required questions are answered.

Readers with a concern find no way to reach anybody yet. Answer one of these:
  school.telephone (Telephone)
  school.email (Email)
  school.office (Where to ask)
  people.lead.telephone (Telephone)
  people.lead.email (Email)
"""
    )
    data = missing_data("committee", questions)
    assert (data["missing"], data["by_default"]) == ([], [])
    assert [question["path"] for question in data["wanted"]][:1] == ["school.telephone"]


def test_a_school_with_a_contact_is_not_asked_for_another() -> None:
    assert commands.missing(Project(CASE), "owned") == ()
