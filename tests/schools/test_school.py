"""A school's folder, read against its edition. What is wrong in one stands in the folders of `bad/`."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from folders import REAL_SCHOOLS, SOUND

from build_tools.schools.school import read_school
from build_tools.template.edition import Edition, read_edition
from build_tools.text.problems import Mistakes, Place

CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12"><path d="M0 0h10v7l-5 5-5-5z"/></svg>'


@pytest.fixture(scope="module")
def small() -> Mapping[str, Edition]:
    return {"2030-01": read_edition(SOUND / "policy_src/2030-01", SOUND)}


def test_a_school_has_its_answers_with_all_defaults(small: Mapping[str, Edition]) -> None:
    school = read_school(SOUND / "schools/x", SOUND, small)
    assert (school.name, school.edition, school.amendments, school.crest) == ("x", "2030-01", (), None)
    assert school.place == Place("schools/x/school.yml", 1)
    assert school.values == {
        "school": {"name": "The School", "short_name": "The School"},
        "people": {"dsl": [{"name": "Miss A"}]},
        "learners": "pupils",
        "document": {"title": "Phone Policy", "next_review": "2031-01"},
        "phones": {"learners": "at-home"},
        "exams": False,
        "authority": {"police": "Borsetshire Police"},
    }


def test_a_school_may_have_a_crest(tmp_path: Path, small: Mapping[str, Edition]) -> None:
    folder = tmp_path / "schools/x"
    shutil.copytree(SOUND / "schools/x", folder)
    (folder / "crest.svg").write_text(CREST, encoding="utf-8")
    crest = read_school(folder, tmp_path, small).crest
    assert crest
    assert crest.media_type == "image/svg+xml"


def test_mistakes_in_answers_and_amendments_are_told_at_once(tmp_path: Path, small: Mapping[str, Edition]) -> None:
    folder = tmp_path / "schools/x"
    shutil.copytree(SOUND / "schools/x", folder)
    with (folder / "school.yml").open("a", encoding="utf-8") as file:
        file.write("exams: perhaps\namendments:\n  - omit: nothing\n    because: We wish.\n  - omit: mind\n")
    with pytest.raises(Mistakes) as raised:
        read_school(folder, tmp_path, small)
    assert [str(problem).partition(". ")[0] for problem in raised.value.problems] == [
        'schools/x/school.yml:9: exams (Are there examinations?): "perhaps" is not yes or no.',
        "schools/x/school.yml:11: omit nothing: edition 2030-01 has no clause or section nothing",
        "schools/x/school.yml:13: omit mind: because is missing",
    ]


def test_the_published_schools_are_sound(editions: Mapping[str, Edition]) -> None:
    root = SOUND.parents[2]
    assert [read_school(root / "schools" / name, root, editions).name for name in REAL_SCHOOLS] == [*REAL_SCHOOLS]
