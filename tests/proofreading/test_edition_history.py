"""Names that mean something else than in the edition before, and rewordings that keep their meaning."""

import shutil
from pathlib import Path

import pytest
from folders import EDITIONS

from build_tools.proofreading.edition_history import turned_around
from build_tools.template.edition import Edition, read_edition

OLD, NEW = "2029-09", "2030-09"
SCHEMA, PHONES = "school.schema.yml", "01-phones.md"


def changed(folder: Path, file: str, before: str, after: str) -> tuple[Edition, Edition]:
    shutil.copytree(EDITIONS / "sound", folder, dirs_exist_ok=True)
    path = folder / "policy_src" / NEW / file
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    older, newer = (read_edition(folder / "policy_src" / name, folder) for name in (OLD, NEW))
    return older, newer


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (SCHEMA, "Are public examinations held here?", "Are any public examinations held here?"),
        (SCHEMA, "Are public examinations held here?", "Are public examinations held here (GCSE or A level)?"),
        (SCHEMA, "The rule for learners' own phones", "The rule for learners' own phones and watches"),
        (SCHEMA, "Left at home", "Left at home all day"),
        (SCHEMA, "Handed in for the day", "Handed in for the whole day"),
        (SCHEMA, "Where phones are handed in", "The place where they leave phones"),  # its answer is a text
        (PHONES, "may call home once.", "may use their phone to call home once a day, if they ask first."),
        (PHONES, "Phones stay at home.", "All phones stay at home."),
    ],
)
def test_a_rewording_that_keeps_the_meaning_is_not_reported(file: str, before: str, after: str, tmp_path: Path) -> None:
    assert list(turned_around(*changed(tmp_path, file, before, after))) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "name"),
    [
        (SCHEMA, "Are public examinations held here?", "Are no public examinations held here?", "exams"),
        (SCHEMA, "Are public examinations held here?", "Aren't public examinations held here?", "exams"),
        (SCHEMA, "Left at home", "Never left at home", "phones.rule"),
        (SCHEMA, "Left at home", "Kept in a locker", "phones.rule"),
        (PHONES, "may call home once.", "eat lunch in silence, without exception.", "call-home"),
    ],
)
def test_a_name_with_another_meaning_is_reported(file: str, before: str, after: str, name: str, tmp_path: Path) -> None:
    found = list(turned_around(*changed(tmp_path, file, before, after)))
    assert [problem.message.partition(":")[0] for problem in found] == [name]
    assert all(problem.is_warning for problem in found)
