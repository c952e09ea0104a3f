"""What a new edition means, as data for programs: every name in it, and what it says of one school."""

import json
from collections.abc import Callable
from pathlib import Path

from folders import TESTS

from build_tools.project import Project
from build_tools.reading import read
from build_tools.upgrading.data import rehearsal_data, trial_data
from build_tools.upgrading.rehearsal import rehearse
from build_tools.upgrading.trials import try_edition

CASE = TESTS / "upgrades" / "phones"


def test_programs_are_given_all_that_people_are(expected: Callable[[Path, str], None]) -> None:
    project = Project(CASE)
    reading = read(project, project.school_names())
    new = reading.editions["2031-01"]
    data = dict(trial_data(try_edition(reading.ground, reading.school("west-cove"), new)))
    assert data.pop("comparison")["changes"]  # test_listing.py of comparing shows its form
    expected(CASE / "expected" / "west-cove.upgrade.json", json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    rows = rehearsal_data(rehearse(reading, new))
    assert {tuple(row) for row in rows} == {
        ("school", "name", "is_federation", "edition", "outcome", "trial", "problems")
    }
