"""Names of folders that a test cannot keep in `bad/`, because nobody could then check this project out on Windows."""

from pathlib import Path

import pytest

from build_tools.schools.folder_name import name_problems


@pytest.mark.parametrize("what", ["school", "federation"])
def test_a_folder_that_windows_cannot_make_is_refused(tmp_path: Path, what: str) -> None:
    (problem,) = name_problems(tmp_path / "schools" / "con", tmp_path, what)
    told = "schools/con: Windows cannot make a folder named con. Choose a longer name, such as con-1."
    assert str(problem) == told


@pytest.mark.parametrize("name", ["Con", "con.school", "st-marys.", "st-marys ", "St-Marys"])
def test_other_names_that_differ_on_windows_are_refused(tmp_path: Path, name: str) -> None:
    (problem,) = name_problems(tmp_path / "schools" / name, tmp_path, "school")
    assert "must be lower-case words with hyphens" in problem.message
